"""Many items of due work in short transactions: one that fails is set aside, and the others go on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

import structlog
from sqlalchemy import Connection, delete, insert, select, update

from recruit.record import Record
from recruit.serial import one_at_a_time
from recruit.tables import SetAside

BATCH = 500
_log = structlog.get_logger(__name__)
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Outcome:
    """`done`: what the items yielded together; a failed item left nothing and is found by the next run."""

    found: int = 0
    done: int = 0
    failed: int = 0

    def __add__(self, other: "Outcome") -> "Outcome":
        return Outcome(self.found + other.found, self.done + other.done, self.failed + other.failed)


def in_batches(
    record: Record,
    fetch: Callable[[Connection, Item | None], Sequence[Item]],
    handle: Callable[[Connection, Item], int],
    *,
    name: Callable[[Item], str],
    tick: str,
    now: datetime,
    together: Callable[[Connection, Sequence[Item]], int] | None = None,
) -> Outcome:
    """Handle all that `fetch` finds, `BATCH` at a time, each item apart within its batch's transaction.

    `fetch` gives the items after the one named, in a fixed order, so that a failed one is not met twice.
    `name` holds ids only. What fails stands in `set_aside` under `tick`, which no other call of this may
    use, until it succeeds or is no longer due; a second run meanwhile waits for each batch of the first.
    `together` does the same as `handle` for a whole batch at once: where it fails, nothing of it stays and
    the items are handled apart. An error of the database's own commit is raised.
    """
    with record.reading() as connection:
        aside = _aside(connection, tick)
        if not fetch(connection, None) and not aside:
            return Outcome()
    outcome, last, failed = Outcome(), None, set[str]()
    while True:
        with record.writing() as connection:
            one_at_a_time(connection, f"batch:{tick}")
            items = fetch(connection, last)
            done = None if together is None else _together(connection, items, together)
            if done is not None:
                outcome += done
            else:
                apart = [_apart(connection, one, handle, _Aside(tick, name(one), now)) for one in items]
                outcome = sum((one for one, _ in apart), outcome)
                failed.update(item for _, item in apart if item is not None)
        if len(items) < BATCH:
            break
        last = items[-1]
    _forget(record, tick, aside - failed)
    return outcome


@dataclass(frozen=True, slots=True)
class _Aside:
    tick: str
    item: str
    now: datetime


def _together(
    connection: Connection, items: Sequence[Item], together: Callable[[Connection, Sequence[Item]], int]
) -> Outcome | None:
    """None where the batch failed."""
    try:
        with connection.begin_nested():
            return Outcome(found=len(items), done=together(connection, items))
    except Exception:  # noqa: BLE001 - which item it was comes out when they are handled apart
        return None


def _apart(
    connection: Connection, item: Item, handle: Callable[[Connection, Item], int], aside: _Aside
) -> tuple[Outcome, str | None]:
    """What came of it, and its name where it failed."""
    try:
        with connection.begin_nested():
            return Outcome(found=1, done=handle(connection, item)), None
    except Exception as failed:  # noqa: BLE001 - whatever it is, the other items must not wait for it
        error = type(failed).__name__
        _log.error("set_aside", tick=aside.tick, item=aside.item, error=error)
        _set_aside(connection, aside, error)
        return Outcome(found=1, failed=1), aside.item


def _set_aside(connection: Connection, aside: _Aside, error: str) -> None:
    again = (
        update(SetAside)
        .where(SetAside.tick == aside.tick, SetAside.item == aside.item)
        .values(error=error, last_at=aside.now, times_count=SetAside.times_count + 1)
    )
    if connection.execute(again).rowcount:
        return
    connection.execute(
        insert(SetAside).values(
            tick=aside.tick,
            item=aside.item,
            error=error,
            first_at=aside.now,
            last_at=aside.now,
            times_count=1,
        )
    )


def _aside(connection: Connection, tick: str) -> frozenset[str]:
    return frozenset(connection.execute(select(SetAside.item).where(SetAside.tick == tick)).scalars())


def _forget(record: Record, tick: str, items: frozenset[str]) -> None:
    """These were done, or are no longer due."""
    if not items:
        return
    with record.writing() as connection:
        for item in items:
            connection.execute(delete(SetAside).where(SetAside.tick == tick, SetAside.item == item))

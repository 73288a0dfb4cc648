"""Many items of due work in short transactions: one that fails is set aside, and the others go on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import structlog
from sqlalchemy import Connection

from recruit.record import Record

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
    together: Callable[[Connection, Sequence[Item]], int] | None = None,
) -> Outcome:
    """Handle all that `fetch` finds, `BATCH` at a time, each item apart within its batch's transaction.

    `fetch` gives the items after the one named, in a fixed order, so that a failed one is not met twice.
    `name` is for the log and holds ids only. `together` does the same as `handle` for a whole batch at
    once: where it fails, nothing of it stays and the items are handled apart. An error of the database's
    own commit is raised.
    """
    with record.reading() as connection:
        if not fetch(connection, None):
            return Outcome()
    outcome, last = Outcome(), None
    while True:
        with record.writing() as connection:
            items = fetch(connection, last)
            batch = None if together is None else _together(connection, items, together)
            if batch is None:
                batch = sum((_apart(connection, one, handle, name) for one in items), Outcome())
        outcome += batch
        if len(items) < BATCH:
            return outcome
        last = items[-1]


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
    connection: Connection, item: Item, handle: Callable[[Connection, Item], int], name: Callable[[Item], str]
) -> Outcome:
    try:
        with connection.begin_nested():
            return Outcome(found=1, done=handle(connection, item))
    except Exception as failed:  # noqa: BLE001 - whatever it is, the other items must not wait for it
        _log.error("set_aside", item=name(item), error=type(failed).__name__)
        return Outcome(found=1, failed=1)

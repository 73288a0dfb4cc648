"""Many items of due work in short transactions: one that fails is set aside, and the others go on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import structlog
from sqlalchemy import Connection

from recruit.record import Record

BATCH = 50
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
) -> Outcome:
    """Handle all that `fetch` finds, `BATCH` at a time, each item apart within its batch's transaction.

    `fetch` gives the items after the one named, in a fixed order, so that a failed one is not met twice.
    `name` is for the log and holds ids only. An error of the database's own commit is raised.
    """
    with record.reading() as connection:
        if not fetch(connection, None):
            return Outcome()
    outcome, last = Outcome(), None
    while True:
        with record.writing() as connection:
            items = fetch(connection, last)
            batch = [_apart(connection, item, handle, name) for item in items]
        outcome = sum(batch, outcome)
        if len(items) < BATCH:
            return outcome
        last = items[-1]


def _apart(
    connection: Connection, item: Item, handle: Callable[[Connection, Item], int], name: Callable[[Item], str]
) -> Outcome:
    try:
        with connection.begin_nested():
            return Outcome(found=1, done=handle(connection, item))
    except Exception as failed:  # noqa: BLE001 - whatever it is, the other items must not wait for it
        _log.error("set_aside", item=name(item), error=type(failed).__name__)
        return Outcome(found=1, failed=1)

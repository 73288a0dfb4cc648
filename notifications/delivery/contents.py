"""What messages tell of, read for many at once: their reminders, the places, the signed checkpoints."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from notifications.delivery.needed import is_open
from recruit.tables import Checkpoint, Organization, Reminder, Told


@dataclass(frozen=True, slots=True)
class Item:
    """A reminder in a message; `is_open`: its deadline is, today."""

    deadline: str
    values: dict[str, Any]
    is_stand_in: bool
    is_open: bool

    @property
    def due(self) -> date:
        return date.fromisoformat(self.values["due"])

    @property
    def place(self) -> str:
        return str(self.values["branch"])


def items_of(connection: Connection, outboxes: Collection[str], on: date) -> Mapping[str, list[Item]]:
    """By message, the earliest due first; a message that tells of no deadline is missing."""
    wanted = (
        select(
            Told.outbox,
            Reminder.deadline,
            Reminder.values,
            Reminder.instead_of.is_not(None),
            is_open(on),
        )
        .join(Reminder, Reminder.id == Told.reminder)
        .where(Told.outbox.in_(outboxes))
        .order_by(Told.outbox, Told.due, Reminder.id)
    )
    found: dict[str, list[Item]] = {}
    for outbox, deadline, values, is_stand_in, is_running in connection.execute(wanted):
        item = Item(deadline, json.loads(values), bool(is_stand_in), bool(is_running))
        found.setdefault(outbox, []).append(item)
    return found


def learn_places(connection: Connection, ids: set[str], known: dict[str, str]) -> None:
    """Add the names that are not `known` yet."""
    unknown = ids - known.keys()
    if unknown:
        wanted = select(Organization.id, Organization.name).where(Organization.id.in_(unknown))
        known.update({id_: name for id_, name in connection.execute(wanted)})  # noqa: C416 - rows are no pairs to the checker of types


def signed_note(connection: Connection, subject: str) -> str:
    """The checkpoint that "checkpoint/epoch/size" names."""
    _, epoch, size = subject.split("/")
    wanted = select(Checkpoint.note).where(Checkpoint.epoch == int(epoch), Checkpoint.size == int(size))
    return connection.execute(wanted).scalar_one()

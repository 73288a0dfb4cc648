"""Putting a message into the outbox, once for its key, with what it tells of."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from recruit.ids import new_id
from recruit.tables import Outbox, Reminder, Told

DIGEST, URGENT, PERSONS = "digest", "urgent", "persons"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """A reminder that no message holds yet."""

    id: str
    deadline: str
    rung: str
    at: datetime
    is_urgent: bool
    values: dict[str, Any]

    @property
    def due(self) -> date:
        return date.fromisoformat(self.values["due"])

    @property
    def persons(self) -> tuple[str, ...]:
        return tuple(self.values.get("persons", ()))

    @property
    def told(self) -> tuple[str, str, date]:
        """The same for everybody who is told the same."""
        return self.deadline, self.rung, self.due


PENDING = (
    Reminder.id, Reminder.deadline, Reminder.rung, Reminder.at, Reminder.is_urgent, Reminder.values
)  # fmt: skip


def pending(row: Any) -> Pending:  # noqa: ANN401 - a row of PENDING
    return Pending(
        id=row.id,
        deadline=row.deadline,
        rung=row.rung,
        at=row.at,
        is_urgent=row.is_urgent,
        values=json.loads(row.values),
    )


def write_message(
    connection: Connection,
    now: datetime,
    *,
    key: str,
    channel: str,
    recipient: str,
    template: str,
    told: Iterable[Pending],
) -> int:
    """1 where it is new; 0 where a message of this key is there already, and stays as it is."""
    if key_or_none(connection, (key,)) is not None:
        return 0
    id_, items = new_id(now), tuple(told)
    connection.execute(
        insert(Outbox).values(
            id=id_,
            subject=f"{template}/{len(items)}",
            channel=channel,
            recipient=recipient,
            template=template,
            key=key,
            not_before=now,
        )
    )
    if items:
        told_of = [{"outbox": id_, "reminder": item.id, "due": item.due} for item in items]
        connection.execute(insert(Told), told_of)
    return 1


def key_or_none(connection: Connection, keys: Collection[str]) -> str | None:
    """One of the keys of which there is a message, whatever became of it."""
    return connection.execute(select(Outbox.key).where(Outbox.key.in_(keys)).limit(1)).scalar_one_or_none()


def untold(connection: Connection, recipient: str, items: Iterable[Pending]) -> list[Pending]:
    """What the recipient was not told yet, each deadline, rung and due day once."""
    known = (
        select(Reminder.deadline, Reminder.rung, Told.due)
        .join(Told, Told.reminder == Reminder.id)
        .join(Outbox, Outbox.id == Told.outbox)
        .where(Outbox.recipient == recipient)
    )
    found = {item.told: item for item in items}
    if found:
        deadlines = {item.deadline for item in found.values()}
        for deadline, rung, due in connection.execute(known.where(Reminder.deadline.in_(deadlines))):
            found.pop((deadline, rung, due), None)
    return list(found.values())

"""Telling somebody of a deadline: one reminder for each deadline, rung and recipient, whoever asks again."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import Connection, insert, select, update

from notifications.recipients import Recipient
from recruit.ids import new_id
from recruit.tables import Reminder

Kind = Literal["deadline", "milestone", "duty", "calendar"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What is told: ids and days only, neither a name nor a number of a person.

    `of`: "dossier/key" or "organization/key"; `organization`: the branch or committee that it concerns;
    `rung`: its name, such as "-10"; `persons`: those without a log-in to whom it is to be handed on.
    """

    of: str
    kind: Kind
    id: str
    organization: str
    due: date
    rung: str
    is_urgent: bool
    dossier: str | None = None
    persons: tuple[str, ...] = ()

    @property
    def values(self) -> str:
        stored: dict[str, Any] = {
            "id": self.id,
            "kind": self.kind,
            "dossier": self.dossier,
            "branch": self.organization,
            "due": self.due.isoformat(),
            "rung": self.rung,
        }
        if self.persons:
            stored["persons"] = list(self.persons)
        return json.dumps(stored, separators=(",", ":"))


def remind(connection: Connection, word: Word, recipients: Iterable[Recipient], now: datetime) -> int:
    """How many reminders are new, or told again because their due day has moved."""
    return sum(_remind(connection, word, one, now) for one in recipients)


def _remind(connection: Connection, word: Word, to: Recipient, now: datetime) -> int:
    known = connection.execute(
        select(Reminder.id, Reminder.values).where(
            Reminder.deadline == word.of, Reminder.rung == word.rung, Reminder.recipient == to.user
        ),
    ).one_or_none()
    if known is None:
        connection.execute(
            insert(Reminder).values(
                id=new_id(now),
                deadline=word.of,
                rung=word.rung,
                recipient=to.user,
                dossier=word.dossier,
                at=now,
                values=word.values,
                instead_of=to.instead_of,
                is_urgent=word.is_urgent,
            ),
        )
        return 1
    id_, told = known
    if json.loads(told)["due"] == word.due.isoformat():
        return 0
    anew = {"read_at": None, "composed_at": None, "snoozed_until": None, "snooze_reason": None}
    again = {**anew, "values": word.values, "at": now, "instead_of": to.instead_of}
    connection.execute(update(Reminder).where(Reminder.id == id_).values(again))
    return 1

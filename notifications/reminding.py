"""Telling somebody of a deadline: one reminder for each deadline, rung and recipient, whoever asks again."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import Connection, insert, select, update

from recruit.ids import new_id
from recruit.queries.seats import Recipient
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
    return remind_all(connection, [(word, to) for to in recipients], now)


def remind_all(connection: Connection, told: Sequence[tuple[Word, Recipient]], now: datetime) -> int:
    """As `remind`, for many words at once; no pair of a word and a recipient stands in it twice."""
    known = _known(connection, {word.of for word, _ in told})
    written = {word: word.values for word, _ in told}
    new, count = [], 0
    for word, to in told:
        before = known.get((word.of, word.rung, to.user))
        if before is None:
            new.append(_row(word, written[word], to, now))
        elif before.due != word.due.isoformat():
            _tell_again(connection, before.id, word, to, now)
            count += 1
    if new:
        connection.execute(insert(Reminder), new)
    return len(new) + count


@dataclass(frozen=True, slots=True)
class _Before:
    id: str
    due: str


def _known(connection: Connection, deadlines: set[str]) -> dict[tuple[str, str, str], _Before]:
    """What was told of these deadlines, by deadline, rung and recipient."""
    columns = (Reminder.deadline, Reminder.rung, Reminder.recipient, Reminder.id, Reminder.values)
    rows = connection.execute(select(*columns).where(Reminder.deadline.in_(sorted(deadlines))))
    return {(of, rung, user): _Before(id_, json.loads(text)["due"]) for of, rung, user, id_, text in rows}


def _row(word: Word, values: str, to: Recipient, now: datetime) -> dict[str, object]:
    return {
        "id": new_id(now),
        "deadline": word.of,
        "rung": word.rung,
        "recipient": to.user,
        "dossier": word.dossier,
        "at": now,
        "values": values,
        "instead_of": to.instead_of,
        "is_urgent": word.is_urgent,
    }


def _tell_again(connection: Connection, id_: str, word: Word, to: Recipient, now: datetime) -> None:
    anew = {"read_at": None, "composed_at": None, "snoozed_until": None, "snooze_reason": None}
    again = {**anew, "values": word.values, "at": now, "instead_of": to.instead_of}
    connection.execute(update(Reminder).where(Reminder.id == id_).values(again))

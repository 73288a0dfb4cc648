"""What the reminders of a record say, for tests to compare."""

import json
from dataclasses import dataclass

from recruit.record import Record
from tests.homes import ask
from tests.recruit.builders import Township


@dataclass(frozen=True, slots=True, order=True)
class Told:
    login: str
    deadline: str
    rung: str


def told(record: Record) -> list[Told]:
    """Every reminder of a dossier's deadline, by the log-in of its recipient."""
    return _told(record, "IS NOT NULL")


def told_of_obligations(record: Record) -> list[Told]:
    """Every reminder of an organization's obligation."""
    return _told(record, "IS NULL")


def _told(record: Record, of_dossier: str) -> list[Told]:
    with record.reading() as connection:
        rows = ask(
            connection,
            'SELECT u.login, r."values", r.rung FROM reminder r JOIN "user" u ON u.id = r.recipient '
            f"WHERE r.dossier {of_dossier} AND r.rung <> 'act'",
        ).all()
    return sorted(Told(login, json.loads(values)["id"], rung) for login, values, rung in rows)


def of_talk(township: Township, login: str = "secretary") -> list[str]:
    """The rungs of the talk that this user was told, in order."""
    found = [one.rung for one in told(township.record) if (one.login, one.deadline) == (login, "talk")]
    return sorted(found, key=int)

"""Who stands on a notice that hangs, for the form by which the public objects: tokens outside, ids inside."""

from dataclasses import dataclass
from datetime import date

from recruit.queries.notices import entries_that_hang
from recruit.record import Record
from workflows.calendar import Calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticedPerson:
    """`token` names the person on this notice alone, and says nothing to whoever reads it."""

    token: str
    dossier: str
    name: str
    branch: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Noticed:
    """`path`: of the organization that posted it."""

    id: str
    purpose: str
    organization: str
    path: str
    calendar: Calendar
    people: tuple[NoticedPerson, ...]


def noticed(record: Record, code: str, *, on: date) -> Noticed:
    """Raises `NotFound` where the public page of that day shows none."""
    with record.reading() as connection:
        notice, rows = entries_that_hang(connection, record, code, on=on)
        return Noticed(
            id=notice.id,
            purpose=notice.purpose,
            organization=notice.name,
            path=notice.path,
            calendar=record.laws.ground(connection, notice.path).calendar,
            people=tuple(
                NoticedPerson(
                    token=record.keys.keyed("noticed", f"{notice.id}:{row.dossier}").hex(),
                    dossier=row.dossier,
                    name=row.name,
                    branch=row.branch,
                )
                for row in rows
            ),
        )

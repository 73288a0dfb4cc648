"""The sweep: what is to be told of a deadline becomes a reminder, once for each rung and recipient."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import Connection, Select, bindparam, select, tuple_, update

from notifications.batches import BATCH, in_batches
from notifications.ladder import Rung, look
from notifications.obligations import sweep_obligations
from notifications.projection import project_ahead
from notifications.recipients import Addressed, Seats, addressed
from notifications.reminding import Word, remind_all
from recruit.clock import civil_day
from recruit.queries.seats import SEATS, Recipient
from recruit.record import Record
from recruit.tables import DUE_COLUMNS, Deadline, Dossier, Organization
from workflows.deadlines import Deadline as Due
from workflows.edition import DeadlineKind
from workflows.facts import Facts
from workflows.ground import Ground
from workflows.ladders import Audience

_log = structlog.get_logger(__name__)
_DAY = timedelta(days=1)
_LOOK_AGAIN = (
    update(Deadline)
    .where(Deadline.dossier == bindparam("of"), Deadline.key == bindparam("at"))
    .values(next_rung_on=bindparam("next_on"))
)


@dataclass(frozen=True, slots=True)
class Swept:
    """`found`: deadlines looked at; `reminders`: newly told; `failed`: set aside until the next sweep."""

    found: int
    reminders: int
    failed: int


@dataclass(frozen=True, slots=True)
class Found:
    dossier: str
    branch: str
    path: str
    look_on: date
    deadline: Due

    @property
    def name(self) -> str:
        return f"{self.dossier}/{self.deadline.key}"


def sweep(record: Record, now: datetime) -> Swept:
    """Tell what is to be told by `now`. Repeated, or begun again after a crash, it adds nothing twice.

    Costs by what is due: by the deadlines whose next rung has come and those that an act has changed.
    Raises `NotWritable` when the record or its disk refuses.
    """
    on = civil_day(now)
    desk = Seats(on)

    def fetch(connection: Connection, last: Found | None) -> Sequence[Found]:
        return _found(connection, on, last)

    def tell(connection: Connection, found: Found) -> int:
        return tell_all(connection, [found])

    def tell_all(connection: Connection, found: Sequence[Found]) -> int:
        return _tell_all(connection, record, found, desk, now)

    projected = project_ahead(record, now)
    told = in_batches(
        record, fetch, tell, name=lambda found: found.name, tick="sweep", now=now, together=tell_all
    )
    told += sweep_obligations(record, now)
    return Swept(told.found, told.done, told.failed + projected.failed)


def _found(connection: Connection, on: date, last: Found | None) -> Sequence[Found]:
    return [
        Found(dossier, branch, path, look_on, Due(*due))
        for dossier, branch, path, look_on, *due in connection.execute(_wanted(on, last))
    ]


def _wanted(on: date, last: Found | None) -> Select[*tuple[Any, ...]]:
    """The open deadlines to be looked at by that day, in the order of their index."""
    order = (Deadline.next_rung_on, Deadline.dossier, Deadline.key)
    wanted = (
        select(Deadline.dossier, Dossier.branch, Organization.path, Deadline.next_rung_on, *DUE_COLUMNS)
        .join(Dossier, Dossier.id == Deadline.dossier)
        .join(Organization, Organization.id == Dossier.branch)
        .where(Deadline.closed_on.is_(None), Deadline.dropped_on.is_(None), Deadline.next_rung_on <= on)
        .order_by(*order)
        .limit(BATCH)
    )
    if last is not None:
        wanted = wanted.where(tuple_(*order) > (last.look_on, last.dossier, last.deadline.key))
    return wanted


def _tell_all(
    connection: Connection, record: Record, found: Sequence[Found], seats: Seats, now: datetime
) -> int:
    """The reminders of these deadlines, and when each is looked at again: a few statements for all."""
    told: list[tuple[Word, Recipient]] = []
    looks: list[dict[str, object]] = []
    for one in found:
        next_on, addressees = _addressed(connection, record, one, seats)
        looks.append({"of": one.dossier, "at": one.deadline.key, "next_on": next_on or date.max})
        words = {(to.rung, to.persons): _word(one, to) for to in addressees}
        told += [(words[to.rung, to.persons], to.to) for to in addressees]
    if looks:
        connection.execute(_LOOK_AGAIN, looks)
    return remind_all(connection, told, now)


def _addressed(
    connection: Connection, record: Record, found: Found, seats: Seats
) -> tuple[date | None, Sequence[Addressed]]:
    ground = record.laws.ground(connection, found.path)
    kind = _kind(ground, found.deadline)
    if kind is None:
        return None, ()
    line = record.laws.line(connection, found.path)
    seen = look(kind, found.deadline, ground.calendar, seats.on)
    told, is_heard = addressed(connection, line, seen.due, _persons(connection, found, seen.due), seats)
    if is_heard:
        return seen.next_on, told
    _log.warning("nobody_to_remind", deadline=found.name, branch=found.branch)
    return seats.on + _DAY, told


def _kind(ground: Ground, deadline: Due) -> DeadlineKind | None:
    edition = ground.edition_on(deadline.opened_on)
    return edition.deadlines.get(deadline.id) or edition.occasions.get(deadline.id)


def _persons(
    connection: Connection, found: Found, due: tuple[Rung, ...]
) -> Mapping[Audience, tuple[str, ...]]:
    """Who the audiences beside the seats are; read only where a rung asks for one."""
    if all(rung.audience in SEATS for rung in due):
        return {}
    row = connection.execute(select(Dossier.person, Dossier.facts).where(Dossier.id == found.dossier)).one()
    facts = Facts.from_json(json.loads(row.facts))
    return {"contacts": facts.contacts, "sponsors": facts.sponsors, "person": (row.person,)}


def _word(found: Found, told: Addressed) -> Word:
    return Word(
        of=found.name,
        kind="deadline",
        id=found.deadline.id,
        organization=found.branch,
        due=found.deadline.due,
        rung=told.rung.name,
        is_urgent=told.rung.is_urgent,
        dossier=found.dossier,
        persons=told.persons,
    )

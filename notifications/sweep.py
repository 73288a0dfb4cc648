"""The sweep: what is to be told of a deadline becomes a reminder, once for each rung and recipient."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import Connection, Select, select, tuple_, update

from notifications.batches import BATCH, in_batches
from notifications.ladder import Rung, due_rungs, next_rung_on
from notifications.projection import project_ahead
from notifications.recipients import recipients
from notifications.reminding import Word, remind
from recruit.clock import civil_day
from recruit.record import Record
from recruit.tables import DUE_COLUMNS, Deadline, Dossier, Organization
from workflows.deadlines import Deadline as Due

_log = structlog.get_logger(__name__)
_DAY = timedelta(days=1)


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

    def fetch(connection: Connection, last: Found | None) -> Sequence[Found]:
        return _found(connection, on, last)

    def tell(connection: Connection, found: Found) -> int:
        return _tell(connection, record, found, now)

    projected = project_ahead(record, now)
    told = in_batches(record, fetch, tell, name=lambda found: found.name, tick="sweep", now=now)
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


def _tell(connection: Connection, record: Record, found: Found, now: datetime) -> int:
    on = civil_day(now)
    ground = record.laws.ground(connection, found.path)
    kind = ground.edition_on(found.deadline.opened_on).deadlines.get(found.deadline.id)
    if kind is None:
        _look_again(connection, found, None)
        return 0
    line = record.laws.line(connection, found.path)
    due = due_rungs(kind, found.deadline, ground.calendar, on)
    told = {rung: recipients(connection, line, rung.audience, on) for rung in due}
    next_on = next_rung_on(kind, found.deadline, ground.calendar, on)
    if not all(told.values()):
        _log.warning("nobody_to_remind", deadline=found.name, branch=found.branch)
        next_on = on + _DAY
    _look_again(connection, found, next_on)
    return sum(remind(connection, _word(found, rung), users, now) for rung, users in told.items())


def _word(found: Found, rung: Rung) -> Word:
    return Word(
        of=found.name,
        kind="deadline",
        id=found.deadline.id,
        organization=found.branch,
        due=found.deadline.due,
        rung=rung.name,
        is_urgent=rung.is_urgent,
        dossier=found.dossier,
    )


def _look_again(connection: Connection, found: Found, next_on: date | None) -> None:
    connection.execute(
        update(Deadline)
        .where(Deadline.dossier == found.dossier, Deadline.key == found.deadline.key)
        .values(next_rung_on=next_on or date.max),
    )

"""The sweep of the obligations: what is to be told of a milestone, a duty or a missing calendar year."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import Connection, Select, select, tuple_, update

from notifications.batches import BATCH, Outcome, in_batches
from notifications.ladder import Rung, look
from notifications.ladders import calendar_year_ladder, duty_ladder, milestone_ladder
from notifications.owed import write_calendar_years, write_duties
from notifications.recipients import Seats
from notifications.reminding import Kind, Word, remind
from recruit.clock import civil_day
from recruit.commands.obligations import DUTY, MILESTONE, OBLIGATION_COLUMNS
from recruit.milestones import concerned, stored_year
from recruit.queries.seats import SEATS, Recipient, seated
from recruit.record import Record
from recruit.tables import Obligation, Organization
from workflows.calendar import Calendar
from workflows.deadlines import Deadline
from workflows.plans.milestones import recorders

_log = structlog.get_logger(__name__)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Owed:
    """An obligation whose next rung has come."""

    organization: str
    organization_kind: str
    path: str
    kind: Kind
    plan: str | None
    look_on: date
    due: Deadline

    @property
    def name(self) -> str:
        return f"{self.organization}/{self.due.key}"


def sweep_obligations(record: Record, now: datetime) -> Outcome:
    """Tell what is to be told by `now`; repeated it adds nothing. `done` counts reminders.

    Costs by what is due; a milestone whose rung has come also by the dossiers in the stages that it concerns.
    """
    on = civil_day(now)

    def fetch(connection: Connection, last: Owed | None) -> Sequence[Owed]:
        return _found(connection, on, last)

    def tell(connection: Connection, owed: Owed) -> int:
        return _tell(connection, record, owed, now)

    written = write_duties(record, now)
    write_calendar_years(record, now)
    told = in_batches(record, fetch, tell, name=lambda owed: owed.name, tick="obligations", now=now)
    return Outcome(told.found, told.done, told.failed + written.failed)


def _found(connection: Connection, on: date, last: Owed | None) -> Sequence[Owed]:
    return [
        Owed(organization, organization_kind, path, kind, plan, look_on, Deadline(*due))
        for organization, organization_kind, path, kind, plan, look_on, *due in connection.execute(
            _wanted(on, last)
        )
    ]


def _wanted(on: date, last: Owed | None) -> Select[*tuple[Any, ...]]:
    """The open obligations to be looked at by that day, in the order of their index."""
    order = (Obligation.next_rung_on, Obligation.organization, Obligation.key)
    wanted = (
        select(
            Obligation.organization,
            Organization.kind,
            Organization.path,
            Obligation.kind,
            Obligation.plan,
            Obligation.next_rung_on,
            *OBLIGATION_COLUMNS,
        )
        .join(Organization, Organization.id == Obligation.organization)
        .where(Obligation.closed_on.is_(None), Obligation.dropped_on.is_(None), Obligation.next_rung_on <= on)
        .order_by(*order)
        .limit(BATCH)
    )
    if last is not None:
        wanted = wanted.where(tuple_(*order) > (last.look_on, last.organization, last.due.key))
    return wanted


def _tell(connection: Connection, record: Record, owed: Owed, now: datetime) -> int:
    on = civil_day(now)
    calendar = record.laws.ground(connection, owed.path).calendar
    if owed.kind == MILESTONE:
        return _tell_milestone(connection, record, owed, calendar, now)
    ladder = duty_ladder(owed.due.id) if owed.kind == DUTY else calendar_year_ladder()
    seen = look(ladder, owed.due, calendar, on)
    rungs, next_on = seen.due, seen.next_on
    users = _seated(connection, record, owed, on) if rungs else ()
    if rungs and not users:
        _log.warning("nobody_to_remind", obligation=owed.name)
        next_on = on + _DAY
    _look_again(connection, owed, next_on)
    return sum(remind(connection, _word(owed, rung, owed.organization), users, now) for rung in rungs)


def _seated(connection: Connection, record: Record, owed: Owed, on: date) -> tuple[Recipient, ...]:
    """The seats of the organization; for a branch that has nobody its committee is told."""
    if owed.kind != DUTY:
        return seated(connection, owed.organization, ("system_admin",), on)
    match owed.organization_kind:
        case "branch":
            return Seats(on).told(connection, record.laws.line(connection, owed.path), "branch")
        case "county" | "city" | "province":
            return seated(connection, owed.organization, ("department",), on)
        case _:
            return seated(connection, owed.organization, SEATS["committee"], on)


def _tell_milestone(
    connection: Connection, record: Record, owed: Owed, calendar: Calendar, now: datetime
) -> int:
    """The committee and each branch that still has a dossier concerned; nobody where none is left.

    Of what the committee alone does a branch hears once, by the first rung, so that it knows the day.
    A rung that found nobody is tried again the next day, up to the next one: somebody may be on the way.
    """
    on = civil_day(now)
    year = stored_year(connection, owed.plan) if owed.plan else None
    one = year.of(owed.due.id) if year else None
    if year is None or one is None:
        _look_again(connection, owed, None)
        return 0
    ladder = milestone_ladder(one)
    seen = look(ladder, owed.due, calendar, on)
    rungs, next_on = seen.due, seen.next_on
    found = concerned(connection, record, (owed.path,), year, one, on) if rungs else ()
    open_in = {dossier.branch for dossier in found}
    if rungs and not open_in and next_on is not None:
        next_on = on + _DAY
    _look_again(connection, owed, next_on)
    if not open_in:
        return 0
    rung = max(rungs, key=lambda rung: rung.step.days)
    edition = record.laws.ground(connection, owed.path).edition_on(on)
    is_first = rung.step.days == min(one.ladder)
    branches = sorted(open_in) if is_first or "B" in recorders(one.steps, edition) else []
    told = _to_whom(connection, owed, branches, on)
    return sum(remind(connection, _word(owed, rung, place), users, now) for place, users in told)


def _to_whom(
    connection: Connection, owed: Owed, branches: Sequence[str], on: date
) -> Iterator[tuple[str, tuple[Recipient, ...]]]:
    yield owed.organization, seated(connection, owed.organization, SEATS["committee"], on)
    for branch in branches:
        yield branch, seated(connection, branch, SEATS["branch"], on)


def _word(owed: Owed, rung: Rung, organization: str) -> Word:
    return Word(
        of=owed.name,
        kind=owed.kind,
        id=owed.due.id,
        organization=organization,
        due=owed.due.due,
        rung=rung.name,
        is_urgent=rung.is_urgent,
    )


def _look_again(connection: Connection, owed: Owed, next_on: date | None) -> None:
    connection.execute(
        update(Obligation)
        .where(Obligation.organization == owed.organization, Obligation.key == owed.due.key)
        .values(next_rung_on=next_on or date.max),
    )

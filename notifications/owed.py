"""Duties and missing calendar years written as obligations, before the first word on them is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, insert, select, tuple_, update

from notifications.batches import BATCH, Outcome, in_batches
from notifications.ladder import rungs
from notifications.ladders import duty_ladder
from recruit.clock import civil_day
from recruit.commands.obligations import CALENDAR, CALENDAR_YEAR, DUTY, calendar_key, columns_of
from recruit.ids import made_at
from recruit.record import Record
from recruit.repeat import repeated
from recruit.tables import Obligation, Organization
from workflows.calendar import LAST_PUBLISHED_YEAR, Calendar
from workflows.deadlines import Deadline
from workflows.plans.duties import AHEAD, duties_ahead, level_of
from workflows.plans.ladders import ladders

_AGAIN = timedelta(days=30)  # so long before its duties run out an organization is looked at again


@dataclass(frozen=True, slots=True)
class Owing:
    organization: str
    kind: str
    path: str
    until: date


def write_duties(record: Record, now: datetime) -> Outcome:
    """The duties of every organization up to 90 days ahead; found by an index, once in 60 days each."""
    on = civil_day(now)

    def fetch(connection: Connection, last: Owing | None) -> Sequence[Owing]:
        return _owing(connection, before=on + _AGAIN, last=last)

    def write(connection: Connection, owing: Owing) -> int:
        return _write_duties(connection, record, owing, on)

    return in_batches(record, fetch, write, name=lambda owing: owing.organization, tick="duties", now=now)


@repeated
def write_calendar_years(record: Record, now: datetime) -> None:
    """From 15 November the next year, and whatever year is begun, while its notice is not entered.

    A year that the package has come to know meanwhile is closed.
    """
    on = civil_day(now)
    with record.reading() as connection:
        found = connection.execute(
            select(Organization.id, Organization.path).where(Organization.parent.is_(None))
        ).one_or_none()
        if found is None:
            return
        calendar = record.laws.ground(connection, found.path).calendar
        wanted = {due.key: due for due in _missing_years(calendar, on)}
        known = _calendar_rows(connection, found.id)
    new = [due for key, due in wanted.items() if key not in known]
    done = [key for key, year in known.items() if not _is_missing(calendar, year)]
    if new or done:
        with record.writing() as connection:
            _write_years(connection, found.id, new, done, on)


def _owing(connection: Connection, *, before: date, last: Owing | None) -> Sequence[Owing]:
    return [Owing(*row) for row in connection.execute(_owing_select(before=before, last=last))]


def _owing_select(*, before: date, last: Owing | None) -> Select[*tuple[Any, ...]]:
    order = (Organization.duties_until, Organization.id)
    wanted = (
        select(Organization.id, Organization.kind, Organization.path, Organization.duties_until)
        .where(Organization.duties_until < before)
        .order_by(*order)
        .limit(BATCH)
    )
    if last is not None:
        wanted = wanted.where(tuple_(*order) > (last.until, last.organization))
    return wanted


def _write_duties(connection: Connection, record: Record, owing: Owing, on: date) -> int:
    """Nothing counts as told: the number is that of reminders."""
    level = level_of(owing.kind)
    if level is not None:
        calendar = record.laws.ground(connection, owing.path).calendar
        entered_on = civil_day(made_at(owing.organization))
        known = set(
            connection.execute(
                select(Obligation.key).where(
                    Obligation.organization == owing.organization, Obligation.kind == DUTY
                )
            ).scalars()
        )
        due = [one for one in duties_ahead(level, entered_on, on, calendar) if one.key not in known]
        _insert(connection, owing.organization, DUTY, [(one, _first_rung_on(one, calendar)) for one in due])
    same = update(Organization).where(Organization.id == owing.organization)
    connection.execute(same.values(duties_until=on + AHEAD))
    return 0


def _missing_years(calendar: Calendar, on: date) -> list[Deadline]:
    opens = ladders().calendar_year.opens
    is_awaited = (on.month, on.day) >= (opens.month, opens.day)
    return [
        Deadline(
            id=CALENDAR_YEAR,
            key=calendar_key(year),
            opened_on=date(year - 1, opens.month, opens.day),
            due=date(year - 1, 12, 31),
            grace=calendar.grace(date(year - 1, 12, 31)),
            is_provisional=calendar.is_provisional(date(year - 1, 12, 31)),
        )
        for year in range(LAST_PUBLISHED_YEAR + 1, on.year + is_awaited + 1)
        if _is_missing(calendar, year)
    ]


def _is_missing(calendar: Calendar, year: int) -> bool:
    return calendar.is_provisional(date(year, 1, 1))


def _calendar_rows(connection: Connection, root: str) -> dict[str, int]:
    """The years that are waited for, by their keys, and those that were."""
    rows = connection.execute(
        select(Obligation.key, Obligation.due).where(
            Obligation.organization == root, Obligation.kind == CALENDAR, Obligation.closed_on.is_(None)
        )
    )
    return {key: due.year + 1 for key, due in rows}


def _write_years(
    connection: Connection, root: str, new: Sequence[Deadline], done: Sequence[str], on: date
) -> None:
    """Read again: another process may have been first."""
    known = _calendar_rows(connection, root)
    _insert(connection, root, CALENDAR, [(due, date.min) for due in new if due.key not in known])
    closed = update(Obligation).where(Obligation.organization == root, Obligation.key.in_(done))
    connection.execute(closed.values(closed_on=on))


def _first_rung_on(duty: Deadline, calendar: Calendar) -> date:
    return min(rung.on for rung in rungs(duty_ladder(duty.id), duty, calendar))


def _insert(
    connection: Connection, organization: str, kind: str, due: Sequence[tuple[Deadline, date]]
) -> None:
    """Each with the day on which the clock looks at it first."""
    for one, look_on in due:
        values = {**columns_of(one), "kind": kind, "next_rung_on": look_on}
        connection.execute(insert(Obligation).values(organization=organization, **values))

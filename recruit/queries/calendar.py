"""The calendar's rows and years as an administrator entered them."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from recruit.clock import civil_day
from recruit.commands.calendar import next_year
from recruit.record import Record
from recruit.tables import CalendarRow, CalendarYear, Deadline
from workflows.calendar import CalendarRow as Row
from workflows.recounted import EnteredDay


@dataclass(frozen=True, slots=True, kw_only=True)
class EnteredYear:
    """`on`: the civil day on which the year's notice was declared whole."""

    year: int
    source: str
    on: date


def entered_days(record: Record) -> tuple[EnteredDay, ...]:
    """Every row, in the order of entry."""
    wanted = select(CalendarRow).order_by(CalendarRow.added_at, CalendarRow.on, CalendarRow.version)
    with record.reading() as connection:
        rows = connection.execute(wanted).all()
    return tuple(
        EnteredDay(
            row=Row(row.on, row.is_working, row.name, row.source),
            on=civil_day(row.added_at),
            version=row.version,
            reason=row.reason,
        )
        for row in rows
    )


def entered_year(record: Record, year: int) -> EnteredYear | None:
    """None for a year whose notice nobody has entered."""
    wanted = select(CalendarYear.source, CalendarYear.added_at).where(CalendarYear.year == year)
    with record.reading() as connection:
        row = connection.execute(wanted).one_or_none()
    return None if row is None else EnteredYear(year=year, source=row.source, on=civil_day(row.added_at))


def entered_years(record: Record) -> tuple[EnteredYear, ...]:
    """Every year that was published here, the newest first."""
    wanted = select(CalendarYear).order_by(CalendarYear.year.desc())
    with record.reading() as connection:
        rows = connection.execute(wanted).all()
    return tuple(EnteredYear(year=row.year, source=row.source, on=civil_day(row.added_at)) for row in rows)


def provisional_years(record: Record) -> dict[int, int]:
    """How many open deadlines lie in years without a notice, by the year in which they are due."""
    open_ones = select(Deadline.due).where(
        Deadline.is_provisional, Deadline.closed_on.is_(None), Deadline.dropped_on.is_(None)
    )
    with record.reading() as connection:
        return dict(Counter(due.year for due in connection.execute(open_ones).scalars()))


def next_calendar_year(record: Record) -> int:
    """The year that is to be published next."""
    with record.reading() as connection:
        return next_year(connection)

"""The calendar's rows and years as an administrator entered them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from recruit.clock import civil_day
from recruit.record import Record
from recruit.tables import CalendarRow, CalendarYear
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

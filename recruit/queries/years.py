"""Which years' working days are settled: the official notice of each is packaged or entered."""

from dataclasses import dataclass
from datetime import date, datetime

from recruit.clock import civil_day
from recruit.law import calendar
from recruit.record import Record

NOTICE_EXPECTED = (11, 15)  # from 15 November on next year's holidays should be entered


@dataclass(frozen=True, slots=True)
class CalendarOf:
    """`is_known`: its notice is there; without it the deadlines of that year are provisional."""

    year: int
    is_known: bool


def calendar_years(record: Record, now: datetime) -> tuple[CalendarOf, ...]:
    """This year, and from 15 November on the next."""
    today = civil_day(now)
    is_expected = (today.month, today.day) >= NOTICE_EXPECTED
    years = (today.year, today.year + 1) if is_expected else (today.year,)
    with record.reading() as connection:
        held = calendar(connection)
    return tuple(
        CalendarOf(year, is_known=not held.is_provisional(date(year, 1, 1), date(year, 12, 31)))
        for year in years
    )

"""One step of a counting: so many months, days or working days from an anchor, and the day it ends on."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from workflows.calendar import Calendar
from workflows.dates import ReportEvery, plus_months, report_periods
from workflows.settings import Settings

Unit = Literal["months", "days", "working", "window", "quarter", "half_year"]
_PERIODS: tuple[ReportEvery, ...] = ("quarter", "half_year")
_FEBRUARY, _LEAP_DAY = 2, 29


@dataclass(frozen=True, slots=True)
class Count:
    """`length` units; a window or a calendar period counts its anchor, all else begins the day after it.

    `setting` names the local parameter that the length comes from, `is_local`: a local value was given.
    """

    anchor: date
    unit: Unit
    length: int
    ends: date
    setting: str | None = None
    is_local: bool = False

    @property
    def is_anchor_counted(self) -> bool:
        return self.unit in {"window", "quarter", "half_year"}

    @property
    def days(self) -> int:
        """How many days of the calendar the step takes, an anchor that does not count left out."""
        return (self.ends - self.anchor).days + self.is_anchor_counted

    @property
    def is_clamped(self) -> bool:
        """The last month has no day of the anchor's number."""
        return self.unit == "months" and self.ends.day < self.anchor.day and not self.is_rolled

    @property
    def is_rolled(self) -> bool:
        """29 February, and 1 March of a year without one."""
        is_leap_day = (self.anchor.month, self.anchor.day) == (_FEBRUARY, _LEAP_DAY)
        return self.unit == "months" and is_leap_day and self.ends.day == 1


def counted_months(anchor: date, length: int, settings: Settings, *, setting: str | None = None) -> Count:
    """In one step from the anchor, by the leap rule of the settings."""
    ends = plus_months(anchor, length, leap_rule=settings.leap_rule)
    return Count(anchor, "months", length, ends, setting, is_local=setting in settings.local)


def counted_days(anchor: date, length: int) -> Count:
    return Count(anchor, "days", length, anchor + timedelta(days=length))


def counted_working(anchor: date, length: int, calendar: Calendar) -> Count:
    """Working days after the anchor, whether it is one or not."""
    return Count(anchor, "working", length, calendar.nth_working_day(anchor + timedelta(days=1), length))


def counted_period(first: date, last: date) -> Count:
    """The calendar quarter or half-year of these days. ValueError for any others."""
    for every in _PERIODS:
        if [(one.first, one.last) for one in report_periods(every, first, last)] == [(first, last)]:
            return Count(first, every, 1, last)
    raise ValueError(f"{first} to {last} is no quarter and no half-year")

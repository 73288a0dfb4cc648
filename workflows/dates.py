"""Months, spans and reporting periods on civil dates."""

from calendar import isleap
from dataclasses import dataclass
from datetime import date
from typing import Literal, Self

LeapRule = Literal["clamp", "roll_forward"]
ReportEvery = Literal["quarter", "half_year"]

_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_FEBRUARY = 2
_MONTHS_OF: dict[ReportEvery, int] = {"quarter": 3, "half_year": 6}


def plus_months(day: date, months: int, *, leap_rule: LeapRule = "clamp") -> date:
    """The day `months` (also negative) later, in one step from `day`; the anchor day is not counted.

    A day that the month does not have becomes the month's last day (Civil Code Art. 202). With
    `roll_forward` 29 February in a year without one becomes 1 March; nothing else rolls.
    ValueError beyond the years 1 to 9999.
    """
    month = day.month + months
    if 1 <= month <= 12 and day.day <= 28:  # noqa: PLR2004 - each month has 28 days
        return day.replace(month=month)
    carried, index = divmod(month - 1, 12)
    year, month = day.year + carried, index + 1
    last = _LENGTHS[index] + (month == _FEBRUARY and isleap(year))
    if day.day <= last:
        return date(year, month, day.day)
    if leap_rule == "roll_forward" and (day.month, month) == (_FEBRUARY, _FEBRUARY):
        return date(year, 3, 1)
    return date(year, month, last)


@dataclass(frozen=True, slots=True)
class Span:
    """Days in a row, `first` and `last` both included; ValueError when `last` comes before `first`."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a span cannot end on {self.last}, before it begins on {self.first}")

    @property
    def days(self) -> int:
        """How many calendar days, both ends counted: 1 for a single day."""
        return (self.last - self.first).days + 1

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def overlap(self, other: Self) -> Self | None:
        """The days common to both, or None when there are none."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return type(self)(first, last) if first <= last else None


def report_periods(every: ReportEvery, first: date, last: date) -> tuple[Span, ...]:
    """The calendar quarters or half-years that lie wholly within `first`..`last`, both included."""
    length = _MONTHS_OF[every]
    begins = date(first.year, first.month - (first.month - 1) % length, 1)
    if begins < first:
        begins = plus_months(begins, length)
    periods: list[Span] = []
    while (period := _period(begins, length)).last <= last:
        periods.append(period)
        begins = plus_months(begins, length)
    return tuple(periods)


def _period(begins: date, length: int) -> Span:
    final = plus_months(begins, length - 1)
    days = _LENGTHS[final.month - 1]  # a quarter or half-year never ends in February
    return Span(begins, final.replace(day=days))

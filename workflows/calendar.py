"""The official calendar of working days, with its make-up days, as one table per calendar.

Days outside 1990-2060 are answered too, by weekends alone, and are provisional.
"""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date, time, timedelta
from functools import lru_cache
from hashlib import sha256
from itertools import accumulate
from typing import Literal

from holidays import HolidayBase, country_holidays

FIRST_PUBLISHED_YEAR = 2007  # from here on the package agrees with the State Council's notices day by day
LAST_PUBLISHED_YEAR = 2026

Reason = Literal["workday", "weekend", "holiday", "make_up", "added"]
Unit = Literal["working", "calendar"]

_BEGINS = date(1990, 1, 1).toordinal()
_ENDS = date(2061, 1, 1).toordinal()  # the first day behind the table
_ONE_DAY = timedelta(days=1)
_STATUTORY = {  # the holidays that the solar calendar fixes, for years without a notice
    (1, 1): "元旦",
    (5, 1): "劳动节",
    (5, 2): "劳动节",
    (10, 1): "国庆节",
    (10, 2): "国庆节",
    (10, 3): "国庆节",
}
_MAKE_UP = "调休上班"
_EXCHANGED = "休息日"  # so begins the name of a weekday that is free for a weekend worked
_SUBSTITUTE = (
    "补假"  # a weekday that the package frees because the holiday is a weekend; the notice says so itself
)
_WEEKDAYS = 5


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """One day as an administrator took it from the official notice; `source` names the notice."""

    day: date
    working: bool
    name: str
    source: str


@dataclass(frozen=True, slots=True)
class DayKind:
    """Why a day counts or not; `name` is the holiday's or the row's, empty for plain days."""

    working: bool
    reason: Reason
    name: str


@dataclass(frozen=True, slots=True)
class Window:
    """A period that was counted: `first_counting` and `last` both count, `next` is the day after `last`."""

    first_counting: date
    last: date
    next: date
    provisional: bool


@lru_cache(maxsize=64)
def _calendar(rows: tuple[CalendarRow, ...], through: int) -> "Calendar":
    return Calendar(rows, through)


def china_calendar(rows: Sequence[CalendarRow] = (), published_through: int | None = None) -> "Calendar":
    """The calendar of China; `rows` stand over everything else, the last one for a day wins.

    Years up to `published_through` (the last whose notice has been entered as rows) are definite, as
    are those that the packaged notices cover, 2007 to 2026; all others are provisional.
    """
    return _calendar(tuple(rows), max(LAST_PUBLISHED_YEAR, published_through or 0))


class Calendar:
    """Answers about working days in constant time; immutable, made by `china_calendar`."""

    __slots__ = ("_added", "_days", "_names", "_rank", "_through", "version")

    def __init__(self, rows: Iterable[CalendarRow], through: int) -> None:
        self._added = {row.day.toordinal(): row for row in rows}
        self._names = _holiday_names()
        self._through = through
        working = self._working_flags()
        self._rank = array("i", accumulate(working, initial=0))  # working days before each day
        self._days = tuple(date.fromordinal(_BEGINS + at) for at, works in enumerate(working) if works)
        self.version: str = self._name_of_content(working)

    def is_working(self, day: date) -> bool:
        ordinal = day.toordinal()
        return self._before(ordinal + 1) > self._before(ordinal)

    def grace(self, due: date) -> date:
        """`due` itself where it is a working day, else the next one (Civil Code Art. 203)."""
        return self._at(self._before(due.toordinal()))

    def next_working_day(self, day: date) -> date:
        """The first working day after `day`, never `day` itself."""
        return self._at(self._before(day.toordinal() + 1))

    def previous_working_day(self, day: date) -> date:
        """`day` itself where it is a working day, else the last one before it."""
        return self._at(self._before(day.toordinal() + 1) - 1)

    def count(self, first: date, last: date) -> int:
        """The working days from `first` to `last`, both included; 0 when `last` comes before `first`."""
        return max(0, self._before(last.toordinal() + 1) - self._before(first.toordinal()))

    def nth_working_day(self, start: date, n: int) -> date:
        """The `n`-th working day from `start` on, which counts if it is one. ValueError for n below 1."""
        if n < 1:
            raise ValueError(f"working days are counted from 1, not {n}")
        return self._at(self._before(start.toordinal()) + n - 1)

    def working_days_after(self, start: date, end: date) -> int:
        """The working days after `start`, up to and with `end`."""
        return self.count(start + _ONE_DAY, end)

    def is_provisional(self, first: date, last: date | None = None) -> bool:
        """Whether a day from `first` to `last`, both included, lies in a year without an entered notice."""
        end = first if last is None else last
        return first.year < FIRST_PUBLISHED_YEAR or end.year > self._through

    def day_kind(self, day: date) -> DayKind:
        row = self._added.get(day.toordinal())
        if row is not None:
            return DayKind(row.working, "added", row.name)
        working, weekend = self.is_working(day), day.weekday() >= _WEEKDAYS
        if working:
            return DayKind(working, "make_up", _MAKE_UP) if weekend else DayKind(working, "workday", "")
        name = self._names.get(day.toordinal())
        return DayKind(working, "weekend", "") if name is None else DayKind(working, "holiday", name)

    def shown_kind(self, day: date) -> DayKind:
        """As `day_kind`; a rest day in one row with a holiday, or exchanged for it, goes by its name."""
        kind = self.day_kind(day)
        if kind.working or kind.reason == "added" or (kind.name and not kind.name.startswith(_EXCHANGED)):
            return kind
        name = self._holiday_beside(day)
        return DayKind(working=False, reason="holiday", name=name) if name else kind

    def _holiday_beside(self, day: date) -> str:
        """The nearest holiday that no working day parts from this day."""
        for step in (-_ONE_DAY, _ONE_DAY):
            near = day + step
            while not self.is_working(near):
                name = self._names.get(near.toordinal(), "")
                if name and not name.startswith(_EXCHANGED):
                    return name
                near += step
        return ""

    def explain(self, first: date, last: date) -> tuple[tuple[date, DayKind], ...]:
        """Each day from `first` to `last`, both included, with its kind."""
        days = map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))
        return tuple((day, self.day_kind(day)) for day in days)

    def _before(self, ordinal: int) -> int:
        """How many working days of the table come before the day; negative before the table."""
        if _BEGINS <= ordinal <= _ENDS:
            return self._rank[ordinal - _BEGINS]
        if ordinal < _BEGINS:
            return _weekdays_before(ordinal) - _weekdays_before(_BEGINS)
        return len(self._days) + _weekdays_before(ordinal) - _weekdays_before(_ENDS)

    def _at(self, rank: int) -> date:
        """The working day that has `rank` working days before it; the inverse of `_before`."""
        if 0 <= rank < len(self._days):
            return self._days[rank]
        if rank < 0:
            return _weekday_at(_weekdays_before(_BEGINS) + rank)
        return _weekday_at(_weekdays_before(_ENDS) + rank - len(self._days))

    def _working_flags(self) -> bytearray:
        make_up = _published().weekend_workdays
        flags = bytearray(_ENDS - _BEGINS)
        for ordinal in range(_BEGINS, _ENDS):
            weekday = (ordinal - 1) % 7 < _WEEKDAYS
            flags[ordinal - _BEGINS] = weekday and ordinal not in self._names
        for day in make_up:
            if FIRST_PUBLISHED_YEAR <= day.year <= LAST_PUBLISHED_YEAR:
                flags[day.toordinal() - _BEGINS] = True
        for ordinal, row in self._added.items():
            if not _BEGINS <= ordinal < _ENDS:
                raise ValueError(f"{row.day}: rows are taken for the years 1990 to 2060 only")
            flags[ordinal - _BEGINS] = row.working
        return flags

    def _name_of_content(self, working: bytearray) -> str:
        rows = sorted(astuple(row) for row in self._added.values())
        digest = sha256(bytes(working) + repr((self._through, rows)).encode()).hexdigest()[:8]
        added = f"+{len(rows)}rows" if rows else ""
        return f"cn-{self._through}{added}-{digest}"


def window(
    calendar: Calendar,
    start: date,
    length: int,
    unit: Unit,
    *,
    posted_time: time | None = None,
    cutoff: time | None = None,
) -> Window:
    """The period of `length` days that a notice posted on `start` runs (PROCEDURE.md, section 7).

    The day of posting counts: in working days if it is one, in calendar days always. What is posted
    later than `cutoff` (at it is in time) counts from the next working day, in either unit.
    ValueError for a length below 1.
    """
    if length < 1:
        raise ValueError(f"a window has at least one day, not {length}")
    is_late = cutoff is not None and posted_time is not None and posted_time > cutoff
    begins = calendar.next_working_day(start) if is_late else start
    if unit == "working":
        first, last = calendar.grace(begins), calendar.nth_working_day(begins, length)
    else:
        first, last = begins, begins + timedelta(days=length - 1)
    return Window(first, last, last + _ONE_DAY, calendar.is_provisional(start, last))


@lru_cache(maxsize=4)
def statutory_days(year: int) -> Mapping[date, str]:
    """The holidays that the law itself names for a year, the lunar ones as the package places them.

    Without the days that a notice exchanges around them.
    """
    found = country_holidays("CN", years=year, expand=False, language="zh_CN")
    return {
        day: name
        for day, name in sorted(found.items())
        if not name.startswith(_EXCHANGED) and _SUBSTITUTE not in name
    }


@lru_cache(maxsize=1)
def _published() -> HolidayBase:
    """The packaged notices. The days that the package places itself in later years are not among them."""
    years = range(FIRST_PUBLISHED_YEAR, LAST_PUBLISHED_YEAR + 1)
    return country_holidays("CN", years=years, expand=False, language="zh_CN")


@lru_cache(maxsize=1)
def _holiday_names() -> dict[int, str]:
    """The holidays by ordinal: those of the notices, and the statutory solar days of all other years."""
    years = range(FIRST_PUBLISHED_YEAR, LAST_PUBLISHED_YEAR + 1)
    names = {day.toordinal(): name for day, name in _published().items() if day.year in years}
    for year in range(date.fromordinal(_BEGINS).year, date.fromordinal(_ENDS).year):
        if year not in years:
            solar = {date(year, *at).toordinal(): name for at, name in _STATUTORY.items()}
            names.update(solar)
    return names


def _weekdays_before(ordinal: int) -> int:
    """Mondays to Fridays before the day; the calendar's day 1 is a Monday."""
    weeks, rest = divmod(ordinal - 1, 7)
    return weeks * _WEEKDAYS + min(rest, _WEEKDAYS)


def _weekday_at(count: int) -> date:
    weeks, rest = divmod(count, _WEEKDAYS)
    return date.fromordinal(weeks * 7 + rest + 1)

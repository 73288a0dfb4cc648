"""Days in a row as columns, as weeks where they are many, and as the list that a phone shows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from flask_babel import gettext as _

from web import dates
from web.language import language
from workflows.calendar import Calendar, DayKind

ONE = timedelta(days=1)
MOST_COLUMNS = 12  # what stands beside each other at 66 rem; more days are shown as weeks
_SATURDAY = 5
_SHORTEST_RUN = 2


@dataclass(frozen=True, slots=True)
class Cell:
    text: str = ""
    css: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """`run`: days in a row with the same one may become one line on a phone; `number` counts within it."""

    day: date
    css: str
    kind: str
    month_day: str
    short: str
    weekday: str
    cells: tuple[Cell, ...]
    run: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    css: str
    when: str
    weekday: str
    kind: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Strip:
    """`is_folded`: long runs are one line on a phone. `weeks`: Monday to Sunday, None before and after."""

    title: str
    text: str
    caption: str
    rows: tuple[str, ...]
    days: tuple[Day, ...]
    weeks: tuple[tuple[Day | None, ...], ...] = ()
    is_folded: bool = False

    @property
    def lines(self) -> list[Line]:
        if not self.is_folded:
            return [_line(day) for day in self.days]
        return [line for run in _runs(self.days) for line in _lines(run)]

    @property
    def weekdays(self) -> list[str]:
        return [dates.weekday(date(2024, 1, 1) + ONE * n, language()) for n in range(7)]  # a Monday


def strip_of(
    title: str, days: Iterable[Day], *, caption: str, rows: tuple[str, ...], text: str = ""
) -> Strip:
    """Columns, or weeks where they would be too many; then the phone's list is folded."""
    listed = tuple(days)
    if len(listed) <= MOST_COLUMNS:
        return Strip(title, text, caption, rows, _shortened(listed))
    return Strip(title, text, caption, rows, listed, weeks=_weeks(listed), is_folded=True)


def day_of(day: date, kind: DayKind, cells: tuple[Cell, ...], *, run: str = "", number: int = 0) -> Day:
    month_day = dates.month_day(day, language())
    weekday = dates.weekday(day, language())
    return Day(day, css_of(day, kind), kind_of(day, kind), month_day, month_day, weekday, cells, run, number)


def each_day(
    first: date, last: date, calendar: Calendar, cells: Callable[[date], tuple[Cell, ...]]
) -> list[Day]:
    """Both ends included."""
    shown = [first + ONE * n for n in range((last - first).days + 1)]
    return [day_of(day, calendar.shown_kind(day), cells(day)) for day in shown]


def css_of(day: date, kind: DayKind) -> str:
    if kind.working:
        return "wk" if day.weekday() < _SATURDAY else "mk"
    return "ho" if kind.name or day.weekday() < _SATURDAY else "we"


def kind_of(day: date, kind: DayKind) -> str:
    """上班、补班、周末、端午放假."""
    if kind.working:
        return _("working day") if day.weekday() < _SATURDAY else _("make-up day")
    if kind.name:
        return _("%(holiday)s holiday", holiday=holiday(kind.name))
    return _("weekend") if day.weekday() >= _SATURDAY else _("day off")


def holiday(name: str) -> str:
    """The holiday's name: without its suffix in Chinese, translated in English."""
    if language() == "zh":
        return name if name == _SPRING else name.removesuffix("节")
    return _HOLIDAYS.get(name, name)


_SPRING = "春节"
_HOLIDAYS = {
    "元旦": "New Year", "春节": "Spring Festival", "清明节": "Qingming", "劳动节": "Labour Day",
    "端午节": "Dragon Boat", "中秋节": "Mid-Autumn", "国庆节": "National Day",
    "农历除夕": "New Year's Eve", "休息日": "bridge day",
}  # fmt: skip


def _shortened(days: tuple[Day, ...]) -> tuple[Day, ...]:
    """The month is named where a column begins one."""
    return tuple(
        day if index == 0 or day.day.day == 1 else replace(day, short=_("%(day)s.", day=day.day.day))
        for index, day in enumerate(days)
    )


def _weeks(days: tuple[Day, ...]) -> tuple[tuple[Day | None, ...], ...]:
    before: list[Day | None] = [None] * days[0].day.weekday()
    after: list[Day | None] = [None] * (6 - days[-1].day.weekday())
    shown = [*before, *days, *after]
    return tuple(tuple(shown[at : at + 7]) for at in range(0, len(shown), 7))


def _runs(days: tuple[Day, ...]) -> list[list[Day]]:
    return [list(run) for _key, run in groupby(days, key=lambda day: day.run or day.day)]


def _lines(run: list[Day]) -> list[Line]:
    if len(run) < _SHORTEST_RUN:
        return [_line(day) for day in run]
    first, last = run[0], run[-1]
    is_one_kind = len({day.kind for day in run}) == 1
    text = first.cells[0].text
    if first.number:
        text = _("days %(first)s to %(last)s", first=first.number, last=last.number)
    return [
        Line(
            css=first.css if is_one_kind else "",
            when=dates.span(first.day, last.day, language()),
            weekday="",
            kind=first.kind if is_one_kind else "",
            cells=(Cell(text, first.cells[0].css),),
        )
    ]


def _line(day: Day) -> Line:
    return Line(day.css, day.month_day, day.weekday, day.kind, day.cells)

"""A window or a deadline counted day by day, as columns of a strip."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _

from web import dates
from web.language import language
from workflows.calendar import Calendar, DayKind

_ONE = timedelta(days=1)
_LONGEST = 12  # columns; a longer period is cut in the middle by a column of its own


@dataclass(frozen=True, slots=True)
class Cell:
    text: str = ""
    css: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    css: str
    kind: str
    month_day: str
    short: str
    weekday: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Strip:
    title: str
    text: str
    caption: str
    rows: tuple[str, ...]
    days: tuple[Day, ...]


def window_strip(
    first: date, last: date, calendar: Calendar, *, title: str, rule: str, working_goal: int
) -> Strip:
    """A notice: its days, the first day for the result, and what as many working days would have been."""
    goal_end = calendar.nth_working_day(first, working_goal)
    shown = [first - _ONE + _ONE * n for n in range((max(last + _ONE, goal_end) - first).days + 2)]
    columns = tuple(
        _day(
            day,
            calendar,
            index == 0,
            (_window_cell(day, first, last), _working_cell(day, first, goal_end, calendar)),
        )
        for index, day in enumerate(shown)
    )
    caption = dates.span(first, last, language())
    rows = (rule, _("If it were %(n)s working days", n=working_goal))
    return Strip(title, "", caption, rows, columns)


def period_strip(
    first: date, last: date, calendar: Calendar, *, title: str, text: str, rule: str, before: str
) -> Strip:
    """A period of a plan, with those of its days that are worked."""
    shown = [first - _ONE + _ONE * n for n in range((last - first).days + 3)]
    columns = tuple(
        _day(
            day,
            calendar,
            index == 0,
            (_period_cell(day, first, last, before), _worked_cell(day, first, last, calendar)),
        )
        for index, day in enumerate(shown)
    )
    rows = (rule, _("of these worked"))
    return Strip(title, text, dates.span(first, last, language()), rows, columns)


def due_strip(opened: date, due: date, grace: date, calendar: Calendar, *, title: str, rule: str) -> Strip:
    """The days around a due day: three before it, its grace, and the first day of delay."""
    start = max(opened, due - _ONE * 4)
    end = max(grace, due) + _ONE * 2
    shown = [start + _ONE * n for n in range((end - start).days + 1)][:_LONGEST]
    columns = tuple(
        _day(day, calendar, index == 0, (_due_cell(day, opened, due, grace),))
        for index, day in enumerate(shown)
    )
    return Strip(title, "", title, (rule,), columns)


def _day(day: date, calendar: Calendar, is_first: bool, cells: tuple[Cell, ...]) -> Day:  # noqa: FBT001 - private
    kind = calendar.day_kind(day)
    month_day = dates.month_day(day, language())
    short = month_day if is_first or day.day == 1 else _("%(day)s.", day=day.day)
    return Day(
        day, _css(day, kind), _kind(day, kind), month_day, short, dates.weekday(day, language()), cells
    )


def _css(day: date, kind: DayKind) -> str:
    if kind.working:
        return "wk" if day.weekday() < 5 else "mk"  # noqa: PLR2004 - Saturday
    return "ho" if kind.name else "we"


def _kind(day: date, kind: DayKind) -> str:
    if kind.working:
        return _("working day") if day.weekday() < 5 else _("make-up day")  # noqa: PLR2004 - Saturday
    if not kind.name:
        return _("weekend")
    return _("%(holiday)s holiday", holiday=holiday(kind.name))


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


def _window_cell(day: date, first: date, last: date) -> Cell:
    if day == last + _ONE:
        return Cell(_("first day for the result"), "can")
    if not first <= day <= last:
        return Cell()
    number = (day - first).days + 1
    if day == last:
        return Cell(_("day %(n)s, full at 24:00", n=number), "in hit end")
    return Cell(_("day %(n)s", n=number), "in hit")


def _working_cell(day: date, first: date, goal_end: date, calendar: Calendar) -> Cell:
    if not first <= day <= goal_end:
        return Cell()
    if not calendar.is_working(day):
        return Cell(_("does not count"), "no")
    return Cell(_("day %(n)s", n=calendar.count(first, day)), "if end" if day == goal_end else "if")


def _period_cell(day: date, first: date, last: date, before: str) -> Cell:
    if day < first:
        return Cell(before)
    if day > last:
        return Cell()
    return Cell(_("day %(n)s", n=(day - first).days + 1), "in hit end" if day == last else "in hit")


def _worked_cell(day: date, first: date, last: date, calendar: Calendar) -> Cell:
    if not first <= day <= last:
        return Cell()
    return Cell(_("counts"), "if") if calendar.is_working(day) else Cell(_("does not count"), "no")


def _due_cell(day: date, opened: date, due: date, grace: date) -> Cell:
    if day == opened:
        return Cell(_("begins; not counted"))
    if day == due:
        return Cell(_("due, until 24:00"), "hit end")
    if day < due:
        return Cell(_("%(n)s days left", n=(due - day).days), "if")
    if day <= grace:
        return Cell(_("grace"), "can")
    return Cell(_("late"), "no")

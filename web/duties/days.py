"""The days of a milestone one by one, and the days around a due day."""

from datetime import date

from flask_babel import gettext as _

from web import dates
from web.deadlines.strip import MOST_COLUMNS, ONE, Cell, Strip, each_day, strip_of
from web.language import language
from workflows.calendar import Calendar
from workflows.dates import Span
from workflows.deadlines import Deadline

_BEFORE = 4


def period_strip(span: Span, calendar: Calendar, *, rule: str) -> Strip:
    """Each day of the period, and whether it is worked."""

    def cells(day: date) -> tuple[Cell, ...]:
        if day not in span:
            return (Cell(_("the day before") if day < span.first else ""), Cell())
        hit = "in hit end" if day == span.last else "in hit"
        worked = Cell(_("counts"), "if") if calendar.is_working(day) else Cell(_("does not count"), "no")
        return (Cell(_("day %(n)s", n=(day - span.first).days + 1), hit), worked)

    return strip_of(
        _("Day by day"),
        each_day(span.first - ONE, span.last + ONE, calendar, cells),
        caption=dates.span(span.first, span.last, language()),
        rows=(rule, _("of these worked")),
    )


def due_strip(deadline: Deadline, calendar: Calendar, *, rule: str) -> Strip:
    """Four days before the due day, its grace, and the first days of delay."""
    first = max(deadline.opened_on, deadline.due - ONE * _BEFORE)
    last = min(max(deadline.grace, deadline.due) + ONE * 2, first + ONE * (MOST_COLUMNS - 1))
    days = each_day(first, last, calendar, lambda day: (_around(day, deadline),))
    return strip_of(_("Day by day"), days, caption=rule, rows=(rule,))


def _around(day: date, deadline: Deadline) -> Cell:
    if day == deadline.due:
        return Cell(_("due, until 24:00"), "hit end")
    if day == deadline.opened_on:
        return Cell(_("begins"))
    if day < deadline.due:
        return Cell(_("%(n)s days left", n=(deadline.due - day).days), "if")
    return Cell(_("grace"), "can") if day <= deadline.grace else Cell(_("late"), "no")

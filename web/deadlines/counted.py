"""The strips of an explanation: its days one by one, and for long periods its months before them."""

from dataclasses import replace
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from web import dates
from web.deadlines.strip import ONE, Cell, Day, Strip, day_of, strip_of
from web.language import language
from workflows.calendar import Calendar
from workflows.counts import Count
from workflows.dates import plus_months
from workflows.explained import CountedDay, Explanation

_LONGEST_BY_DAY = 45  # a month with its grace; longer periods show their months and their last days
_DAYS_BEFORE = 4
_EVERY_MONTH = 6  # up to here each month has a column, beyond it each third one
_QUARTER = 3


def counted_strips(explanation: Explanation, calendar: Calendar, *, name: str) -> list[Strip]:
    """Day by day where the period is short; else its months, and the days around its end."""
    if len(explanation.counts) == 1 and len(explanation.days) <= _LONGEST_BY_DAY:
        return [_days_strip(explanation, explanation.days, title=_("Day by day"), name=name)]
    around = tuple(one for one in explanation.days if one.day >= explanation.due - ONE * _DAYS_BEFORE)
    return [
        _marks_strip(explanation, calendar, name=name),
        _days_strip(explanation, around, title=_("The last days, one by one"), name=name),
    ]


def _days_strip(explanation: Explanation, days: tuple[CountedDay, ...], *, title: str, name: str) -> Strip:
    shown = [
        day_of(
            one.day, one.kind, (_cell(one, explanation),), run=_run(one, explanation), number=one.number or 0
        )
        for one in days
    ]
    return strip_of(title, shown, caption=f"{name} {_span(days[0].day, days[-1].day)}", rows=(name,))


def _run(one: CountedDay, explanation: Explanation) -> str:
    """The due day stands alone; a rest day joins only its like."""
    if one.day == explanation.due:
        return ""
    if one.reason in {"rest", "grace"} or explanation.last.unit == "working":
        return f"{one.reason} {one.kind}"
    return one.reason


def _cell(one: CountedDay, explanation: Explanation) -> Cell:
    is_due = one.day == explanation.due
    if is_due and explanation.is_minimum:
        return Cell(_("full: from this day"), "can")
    if one.reason == "shifted":
        return Cell(_("due, until 24:00"), "hit end") if is_due else Cell(_("after the resumption"), "if")
    if one.reason == "counts":
        number = _("day %(n)s", n=one.number)
        return Cell(_("%(day)s, due until 24:00", day=number), "hit end") if is_due else Cell(number, "hit")
    text, css = {
        "begins": (_("begins; not counted"), ""),
        "rest": (_("does not count"), "no"),
        "paused": (_("suspended, does not count"), "no"),
        "grace": (_("grace"), "can"),
        "after": ("" if explanation.is_minimum else _("late"), "no"),
    }[one.reason]
    return Cell(text, css)


def _marks_strip(explanation: Explanation, calendar: Calendar, *, name: str) -> Strip:
    """One column for the beginning, each month or quarter, each pause, and the end."""
    marks: dict[date, Cell] = {explanation.anchor: Cell(_begins(explanation))}
    for count in explanation.counts:
        marks.update({day: cell for day, cell in _months(count) if day not in marks})
    for pause in explanation.pauses:
        assert pause.resumed_on is not None
        marks[pause.on] = Cell(_("suspended"), "no")
        days = (pause.resumed_on - max(pause.on, explanation.anchor)).days
        marks[pause.resumed_on] = Cell(_("resumed: %(n)s days do not count", n=days), "no")
    if explanation.resumed_on is not None:
        marks[explanation.resumed_on] = Cell(_("resumed"), "no")
    marks[explanation.due] = _end(explanation)
    columns = tuple(_mark(day, marks[day], calendar) for day in sorted(marks))
    caption = f"{name} {_span(explanation.anchor, explanation.due)}"
    return Strip(_("Month by month"), "", caption, (name,), columns)


def _begins(explanation: Explanation) -> str:
    return _("begins; it counts") if explanation.counts[0].is_anchor_counted else _("begins; not counted")


def _months(count: Count) -> list[tuple[date, Cell]]:
    """The days on which whole months are full; a period of the calendar shows where its months begin."""
    if count.unit != "months":
        return [(plus_months(count.anchor, n), Cell()) for n in range(1, _QUARTER) if count.unit == "quarter"]
    step = 1 if count.length <= _EVERY_MONTH else _QUARTER
    full = [*range(step, count.length, step), count.length]
    return [
        (
            count.ends if n == count.length else plus_months(count.anchor, n),
            Cell(
                ngettext("%(num)s month full", "%(num)s months full", n), "hit" if n == count.length else "if"
            ),
        )
        for n in full
    ]


def _end(explanation: Explanation) -> Cell:
    if explanation.is_minimum:
        return Cell(_("full: from this day"), "can")
    last = explanation.last
    if last.unit == "months" and last.ends == explanation.due:
        full = ngettext("%(num)s month full", "%(num)s months full", last.length)
        return Cell(_("%(day)s, due until 24:00", day=full), "hit end")
    return Cell(_("due, until 24:00"), "hit end")


def _mark(day: date, cell: Cell, calendar: Calendar) -> Day:
    """The year stands where a strip of days has the weekday."""
    found = day_of(day, calendar.shown_kind(day), (cell,))
    return replace(found, weekday=dates.year(day, language()))


def _span(first: date, last: date) -> str:
    """With their years: a caption is read aloud."""
    return _(
        "%(first)s to %(last)s",
        first=dates.long_day(first, language()),
        last=dates.long_day(last, language()),
    )

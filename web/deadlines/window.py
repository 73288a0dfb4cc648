"""The window of a public notice, day by day."""

from collections.abc import Mapping
from datetime import date

from flask_babel import gettext as _

from web import dates
from web.deadlines.answers import Note, Reason
from web.deadlines.strip import ONE, Cell, Strip, each_day, strip_of
from web.language import language
from workflows.calendar import Calendar
from workflows.edition import Edition
from workflows.facts import Notice
from workflows.settings import Settings

WORKING_GOAL = 5


def notice_strip(
    first: date, last: date, calendar: Calendar, *, goal: int = 0, is_asked: bool = False,
    labels: Mapping[date, str] | None = None,
) -> Strip:  # fmt: skip
    """Its days, the first day for the result, and below it how `goal` working days are reached.

    `goal` 0: not shown; `is_asked`: a rule asks for them, else they are what might have been. `labels`: what
    else is on a day.
    """
    goal_end = calendar.nth_working_day(first, goal) if goal else last

    def cells(day: date) -> tuple[Cell, ...]:
        own = _window_cell(day, first, last, (labels or {}).get(day, ""))
        return (own, _working_cell(day, first, goal_end, calendar)) if goal else (own,)

    shown = each_day(first - ONE, max(last + ONE, goal_end), calendar, cells)
    beside = (
        _("%(n)s working days are asked for", n=goal)
        if is_asked
        else _("If it were %(n)s working days", n=goal)
    )
    days = (last - first).days + 1
    rows = (_("This notice: %(n)s calendar days", n=days), *([beside] if goal else []))
    return strip_of(_("Day by day"), shown, caption=dates.span(first, last, language()), rows=rows)


def goal_of(notice: Notice, edition: Edition, settings: Settings) -> tuple[int, bool]:
    """How many working days the notice is compared with, and whether a rule asks for them."""
    if notice.purpose == "target" and settings.publicity_target_working_days:
        return settings.publicity_target_working_days, edition.id != "2014"
    return WORKING_GOAL, False


def window_detail(notice: Notice, worked: int) -> str:
    return _(
        "The result may be recorded from %(next)s. %(n)s days in all, %(worked)s of them working days.",
        next=dates.short_day(notice.last + ONE, language()), n=_days(notice), worked=worked,
    )  # fmt: skip


def window_reasons(notice: Notice, edition: Edition, goal_end: date, *, is_asked: bool) -> list[Reason]:
    first, last, after = (
        dates.short_day(day, language()) for day in (notice.first, notice.last, notice.last + ONE)
    )
    rises = _("From %(day)s a person records the result. Nothing moves on by itself at midnight.", day=after)
    return [
        Reason(_("Begins"), _("%(day)s, posted. The day of posting counts as day 1.", day=first)),
        Reason(_("Length"), _("%(n)s calendar days, both ends included.", n=_days(notice))),
        Reason(_("Ends"), _("%(day)s at 24:00. A rest day does not move it.", day=last)),
        Reason(_("After it"), rises),
        Reason(_("Edition"), _edition(edition, goal_end, is_asked=is_asked)),
    ]


def window_notes(notice: Notice, worked: int, goal: int, goal_end: date) -> list[Note]:
    if worked >= min(goal, _days(notice)):
        return []
    text = _(
        "%(off)s of the %(n)s days are not worked. To hear more opinions, it may hang until %(day)s.",
        off=_days(notice) - worked, n=_days(notice), day=dates.short_day(goal_end, language()),
    )  # fmt: skip
    return [Note(_("Only %(n)s working days", n=worked), text)]


def _days(notice: Notice) -> int:
    return (notice.last - notice.first).days + 1


def _edition(edition: Edition, goal_end: date, *, is_asked: bool) -> str:
    if is_asked:
        return _("Judged by the edition of %(id)s: not less than five working days.", id=edition.id)
    if edition.id == "2014":
        return _(
            "Judged by the edition of 2014: it sets no number of days, the township does. "
            "The edition of 2026 asks for five working days; counted so, the last day would be %(day)s.",
            day=dates.short_day(goal_end, language()),
        )
    return _(
        "The edition of %(id)s asks for five working days where a development target is posted; "
        "the length of this notice is the township's own.",
        id=edition.id,
    )


def _window_cell(day: date, first: date, last: date, label: str) -> Cell:
    if day == last + ONE:
        return Cell(_("first day for the result"), "can")
    if not first <= day <= last:
        return Cell(label)
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

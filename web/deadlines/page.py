"""The answer to "why this day?" in words: start, length, end, next step, edition, calendar."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask import url_for
from flask_babel import gettext as _

from recruit.queries.dossiers import DossierView
from web import dates
from web.deadlines.strip import Strip, due_strip, window_strip
from web.deadlines.when import when
from web.language import language
from web.sayings import article_text
from web.words import word
from workflows.deadlines import Deadline
from workflows.edition import Edition
from workflows.facts import Notice

WORKING_GOAL = 5
_ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reason:
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Note:
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    title: str
    name: str
    dossier_href: str
    answer: str
    detail: str
    strips: list[Strip]
    reasons: list[Reason]
    notes: list[Note]


def why_page(view: DossierView, deadline: Deadline, today: date) -> Page:
    """A notice's window is counted day by day; any other deadline shows the days around its due day."""
    notice = _notice_of(view, deadline)
    if notice is not None:
        return _window_page(view, deadline, notice)
    return _due_page(view, deadline, today)


def _notice_of(view: DossierView, deadline: Deadline) -> Notice | None:
    if deadline.id != "publicity":
        return None
    return next((one for one in view.facts.notices if deadline.key == f"publicity:{one.seq}"), None)


def _window_page(view: DossierView, deadline: Deadline, notice: Notice) -> Page:
    calendar, edition = view.ground.calendar, view.ground.edition_on(notice.posted_on)
    days = (notice.last - notice.first).days + 1
    worked = calendar.count(notice.first, notice.last)
    goal_end = calendar.nth_working_day(notice.first, WORKING_GOAL)
    strip = window_strip(
        notice.first, notice.last, calendar, title=_("Day by day"),
        rule=_("This notice: %(n)s calendar days", n=days), working_goal=WORKING_GOAL,
    )  # fmt: skip
    detail = _(
        "The result may be recorded from %(next)s. %(n)s days in all, %(worked)s of them working days.",
        next=dates.short_day(notice.last + _ONE, language()), n=days, worked=worked,
    )  # fmt: skip
    notes = []
    if worked < days:
        notes.append(Note(
            _("Only %(n)s working days", n=worked),
            _("%(off)s of the %(n)s days are not worked. To hear more opinions, it may hang until %(day)s.",
              off=days - worked, n=days, day=dates.short_day(goal_end, language())),
        ))  # fmt: skip
    reasons = [
        Reason(_("Begins"), _("%(day)s, posted. The day of posting counts as day 1.", day=dates.short_day(notice.first, language()))),
        Reason(_("Length"), _("%(n)s calendar days, both ends included.", n=days)),
        Reason(_("Ends"), _("%(day)s at 24:00. A rest day does not move it.", day=dates.short_day(notice.last, language()))),
        Reason(_("After it"), _("From %(day)s a person records the result. Nothing moves on by itself at midnight.",
                                day=dates.short_day(notice.last + _ONE, language()))),
        _edition_reason(edition, goal_end),
        _calendar_reason(deadline, notice.last),
    ]  # fmt: skip
    return Page(
        title=_("How long does the notice hang?"),
        name=view.row.name,
        dossier_href=url_for("dossiers.page", dossier=view.row.id),
        answer=_("%(day)s, until 24:00.", day=dates.short_day(notice.last, language())),
        detail=detail,
        strips=[strip],
        reasons=reasons,
        notes=notes,
    )


def _edition_reason(edition: Edition, goal_end: date) -> Reason:
    if edition.id == "2014":
        text = _(
            "Judged by the edition of 2014: it sets no number of days, the township does. The edition of 2026 asks for "
            "five working days; counted so, the last day would be %(day)s.",
            day=dates.short_day(goal_end, language()),
        )
    else:
        text = _("Judged by the edition of %(id)s: not less than five working days.", id=edition.id)
    return Reason(_("Edition"), text)


def _due_page(view: DossierView, deadline: Deadline, today: date) -> Page:
    calendar, edition = view.ground.calendar, view.ground.edition_on(deadline.opened_on)
    name = word("deadline", deadline.id, edition)
    due = dates.long_day(deadline.due, language())
    weekday = dates.weekday(deadline.due, language())
    status = deadline.status(today)
    detail = when(deadline.due, today) if status in {"open", "due_soon", "overdue"} else status_word(status)
    strip = due_strip(deadline.opened_on, deadline.due, deadline.grace, calendar, title=_("Day by day"), rule=name)
    return Page(
        title=_("%(what)s: until when?", what=name),
        name=view.row.name,
        dossier_href=url_for("dossiers.page", dossier=view.row.id),
        answer=_("%(day)s (%(weekday)s), until 24:00.", day=due, weekday=weekday),
        detail=detail + ("。" if language() == "zh" else "."),
        strips=[strip],
        reasons=_due_reasons(deadline, edition),
        notes=_provisional(deadline),
    )


def _due_reasons(deadline: Deadline, edition: Edition) -> list[Reason]:
    opened, due = (dates.long_day(day, language()) for day in (deadline.opened_on, deadline.due))
    kind = edition.deadlines.get(deadline.id)
    reasons = [
        Reason(_("Begins"), _("%(day)s. That day itself is not counted.", day=opened)),
        Reason(_("Length"), _length(deadline)),
        Reason(_("Ends"), _("%(day)s; done on this day it is in time. A rest day does not move it.", day=due)),
    ]
    if deadline.grace != deadline.due:
        grace = dates.short_day(deadline.grace, language())
        text = _("The due day is a rest day: until %(day)s lateness is only remarked.", day=grace)
        reasons.append(Reason(_("Grace"), text))
    if kind is not None:
        settled = _("It is settled by: %(act)s.", act=word("act", kind.act, edition))
        reasons.append(Reason(_("After it"), settled))
        reasons.append(Reason(_("Article"), article_text(kind.article, edition.id) or _("Practice")))
    reasons.append(_calendar_reason(deadline, deadline.due))
    return reasons


def _length(deadline: Deadline) -> str:
    days = (deadline.due - deadline.opened_on).days
    months = (deadline.due.year - deadline.opened_on.year) * 12 + deadline.due.month - deadline.opened_on.month
    if months and deadline.due.day == deadline.opened_on.day:
        return _("%(n)s months: the same day of the month (%(days)s days).", n=months, days=days)
    return _("%(n)s days.", n=days)


def status_word(status: str) -> str:
    match status:
        case "met":
            return _("Done in time")
        case "met_late":
            return _("Done late")
        case _:
            return _("No longer needed")


def _calendar_reason(deadline: Deadline, day: date) -> Reason:
    if deadline.is_provisional:
        return Reason(_("Calendar"), _("Provisional: the calendar of %(year)s is not published yet.", year=day.year))
    text = _("The State Council's holiday notice for %(year)s, with its make-up working days.", year=day.year)
    return Reason(_("Calendar"), text)


def _provisional(deadline: Deadline) -> list[Note]:
    if not deadline.is_provisional:
        return []
    text = _("Weekends and fixed holidays only; the day may still move by the official notice.")
    return [Note(_("Provisional"), text)]

"""The window of a public notice, day by day."""

from datetime import date, timedelta

from flask import url_for
from flask_babel import gettext as _

from recruit.queries.dossiers import DossierView
from web import dates
from web.deadlines.answers import Note, Page, Reason, calendar_reason
from web.deadlines.strip import window_strip
from web.language import language
from workflows.deadlines import Deadline
from workflows.edition import Edition
from workflows.facts import Notice

WORKING_GOAL = 5
_ONE = timedelta(days=1)


def window_page(view: DossierView, deadline: Deadline, notice: Notice) -> Page:
    """Each day of the notice counted, the first day for its result, and five working days beside it."""
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
    return Page(
        title=_("How long does the notice hang?"),
        name=view.row.name,
        dossier_href=url_for("dossiers.page", dossier=view.row.id),
        answer=_("%(day)s, until 24:00.", day=dates.short_day(notice.last, language())),
        detail=detail,
        strips=[strip],
        reasons=_reasons(deadline, notice, edition, goal_end),
        notes=_notes(days, worked, goal_end),
    )


def _edition_reason(edition: Edition, goal_end: date) -> Reason:
    if edition.id == "2014":
        text = _(
            "Judged by the edition of 2014: it sets no number of days, the township does. "
            "The edition of 2026 asks for five working days; counted so, the last day would be %(day)s.",
            day=dates.short_day(goal_end, language()),
        )
    else:
        text = _("Judged by the edition of %(id)s: not less than five working days.", id=edition.id)
    return Reason(_("Edition"), text)


def _notes(days: int, worked: int, goal_end: date) -> list[Note]:
    if worked == days:
        return []
    text = _(
        "%(off)s of the %(n)s days are not worked. To hear more opinions, it may hang until %(day)s.",
        off=days - worked, n=days, day=dates.short_day(goal_end, language()),
    )  # fmt: skip
    return [Note(_("Only %(n)s working days", n=worked), text)]


def _reasons(deadline: Deadline, notice: Notice, edition: Edition, goal_end: date) -> list[Reason]:
    first, last, after = (
        dates.short_day(day, language()) for day in (notice.first, notice.last, notice.last + _ONE)
    )
    days = (notice.last - notice.first).days + 1
    rises = _("From %(day)s a person records the result. Nothing moves on by itself at midnight.", day=after)
    return [
        Reason(_("Begins"), _("%(day)s, posted. The day of posting counts as day 1.", day=first)),
        Reason(_("Length"), _("%(n)s calendar days, both ends included.", n=days)),
        Reason(_("Ends"), _("%(day)s at 24:00. A rest day does not move it.", day=last)),
        Reason(_("After it"), rises),
        _edition_reason(edition, goal_end),
        calendar_reason(deadline, notice.last),
    ]

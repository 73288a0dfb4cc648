"""The answer to "why this day?" in words: start, length, end, next step, edition, calendar."""

from datetime import date

from flask import url_for
from flask_babel import gettext as _

from recruit.queries.dossiers import DossierView
from web import dates
from web.deadlines.answers import Note, Page, Reason, calendar_reason
from web.deadlines.strip import due_strip
from web.deadlines.when import when
from web.deadlines.window import window_page
from web.language import language
from web.sayings import article_text
from web.words import word
from workflows.deadlines import Deadline
from workflows.edition import Edition
from workflows.facts import Notice


def why_page(view: DossierView, deadline: Deadline, today: date) -> Page:
    """A notice's window is counted day by day; any other deadline shows the days around its due day."""
    notice = _notice_of(view, deadline)
    if notice is not None:
        return window_page(view, deadline, notice)
    return _due_page(view, deadline, today)


def _notice_of(view: DossierView, deadline: Deadline) -> Notice | None:
    if deadline.id != "publicity":
        return None
    return next((one for one in view.facts.notices if deadline.key == f"publicity:{one.seq}"), None)


def _due_page(view: DossierView, deadline: Deadline, today: date) -> Page:
    calendar, edition = view.ground.calendar, view.ground.edition_on(deadline.opened_on)
    name = word("deadline", deadline.id, edition)
    due = dates.long_day(deadline.due, language())
    weekday = dates.weekday(deadline.due, language())
    status = deadline.status(today)
    detail = when(deadline.due, today) if status in {"open", "due_soon", "overdue"} else status_word(status)
    strip = due_strip(
        deadline.opened_on, deadline.due, deadline.grace, calendar, title=_("Day by day"), rule=name
    )
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
        Reason(
            _("Ends"), _("%(day)s; done on this day it is in time. A rest day does not move it.", day=due)
        ),
    ]
    if deadline.grace != deadline.due:
        grace = dates.short_day(deadline.grace, language())
        text = _("The due day is a rest day: until %(day)s lateness is only remarked.", day=grace)
        reasons.append(Reason(_("Grace"), text))
    if kind is not None:
        settled = _("It is settled by: %(act)s.", act=word("act", kind.act, edition))
        reasons.append(Reason(_("After it"), settled))
        reasons.append(Reason(_("Article"), article_text(kind.article, edition.id) or _("Practice")))
    reasons.append(calendar_reason(deadline, deadline.due))
    return reasons


def _length(deadline: Deadline) -> str:
    days = (deadline.due - deadline.opened_on).days
    months = (
        (deadline.due.year - deadline.opened_on.year) * 12 + deadline.due.month - deadline.opened_on.month
    )
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


def _provisional(deadline: Deadline) -> list[Note]:
    if not deadline.is_provisional:
        return []
    text = _("Weekends and fixed holidays only; the day may still move by the official notice.")
    return [Note(_("Provisional"), text)]

"""The answer to "why this day?": the day, the days that lead to it, the reasons, and what lies beside it."""

from flask import url_for
from flask_babel import gettext as _

from recruit.context import Context
from recruit.queries.dossiers import DossierView
from recruit.queries.plans import plan_of
from web import dates
from web.deadlines.answers import Page
from web.deadlines.counted import counted_strips
from web.deadlines.neighbours import labels_of, neighbour_strips
from web.deadlines.reasons import answer_of, notes_of, reasons_of
from web.deadlines.sources import Sources, calendar_reason, change_notes, sources_of
from web.deadlines.when import when
from web.deadlines.window import (
    goal_of,
    notice_strip,
    window_detail,
    window_notes,
    window_reasons,
)
from web.language import language
from web.words import word
from workflows.deadlines import Deadline
from workflows.explained import (
    CULTIVATION,
    PROBATION,
    Explanation,
    explain,
    explain_cultivation,
    explain_probation,
    notice_of,
)
from workflows.recounted import calendar_changes

MINIMUM = frozenset({CULTIVATION, PROBATION})


def why_page(context: Context, view: DossierView, deadline: Deadline) -> Page:
    """A notice's window shows its working days beside; any other deadline its own counting."""
    explanation = explain(deadline, view.facts, view.ground)
    sources = sources_of(context.record, explanation.anchor, explanation.grace)
    changes = calendar_changes(deadline, view.facts, view.ground, sources.days)
    page = _window if deadline.id == "publicity" else _due
    found = page(context, view, deadline, explanation, sources)
    found.notes[:0] = change_notes(changes)
    return found


def minimum_page(context: Context, view: DossierView, name: str) -> Page | None:
    """The cultivation or the probation; None where it has not begun."""
    if name == CULTIVATION:
        explanation = explain_cultivation(view.facts, view.ground, context.on)
        title = _("From which day may it be proposed?")
    else:
        explanation = explain_probation(view.facts, view.ground)
        title = _("How long does the probation last?")
    if explanation is None:
        return None
    sources = sources_of(context.record, explanation.anchor, explanation.due)
    left = (explanation.due - context.on).days
    detail = _("%(n)s days are missing.", n=left) if left > 0 else _("The time is full.")
    label = _("Cultivation") if name == CULTIVATION else _("Probation")
    return _page(context, view, explanation, sources, title=title, label=label, detail=detail)


def _due(
    context: Context, view: DossierView, deadline: Deadline, explanation: Explanation, sources: Sources
) -> Page:
    edition = view.ground.edition_on(deadline.opened_on)
    label = word("deadline", deadline.id, edition)
    status = deadline.status(context.on)
    is_running = status in {"open", "due_soon", "overdue"}
    detail = when(deadline.due, context.on) if is_running else status_word(status)
    return _page(
        context, view, explanation, sources,
        title=_("%(what)s: until when?", what=label), label=label,
        detail=detail + ("。" if language() == "zh" else "."),
    )  # fmt: skip


def _page(
    context: Context,
    view: DossierView,
    explanation: Explanation,
    sources: Sources,
    *,
    title: str,
    label: str,
    detail: str,
) -> Page:
    calendar, edition = view.ground.calendar, view.ground.edition_on(explanation.last.anchor)
    reasons = reasons_of(explanation, edition)
    reasons.append(calendar_reason(sources, calendar, explanation.last.anchor, explanation.grace))
    plan = plan_of(context, explanation.due.year)
    nearby = neighbour_strips(plan, explanation.due, explanation.due, calendar, edition)
    return Page(
        title=title,
        name=view.row.name,
        dossier_href=url_for("dossiers.page", dossier=view.row.id),
        answer=answer_of(explanation),
        detail=detail,
        strips=counted_strips(explanation, calendar, name=label),
        reasons=reasons,
        notes=notes_of(explanation),
        neighbours=nearby,
    )


def _window(
    context: Context, view: DossierView, deadline: Deadline, explanation: Explanation, sources: Sources
) -> Page:
    notice, calendar = notice_of(deadline, view.facts), view.ground.calendar
    edition, settings = view.ground.edition_on(notice.posted_on), view.ground.settings_on(notice.posted_on)
    goal, is_asked = goal_of(notice, edition, settings)
    goal_end = calendar.nth_working_day(notice.first, goal)
    worked = calendar.count(notice.first, notice.last)
    plan = plan_of(context, notice.first.year)
    labels = labels_of(plan, edition)
    reasons = window_reasons(notice, edition, goal_end, is_asked=is_asked)
    reasons.append(calendar_reason(sources, calendar, notice.first, max(notice.last, goal_end)))
    return Page(
        title=_("How long does the notice hang?"),
        name=view.row.name,
        dossier_href=url_for("dossiers.page", dossier=view.row.id),
        answer=_("%(day)s, until 24:00.", day=dates.short_day(notice.last, language())),
        detail=window_detail(notice, worked),
        strips=[
            notice_strip(notice.first, notice.last, calendar, goal=goal, is_asked=is_asked, labels=labels)
        ],
        reasons=reasons,
        notes=[*notes_of(explanation), *window_notes(notice, worked, goal, goal_end)],
        neighbours=neighbour_strips(plan, notice.first, notice.last, calendar, edition),
    )


def status_word(status: str) -> str:
    match status:
        case "met":
            return _("Done in time")
        case "met_late":
            return _("Done late")
        case _:
            return _("No longer needed")

"""Why this day: a duty's period, a milestone's days one by one, the day by which a calendar is wanted."""

from datetime import date

from flask import url_for
from flask_babel import gettext as _

from notifications.ladder import Laddered, rungs
from notifications.ladders import calendar_year_ladder, duty_ladder, milestone_ladder
from recruit.commands.obligations import CALENDAR, DUTY
from recruit.context import Context
from recruit.queries.obligations import ObligationRow
from web import dates
from web.deadlines.answers import Note, Page, Reason
from web.deadlines.sources import calendar_reason, sources_of
from web.deadlines.strip import Strip
from web.deadlines.when import when
from web.duties.days import due_strip, period_strip
from web.duties.names import acts_of, row_title, state_of
from web.language import language
from web.places import calendar_of
from web.sayings import article_text
from web.words import edition_of_today, joined, sentence, word
from workflows.calendar import Calendar
from workflows.plans.duties import duty_kinds
from workflows.plans.milestones import StoredMilestone


def why_page(context: Context, row: ObligationRow) -> Page:
    """The days, what opens and what settles it, when it is told, by which calendar."""
    calendar, today = calendar_of(context), context.on
    due = row.deadline.due
    first = row.milestone.span.first if row.milestone is not None else due
    counted_by = calendar_reason(sources_of(context.record, first, due), calendar, first, due)
    is_open = row.status(today) in {"open", "due_soon", "overdue"}
    return Page(
        title=_("%(what)s: until when?", what=row_title(row)),
        name=_("Duties and milestones"),
        dossier_href=url_for("duties.listed", year=due.year),
        answer=_(
            "%(day)s (%(weekday)s), until 24:00.",
            day=dates.long_day(due, language()), weekday=dates.weekday(due, language()),
        ),
        detail=sentence(when(due, today) if is_open else word("status", row.status(today))),
        strips=[_strip(row, calendar)],
        reasons=[*_reasons(row, calendar, today), _told(row, calendar), counted_by],
        notes=_notes(row, calendar),
        neighbours=[],
    )  # fmt: skip


def _strip(row: ObligationRow, calendar: Calendar) -> Strip:
    one = row.milestone
    if one is None or one.span.days == 1:
        return due_strip(row.deadline, calendar, rule=row_title(row))
    return period_strip(one.span, calendar, rule=row_title(row))


def _reasons(row: ObligationRow, calendar: Calendar, today: date) -> list[Reason]:
    opened, due = (dates.long_day(day, language()) for day in (row.deadline.opened_on, row.deadline.due))
    ends = Reason(
        _("Ends"), _("%(day)s; done on this day it is in time. A rest day does not move it.", day=due)
    )
    if row.kind == CALENDAR:
        text = _("%(day)s: by then the State Council's notice is usually out.", day=opened)
        after = _("From 1 January its days are provisional: weekends and fixed holidays only.")
        return [Reason(_("Begins"), text), ends, Reason(_("After it"), after)]
    if row.milestone is not None:
        return [*_of_milestone(row, row.milestone, calendar, today), ends]
    kind = duty_kinds()[row.deadline.id]
    length = _("Once in each year.") if kind.period == "year" else _("Once in each half-year.")
    settled = _("A person records it as done, with its paper. Nothing moves on by itself.")
    article = article_text(kind.article, edition_of_today().id)
    return [
        Reason(_("Begins"), _("%(day)s, the first day of the period.", day=opened)),
        Reason(_("Length"), length),
        ends,
        Reason(_("After it"), settled),
        Reason(_("Article"), article or _("Practice")),
    ]


def _of_milestone(row: ObligationRow, one: StoredMilestone, calendar: Calendar, today: date) -> list[Reason]:
    adopted = dates.long_day(row.deadline.opened_on, language())
    begins = _("The plan of %(who)s, adopted on %(day)s.", who=row.organization_name, day=adopted)
    worked = calendar.count(one.span.first, one.span.last)
    length = _("%(n)s days by the plan, %(worked)s of them working days.", n=one.span.days, worked=worked)
    settled = _("For each person it is settled by: %(acts)s.", acts=acts_of(one) or "—")
    return [
        Reason(_("Begins"), begins),
        Reason(_("Length"), length),
        Reason(_("Settled by"), settled),
        Reason(_("Now"), sentence(state_of(row, today))),
    ]


def _told(row: ObligationRow, calendar: Calendar) -> Reason:
    """The days of the reminders; what falls on a rest day is told before it."""
    found = sorted({rung.on for rung in rungs(_ladder(row), row.deadline, calendar)})
    days = joined(dates.short_day(day, language()) for day in found)
    return Reason(_("Reminders"), sentence(days) if days else _("None any more."))


def _ladder(row: ObligationRow) -> Laddered:
    if row.milestone is not None:
        return milestone_ladder(row.milestone)
    return duty_ladder(row.deadline.id) if row.kind == DUTY else calendar_year_ladder()


def _notes(row: ObligationRow, calendar: Calendar) -> list[Note]:
    notes = []
    if row.deadline.is_provisional:
        text = _("Weekends and fixed holidays only; the day may still move by the official notice.")
        notes.append(Note(_("Provisional"), text))
    one = row.milestone
    if one is not None and calendar.count(one.span.first, one.span.last) < one.span.days:
        off = one.span.days - calendar.count(one.span.first, one.span.last)
        notes.append(
            Note(_("Rest days"), _("%(off)s of %(n)s days are not worked.", off=off, n=one.span.days))
        )
    return notes

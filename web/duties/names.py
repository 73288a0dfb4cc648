"""The names of duties, milestones and calendar years, and how each stands, in words."""

from datetime import date

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from recruit.commands.obligations import CALENDAR, DUTY
from recruit.queries.obligations import ObligationRow
from web import dates
from web.language import language
from web.visitors import RECORDERS
from web.words import act_name, edition_of_today, joined, word
from workflows.plans.duties import duty_kinds
from workflows.plans.milestones import StoredMilestone

OWING = (*RECORDERS, "committee_member", "auditor", "audit_admin", "system_admin")
_HALF = 7


def row_title(row: ObligationRow) -> str:
    return title_of(row.kind, row.deadline.id, row.deadline.key, row.milestone)


def title_of(kind: str, id_: str, key: str, milestone: StoredMilestone | None) -> str:
    """积极分子培训班（2016年）; a milestone by the plan's own words."""
    period = key.partition(":")[2]
    if kind == CALENDAR:
        return _("Official calendar of %(year)s", year=period)
    if kind == DUTY:
        return _("%(what)s (%(period)s)", what=_duty(id_), period=_period(id_, date.fromisoformat(period)))
    if milestone is None:
        return id_
    if language() == "zh" and milestone.label:
        return milestone.label
    return acts_of(milestone) or id_


def acts_of(milestone: StoredMilestone) -> str:
    """The acts that it names, in the words of the edition in force."""
    steps = (step.partition(" ") for step in milestone.steps)
    edition = edition_of_today()
    return joined(dict.fromkeys(act_name(do, purpose or None, edition) for do, _space, purpose in steps))


def state_of(row: ObligationRow, today: date) -> str:
    """How it stands, in words; a milestone by whom it still concerns."""
    if row.open_count is None:
        return word("status", row.status(today))
    if row.open_count == 0:
        return _("concerns nobody at present")
    return ngettext("%(num)s person still open", "%(num)s persons still open", row.open_count)


def href_of(row: ObligationRow) -> str:
    return url_for("duties.one", organization=row.organization, key=row.deadline.key)


def why_href_of(row: ObligationRow) -> str:
    return url_for("duties.why", organization=row.organization, key=row.deadline.key)


def provisional_note(years: set[int]) -> str:
    """暂定：2027年调休还没公布; nothing where all the years are published."""
    if not years:
        return ""
    named = joined(str(year) for year in sorted(years))
    return _("Provisional: make-up days of %(years)s are not published yet", years=named)


def days_of(milestone: StoredMilestone) -> str:
    return dates.span(milestone.span.first, milestone.span.last, language())


def _duty(id_: str) -> str:
    words = duty_kinds()[id_]
    return words.zh if language() == "zh" else words.en


def _period(id_: str, first: date) -> str:
    if duty_kinds()[id_].period == "year":
        return _("%(year)s", year=first.year)
    if first.month < _HALF:
        return _("first half of %(year)s", year=first.year)
    return _("second half of %(year)s", year=first.year)

"""Values of settings in words, and the kind of box in which each is entered."""

from collections.abc import Mapping
from datetime import date, time

from flask_babel import gettext as _
from flask_babel import ngettext

from web import dates
from web.acts.fields import Choice
from web.language import language
from web.words import choice_name, clauses, joined, word
from workflows.setting_values import PaperRule
from workflows.settings import Settings

PAPERS = "papers.required"
_UNITS = frozenset(("publicity.target.unit", "publicity.admission.unit", "publicity.conversion.unit"))
_NOT_ASKED = frozenset(
    ("publicity.target.days", "publicity.admission.days", "publicity.conversion.days",
     "application.to_activist_months", "league_recommendation.below_age"),
)  # fmt: skip
_NO_LIMIT = frozenset(
    ("league_recommendation.valid_months", "political_review.valid_months",
     "preexamination.to_meeting_months"),
)  # fmt: skip


def value_text(name: str, value: object) -> str:
    """5 个工作日, 不要求, 支部大会以前."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int):
        return _number(name, value)
    if isinstance(value, date | time):
        return dates.long_day(value, language()) if isinstance(value, date) else value.strftime("%H:%M")
    if isinstance(value, tuple):
        return joined(paper_text(one) for one in value) or _("no list")
    return _words(name).get(str(value), str(value)) if value is not None else _("not set")


def paper_text(rule: PaperRule) -> str:
    """The paper with whom it is asked of."""
    asked = []
    if rule.condition.age_at_most is not None:
        asked.append(_("up to %(n)s years of age", n=rule.condition.age_at_most))
    if rule.condition.league_member:
        asked.append(_("League members"))
    if rule.condition.every is not None:
        asked.append(_words("thought_report.every")[rule.condition.every])
    name = choice_name("paper", rule.kind)
    if not asked:
        return name
    return f"{name}（{clauses(asked)}）" if language() == "zh" else f"{name} ({clauses(asked)})"


def box_kind(name: str) -> str:
    """number, radios, select, time, date or papers."""
    if name == PAPERS:
        return "papers"
    if _words(name):
        return "select"
    if name == "publicity.cutoff":
        return "time"
    if name == "live.from":
        return "date"
    default = getattr(Settings(), name.replace(".", "_"))
    return "radios" if isinstance(default, bool) else "number"


def choices_of(name: str) -> tuple[Choice, ...]:
    if box_kind(name) == "radios":
        return (Choice("true", _("yes")), Choice("false", _("no")))
    return tuple(Choice(value, text) for value, text in _words(name).items())


def _words(name: str) -> Mapping[str, str]:
    if name in _UNITS:
        return {unit: word("unit", unit) for unit in ("working", "calendar")}
    return {
        "publicity.admission.when": {
            "before_meeting": _("before the general meeting"),
            "before_decision": _("between the vote and the committee's decision"),
        },
        "thought_report.every": {
            "none": _("not asked"), "half_year": _("each half-year"), "quarter": _("each quarter"),
        },
        "leap_rule": {"clamp": _("full on 28 February"), "roll_forward": _("full on 1 March")},
    }.get(name, {})  # fmt: skip


def _number(name: str, value: int) -> str:
    if value == 0 and name in _NOT_ASKED | _NO_LIMIT:
        return _("not asked") if name in _NOT_ASKED else _("no limit")
    if name == "late_entry.working_days":
        return ngettext("%(num)s working day", "%(num)s working days", value)
    if name.endswith("days"):
        return ngettext("%(num)s day", "%(num)s days", value)
    if name.endswith("hours"):
        return ngettext("%(num)s hour", "%(num)s hours", value)
    if name.endswith("age"):
        return _("%(n)s years of age", n=value)
    return ngettext("%(num)s month", "%(num)s months", value)

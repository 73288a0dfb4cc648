"""Local parameters: their values, and the rule that a lower organization may only be stricter.

PROCEDURE.md, section 7. A setting is named with dots (`review.months`), its attribute with underscores.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any

from workflows import setting_values as forms
from workflows.calendar import Unit
from workflows.dates import LeapRule, ReportEvery
from workflows.errors import LooserSetting, Sentence, SettingsError
from workflows.setting_values import Form, PaperCondition, PaperRule, When

__all__ = [
    "SETTING_NAMES",
    "LooserSetting",
    "PaperCondition",
    "PaperRule",
    "SettingRow",
    "Settings",
    "SettingsError",
    "ensure_not_looser",
    "floor_of",
    "read_setting",
    "resolve",
    "settings_for",
]


@dataclass(frozen=True, slots=True)
class Settings:
    """What applies to one organization on one day; the defaults are those of the edition of 2026.

    `local` names the settings that a local value was given for. `publicity_target_working_days` is the
    edition's own length, which a local length in calendar days stands beside and never replaces.
    """

    publicity_target_days: int = 5
    publicity_target_unit: Unit = "working"
    publicity_admission_days: int = 0
    publicity_admission_unit: Unit = "working"
    publicity_admission_when: When = "before_meeting"
    publicity_conversion_days: int = 0
    publicity_conversion_unit: Unit = "working"
    publicity_cutoff: time | None = None  # at it is in time
    cultivation_months: int = 12
    review_months: int = 6
    thought_report_every: ReportEvery | None = None
    application_to_activist_months: int = 0
    league_recommendation_below_age: int = 0  # 0: not asked
    league_recommendation_valid_months: int = 24  # 0: no limit
    training_days: int = 3
    training_hours: int = 24
    political_review_valid_months: int = 0  # 0: no limit
    preexamination_to_meeting_months: int = 1  # 0: no limit
    preexamination_lapses: bool = True
    inspection_required: bool = False
    theory_test_required: bool = False
    papers_required: tuple[PaperRule, ...] = ()
    preexamination_by_department: bool = False
    general_branch_deliberates: bool = False
    live_from: date | None = None
    conversion_meeting_within_months: int = 1
    late_entry_working_days: int = 3
    leap_rule: LeapRule = "clamp"
    local: frozenset[str] = frozenset()
    publicity_target_working_days: int = 5


@dataclass(frozen=True, slots=True)
class SettingRow:
    """A value that an organization has set; `organization_level` grows downwards from the province."""

    organization_level: int
    name: str
    value: object
    valid_from: date  # included


_FORMS: dict[str, Form] = {
    "publicity.target.days": forms.whole(0, 90, stricter="higher"),
    "publicity.target.unit": forms.choice("calendar", "working", stricter_last=True),
    "publicity.admission.days": forms.whole(0, 90, stricter="higher"),
    "publicity.admission.unit": forms.choice("calendar", "working", stricter_last=True),
    "publicity.admission.when": forms.choice("before_meeting", "before_decision", stricter_last=False),
    "publicity.conversion.days": forms.whole(0, 90, stricter="higher"),
    "publicity.conversion.unit": forms.choice("calendar", "working", stricter_last=True),
    "publicity.cutoff": forms.clock(),
    "cultivation.months": forms.whole(1, 120, stricter="higher"),
    "review.months": forms.whole(1, 24, stricter="lower"),
    "thought_report.every": forms.frequency(),
    "application.to_activist_months": forms.whole(0, 120, stricter="higher"),
    "league_recommendation.below_age": forms.whole(0, 120, stricter="higher"),
    "league_recommendation.valid_months": forms.whole(0, 120, stricter="lower", zero_is_no_limit=True),
    "training.days": forms.whole(1, 90, stricter="higher"),
    "training.hours": forms.whole(1, 720, stricter="higher"),
    "political_review.valid_months": forms.whole(0, 120, stricter="lower", zero_is_no_limit=True),
    "preexamination.to_meeting_months": forms.whole(0, 24, stricter="lower", zero_is_no_limit=True),
    "preexamination.lapses": forms.truth(),
    "inspection.required": forms.truth(),
    "theory_test.required": forms.truth(),
    "papers.required": forms.papers(),
    "preexamination.by_department": forms.truth(),
    "general_branch.deliberates": forms.truth(),
    "live.from": forms.day(),
    "conversion.meeting_within_months": forms.whole(1, 24, stricter="lower"),
    "late_entry.working_days": forms.whole(0, 250, stricter="lower"),
    "leap_rule": forms.choice("clamp", "roll_forward", stricter_last=False),
}
SETTING_NAMES = tuple(_FORMS)


def settings_for(
    defaults: Mapping[str, object], local: Mapping[str, object], *, floors: Sequence[str] = ()
) -> Settings:
    """The settings of an edition (`defaults`, those in which it differs from 2026) under `local` values.

    Of a setting among the `floors` the stricter of both holds. SettingsError for a name that is no setting
    or a value that it does not take. Whether a local value is looser is said when it is entered.
    """
    edition = replace(Settings(), **_attributes(defaults))
    own = edition.publicity_target_days if edition.publicity_target_unit == "working" else 0
    given = _attributes(local)
    for name in floors:
        attribute = _attribute(name)
        if name in local:
            given[attribute] = _FORMS[name].combine(getattr(edition, attribute), given[attribute])
    return replace(edition, **given, local=frozenset(local), publicity_target_working_days=own)


def floor_of(name: str, defaults: Mapping[str, object], floors: Sequence[str]) -> object | None:
    """The value of an edition that no local one may loosen; None where the edition sets none."""
    return getattr(settings_for(defaults, {}), _attribute(name)) if name in floors else None


def read_setting(name: str, value: object) -> Any:  # noqa: ANN401 - as typed as the setting
    """The value as `Settings` holds it, from what YAML, a form or the store gives. SettingsError."""
    form = _form(name, value)
    try:
        return form.read(value)
    except ValueError as error:
        raise SettingsError(name, value, form.allowed) from error


def ensure_not_looser(name: str, upper_value: object, lower_value: object) -> None:
    """LooserSetting where `lower_value` would loosen `upper_value`; SettingsError for a bad value.

    Stricter is: more days of publicity, training, cultivation and waiting; working days rather than
    calendar days; fewer months or days to act in, where 0 means no limit (validity of a review or a
    recommendation, the meeting after the pre-examination) and is the loosest; an earlier cut-off; a
    higher age up to which the League is asked; yes rather than no; a report each quarter rather than
    each half-year; more papers. `publicity.admission.when`, `live.from` and `leap_rule` have no order.

    The number of days and their unit are two settings and compared apart: 7 calendar days against 5
    working days is more days in a looser unit. `publicity.target.unit` alone is never looser, because
    the edition's own working days are tested beside the local length; `resolve` still keeps
    `working` where an upper organization has set it.
    """
    upper, lower = read_setting(name, upper_value), read_setting(name, lower_value)
    if name != "publicity.target.unit" and _FORMS[name].is_looser(upper, lower):
        raise LooserSetting(name, upper_value, lower_value)


def resolve(rows: Sequence[SettingRow], on: date) -> dict[str, object]:
    """The values in force on a day for the lowest organization of a chain, ready for `settings_for`.

    Of each organization counts its value with the latest `valid_from` up to and with `on` (the last of
    `rows` on a tie), of the chain the strictest; without an order the lowest organization's.
    """
    in_force: dict[tuple[int, str], SettingRow] = {}
    for row in rows:
        held = in_force.get((row.organization_level, row.name))
        if row.valid_from <= on and (held is None or held.valid_from <= row.valid_from):
            in_force[row.organization_level, row.name] = row
    values: dict[str, object] = {}
    for (_, name), row in sorted(in_force.items(), key=lambda item: item[0]):
        value = read_setting(name, row.value)
        values[name] = _FORMS[name].combine(values[name], value) if name in values else value
    return values


def _attributes(values: Mapping[str, object]) -> dict[str, Any]:
    return {_attribute(name): read_setting(name, value) for name, value in values.items()}


def _attribute(name: str) -> str:
    return name.replace(".", "_")


def _form(name: str, value: object) -> Form:
    form = _FORMS.get(name)
    if form is None:
        names = ", ".join(SETTING_NAMES)
        raise SettingsError(
            name, value, Sentence(zh=f"以下设置之一：{names}", en=f"one of the settings {names}")
        )
    return form

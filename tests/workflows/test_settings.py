"""Local settings: what they take, and that a lower organization may only be stricter."""

from dataclasses import fields
from datetime import date, datetime, time
from typing import Any

import pytest

from tests.workflows.builders import a_ground, day
from workflows.settings import (
    SETTING_NAMES,
    LooserSetting,
    PaperCondition,
    PaperRule,
    SettingRow,
    Settings,
    SettingsError,
    ensure_not_looser,
    read_setting,
    resolve,
    settings_for,
)

EDITION_2014 = {"publicity.target.days": 0, "preexamination.to_meeting_months": 0}
EDITION_2026 = {"publicity.target.days": 5, "preexamination.to_meeting_months": 1}


def test_without_local_values_the_national_ones_apply() -> None:
    settings = settings_for(EDITION_2026, {})

    assert (settings.publicity_target_days, settings.publicity_target_unit) == (5, "working")
    assert (settings.publicity_admission_days, settings.publicity_conversion_days) == (0, 0)
    assert settings.publicity_admission_when == "before_meeting"
    assert (settings.cultivation_months, settings.review_months) == (12, 6)
    assert (settings.training_days, settings.training_hours) == (3, 24)
    assert (settings.preexamination_to_meeting_months, settings.preexamination_lapses) == (1, True)
    assert (settings.conversion_meeting_within_months, settings.late_entry_working_days) == (1, 3)
    assert (settings.league_recommendation_below_age, settings.league_recommendation_valid_months) == (0, 24)
    assert (settings.publicity_cutoff, settings.thought_report_every, settings.live_from) == (
        None,
        None,
        None,
    )
    assert (settings.leap_rule, settings.papers_required) == ("clamp", ())
    assert not (settings.inspection_required)
    assert not (settings.theory_test_required)
    assert not (settings.preexamination_by_department)
    assert not (settings.general_branch_deliberates)
    assert (settings.application_to_activist_months, settings.political_review_valid_months) == (0, 0)
    assert settings.local == frozenset()


def test_the_edition_of_2014_asks_no_publicity_and_no_month_to_the_meeting() -> None:
    settings = settings_for(EDITION_2014, {})

    assert (settings.publicity_target_days, settings.preexamination_to_meeting_months) == (0, 0)
    assert settings.publicity_target_working_days == 0


def test_the_defaults_are_those_of_the_edition_in_force() -> None:
    assert settings_for(EDITION_2026, {}) == settings_for({}, {}) == Settings()


def test_each_setting_has_an_attribute_and_each_attribute_a_setting() -> None:
    attributes = {field.name for field in fields(Settings)}

    assert {name.replace(".", "_") for name in SETTING_NAMES} == attributes - {
        "local",
        "publicity_target_working_days",
    }


def test_a_default_is_a_value_that_its_setting_takes() -> None:
    for name in SETTING_NAMES:
        value = getattr(Settings(), name.replace(".", "_"))
        assert read_setting(name, value) == value


def test_a_local_value_is_known_by_its_name() -> None:
    settings = settings_for(EDITION_2014, {"preexamination.to_meeting_months": 1, "review.months": 3})

    assert (settings.preexamination_to_meeting_months, settings.review_months) == (1, 3)
    assert settings.local == {"preexamination.to_meeting_months", "review.months"}


def test_a_local_length_in_calendar_days_stands_beside_the_five_working_days() -> None:
    settings = settings_for(EDITION_2026, {"publicity.target.days": 7, "publicity.target.unit": "calendar"})

    assert (settings.publicity_target_days, settings.publicity_target_unit) == (7, "calendar")
    assert settings.publicity_target_working_days == 5


@pytest.mark.parametrize(
    ("name", "given", "read"),
    [
        ("review.months", "3", 3),
        ("publicity.target.days", 90, 90),
        ("publicity.target.days", 0, 0),
        ("publicity.admission.unit", "calendar", "calendar"),
        ("publicity.admission.when", "before_decision", "before_decision"),
        ("publicity.cutoff", "18:00", time(18, 0)),
        ("publicity.cutoff", time(18, 30), time(18, 30)),
        ("publicity.cutoff", "none", None),
        ("publicity.cutoff", None, None),
        ("thought_report.every", "none", None),
        ("thought_report.every", "quarter", "quarter"),
        ("thought_report.every", "half_year", "half_year"),
        ("preexamination.lapses", False, False),
        ("inspection.required", "true", True),
        ("inspection.required", "false", False),
        ("live.from", date(2026, 5, 11), date(2026, 5, 11)),
        ("live.from", "2026-05-11", date(2026, 5, 11)),
        ("live.from", "none", None),
        ("leap_rule", "roll_forward", "roll_forward"),
        ("papers.required", None, ()),
        ("papers.required", "none", ()),
        ("papers.required", ["autobiography"], (PaperRule("autobiography"),)),
        ("papers.required", [{"kind": "autobiography"}], (PaperRule("autobiography"),)),
        (
            "papers.required",
            [{"kind": "league_recommendation", "condition": {"age_at_most": 28, "league_member": True}}],
            (PaperRule("league_recommendation", PaperCondition(age_at_most=28, league_member=True)),),
        ),
        (
            "papers.required",
            [{"kind": "thought_report", "condition": {"every": "quarter"}}],
            (PaperRule("thought_report", PaperCondition(every="quarter")),),
        ),
        (
            "papers.required",
            [{"kind": "form", "condition": {"age_at_most": "28", "league_member": False, "every": "none"}}],
            (PaperRule("form", PaperCondition(age_at_most=28, league_member=False)),),
        ),
    ],
)
def test_a_value_is_read_from_yaml_a_form_or_the_store(name: str, given: object, read: object) -> None:
    value = read_setting(name, given)

    assert value == read
    assert type(value) is type(read)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("review.months", 0),
        ("review.months", 25),
        ("review.months", "six"),
        ("review.months", "³"),
        ("review.months", 6.0),
        ("review.months", True),
        ("review.months", None),
        ("cultivation.months", 0),
        ("publicity.target.days", -1),
        ("publicity.target.days", 91),
        ("publicity.target.unit", "weeks"),
        ("publicity.target.unit", ["working"]),
        ("publicity.admission.when", "after_decision"),
        ("publicity.cutoff", "24:00"),
        ("publicity.cutoff", "6pm"),
        ("publicity.cutoff", 1800),
        ("thought_report.every", "month"),
        ("thought_report.every", ["quarter"]),
        ("preexamination.lapses", "yes"),
        ("preexamination.lapses", 1),
        ("live.from", "2026-13-01"),
        ("live.from", datetime(2026, 5, 11)),  # noqa: DTZ001 - an instant is not a day
        ("live.from", 2026),
        ("leap_rule", "february"),
        ("papers.required", "autobiography"),
        ("papers.required", {"kind": "autobiography"}),
        ("papers.required", [3]),
        ("papers.required", [{"condition": {}}]),
        ("papers.required", [{"kind": "Auto Biography"}]),
        ("papers.required", [{"kind": "autobiography", "age": 28}]),
        ("papers.required", [{"kind": "autobiography", "condition": {"age": 28}}]),
        ("papers.required", [{"kind": "autobiography", "condition": "young"}]),
        ("papers.required", [{"kind": "autobiography", "condition": {"age_at_most": "old"}}]),
        ("papers.required", [{"kind": "autobiography", "condition": {"league_member": "perhaps"}}]),
        ("papers.required", [{"kind": "autobiography", "condition": {"every": "day"}}]),
    ],
)
def test_a_value_that_a_setting_does_not_take_is_refused_with_what_it_takes(name: str, value: object) -> None:
    with pytest.raises(SettingsError) as refused:
        settings_for({}, {name: value})

    assert (refused.value.key, refused.value.value) == (name, value)
    for language in ("zh", "en"):
        message = refused.value.message(language)
        assert name in message
        assert "\n" not in message


def test_a_name_that_is_no_setting_is_refused_in_an_edition_too() -> None:
    for defaults, local in (({"reviews.month": 3}, {}), ({}, {"reviews.month": 3})):
        with pytest.raises(SettingsError, match=r"reviews\.month.*review\.months"):
            settings_for(defaults, local)


def test_a_refusal_says_in_both_languages_what_is_allowed() -> None:
    with pytest.raises(SettingsError) as refused:
        read_setting("review.months", "six")

    assert refused.value.message("en") == (
        "setting review.months cannot be 'six'; allowed: a whole number from 1 to 24"
    )
    assert refused.value.message("zh") == "设置 review.months 不能取“six”；可以取：1 到 24 的整数"
    assert str(refused.value) == refused.value.message("en")


AUTOBIOGRAPHY = {"kind": "autobiography"}
REPORTS = {"kind": "thought_report", "condition": {"every": "half_year"}}
REPORTS_OFTEN = {"kind": "thought_report", "condition": {"every": "quarter"}}
LEAGUE_28 = {"kind": "league_recommendation", "condition": {"age_at_most": 28, "league_member": True}}
LEAGUE_30 = {"kind": "league_recommendation", "condition": {"age_at_most": 30, "league_member": True}}
LEAGUE_ALL = {"kind": "league_recommendation"}


@pytest.mark.parametrize(
    ("name", "loose", "strict"),
    [
        ("publicity.target.days", 5, 7),
        ("publicity.admission.days", 0, 3),
        ("publicity.admission.unit", "calendar", "working"),
        ("publicity.conversion.days", 3, 5),
        ("publicity.conversion.unit", "calendar", "working"),
        ("publicity.cutoff", "18:00", "17:00"),
        ("publicity.cutoff", "18:30", "18:00"),
        ("publicity.cutoff", "19:00", "18:59"),
        ("publicity.cutoff", "none", "18:00"),
        ("cultivation.months", 12, 18),
        ("review.months", 6, 3),
        ("thought_report.every", "none", "half_year"),
        ("thought_report.every", "half_year", "quarter"),
        ("application.to_activist_months", 0, 3),
        ("league_recommendation.below_age", 28, 29),
        ("league_recommendation.valid_months", 24, 6),
        ("league_recommendation.valid_months", 0, 24),
        ("training.days", 3, 5),
        ("training.hours", 24, 40),
        ("political_review.valid_months", 0, 12),
        ("political_review.valid_months", 12, 6),
        ("preexamination.to_meeting_months", 0, 1),
        ("preexamination.to_meeting_months", 2, 1),
        ("preexamination.lapses", False, True),
        ("inspection.required", False, True),
        ("theory_test.required", False, True),
        ("preexamination.by_department", False, True),
        ("general_branch.deliberates", False, True),
        ("conversion.meeting_within_months", 3, 1),
        ("late_entry.working_days", 3, 1),
        ("papers.required", [], [AUTOBIOGRAPHY]),
        ("papers.required", [AUTOBIOGRAPHY], [AUTOBIOGRAPHY, REPORTS]),
        ("papers.required", [REPORTS], [REPORTS_OFTEN]),
        ("papers.required", [LEAGUE_28], [LEAGUE_30]),
        ("papers.required", [LEAGUE_30], [LEAGUE_ALL]),
    ],
)
def test_a_lower_organization_may_be_stricter_and_not_looser(name: str, loose: Any, strict: Any) -> None:
    ensure_not_looser(name, loose, strict)
    ensure_not_looser(name, loose, loose)
    ensure_not_looser(name, strict, strict)

    with pytest.raises(LooserSetting) as refused:
        ensure_not_looser(name, strict, loose)

    assert (refused.value.name, refused.value.upper, refused.value.lower) == (name, strict, loose)


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("publicity.admission.when", "before_meeting", "before_decision"),
        ("live.from", "2026-05-11", "2026-09-01"),
        ("leap_rule", "clamp", "roll_forward"),
        ("publicity.target.unit", "working", "calendar"),
    ],
)
def test_values_without_an_order_are_never_looser(name: str, one: str, other: str) -> None:
    ensure_not_looser(name, one, other)
    ensure_not_looser(name, other, one)


def test_a_paper_left_out_is_looser_also_where_another_is_asked() -> None:
    with pytest.raises(LooserSetting):
        ensure_not_looser("papers.required", [AUTOBIOGRAPHY], [REPORTS])


def test_a_looser_value_is_refused_with_the_value_that_it_would_loosen() -> None:
    with pytest.raises(LooserSetting) as refused:
        ensure_not_looser("cultivation.months", 18, 12)

    assert "'12' is looser than '18'" in refused.value.message("en")
    assert "“12”比上级规定的“18”宽" in refused.value.message("zh")


def test_a_bad_value_is_refused_before_it_is_compared() -> None:
    with pytest.raises(SettingsError):
        ensure_not_looser("cultivation.months", 12, "long")


def a_row(level: int, name: str, value: object, valid_from: str = "2026-01-01") -> SettingRow:
    return SettingRow(level, name, value, date.fromisoformat(valid_from))


def test_a_value_counts_from_its_first_day() -> None:
    rows = [a_row(3, "review.months", 3, "2026-06-01")]

    assert resolve(rows, date(2026, 5, 31)) == {}
    assert resolve(rows, date(2026, 6, 1)) == {"review.months": 3}
    assert resolve(rows, date(2026, 6, 2)) == {"review.months": 3}


def test_of_one_organization_the_latest_value_counts_even_if_it_is_looser() -> None:
    rows = [a_row(3, "review.months", 3, "2026-02-01"), a_row(3, "review.months", 4, "2026-03-01")]

    assert resolve(rows, date(2026, 2, 28)) == {"review.months": 3}
    assert resolve(rows, date(2026, 3, 1)) == {"review.months": 4}
    assert resolve(rows[::-1], date(2026, 3, 1)) == {"review.months": 4}


def test_of_two_values_from_the_same_day_the_last_entered_counts() -> None:
    rows = [a_row(3, "review.months", 3), a_row(3, "review.months", 5)]

    assert resolve(rows, date(2026, 3, 1)) == {"review.months": 5}


def test_the_lower_organization_counts_and_never_loosens_the_upper_one() -> None:
    stricter = [a_row(4, "review.months", 3), a_row(2, "review.months", 4)]
    looser = [a_row(4, "review.months", 5), a_row(2, "review.months", 4)]

    assert resolve(stricter, date(2026, 3, 1)) == {"review.months": 3}
    assert resolve(looser, date(2026, 3, 1)) == {"review.months": 4}


def test_without_an_order_the_lowest_organization_counts() -> None:
    rows = [a_row(4, "leap_rule", "clamp"), a_row(2, "leap_rule", "roll_forward")]

    assert resolve(rows, date(2026, 3, 1)) == {"leap_rule": "clamp"}


def test_working_days_set_above_stay_working_days_below() -> None:
    rows = [
        a_row(2, "publicity.target.unit", "working"),
        a_row(4, "publicity.target.unit", "calendar"),
        a_row(4, "publicity.target.days", 7),
    ]

    assert resolve(rows, date(2026, 6, 1)) == {"publicity.target.unit": "working", "publicity.target.days": 7}


def test_the_papers_of_the_whole_chain_are_asked_for_once() -> None:
    rows = [
        a_row(1, "papers.required", [AUTOBIOGRAPHY, REPORTS]),
        a_row(3, "papers.required", [REPORTS_OFTEN, LEAGUE_28]),
    ]

    papers = resolve(rows, date(2026, 6, 1))["papers.required"]

    assert papers == read_setting("papers.required", [AUTOBIOGRAPHY, REPORTS_OFTEN, LEAGUE_28])


def test_what_is_resolved_is_ready_for_the_settings() -> None:
    rows = [
        a_row(1, "publicity.cutoff", "18:00"),
        a_row(3, "thought_report.every", "quarter"),
        a_row(3, "papers.required", [AUTOBIOGRAPHY]),
    ]

    settings = settings_for(EDITION_2026, resolve(rows, date(2026, 6, 1)))

    assert settings.publicity_cutoff == time(18)
    assert settings.thought_report_every == "quarter"
    assert settings.papers_required == (PaperRule("autobiography"),)
    assert settings.local == {"publicity.cutoff", "thought_report.every", "papers.required"}


@pytest.mark.parametrize(
    ("name", "local", "on", "holds"),
    [
        ("cultivation.months", 6, "2026-06-01", 12),
        ("cultivation.months", 18, "2026-06-01", 18),
        ("review.months", 12, "2016-06-01", 6),
        ("review.months", 3, "2016-06-01", 3),
        ("training.days", 1, "2016-06-01", 3),
        ("preexamination.to_meeting_months", 2, "2026-05-10", 2),
        ("preexamination.to_meeting_months", 2, "2026-05-11", 1),
        ("preexamination.to_meeting_months", 0, "2026-05-11", 1),
        ("conversion.meeting_within_months", 3, "2026-05-11", 3),
    ],
)
def test_a_value_that_stands_in_an_article_is_never_loosened(
    name: str, local: int, on: str, holds: int
) -> None:
    settings = a_ground({name: local}).settings_on(day(on))

    assert getattr(settings, name.replace(".", "_")) == holds

"""The plan linter: what it says of the township's year, and of a good plan with one thing changed."""

from datetime import date
from typing import Any

import pytest

from tests.workflows.plans.builders import GOOD, TOWNSHIP, changed, found, good, named
from workflows.plans.document import read_plan
from workflows.plans.findings import PlanFinding
from workflows.words.plans import plan_words, render_plan_finding


def plain(finding: PlanFinding) -> dict[str, Any]:
    values = {
        name: list(value) if isinstance(value, tuple) else value for name, value in finding.values.items()
    }
    return {"at": finding.at, "rule": finding.rule, "severity": finding.severity, **values}


def test_the_townships_plan_of_2016_has_the_oddities_that_are_expected_of_it_and_no_others() -> None:
    plan = read_plan(TOWNSHIP, name="township-2016.yaml")

    given = [plain(one) for one in found(plan)]

    expected = [{key: value for key, value in one.items() if key != "note"} for one in plan.expected_findings]
    assert len(given) == len(expected)
    for one in expected:
        assert any(one.items() <= finding.items() for finding in given), one
    assert not {one["rule"] for one in plan.lint_passes} & {one["rule"] for one in given}


def test_a_good_plan_has_nothing_odd() -> None:
    assert named(good()) == []


def test_allocations_add_up_to_the_total() -> None:
    one = found(changed("places: 3}", "places: 4}"))[0]

    assert (one.at, one.rule, one.severity) == ("allocations", "allocations_do_not_add_up", "high")
    assert (one.values["found"], one.values["needed"]) == (5, 4)


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        ("percent: 50, comparison: about, given: 3", ("low", None)),
        ("percent: 50, comparison: about, given: 1", ("medium", "below")),
        ("percent: 45, comparison: about, given: 2", None),  # 1.8: no other head count is nearer
        ("percent: 30, comparison: about, given: 1", None),  # 1.2 rounds up to 2, yet 1 is nearer
        ("percent: 50, comparison: at_least, given: 2", None),
        ("percent: 50, comparison: at_least, given: 3", None),
        ("percent: 50, comparison: at_least, given: 1", ("medium", "below")),
        ("percent: 51, comparison: at_least, given: 2", ("medium", "below")),
        ("percent: 50, comparison: about, given: 5", ("high", "above_total")),
        ("percent: 50, required: 2", None),
        ("percent: 51, required: 2", ("medium", "miscounted")),
        ("percent: 50", None),
    ],
)
def test_a_head_count_goes_with_its_percentage(share: str, expected: tuple[str, str | None] | None) -> None:
    given = found(changed("percent: 50, comparison: about, given: 2", share))

    assert [(one.severity, one.variant) for one in given] == ([expected] if expected else [])
    assert all(one.at == "composition.women" for one in given)


@pytest.mark.parametrize(
    ("days", "severity"),
    [
        ("from: 2016-03-07, to: 2016-03-13", None),  # a plain week: five of seven
        ("from: 2016-03-07, to: 2016-03-12", None),
        ("from: 2016-03-10, to: 2016-03-13", "low"),  # two of four
        ("from: 2016-03-11, to: 2016-03-13", "medium"),  # one of three
        ("from: 2016-03-12, to: 2016-03-13", "high"),  # none
    ],
)
def test_a_period_has_as_many_working_days_as_a_plain_week_would_give(
    days: str, severity: str | None
) -> None:
    plan = changed("from: 2016-03-07, to: 2016-03-11", days)

    given = [one for one in found(plan) if one.rule == "few_working_days"]

    assert [one.severity for one in given] == ([severity] if severity else [])


def test_the_days_that_are_worked_are_named() -> None:
    one = found(changed("from: 2016-03-07, to: 2016-03-11", "from: 2016-03-11, to: 2016-03-13"))[0]

    assert (one.values["found"], one.values["of_days"], one.values["days"]) == (1, 3, (date(2016, 3, 11),))


@pytest.mark.parametrize(
    ("on", "weekday"), [("2016-03-04", None), ("2016-03-05", "Saturday"), ("2016-03-06", "Sunday")]
)
def test_a_step_on_a_rest_day_is_said_with_its_weekday(on: str, weekday: str | None) -> None:
    given = found(changed("on: 2016-03-01", f"on: {on}"))

    assert [one.values["weekday"] for one in given] == ([weekday] if weekday else [])
    assert all(
        (one.at, one.rule, one.severity) == ("milestones.proposal", "rest_day", "low") for one in given
    )


def test_a_make_up_day_is_no_rest_day_and_a_holiday_is_named() -> None:
    assert named(changed("on: 2016-03-01", "on: 2016-02-14")) == []
    holiday = found(changed("on: 2016-03-01", "on: 2016-02-08"))[0]
    assert (holiday.rule, holiday.values["weekday"], holiday.values["holiday"]) == (
        "rest_day",
        "Monday",
        "春节",
    )


def test_of_a_period_the_last_day_counts_as_its_day() -> None:
    plan = changed("from: 2016-03-07, to: 2016-03-11", "from: 2016-03-05, to: 2016-03-11")

    assert "rest_day" not in {rule for _, rule, _ in named(plan)}


@pytest.mark.parametrize(("to", "is_low"), [("2016-03-21", True), ("2016-03-22", False)])
def test_a_notice_without_a_national_length_is_compared_with_the_later_edition(to: str, is_low: bool) -> None:
    plan = changed(
        "to: 2016-03-22",
        f"to: {to}",
        GOOD.replace("publicity.admission.days: 5", "publicity.admission.days: 3"),
    )

    given = [one for one in found(plan) if one.rule == "shorter_than_edition"]

    assert [(one.severity, one.values["needed"]) for one in given] == ([("low", None)] if is_low else [])


def test_a_notice_shorter_than_the_plans_own_setting_is_said_too() -> None:
    given = [
        one
        for one in found(changed("to: 2016-03-22", "to: 2016-03-21"))
        if one.rule == "shorter_than_edition"
    ]

    assert [(one.severity, one.variant) for one in given] == [("low", "later"), ("medium", "local")]
    assert (given[1].values["needed"], given[1].values["found"], given[1].values["unit"]) == (5, 4, "working")


TARGET_2026 = """
plan: demo
year: 2026
total: 1
milestones:
  - {id: notice, from: 2026-06-01, to: 2026-06-05, acts: [notice_posted], purpose: target}
"""


@pytest.mark.parametrize(
    ("to", "is_short"), [("2026-06-04", True), ("2026-06-05", False), ("2026-06-06", False)]
)
def test_a_targets_notice_of_2026_hangs_for_five_working_days(to: str, is_short: bool) -> None:
    given = found(changed("to: 2026-06-05", f"to: {to}", TARGET_2026))

    short = [one for one in given if one.rule == "shorter_than_edition"]
    assert [(one.severity, one.values["needed"], one.values["edition"]) for one in short] == (
        [("high", 5, "2026")] if is_short else []
    )


def test_seven_days_of_a_holiday_are_no_notice_at_all() -> None:
    plan = changed("from: 2026-06-01, to: 2026-06-05", "from: 2026-10-01, to: 2026-10-07", TARGET_2026)

    given = {(one.rule, one.severity) for one in found(plan)}

    assert {("shorter_than_edition", "high"), ("few_working_days", "high")} <= given


def test_a_committee_that_settles_the_persons_before_the_notice_approves_after_it() -> None:
    without = GOOD.replace(
        "  - {id: decision, on: 2016-03-28, acts: [committee_decided, filed_with_department]}\n", ""
    )

    given = [
        one for one in named(read_plan(without, name="plan.yaml")) if one[1] == "decision_before_publicity"
    ]

    assert given == [("milestones.committee", "decision_before_publicity", "medium")]


def test_a_decision_before_its_notice_is_high() -> None:
    plan = changed("on: 2016-03-28", "on: 2016-03-22")

    assert ("milestones.decision", "decision_before_publicity", "high") in named(plan)


@pytest.mark.parametrize(
    ("on", "is_wrong"), [("2016-03-23", True), ("2016-03-24", False), ("2016-03-25", False)]
)
def test_the_talk_before_approval_follows_the_vote(on: str, is_wrong: bool) -> None:
    plan = changed("id: talk, on: 2016-03-25", f"id: talk, on: {on}")

    assert named(plan) == ([("milestones.talk", "wrong_order", "high")] if is_wrong else [])


def test_a_talk_or_a_decision_without_a_day_for_the_vote_has_no_place() -> None:
    without = GOOD.replace("  - {id: meeting, on: 2016-03-24, acts: [meeting_voted]}\n", "")

    given = named(read_plan(without, name="plan.yaml"))

    assert [at for at, rule, severity in given if (rule, severity) == ("wrong_order", "medium")] == [
        "milestones.talk",
        "milestones.decision",
    ]
    assert ("milestones", "missing_step", "medium") in given


def test_an_order_holds_across_steps_that_the_plan_does_not_name() -> None:
    plan = changed("id: forms, on: 2016-03-23", "id: forms, on: 2016-03-11")  # before the pre-examination

    given = found(plan)

    assert (given[0].at, given[0].rule, given[0].severity) == ("milestones.forms", "wrong_order", "high")
    assert (given[0].values["after"], given[0].values["needed"]) == ("preexamined", date(2016, 3, 15))


def test_a_notice_between_vote_and_decision_stands_there_where_the_setting_says_so() -> None:
    setting = "publicity.admission.unit: working, publicity.admission.when: before_decision"
    early = GOOD.replace("publicity.admission.unit: working", setting)

    given = [one for one in named(read_plan(early, name="plan.yaml")) if one[1] == "wrong_order"]

    assert given == [("milestones.notice", "wrong_order", "high")]


@pytest.mark.parametrize(
    ("on", "severity"), [("2016-03-10", "medium"), ("2016-03-11", None), ("2016-03-14", None)]
)
def test_a_step_that_begins_before_an_earlier_one_is_over_overlaps(on: str, severity: str | None) -> None:
    plan = changed("id: examination, on: 2016-03-14", f"id: examination, on: {on}")

    given = named(plan)

    assert given == ([("milestones.examination", "overlap", severity)] if severity else [])


def test_periods_that_have_nothing_to_do_with_each_other_may_overlap_with_a_remark() -> None:
    course = GOOD + "  - {id: course, from: 2016-03-21, to: 2016-03-23, acts: [course_attended]}\n"

    given = named(read_plan(course, name="plan.yaml"))

    assert given == [("milestones.course", "overlap", "low"), ("milestones.forms", "overlap", "low")]


@pytest.mark.parametrize(
    ("old", "new", "missing"),
    [
        (
            "[political_review_concluded, training_completed]",
            "[training_completed]",
            "political_review_concluded",
        ),
        (
            "[political_review_concluded, training_completed]",
            "[political_review_concluded]",
            "training_completed",
        ),
        ("acts: [branch_examined]", "acts: []", "branch_examined"),
        ("acts: [form_issued]", "acts: []", "form_issued"),
        ("acts: [notice_posted, notice_closed]", "acts: []", "notice_posted admission"),
        ("[committee_decided, filed_with_department]", "[committee_decided]", "filed_with_department"),
        ("working}", "working, inspection.required: true}", "inspected"),
        ("working}", "working, theory_test.required: true}", "theory_tested"),
    ],
)
def test_a_step_without_a_day_is_missing(old: str, new: str, missing: str) -> None:
    given = [one for one in found(changed(old, new)) if one.rule == "missing_step"]

    assert [one.values["steps"] for one in given] == [(missing,)]


def test_a_plan_of_2026_that_proposes_targets_has_days_for_consent_notice_and_listing() -> None:
    milestone = "{id: p, on: 2026-06-01, acts: [target_proposed]}"
    text = f"plan: demo\nyear: 2026\ntotal: 1\nmilestones: [{milestone}]\n"

    steps = next(one for one in found(read_plan(text, name="plan.yaml")) if one.rule == "missing_step")

    listed = steps.values["steps"]
    assert isinstance(listed, tuple)
    assert listed[:3] == ("target_consented", "notice_posted target", "target_listed")


@pytest.mark.parametrize(
    ("cited", "is_odd"),
    [
        ("{title: 中国共产党章程}", False),
        ("{title: 中国共产党发展党员工作细则（试行）}", True),
        ('{title: 发展党员工作细则, edition: "1990"}', True),
        ('{title: 发展党员工作细则, edition: "2014"}', False),
    ],
)
def test_a_superseded_text_that_is_cited_is_said(cited: str, is_odd: bool) -> None:
    given = named(changed("total: 4", f"total: 4\ncited: [{cited}]"))

    assert given == ([("cited", "superseded_edition", "low")] if is_odd else [])


@pytest.mark.parametrize(("on", "is_odd"), [("2026-05-08", False), ("2026-05-11", True)])
def test_a_plan_names_the_edition_in_force_on_its_last_day(on: str, is_odd: bool) -> None:
    milestone = f"{{id: p, on: {on}, acts: [preexamined]}}"
    text = f'plan: demo\nyear: 2026\ntotal: 1\nedition: "2014"\nmilestones: [{milestone}]\n'

    assert (("edition", "superseded_edition", "medium") in named(read_plan(text, name="plan.yaml"))) is is_odd


@pytest.mark.parametrize(
    ("year", "proposal", "severity"),
    [
        (2014, "2015-12-31", None),
        (2014, "2015-12-30", "medium"),
        (2014, "2015-01-01", "medium"),
        (2014, "2014-12-31", "high"),
    ],
)
def test_a_reserve_has_its_year_of_cultivation_by_the_proposal(
    year: int, proposal: str, severity: str | None
) -> None:
    text = (
        f"plan: demo\nyear: 2015\ntotal: 1\neligible_pool: {{activist_decided_in: {year}}}\n"
        f"milestones:\n  - {{id: p, on: {proposal}, acts: [target_proposed]}}\n"
    )

    given = [one for one in found(read_plan(text, name="plan.yaml")) if one.rule == "reserve_out_of_reach"]

    assert [(one.at, one.severity) for one in given] == ([("eligible_pool", severity)] if severity else [])


def test_a_reserve_that_the_plan_miscounted_is_said() -> None:
    given = found(changed("activists: {min: 8, max: 12}", "activists: {min: 8, max: 10}"))

    assert [(one.at, one.rule, one.variant) for one in given] == [
        ("reserve", "reserve_out_of_reach", "miscounted")
    ]


def test_a_year_without_a_calendar_is_marked_as_provisional() -> None:
    text = "plan: demo\nyear: 2027\ntotal: 1\nmilestones:\n  - {id: p, on: 2027-10-02, acts: [preexamined]}\n"

    one = found(read_plan(text, name="plan.yaml"))[0]

    assert (one.rule, one.values["provisional"]) == ("rest_day", True)
    assert "Provisional" in render_plan_finding(one, "en")
    assert "尚未公布" in render_plan_finding(one, "zh")


def every_sentence() -> list[PlanFinding]:
    plans = [
        read_plan(TOWNSHIP, name="plan.yaml"),
        changed("places: 3}", "places: 4}"),
        changed("given: 2", "given: 5"),
        changed("given: 2", "given: 1"),
        changed("given: 2", "required: 3"),
        changed("to: 2016-03-22", "to: 2016-03-21"),
        changed("to: 2026-06-05", "to: 2026-06-04", TARGET_2026),
        changed("id: talk, on: 2016-03-25", "id: talk, on: 2016-03-23"),
        changed("id: examination, on: 2016-03-14", "id: examination, on: 2016-03-10"),
        changed("on: 2016-03-01", "on: 2016-02-08"),
        read_plan(
            GOOD + "  - {id: c, from: 2016-03-21, to: 2016-03-23, acts: [course_attended]}\n", name="p"
        ),
        changed("activists: {min: 8, max: 12}", "activists: {min: 8, max: 10}"),
        changed("activist_decided_in: 2014", "activist_decided_in: 2015"),
        changed("activist_decided_in: 2014", "activist_decided_in: 2016"),
        changed("year: 2016", 'year: 2016\nedition: "2014"\ncited: []'),
        read_plan(
            'plan: d\nyear: 2026\ntotal: 1\nedition: "2014"\nmilestones:\n  - {id: p, on: 2026-06-01}\n',
            name="p",
        ),
    ]
    return [one for plan in plans for one in found(plan)]


def test_every_rule_and_variant_has_its_sentence_in_both_languages() -> None:
    said = {(one.rule, one.variant or "") for one in every_sentence()}

    written = {(rule, variant) for rule, words in plan_words().items() for variant in words.says}
    assert said == written - {("funnel", "")}
    for one in every_sentence():
        for language in ("zh", "en"):
            sentence = render_plan_finding(one, language)
            assert "{" not in sentence
            assert "None" not in sentence

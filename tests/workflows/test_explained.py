"""Each deadline counted anew, day by day, arrives at its own due day."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from tests.workflows.builders import Dossier, a_ground, act, an_activist, an_applicant, road
from tests.workflows.builders import day as on
from tests.workflows.builders import deadline as deadline_of
from tests.workflows.test_properties import facts_of, histories
from workflows.acts import Act
from workflows.around import Around
from workflows.calendar import CalendarRow, china_calendar
from workflows.case import case_of
from workflows.counts import counted_period
from workflows.deadlines import deadlines_of, expiry
from workflows.explained import (
    Explanation,
    explain,
    explain_cultivation,
    explain_probation,
)
from workflows.fold import fold_history
from workflows.ground import Ground
from workflows.judge import judge
from workflows.recounted import EnteredDay, calendar_changes
from workflows.settings import SettingRow


def explained(dossier: Dossier, name: str, day: str) -> Explanation:
    return explain(deadline_of(dossier, name, day), dossier.known, dossier.ground)


def of_day(explanation: Explanation, text: str) -> tuple[str, int | None]:
    return next((one.reason, one.number) for one in explanation.days if one.day == on(text))


SETTINGS: tuple[tuple[str, object], ...] = (
    ("review.months", 3),
    ("cultivation.months", 18),
    ("thought_report.every", "quarter"),
    ("thought_report.every", "half_year"),
    ("leap_rule", "roll_forward"),
    ("preexamination.to_meeting_months", 1),
    ("conversion.meeting_within_months", 1),
)


@st.composite
def grounds(draw: st.DrawFn) -> Ground:
    """Local settings from some day on, and days of the calendar that were entered."""
    rows = draw(st.lists(st.tuples(st.sampled_from(SETTINGS), st.integers(0, 900)), max_size=4))
    begins = date(2024, 6, 1)
    settings = [SettingRow(1, name, value, begins + timedelta(days=at)) for (name, value), at in rows]
    days = draw(st.lists(st.tuples(st.integers(0, 1500), st.booleans()), max_size=12))
    calendar = china_calendar(
        [CalendarRow(begins + timedelta(days=at), is_on, "", "-") for at, is_on in days]
    )
    return Ground(calendar=calendar, settings_rows=settings)


@limits(max_examples=120)
@given(histories(), grounds())
def test_every_deadline_counted_anew_arrives_at_its_own_day(acts: list[Act], ground: Ground) -> None:
    facts = facts_of(acts)
    until = acts[-1].on + timedelta(days=800)

    for deadline in deadlines_of(facts, ground, until):
        explanation = explain(deadline, facts, ground)
        assert (explanation.due, explanation.grace) == (deadline.due, deadline.grace), deadline
        assert explanation.is_provisional == deadline.is_provisional


@limits(max_examples=120)
@given(histories(), grounds())
def test_the_days_that_count_add_up_to_the_length(acts: list[Act], ground: Ground) -> None:
    facts = facts_of(acts)

    for deadline in deadlines_of(facts, ground, acts[-1].on + timedelta(days=800)):
        explanation = explain(deadline, facts, ground)
        last = explanation.last
        length = last.length if last.unit in {"working", "window", "days"} else last.days
        assert explanation.counted == length, deadline
        numbers = [one.number for one in explanation.days if one.number]
        assert numbers == list(range(1, length + 1))
        assert [one.day for one in explanation.days] == [
            explanation.days[0].day + timedelta(days=index) for index in range(len(explanation.days))
        ]


@limits(max_examples=60)
@given(
    st.dates(date(2024, 1, 1), date(2026, 12, 31)),
    st.lists(st.tuples(st.integers(1, 30), st.booleans()), max_size=8),
)
def test_fifteen_working_days_are_counted_among_holidays_and_entered_days(
    received: date, rows: list[tuple[int, bool]]
) -> None:
    entered_rows = [CalendarRow(received + timedelta(days=at), works, "", "-") for at, works in rows]
    ground = Ground(calendar=china_calendar(entered_rows))
    acts = [act("application_received", "2023-05-04", org="b1"), act("talk_held", "2023-05-05")]
    objected = act("objection_received", received.isoformat(), purpose="letter")
    facts = fold_history([*acts, objected], ground).facts
    assert facts is not None
    (objection,) = [one for one in deadlines_of(facts, ground, received) if one.id == "objection"]

    explanation = explain(objection, facts, ground)

    assert (explanation.due, explanation.counted) == (objection.due, 15)
    assert all(ground.calendar.is_working(one.day) for one in explanation.days if one.number)


@limits(max_examples=60)
@given(histories(), grounds(), st.integers(0, 500))
def test_the_minimum_periods_end_on_the_day_that_their_rules_say(
    acts: list[Act], ground: Ground, later: int
) -> None:
    facts = facts_of(acts)
    day = acts[-1].on + timedelta(days=later)

    probation, cultivation = explain_probation(facts, ground), explain_cultivation(facts, ground, day)

    assert (probation.due if probation else None) == expiry(facts, ground)
    if cultivation is not None:
        case = case_of(facts, act("target_proposed", day.isoformat()), ground, Around())
        found = [one.earliest for one in judge(case).findings if one.rule == "cultivation_period"]
        assert found == ([] if day >= cultivation.due else [cultivation.due])


def test_a_month_is_counted_to_the_same_day_and_clamped_where_there_is_none() -> None:
    talk = explained(an_applicant(since="2026-01-31"), "talk", "2026-02-01")

    assert talk.opened_by == "application_received"
    assert (talk.due, talk.last.is_clamped, talk.last.length) == (on("2026-02-28"), True, 1)
    assert of_day(talk, "2026-01-31") == ("begins", None)
    assert of_day(talk, "2026-02-01") == ("counts", 1)
    assert of_day(talk, "2026-03-01") == ("after", None)


def test_the_grace_of_a_due_day_in_the_spring_festival_is_shown_day_by_day() -> None:
    talk = explained(an_applicant(since="2026-01-15"), "talk", "2026-02-01")

    assert (talk.due, talk.grace) == (on("2026-02-15"), on("2026-02-24"))
    assert [of_day(talk, f"2026-02-{day}")[0] for day in (15, 16, 24, 25)] == [
        "counts", "grace", "grace", "after",
    ]  # fmt: skip


def with_an_objection(day: str) -> Dossier:
    return an_activist().after(act("objection_received", day, purpose="letter"))


def test_an_objection_has_fifteen_working_days_across_national_day() -> None:
    objection = explained(with_an_objection("2026-09-25"), "objection", "2026-09-26")

    assert objection.counted == 15
    assert objection.due == on("2026-10-22")
    assert of_day(objection, "2026-09-28") == ("counts", 1)
    assert of_day(objection, "2026-10-01") == ("rest", None)
    assert of_day(objection, "2026-10-10") == ("counts", 6)  # a Saturday that is worked
    assert of_day(objection, "2026-10-11") == ("rest", None)


def test_the_result_of_a_notice_is_due_on_the_third_working_day_after_it() -> None:
    dossier = road("2026", "notice_posted")
    notice = dossier.known.notices[0]

    result = explained(dossier, "notice_result", (notice.last + timedelta(days=1)).isoformat())

    assert result.anchor == notice.last
    assert result.counted == 3
    assert result.days[0].reason == "begins"


def test_a_notice_counts_its_first_and_its_last_day() -> None:
    dossier = road("2026", "notice_posted")
    notice = dossier.known.notices[0]

    window = explained(dossier, "publicity", notice.posted_on.isoformat())

    assert window.last.is_anchor_counted
    assert window.counted == (notice.last - notice.first).days + 1
    assert window.days[0].number == 1
    assert window.grace == window.due


def paused(*, since: str, until: str) -> Dossier:
    return an_activist(since="2025-01-10").after(
        act("suspended", since, reason="illness"), act("resumed", until)
    )


def test_days_of_suspension_do_not_count_towards_the_cultivation() -> None:
    dossier = paused(since="2025-07-01", until="2025-10-01")

    cultivation = explain_cultivation(dossier.known, dossier.ground, on("2025-10-02"))

    assert cultivation is not None
    assert cultivation.due == on("2026-04-12")
    assert (of_day(cultivation, "2025-06-30")[0], of_day(cultivation, "2025-07-01")[0]) == (
        "counts",
        "paused",
    )
    assert (of_day(cultivation, "2025-09-30")[0], of_day(cultivation, "2025-10-01")[0]) == (
        "paused",
        "counts",
    )
    assert cultivation.counted == 365


def test_a_review_falls_due_thirty_days_after_a_resumption_at_the_earliest() -> None:
    review = explained(paused(since="2025-05-01", until="2025-07-01"), "review", "2025-07-02")

    assert review.resumed_on == on("2025-07-01")
    assert (review.last.ends, review.due) == (on("2025-07-10"), on("2025-07-31"))
    assert (of_day(review, "2025-07-10")[0], of_day(review, "2025-07-11")[0]) == ("counts", "shifted")


def test_a_suspension_that_ended_long_ago_moves_no_review() -> None:
    review = explained(paused(since="2025-02-01", until="2025-03-01"), "review", "2025-07-02")

    assert (review.resumed_on, review.due) == (None, on("2025-07-10"))


def test_the_month_for_the_conversion_is_reached_by_way_of_the_expiry() -> None:
    dossier = road("2026", "committee_decided admission")
    probation = explain_probation(dossier.known, dossier.ground)
    assert probation is not None

    meeting = explained(dossier, "conversion_meeting", probation.due.isoformat())

    assert [one.length for one in meeting.counts] == [12, 1]
    assert meeting.counts[0].ends == meeting.counts[1].anchor == probation.due
    assert meeting.last.setting == "conversion.meeting_within_months"


def test_a_length_that_the_township_set_is_marked_as_local() -> None:
    local = explained(an_activist(settings={"review.months": 3}), "review", "2025-07-01")
    general = explained(an_activist(), "review", "2025-07-01")

    assert (local.last.length, local.last.is_local) == (3, True)
    assert (general.last.length, general.last.is_local) == (6, False)


@pytest.mark.parametrize(("first", "last"), [("2026-01-01", "2026-03-30"), ("2026-02-01", "2026-04-30")])
def test_only_whole_quarters_and_half_years_are_periods(first: str, last: str) -> None:
    with pytest.raises(ValueError, match="no quarter"):
        counted_period(on(first), on(last))


def entered(day: str, *, working: bool, at: str, version: int = 1) -> EnteredDay:
    row = CalendarRow(on(day), working, "", "演示通知")
    return EnteredDay(row=row, on=on(at), version=version, reason="")


def changes(dossier: Dossier, name: str, day: str, *rows: EnteredDay) -> list[tuple[Any, ...]]:
    ground = a_ground()
    found = calendar_changes(deadline_of(dossier, name, day), dossier.known, ground, rows)
    return [(one.entered.row.day, one.before.due, one.after.due) for one in found]


def test_a_day_made_free_in_the_middle_moves_the_last_day_by_one_working_day() -> None:
    objection = with_an_objection("2026-06-01")  # counted 2 to 18, 22 June: 19 to 21 are a holiday

    assert changes(
        objection, "objection", "2026-06-02", entered("2026-06-10", working=False, at="2026-06-08")
    ) == [(on("2026-06-10"), on("2026-06-23"), on("2026-06-24"))]


def test_rows_of_before_the_counting_and_of_days_outside_it_change_nothing() -> None:
    objection = with_an_objection("2026-06-01")

    assert (
        changes(
            objection,
            "objection",
            "2026-06-02",
            entered("2026-06-10", working=False, at="2026-05-31"),
            entered("2026-08-10", working=False, at="2026-06-08"),
        )
        == []
    )


def test_a_row_in_the_middle_of_a_notice_changes_its_working_days_and_not_its_end() -> None:
    dossier = road("2026", "notice_posted")
    notice = dossier.known.notices[0]
    row = entered(notice.last.isoformat(), working=False, at=notice.first.isoformat())

    (change,) = calendar_changes(
        deadline_of(dossier, "publicity", notice.posted_on.isoformat()), dossier.known, dossier.ground, [row]
    )

    assert change.before.due == change.after.due == notice.last
    assert change.before.worked - change.after.worked == 1

"""For every dossier: judging is pure, time only helps, and nothing is gained by leaving acts out."""

from collections.abc import Sequence
from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from tests.workflows.builders import ROADS, SOURCES, a_ground, act
from workflows.acts import Act
from workflows.around import Around
from workflows.case import case_of
from workflows.deadlines import deadlines_of
from workflows.facts import Facts
from workflows.findings import Finding
from workflows.fold import fold, fold_history
from workflows.judge import judge
from workflows.openness import is_open

GROUND, AROUND = a_ground(), Around()
BASE = date(2026, 6, 1)

EXTRAS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("talk_held", {}),
    ("recommended", {"source": "women"}),
    ("review_recorded", {}),
    ("thought_report_received", {}),
    ("contacts_assigned", {"contacts": ["m3"]}),
    ("opinions_heard", {"from_": SOURCES}),
    ("objection_received", {"purpose": "letter"}),
    ("objection_concluded", {"objection": "1", "upheld": "false"}),
    ("suspended", {"reason": "illness"}),
    ("resumed", {}),
    ("transferred", {"to": "b2"}),
    ("activist_removed", {"reason": "inactive"}),
    ("target_refused", {"reason": "not ripe"}),
    ("target_removed", {"reason": "not fit"}),
    ("training_completed", {"days": "3", "hours": "24"}),
    ("branch_examined", {}),
    ("preexamined", {}),
    ("approval_lapsed", {}),
    ("withdrawn", {}),
    ("died", {}),
)


@st.composite
def histories(draw: st.DrawFn) -> list[Act]:
    """A road walked some way, with detours in between: only acts that are accepted are kept."""
    road = ROADS[draw(st.sampled_from(["2014", "2026"]))]
    walked = road[: draw(st.integers(1, len(road)))]
    detours = draw(st.lists(st.tuples(st.integers(0, len(walked)), st.sampled_from(EXTRAS)), max_size=5))
    kept: list[Act] = []
    facts: Facts | None = None
    for index, one in enumerate(walked):
        here = [act(do, one.on.isoformat(), **details) for at, (do, details) in detours if at == index]
        for each in (*here, one):
            if judge(case_of(facts, each, GROUND, AROUND)).accepted:
                facts = fold(facts, each, GROUND)
                kept.append(each)
    return kept


def facts_of(acts: Sequence[Act]) -> Facts:
    facts = fold_history(acts, GROUND).facts
    assert facts is not None
    return facts


some = limits(max_examples=60)


@some
@given(histories(), st.sampled_from(EXTRAS), st.integers(0, 600))
def test_judging_is_deterministic_and_changes_nothing(
    acts: list[Act], extra: tuple[str, dict[str, object]], later: int
) -> None:
    facts = facts_of(acts)
    one = act(extra[0], (acts[-1].on + timedelta(days=later)).isoformat(), **extra[1])
    before = deepcopy(facts)

    first, second = (judge(case_of(facts, one, GROUND, AROUND)) for _ in range(2))

    assert first == second
    assert facts == before


@some
@given(histories())
def test_step_by_step_gives_what_the_whole_history_gives(acts: list[Act]) -> None:
    facts: Facts | None = None
    for one in acts:
        facts = fold(facts, one, GROUND)

    assert facts == facts_of(acts)
    assert facts is not None
    assert Facts.from_json(facts.to_json()) == facts


@some
@given(histories(), st.data())
def test_the_fold_of_a_prefix_never_depends_on_what_follows(acts: list[Act], data: st.DataObject) -> None:
    length = data.draw(st.integers(1, len(acts)))

    whole, prefix = fold_history(acts, GROUND), fold_history(acts[:length], GROUND)

    assert whole.effects[:length] == prefix.effects
    assert prefix.facts is not None
    assert whole.facts is not None
    assert whole.facts.stages[: len(prefix.facts.stages)] == prefix.facts.stages


MINIMUM = {
    "cultivation_period",
    "probation_complete",
    "application_period",
    "age_eighteen",
    "publicity_ended",
}
STEPS = [
    ("target_proposed", {}),
    ("target_listed", {}),
    ("notice_closed", {"purpose": "target"}),
    ("meeting_voted", {"purpose": "conversion", "entitled": "9", "present": "7", "for_": "7"}),
]


def of_time(findings: Sequence[Finding]) -> set[str]:
    return {one.rule for one in findings if one.rule in MINIMUM and one.variant is None}


@some
@given(histories(), st.sampled_from(STEPS), st.integers(0, 500), st.integers(0, 500))
def test_a_later_day_never_unmeets_a_minimum_period(
    acts: list[Act], step: tuple[str, dict[str, str]], first: int, further: int
) -> None:
    facts = facts_of(acts)
    on = max(acts[-1].on, BASE) + timedelta(days=first)

    def missing(day: date) -> set[str]:
        return of_time(
            judge(case_of(facts, act(step[0], day.isoformat(), **step[1]), GROUND, AROUND)).findings
        )

    assert missing(on + timedelta(days=further)) <= missing(on)


@some
@given(histories(), st.integers(0, 400))
def test_what_is_found_too_early_passes_from_the_day_that_is_said(acts: list[Act], later: int) -> None:
    facts = facts_of(acts)
    on = (acts[-1].on + timedelta(days=later)).isoformat()

    for do, details in STEPS:
        for one in judge(case_of(facts, act(do, on, **details), GROUND, AROUND)).findings:
            if one.rule in MINIMUM and one.earliest is not None:
                again = act(do, one.earliest.isoformat(), **details)
                assert one.rule not in of_time(judge(case_of(facts, again, GROUND, AROUND)).findings)


ROAD = (
    "applicant",
    "activist",
    "proposed",
    "target_publicity",
    "development_target",
    "vetting",
    "approval",
    "probation",
    "full_member",
)
RANK = {stage: rank for rank, stage in enumerate(ROAD)}
FORWARD = {
    "talk_held",
    "recommended",
    "opinions_heard",
    "target_consented",
    "notice_posted",
    "political_review_concluded",
    "training_completed",
    "branch_examined",
    "form_issued",
    "committee_talk_held",
    "conversion_requested",
}


def furthest(acts: Sequence[Act]) -> int:
    """The furthest stage that the acts reach, each judged anew and left out where it is refused."""
    facts: Facts | None = None
    ranks = [-1]
    for one in acts:
        if judge(case_of(facts, one, GROUND, AROUND)).accepted:
            facts = fold(facts, one, GROUND)
            ranks.append(RANK.get(facts.stage, -1))
    return max(ranks)


@pytest.mark.parametrize("edition", ["2014", "2026"])
def test_leaving_an_act_out_never_leads_further_than_the_road(edition: str) -> None:
    road = ROADS[edition]

    for length in range(1, len(road) + 1):
        walked = road[:length]
        reached = furthest(walked)
        for index in range(length):
            assert furthest([*walked[:index], *walked[index + 1 :]]) <= reached


@pytest.mark.parametrize("edition", ["2014", "2026"])
def test_no_act_that_the_next_stage_rests_on_may_be_left_out(edition: str) -> None:
    road = ROADS[edition]

    for index, one in enumerate(road):
        if one.do in FORWARD:
            assert furthest([*road[:index], *road[index + 1 :]]) < furthest(road), one.name


@some
@given(histories())
def test_what_is_accepted_was_open(acts: list[Act]) -> None:
    for length in range(1, len(acts)):
        assert is_open(facts_of(acts[:length]), acts[length], GROUND)


@some
@given(histories(), st.integers(0, 900))
def test_no_deadline_is_overdue_on_its_due_day_and_none_is_both_met_and_dropped(
    acts: list[Act], later: int
) -> None:
    facts, until = facts_of(acts), acts[-1].on + timedelta(days=later)

    held = deadlines_of(facts, GROUND, until)

    assert len({one.key for one in held}) == len(held)
    for one in held:
        assert one.opened_on <= until
        assert one.grace >= one.due
        assert one.status(one.due) != "overdue"
        assert one.closed_on is None or one.dropped_on is None

"""Edges: counts at their lower end, and the last day itself."""

import pytest

from tests.workflows.builders import (
    a_dossier,
    act,
    an_activist,
    an_applicant,
    finding,
    in_approval,
    on_probation,
)
from workflows.around import Member, Roll


@pytest.mark.parametrize("counts", [{"present": 3, "for_": 0}, {"present": 0, "for_": 0}])
def test_a_committee_in_which_nobody_was_for_it_contradicts_nothing(counts: dict[str, int]) -> None:
    decision = act("activist_decided", "2026-05-20", members=5, **counts)

    assert finding(an_applicant(since="2026-04-06"), decision, "votes_consistent") is None


def test_a_vote_that_does_not_say_how_many_are_entitled_stands_for_none() -> None:
    roll = Roll({"m1": Member("m1", full_since=act("withdrawn", "2001-07-01").on)})
    vote = act("meeting_voted", "2026-08-28", purpose="admission", present=1, for_=1)

    found = finding(in_approval().among(roll=roll), vote, "entitled_matches_roll")

    assert found is not None
    assert (found.found, found.needed) == (0, 1)


@pytest.mark.parametrize(
    ("on", "is_late"), [("2026-10-09", False), ("2026-10-10", False), ("2026-10-12", True)]
)
def test_an_oath_on_the_last_day_of_the_month_is_not_even_mildly_late(on: str, is_late: bool) -> None:
    assert (finding(on_probation(), act("oath_taken", on), "oath_in_time") is not None) == is_late


def test_what_its_stage_does_not_know_is_no_matter_of_a_suspension() -> None:
    paused = an_activist(since="2025-06-02").after(act("suspended", "2025-08-01", reason="illness"))

    wrong_stage = finding(paused, act("preexamined", "2025-08-02"), "stage_allows")
    held = finding(paused, act("target_proposed", "2025-08-02"), "stage_allows")

    assert wrong_stage is not None
    assert held is not None
    assert (wrong_stage.variant, held.variant) == (None, "suspended")


def test_a_result_without_any_notice_is_not_called_too_short() -> None:
    result = act("notice_closed", "2026-08-20", purpose="target")

    assert finding(in_approval(), result, "publicity_length") is None
    assert finding(in_approval(), result, "stage_allows") is not None


@pytest.mark.parametrize(("on", "is_early"), [("2026-05-31", True), ("2026-06-01", False)])
def test_nothing_is_dated_before_a_dossier_came_from_another_system(on: str, is_early: bool) -> None:
    carried = {"application_received": "2026-03-02"}
    came = a_dossier(act("transferred_in", "2026-06-01", org="b1", stage="applicant", carried=carried))

    found = finding(came, act("talk_held", on, recorded="2026-06-02T09:00+08:00"), "order_of_acts")

    assert (found.variant if found else None) == ("begun" if is_early else None)

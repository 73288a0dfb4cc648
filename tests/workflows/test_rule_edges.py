"""Edges: counts at their lower end, and the last day itself."""

import pytest

from tests.workflows.builders import act, an_applicant, finding, in_approval, on_probation
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

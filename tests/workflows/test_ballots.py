"""One decision counted: what does not add up is named with its difference; the outcome is the majority's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.ballots import Count
from workflows.votes import Tally, body_majority

heads = st.integers(0, 12)


def ids(count: Count) -> list[str]:
    return [one.id for one in count.problems()]


def test_paper_ballots_must_add_up_to_those_returned() -> None:
    one_too_many = Count(
        whole=21, present=17, issued=17, returned=17, for_=15, against=1, abstain=1, invalid=1, written_for=1
    )

    (found,) = one_too_many.problems()

    assert (found.id, found.values) == ("count_ballots_more", {"whole": 17, "parts": 18, "by": 1})


def test_ballots_that_were_not_returned_are_no_contradiction() -> None:
    assert ids(Count(whole=21, present=17, issued=17, returned=15, for_=15)) == []


@pytest.mark.parametrize(("issued", "found"), [(7, []), (8, []), (9, ["count_issued"])])
def test_no_more_ballots_are_issued_than_there_are_voters(issued: int, found: list[str]) -> None:
    assert ids(Count(whole=9, present=9, recused=1, issued=issued, returned=7, for_=7)) == found


@pytest.mark.parametrize(("for_", "found"), [(6, ["count_hands_fewer"]), (7, []), (8, ["count_hands_more"])])
def test_hands_are_those_present_less_the_recused(for_: int, found: list[str]) -> None:
    assert ids(Count(whole=9, present=8, for_=for_, recused=1)) == found


def test_written_opinions_come_from_those_who_are_absent() -> None:
    full = Count(whole=10, present=8, issued=8, returned=8, for_=8, written_for=2)
    over = Count(whole=10, present=8, issued=8, returned=8, for_=8, written_for=3)

    assert (ids(full), ids(over)) == ([], ["count_written"])


def test_exactly_half_is_not_passed_and_one_vote_short() -> None:
    half = Count(whole=8, present=8, for_=4, against=1, abstain=3)

    assert (half.outcome, half.needed, half.short_by) == ("not_passed", 5, 1)


@given(heads, heads, heads, heads, heads, heads)
def test_the_outcome_is_that_of_both_majorities(
    whole: int, present: int, for_: int, against: int, abstain: int, written: int
) -> None:
    returned = for_ + against + abstain
    count = Count(
        whole=whole, present=present, issued=present, returned=returned, for_=for_, against=against,
        abstain=abstain, written_for=written,
    )  # fmt: skip
    tally = Tally(whole, present, for_, against, abstain, written_for=written)

    assert bool(count.problems()) == bool(tally.problems())
    if not count.problems():
        assert count.outcome == tally.outcome()
        if not written:
            assert (count.outcome == "passed") == body_majority(whole, present, for_)

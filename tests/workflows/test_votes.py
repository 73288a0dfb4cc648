"""Majorities: the worked examples of DOMAIN.md, section D, and what holds for all counts."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.votes import Tally, body_majority

heads = st.integers(0, 200)
tallies = st.builds(
    Tally,
    entitled=heads,
    present=heads,
    for_=heads,
    against=heads,
    abstain=heads,
    invalid=heads,
    written_for=heads,
    written_against=heads,
    written_abstain=heads,
)


@pytest.mark.parametrize(
    ("case", "tally", "outcome"),
    [
        ("D01 the least that passes", Tally(9, 5, 5), "passed"),
        ("D02 writing makes no quorum", Tally(9, 4, 4, written_for=5), "void"),
        ("D03 half is not more than half", Tally(10, 5, 5, written_for=5), "void"),
        ("D04 half of the entitled", Tally(10, 6, 5, abstain=1), "not_passed"),
        ("D05 the written vote decides", Tally(10, 6, 5, abstain=1, written_for=1), "passed"),
        ("D06 sixteen need nine present", Tally(16, 8, 8), "void"),
        ("D07 all nine are needed", Tally(16, 9, 9), "passed"),
        ("D08 counted on the entitled", Tally(16, 9, 8, against=1), "not_passed"),
        ("D09 with one written for", Tally(16, 9, 8, against=1, written_for=1), "passed"),
        ("D10 the smallest branch", Tally(3, 2, 2), "passed"),
        ("D11 one of three", Tally(3, 2, 1, against=1), "not_passed"),
        ("D12 one of three and one written", Tally(3, 2, 1, against=1, written_for=1), "passed"),
        ("D13 probationary members left out", Tally(7, 4, 4), "passed"),
        ("D14 a member on probation within the Party left out", Tally(11, 6, 6), "passed"),
        ("D14 the same, wrongly counted in", Tally(12, 6, 6), "void"),
        ("D15 floating members not excluded", Tally(20, 10, 10, written_for=2), "void"),
        ("D16 five excluded with consent", Tally(15, 10, 8, against=2), "passed"),
        ("D17 candidate A", Tally(11, 8, 7), "passed"),
        ("D17 candidate B", Tally(11, 8, 5), "not_passed"),
        ("D18 more for than against", Tally(8, 8, 4, against=1, abstain=3), "not_passed"),
        ("D19 the writing came too late", Tally(13, 7, 6), "not_passed"),
        ("D20 the writing came in time", Tally(13, 7, 6, written_for=1), "passed"),
        ("D21 the writer came and is counted once", Tally(14, 8, 7), "not_passed"),
        ("D23 half present is void for an admission", Tally(10, 5, 5), "void"),
        ("D26 convert", Tally(9, 7, 4), "not_passed"),
        ("D26 extend", Tally(9, 7, 5), "passed"),
        ("D27 no rounding", Tally(101, 51, 51), "passed"),
        ("an empty branch decides nothing", Tally(0, 0, 0), "void"),
    ],
)
def test_more_than_half_of_the_entitled_are_present_and_for(case: str, tally: Tally, outcome: str) -> None:
    assert tally.problems() == (), case
    assert tally.outcome() == outcome, case


def test_the_need_is_counted_without_probationary_members() -> None:
    # D13: seven heads in the room, three of them probationary.
    assert Tally(7, 4, 4).needed_for() == 4
    assert Tally(10, 7, 4).needed_for() == 6


def test_a_branch_of_one_is_for_the_branch_size_to_refuse_and_not_for_the_count() -> None:
    # D24
    assert Tally(1, 1, 1).outcome() == "passed"


@pytest.mark.parametrize(
    ("tally", "problems"),
    [
        (Tally(6, 4, 5), ("ballots_exceed_present",)),  # D22
        (Tally(6, 4, 1, against=1, abstain=1, invalid=2), ("ballots_exceed_present",)),
        (Tally(6, 7, 6), ("present_exceeds_entitled",)),
        (Tally(6, 5, 5, written_for=2), ("present_and_written_exceed_entitled",)),
        (Tally(6, 5, 5, written_against=1, written_abstain=1), ("present_and_written_exceed_entitled",)),
        (Tally(6, 7, 8), ("ballots_exceed_present", "present_exceeds_entitled")),
        (Tally(6, 5, 4, against=-1), ("negative",)),
        (Tally(6, 5, 4, written_abstain=-1), ("negative",)),
        (Tally(-1, 0, 0), ("negative",)),
        (Tally(6, 5, 4), ()),
        (Tally(6, 5, 5, written_for=1), ()),
        (Tally(6, 6, 3, against=1, abstain=1, invalid=1), ()),
    ],
)
def test_counts_that_contradict_each_other_are_named(tally: Tally, problems: tuple[str, ...]) -> None:
    assert tally.problems() == problems


@pytest.mark.parametrize(
    ("entitled", "needed"), [(1, 1), (2, 2), (3, 2), (9, 5), (10, 6), (15, 8), (16, 9), (101, 51)]
)
def test_the_need_is_the_first_whole_number_above_half(entitled: int, needed: int) -> None:
    tally = Tally(entitled, 0, 0)

    assert tally.needed_for() == tally.needed_present() == needed


@pytest.mark.parametrize(
    ("tally", "missing"),
    [
        (Tally(16, 9, 8, against=1), 1),
        (Tally(16, 9, 9), 0),
        (Tally(16, 12, 12), 0),
        (Tally(16, 9, 5, written_for=2), 2),
    ],
)
def test_the_votes_that_were_missing_are_counted_with_the_written_ones(tally: Tally, missing: int) -> None:
    assert tally.short_by() == missing


@pytest.mark.parametrize(
    ("members", "present", "for_", "decided"),
    [
        (9, 5, 5, True),  # D25
        (9, 5, 4, False),
        (9, 4, 4, False),
        (9, 9, 4, False),
        (8, 4, 4, False),
        (8, 5, 4, False),
        (8, 5, 5, True),
        (3, 2, 2, True),
        (9, 4, 5, False),
        (0, 0, 0, False),
    ],
)
def test_a_committee_needs_more_than_half_of_its_members_present_and_for(
    members: int, present: int, for_: int, decided: bool
) -> None:
    assert body_majority(members, present, for_) is decided


_ORDER = {"void": 0, "not_passed": 1, "passed": 2}


@given(tally=tallies, more=st.integers(1, 50))
def test_another_vote_for_never_worsens_the_outcome(tally: Tally, more: int) -> None:
    ballots = replace(tally, for_=tally.for_ + more)
    written = replace(tally, written_for=tally.written_for + more)

    assert _ORDER[ballots.outcome()] >= _ORDER[tally.outcome()]
    assert _ORDER[written.outcome()] >= _ORDER[tally.outcome()]


@given(tally=tallies, more=st.integers(1, 50))
def test_another_entitled_member_never_betters_the_outcome(tally: Tally, more: int) -> None:
    assert _ORDER[replace(tally, entitled=tally.entitled + more).outcome()] <= _ORDER[tally.outcome()]


@given(tally=tallies, other=heads)
def test_votes_that_are_not_for_decide_nothing(tally: Tally, other: int) -> None:
    changed = replace(tally, against=other, abstain=other, invalid=other, written_against=other)

    assert changed.outcome() == tally.outcome()


@given(tally=tallies)
def test_the_need_is_the_least_that_passes(tally: Tally) -> None:
    if tally.entitled == 0:
        return
    met = replace(tally, present=tally.needed_present(), for_=tally.needed_for(), written_for=0)

    assert met.outcome() == "passed"
    assert replace(met, for_=met.for_ - 1).outcome() == "not_passed"
    assert replace(met, present=met.present - 1).outcome() == "void"
    assert (tally.short_by() == 0) == (replace(tally, present=tally.entitled).outcome() == "passed")

"""Four cases that were punished, told by their kind: what a scan of the files finds, and what it cannot."""

from collections.abc import Iterable

from tests.workflows.builders import ROADS, a_ground, a_member, a_roll, act
from workflows.acts import Act
from workflows.around import Around
from workflows.past import judge_past

ROAD = ROADS["2014"]


def found(acts: Iterable[Act], **around: object) -> dict[str, str]:
    lies_around = Around(**around)  # type: ignore[arg-type]
    return {one.rule: one.severity for _, one in judge_past(tuple(acts), a_ground(), lies_around)[1]}


def the_road(*, without: Iterable[str] = (), until: str = "committee_decided admission") -> list[Act]:
    last = max(index for index, one in enumerate(ROAD) if until in {one.name, one.do})
    return [one for one in ROAD[: last + 1] if not {one.do, one.name} & set(without)]


def moved(acts: Iterable[Act], do: str, on: str, **details: object) -> list[Act]:
    """The same file with one act on another day."""
    return [act(do, on, **details) if one.do == do else one for one in acts]


def test_an_oral_decision_of_a_general_branch_leaves_a_file_without_a_meeting() -> None:
    oral = found(the_road(without=["meeting_voted admission"]))

    assert oral["missing_vote"] == "high"
    assert oral["vote_passed"] == "high"


def test_less_than_a_year_between_activist_and_target_is_found() -> None:
    early = moved(the_road(), "target_proposed", "2016-06-01", members=5, present=5, for_=4)

    assert found(early)["cultivation_period"] == "high"


def test_a_political_review_only_after_the_vote_is_found() -> None:
    late = moved(the_road(), "political_review_concluded", "2016-08-29")

    irregular = found(sorted(late, key=lambda one: one.on))
    assert irregular["missing_political_review"] == "high"
    assert irregular["political_review_qualified"] == "high"


def test_admissions_that_the_committee_never_approved_are_found_by_what_followed_them() -> None:
    never = [*the_road(until="committee_talk_held"), act("oath_taken", "2016-10-01")]

    assert found(never)["missing_decision"] == "high"
    assert found(never)["oath_after_approval"] == "medium"


def test_a_village_that_converts_without_request_proposal_or_meeting_is_found() -> None:
    forged = the_road(
        until="committee_decided conversion",
        without=["meeting_voted", "conversion_requested", "branch_examined"],
    )

    irregular = found(forged)
    assert irregular["missing_vote"] == "high"
    assert irregular["vote_passed"] == "high"
    assert irregular["branch_examination_passed"] == "high"


def test_a_conversion_voted_without_a_request_is_found() -> None:
    voted = the_road(until="meeting_voted conversion", without=["conversion_requested"])

    assert found(voted)["conversion_requested"] == "medium"


def test_a_conviction_that_the_review_leaves_out_is_found_by_the_review_alone() -> None:
    """The law's own records are not in the file: it knows only what the review concluded."""
    silent = the_road()
    honest = moved(the_road(), "political_review_concluded", "2016-07-19", qualified=False)

    assert found(silent) == {}
    assert found(honest)["political_review_qualified"] == "high"


def test_a_student_admitted_in_the_village_of_a_relative_does_not_belong_there() -> None:
    assert found(the_road(), belongs=False)["belongs_to_unit"] == "high"
    assert "belongs_to_unit" not in found(the_road(), belongs=True)


def test_a_sponsor_who_was_no_member_yet_is_found_by_the_roll() -> None:
    roll = a_roll(a_member("m1"), a_member("m2", since="2017-01-01"), *(a_member(f"n{n}") for n in range(8)))

    assert found(the_road(), roll=roll)["sponsors_full_members"] == "high"

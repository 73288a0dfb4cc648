"""The application form and the general meeting (2014 Art. 19 to 22, 2026 Art. 18 to 21)."""

from typing import Any

import pytest

from tests.workflows.builders import (
    a_member,
    a_roll,
    act,
    blocking,
    day,
    finding,
    in_approval,
    irregularity,
    members,
    road,
    then,
    warnings,
)
from workflows.acts import Act
from workflows.around import Penalty

EDITIONS = pytest.mark.parametrize("edition", ["2014", "2026"])
NINE = {"entitled": 9, "present": 7, "for_": 7}


def the_vote(edition: str = "2026", on: str = "2026-08-28", **details: Any) -> Act:
    return act("meeting_voted", then(edition, on), **{"purpose": "admission", **NINE, **details})


def the_form(edition: str = "2026", on: str = "2026-08-16", number: str = "F-2") -> Act:
    return act("form_issued", then(edition, on), number=number)


@EDITIONS
def test_the_form_is_issued_after_the_pre_examination(edition: str) -> None:
    vetting = road(edition, "branch_examined")
    approval = road(edition, "preexamined")

    assert blocking(vetting, the_form(edition)) == ["form_after_preexamination", "stage_allows"]
    assert "form_after_preexamination" in blocking(approval, the_form(edition, "2026-08-13"))
    assert blocking(approval, the_form(edition, "2026-08-14")) == []
    assert blocking(approval, the_form(edition, "2026-08-15")) == []


def test_a_pre_examination_that_was_not_passed_brings_no_form() -> None:
    failed = road("2026", "branch_examined").after(act("preexamined", "2026-08-14", passed=False))

    assert failed.stage == "vetting"
    assert "form_after_preexamination" in blocking(failed, the_form())


@EDITIONS
def test_the_number_of_a_form_is_used_once(edition: str) -> None:
    approval = road(edition, "preexamined").among(forms_in_use=frozenset({"F-1"}))

    assert blocking(approval, the_form(edition, number="F-1")) == ["form_number_unique"]
    assert blocking(approval, the_form(edition, number="F-2")) == []


@EDITIONS
def test_the_form_is_issued_before_the_vote(edition: str) -> None:
    without = road(edition, "preexamined")

    assert blocking(without, the_vote(edition)) == ["form_issued_before_vote"]
    assert blocking(without.after(the_form(edition, "2026-08-28")), the_vote(edition)) == []
    assert "form_issued_before_vote" in blocking(
        without.after(the_form(edition, "2026-08-29")), the_vote(edition)
    )


def test_a_form_of_a_later_day_is_said() -> None:
    late = road("2026", "preexamined").after(the_form("2026", "2026-08-29"))

    found = finding(late, the_vote(), "form_issued_before_vote")

    assert found is not None
    assert (found.found, found.earliest) == (day("2026-08-29"), day("2026-08-29"))


@pytest.mark.parametrize(
    ("on", "rules"), [("2026-09-13", []), ("2026-09-14", []), ("2026-09-15", ["meeting_in_time"])]
)
def test_the_meeting_follows_within_a_month_of_the_pre_examination(on: str, rules: list[str]) -> None:
    assert blocking(in_approval(), the_vote("2026", on)) == rules


def test_under_the_edition_of_2014_no_month_is_set_unless_a_local_rule_sets_it() -> None:
    local = in_approval("2014", settings={"preexamination.to_meeting_months": 1})

    assert blocking(in_approval("2014"), the_vote("2014", "2026-12-28")) == []
    assert blocking(local, the_vote("2014", "2026-09-14")) == []
    assert blocking(local, the_vote("2014", "2026-09-19")) == ["meeting_in_time"]


def test_within_the_grace_of_a_rest_day_a_late_meeting_is_warned() -> None:
    examined = road("2026", "branch_examined").after(
        act("preexamined", "2026-09-03"), act("form_issued", "2026-09-04", number="F-1")
    )

    assert warnings(examined, the_vote("2026", "2026-10-03")) == []
    assert warnings(examined, the_vote("2026", "2026-10-08")) == ["meeting_in_time"]
    assert irregularity(examined, the_vote("2026", "2026-10-08"), "meeting_in_time") == "low"
    assert blocking(examined, the_vote("2026", "2026-10-09")) == ["meeting_in_time"]
    assert irregularity(examined, the_vote("2026", "2026-10-09"), "meeting_in_time") == "medium"


def test_where_a_pre_examination_does_not_lapse_a_late_meeting_is_warned() -> None:
    lasting = in_approval(settings={"preexamination.lapses": False})

    assert blocking(lasting, the_vote("2026", "2026-10-15")) == []
    assert warnings(lasting, the_vote("2026", "2026-10-15")) == ["meeting_in_time"]


@EDITIONS
@pytest.mark.parametrize(
    "counts",
    [
        {"present": 7, "for_": 8},
        {"present": 7, "for_": 5, "against": 3},
        {"present": 10, "for_": 6},
        {"present": 7, "for_": 7, "written_for": 3},
        {"present": 7, "for_": -1},
    ],
)
def test_counts_that_contradict_each_other_are_refused(edition: str, counts: dict[str, Any]) -> None:
    assert "votes_consistent" in blocking(in_approval(edition), the_vote(edition, **counts))


@pytest.mark.parametrize(
    "counts",
    [
        {"present": 7, "for_": 7, "written_for": 2},
        {"present": 7, "for_": 5, "against": 1},
        {"present": 9, "for_": 5, "against": 2, "abstain": 1, "invalid": 1},
    ],
)
def test_counts_that_agree_pass(counts: dict[str, Any]) -> None:
    assert blocking(in_approval(), the_vote("2026", **counts)) == []


@EDITIONS
@pytest.mark.parametrize(
    ("counts", "is_refused"),
    [
        ({"members": 9, "present": 10, "for_": 9}, True),
        ({"members": 9, "present": 8, "for_": 9}, True),
        ({"members": 9, "present": 8, "for_": -1}, True),
        ({"members": 9, "present": 9, "for_": 9}, False),
        ({"members": 9, "present": 8, "for_": 7}, False),
        ({}, False),
    ],
)
def test_the_committees_counts_agree_too(edition: str, counts: dict[str, Any], is_refused: bool) -> None:
    decision = act("committee_decided", then(edition, "2026-09-10"), purpose="admission", **counts)

    assert ("votes_consistent" in blocking(road(edition, "committee_talk_held"), decision)) is is_refused


@EDITIONS
@pytest.mark.parametrize("purpose", ["admission", "conversion", "cancellation"])
def test_the_ballot_is_secret(edition: str, purpose: str) -> None:
    stage = "form_issued" if purpose == "admission" else "conversion_requested"
    on = "2026-08-28" if purpose == "admission" else "2027-08-30"
    dossier = road(edition, stage)

    assert blocking(dossier, the_vote(edition, on, purpose=purpose, secret=False)) == ["secret_ballot"]
    assert blocking(dossier, the_vote(edition, on, purpose=purpose, secret=True)) == []
    assert blocking(dossier, the_vote(edition, on, purpose=purpose)) == []


@EDITIONS
@pytest.mark.parametrize(
    ("entitled", "rules"),
    [(8, ["entitled_matches_roll"]), (9, []), (10, ["entitled_matches_roll"])],
)
def test_the_entitled_are_the_full_members_on_the_roll(edition: str, entitled: int, rules: list[str]) -> None:
    on_the_roll = in_approval(edition).among(roll=a_roll(*members(9), a_member("p1", since=None)))

    assert blocking(on_the_roll, the_vote(edition, entitled=entitled)) == rules


def test_who_is_on_probation_within_the_party_has_no_vote() -> None:
    barred = a_member("m9", penalties=[Penalty("probation_within_party", day("2026-01-10"))])
    on_the_roll = in_approval().among(roll=a_roll(*members(8), barred))

    assert blocking(on_the_roll, the_vote(entitled=8)) == []
    assert blocking(on_the_roll, the_vote(entitled=9)) == ["entitled_matches_roll"]
    assert blocking(on_the_roll, the_vote(entitled=7, excluded=["m9"])) == ["entitled_matches_roll"]


def test_who_becomes_a_full_member_later_has_no_vote_yet() -> None:
    on_the_roll = in_approval().among(roll=a_roll(*members(8), a_member("m9", since="2026-08-29")))

    assert blocking(on_the_roll, the_vote("2026", "2026-08-28", entitled=8)) == []
    assert blocking(on_the_roll, the_vote("2026", "2026-08-29", entitled=8)) == ["entitled_matches_roll"]


@pytest.mark.parametrize(
    ("entitled", "excluded", "rules"),
    [
        (7, ["m8", "m9"], []),
        (9, ["m8", "m9"], ["entitled_matches_roll"]),
        (8, ["stranger"], ["entitled_matches_roll"]),
    ],
)
def test_members_who_are_left_out_are_named(entitled: int, excluded: list[str], rules: list[str]) -> None:
    on_the_roll = in_approval().among(roll=a_roll(*members(9)))

    assert blocking(on_the_roll, the_vote(entitled=entitled, excluded=excluded)) == rules


def test_a_superior_may_answer_for_a_difference_from_the_roll() -> None:
    on_the_roll = in_approval().among(roll=a_roll(*members(9)))

    found = finding(on_the_roll, the_vote(entitled=8), "entitled_matches_roll")

    assert found is not None
    assert (found.found, found.needed) == (8, 9)
    assert warnings(on_the_roll, the_vote(entitled=8, by="u1", override_by="u2")) == ["entitled_matches_roll"]


def test_where_a_branch_has_no_roll_that_is_said() -> None:
    without = in_approval().among(is_roll_expected=True)
    listed = road("2026", "target_listed").among(is_roll_expected=True)
    activist = road("2026", "activist_decided").among(is_roll_expected=True)
    naming = act("sponsors_named", "2026-07-11", sponsors=["m1", "m2"])
    contacts = act("contacts_assigned", "2025-06-07", contacts=["m1"])

    assert blocking(without, the_vote()) == ["roll_missing"]
    assert warnings(without, the_vote(by="u1", override_by="u2")) == ["roll_missing"]
    assert (blocking(listed, naming), warnings(listed, naming)) == ([], ["roll_missing"])
    assert (blocking(activist, contacts), warnings(activist, contacts)) == ([], ["roll_missing"])
    assert blocking(without.among(roll=a_roll(*members(9))), the_vote()) == []
    assert blocking(in_approval(), the_vote()) == []


@EDITIONS
@pytest.mark.parametrize(
    ("entitled", "excluded", "rules"),
    [(2, [], ["branch_size"]), (3, [], []), (2, ["m3"], []), (1, ["m3"], ["branch_size"])],
)
def test_a_branch_has_three_full_members_at_least(
    edition: str, entitled: int, excluded: list[str], rules: list[str]
) -> None:
    vote = the_vote(edition, entitled=entitled, present=entitled, for_=entitled, excluded=excluded)

    assert blocking(in_approval(edition), vote) == rules


def test_with_a_roll_the_full_members_on_it_are_counted() -> None:
    barred = a_member("m3", penalties=[Penalty("probation_within_party", day("2026-01-10"))])
    three = in_approval().among(roll=a_roll(*members(2), barred))
    two = in_approval().among(roll=a_roll(*members(2), a_member("p1", since=None)))
    vote = the_vote(entitled=2, present=2, for_=2)

    assert blocking(three, vote) == []
    assert blocking(two, vote) == ["branch_size"]


ALL_PARTS = ["performance", "entitled", "present", "result", "date", "signature"]


@pytest.mark.parametrize("part", ALL_PARTS)
def test_a_resolution_that_leaves_something_out_is_warned(part: str) -> None:
    stated = [other for other in ALL_PARTS if other != part]

    found = finding(in_approval(), the_vote(resolution=stated), "resolution_complete")

    assert found is not None
    assert (found.found, found.severity) == ((part,), "warn")
    assert warnings(in_approval(), the_vote(resolution=ALL_PARTS)) == []
    assert warnings(in_approval(), the_vote()) == []
    assert warnings(in_approval("2014"), the_vote("2014", resolution=stated)) == []

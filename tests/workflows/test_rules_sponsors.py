"""Sponsors, when they are named and when the meeting votes (Art. 14)."""

import pytest

from tests.workflows.builders import (
    a_member,
    a_roll,
    act,
    blocking,
    day,
    finding,
    in_approval,
    members,
    road,
    then,
    warnings,
)
from workflows.acts import Act
from workflows.around import Member, Penalty

EDITIONS = ["2014", "2026"]


def listed(edition: str) -> str:
    return "target_filed" if edition == "2014" else "target_listed"


def naming(edition: str, *sponsors: str, on: str = "2026-07-11", **details: str) -> Act:
    return act("sponsors_named", then(edition, on), sponsors=list(sponsors), **details)


def the_vote(edition: str, on: str = "2026-08-28", *, entitled: int = 9, **details: object) -> Act:
    counts = {"entitled": entitled, "present": 7, "for_": 7}
    return act("meeting_voted", then(edition, on), purpose="admission", **counts, **details)


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize(
    ("sponsors", "rules"),
    [
        (["m1"], ["two_sponsors"]),
        (["m1", "m1"], ["two_sponsors"]),
        (["m1", "m2"], []),
        (["m1", "m2", "m3"], ["two_sponsors"]),
    ],
)
def test_there_are_two_sponsors(edition: str, sponsors: list[str], rules: list[str]) -> None:
    assert blocking(road(edition, listed(edition)), naming(edition, *sponsors)) == rules


@pytest.mark.parametrize(
    ("on", "rules"), [("2026-07-10", ["sponsors_full_members"]), ("2026-07-11", []), ("2026-07-12", [])]
)
def test_sponsors_are_full_members_on_that_day(on: str, rules: list[str]) -> None:
    dossier = road("2026", "target_listed").among(
        roll=a_roll(a_member("m1"), a_member("m2", since="2026-07-11"))
    )

    assert blocking(dossier, naming("2026", "m1", "m2", on=on)) == rules


def test_probationary_members_and_strangers_are_no_sponsors() -> None:
    dossier = road("2026", "target_listed").among(roll=a_roll(a_member("m1"), a_member("p1", since=None)))

    found = finding(dossier, naming("2026", "p1", "stranger"), "sponsors_full_members")

    assert found is not None
    assert found.found == ("p1", "stranger")


def test_who_has_left_the_branch_is_no_sponsor() -> None:
    gone = Member("m2", day("2001-07-01"), until=day("2026-07-11"))
    dossier = road("2026", "target_listed").among(roll=a_roll(a_member("m1"), gone))

    assert blocking(dossier, naming("2026", "m1", "m2", on="2026-07-10")) == []
    assert blocking(dossier, naming("2026", "m1", "m2", on="2026-07-11")) == ["sponsors_full_members"]


def test_who_has_not_come_to_the_branch_yet_is_no_sponsor() -> None:
    coming = Member("m2", day("2001-07-01"), since=day("2026-07-11"))
    dossier = road("2026", "target_listed").among(roll=a_roll(a_member("m1"), coming))

    assert blocking(dossier, naming("2026", "m1", "m2", on="2026-07-10")) == ["sponsors_full_members"]
    assert blocking(dossier, naming("2026", "m1", "m2", on="2026-07-11")) == []


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize(
    ("until", "rules"),
    [("2026-07-12", ["sponsor_barred"]), ("2026-07-11", []), (None, ["sponsor_barred"])],
)
def test_who_is_on_probation_within_the_party_is_barred_until_the_rights_are_restored(
    edition: str, until: str | None, rules: list[str]
) -> None:
    penalty = Penalty(
        "probation_within_party",
        day(then(edition, "2026-01-10")),
        day(then(edition, until)) if until else None,
    )
    barred = road(edition, listed(edition)).among(
        roll=a_roll(a_member("m1"), a_member("m2", penalties=[penalty]))
    )

    assert blocking(barred, naming(edition, "m1", "m2")) == rules


def test_a_bar_begins_on_its_day() -> None:
    penalty = Penalty("probation_within_party", day("2026-07-11"))
    dossier = road("2026", "target_listed").among(
        roll=a_roll(a_member("m1"), a_member("m2", penalties=[penalty]))
    )

    assert blocking(dossier, naming("2026", "m1", "m2", on="2026-07-10")) == []
    assert blocking(dossier, naming("2026", "m1", "m2", on="2026-07-11")) == ["sponsor_barred"]


@pytest.mark.parametrize(
    ("kind", "on", "last"),
    [
        ("warning", "2025-07-11", "2026-07-11"),
        ("serious_warning", "2025-01-11", "2026-07-11"),
        ("serious_warning", "2025-03-31", "2026-09-30"),
        ("removed_from_post", "2024-07-11", "2026-07-11"),
    ],
)
def test_the_anniversary_is_the_last_day_of_a_penaltys_period(kind: str, on: str, last: str) -> None:
    dossier = road("2026", "target_listed").among(
        roll=a_roll(a_member("m1"), a_member("m2", penalties=[Penalty(kind, day(on))]))
    )
    next_day = (
        day(last).replace(day=1).replace(month=10) if last.endswith("30") else day(last).replace(day=12)
    )

    assert blocking(dossier, naming("2026", "m1", "m2", on=last)) == ["sponsor_penalty_period"]
    assert blocking(dossier, naming("2026", "m1", "m2", on=next_day.isoformat())) == []


def test_the_longest_period_that_runs_counts_and_the_day_after_it_is_said() -> None:
    penalties = [Penalty("serious_warning", day("2025-06-01")), Penalty("warning", day("2026-01-15"))]
    dossier = road("2026", "target_listed").among(
        roll=a_roll(a_member("m1"), a_member("m2", penalties=penalties))
    )

    found = finding(dossier, naming("2026", "m1", "m2"), "sponsor_penalty_period")

    assert found is not None
    assert (found.found, found.needed) == (("m2",), day("2027-01-15"))
    assert (found.earliest, found.who) == (day("2027-01-16"), "time")


def test_a_penalty_of_a_later_day_does_not_count_yet() -> None:
    dossier = road("2026", "target_listed").among(
        roll=a_roll(a_member("m1"), a_member("m2", penalties=[Penalty("warning", day("2026-07-12"))]))
    )

    assert blocking(dossier, naming("2026", "m1", "m2", on="2026-07-11")) == []
    assert blocking(dossier, naming("2026", "m1", "m2", on="2026-07-12")) == ["sponsor_penalty_period"]


def test_under_the_edition_of_2014_a_warning_does_not_stand_in_the_way() -> None:
    dossier = road("2014", "target_filed").among(
        roll=a_roll(a_member("m1"), a_member("m2", penalties=[Penalty("warning", day("2016-01-15"))]))
    )

    assert blocking(dossier, naming("2014", "m1", "m2")) == []


def test_a_superior_may_answer_for_a_sponsor_under_a_warning() -> None:
    dossier = road("2026", "target_listed").among(
        roll=a_roll(a_member("m1"), a_member("m2", penalties=[Penalty("warning", day("2026-01-15"))]))
    )

    assert warnings(dossier, naming("2026", "m1", "m2", by="u1", override_by="u2")) == [
        "sponsor_penalty_period"
    ]
    assert blocking(dossier, naming("2026", "m1", "m2", by="u1", override_by="u1")) == [
        "sponsor_penalty_period"
    ]


def test_without_a_roll_only_their_number_is_judged() -> None:
    assert blocking(road("2026", "target_listed"), naming("2026", "anybody", "somebody")) == []


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize(
    ("second", "rule"),
    [
        (a_member("m2", since=None), "sponsors_full_members"),
        (
            a_member("m2", penalties=[Penalty("probation_within_party", day("2016-01-10"))]),
            "sponsor_barred",
        ),
    ],
)
def test_sponsors_are_judged_again_on_the_day_of_the_vote(edition: str, second: Member, rule: str) -> None:
    others = [member for member in members(10) if member.id != "m2"]
    waiting = in_approval(edition).among(roll=a_roll(second, *others))

    assert rule in blocking(waiting, the_vote(edition))
    replaced = waiting.after(naming(edition, "m1", "m3", on="2026-08-20"))
    assert blocking(replaced, the_vote(edition)) == []


def test_a_penalty_counts_on_the_day_of_the_vote_too() -> None:
    second = a_member("m2", penalties=[Penalty("warning", day("2025-08-28"))])
    others = [member for member in members(9) if member.id != "m2"]
    waiting = in_approval("2026").among(roll=a_roll(second, *others))

    assert blocking(waiting, the_vote("2026", "2026-08-28")) == ["sponsor_penalty_period"]
    assert blocking(waiting, the_vote("2026", "2026-08-29")) == []


def test_the_day_from_which_both_have_their_rights_is_said() -> None:
    restored = Penalty("probation_within_party", day("2026-01-10"), day("2026-08-01"))
    late, barred = a_member("m1", since="2026-09-01"), a_member("m2", penalties=[restored])
    dossier = road("2026", "target_listed").among(roll=a_roll(late, barred, a_member("p1", since=None)))

    def earliest(rule: str, *sponsors: str) -> object:
        found = finding(dossier, naming("2026", *sponsors), rule)
        return found.earliest if found else "none"

    assert earliest("sponsors_full_members", "m1", "m2") == day("2026-09-01")
    assert earliest("sponsors_full_members", "m1", "p1") is None
    assert earliest("sponsor_barred", "m1", "m2") == day("2026-08-01")

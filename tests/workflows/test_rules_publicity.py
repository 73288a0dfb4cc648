"""Public notices and what is objected to them (2026 Art. 13; local settings)."""

import pytest

from tests.workflows.builders import (
    Dossier,
    act,
    blocking,
    day,
    finding,
    road,
    then,
)
from workflows.acts import Act


def a_notice(first: str, last: str, *, purpose: str = "target", on: str | None = None, **details: str) -> Act:
    return act("notice_posted", on or first, purpose=purpose, from_=first, to=last, **details)


def consented(**options: object) -> Dossier:
    return road("2026", "target_consented", **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("last", "rules"),
    [("2026-07-06", ["publicity_length"]), ("2026-07-07", []), ("2026-07-08", [])],
)
def test_a_target_is_made_public_for_five_working_days(last: str, rules: list[str]) -> None:
    assert blocking(consented(), a_notice("2026-07-01", last)) == rules


@pytest.mark.parametrize(
    ("first", "short", "enough"),
    [
        ("2026-09-28", "2026-10-08", "2026-10-09"),
        ("2026-10-01", "2026-10-12", "2026-10-13"),
        ("2026-09-18", "2026-09-22", "2026-09-23"),
    ],
)
def test_holidays_do_not_count_and_make_up_days_do(first: str, short: str, enough: str) -> None:
    assert blocking(consented(), a_notice(first, short)) == ["publicity_length"]
    assert blocking(consented(), a_notice(first, enough)) == []


def test_how_long_it_was_and_how_long_it_must_be_is_said() -> None:
    found = finding(consented(), a_notice("2026-10-01", "2026-10-07"), "publicity_length")

    assert found is not None
    assert (found.found, found.needed, found.values["days"]) == (0, day("2026-10-13"), 5)


def test_days_before_the_notice_was_posted_do_not_count() -> None:
    assert blocking(consented(), a_notice("2026-07-01", "2026-07-07", on="2026-07-02")) == [
        "publicity_length"
    ]
    assert blocking(consented(), a_notice("2026-07-01", "2026-07-08", on="2026-07-02")) == []


def test_what_is_posted_after_the_cut_off_counts_from_the_next_working_day() -> None:
    with_cutoff = consented(settings={"publicity.cutoff": "18:00"})

    assert blocking(with_cutoff, a_notice("2026-07-03", "2026-07-09", time="18:00")) == []
    assert blocking(with_cutoff, a_notice("2026-07-03", "2026-07-09", time="18:01")) == ["publicity_length"]
    assert blocking(with_cutoff, a_notice("2026-07-03", "2026-07-10", time="18:01")) == []
    assert blocking(consented(), a_notice("2026-07-03", "2026-07-09", time="18:01")) == []


def test_a_notice_that_begins_on_a_later_day_knows_no_cut_off() -> None:
    with_cutoff = consented(settings={"publicity.cutoff": "18:00"})

    assert blocking(with_cutoff, a_notice("2026-07-06", "2026-07-10", on="2026-07-03", time="18:30")) == []


def test_a_local_length_in_calendar_days_is_tested_as_well() -> None:
    local = consented(settings={"publicity.target.days": 9, "publicity.target.unit": "calendar"})

    assert blocking(local, a_notice("2026-07-01", "2026-07-08")) == ["publicity_length"]
    assert blocking(local, a_notice("2026-07-01", "2026-07-09")) == []
    assert blocking(local, a_notice("2026-10-01", "2026-10-12")) == ["publicity_length"]
    assert blocking(local, a_notice("2026-10-01", "2026-10-13")) == []


def test_the_length_that_is_missing_in_calendar_days_is_said_in_calendar_days() -> None:
    local = consented(settings={"publicity.target.days": 9, "publicity.target.unit": "calendar"})

    found = finding(local, a_notice("2026-07-01", "2026-07-08"), "publicity_length")

    assert found is not None
    assert (found.found, found.values["unit"], found.values["days"]) == (8, "calendar", 9)


def test_nobody_closes_a_notice_or_lists_before_the_day_after_its_last_day() -> None:
    posted = road("2026", "notice_posted target")
    too_early = act("notice_closed", "2026-07-07", purpose="target")

    assert blocking(posted, too_early) == ["publicity_ended"]
    assert blocking(posted, act("target_listed", "2026-07-07")) == ["publicity_ended"]
    assert blocking(posted, act("notice_closed", "2026-07-08", purpose="target")) == []
    found = finding(posted, too_early, "publicity_ended")
    assert found is not None
    assert (found.earliest, found.who) == (day("2026-07-08"), "time")


def test_a_notice_is_closed_before_anybody_is_listed() -> None:
    posted = road("2026", "notice_posted target")
    listing = act("target_listed", "2026-07-09")

    assert blocking(posted, listing) == ["publicity_ended"]
    assert blocking(posted.after(act("notice_closed", "2026-07-08", purpose="target")), listing) == []
    assert blocking(posted.after(act("notice_closed", "2026-07-09", purpose="target")), listing) == []
    late = posted.after(act("notice_closed", "2026-07-10", purpose="target"))
    assert blocking(late, listing) == ["publicity_ended"]


def a_floating_person(*places: tuple[str, str, str]) -> Dossier:
    person = consented().after(act("details_changed", "2026-06-30", floating=True))
    person = person.after(*(a_notice(first, last, place=place) for place, first, last in places))
    closed_on = max(last for _, _, last in places)
    return person.after(act("notice_closed", f"{closed_on[:8]}{int(closed_on[8:]) + 1:02}", purpose="target"))


@pytest.mark.parametrize(
    ("places", "rules"),
    [
        ([("home", "2026-07-01", "2026-07-07"), ("stay", "2026-07-01", "2026-07-07")], []),
        (
            [("home", "2026-07-01", "2026-07-07"), ("stay", "2026-07-02", "2026-07-08")],
            ["publicity_two_places"],
        ),
        ([("home", "2026-07-01", "2026-07-08"), ("stay", "2026-07-02", "2026-07-08")], []),
        ([("home", "2026-07-02", "2026-07-08"), ("stay", "2026-07-01", "2026-07-08")], []),
        (
            [("stay", "2026-07-02", "2026-07-09"), ("home", "2026-07-01", "2026-07-07")],
            ["publicity_two_places"],
        ),
        (
            [("home", "2026-07-01", "2026-07-07"), ("stay", "2026-07-08", "2026-07-14")],
            ["publicity_two_places"],
        ),
        ([("home", "2026-07-01", "2026-07-07")], ["publicity_two_places"]),
        ([("stay", "2026-07-01", "2026-07-07")], ["publicity_two_places"]),
    ],
)
def test_a_floating_person_is_public_in_two_places_for_five_common_working_days(
    places: list[tuple[str, str, str]], rules: list[str]
) -> None:
    assert blocking(a_floating_person(*places), act("target_listed", "2026-07-20")) == rules


def test_days_before_the_second_place_was_posted_are_not_common() -> None:
    person = consented().after(
        act("details_changed", "2026-06-30", floating=True),
        a_notice("2026-07-01", "2026-07-08", place="home"),
        a_notice("2026-07-01", "2026-07-09", place="stay", on="2026-07-03"),
        act("notice_closed", "2026-07-10", purpose="target"),
    )

    found = finding(person, act("target_listed", "2026-07-10"), "publicity_two_places")

    assert found is not None
    assert (found.found, found.needed) == (4, 5)


def test_who_does_not_float_is_public_in_one_place() -> None:
    assert blocking(road("2026", "notice_closed target"), act("target_listed", "2026-07-09")) == []


def test_an_objection_that_is_not_concluded_holds_closing_and_listing() -> None:
    objected = road("2026", "notice_posted target").after(
        act("objection_received", "2026-07-06", purpose="target", channel="letter")
    )
    closing = act("notice_closed", "2026-07-10", purpose="target")
    listing = act("target_listed", "2026-07-10")
    concluded = objected.after(act("objection_concluded", "2026-07-09", objection=1, upheld=False))

    assert blocking(objected, closing) == ["objections_concluded"]
    assert "objections_concluded" in blocking(objected, listing)
    assert blocking(concluded, closing) == []
    assert blocking(concluded.after(closing), listing) == []


def test_every_objection_is_concluded() -> None:
    two = road("2026", "notice_posted target").after(
        act("objection_received", "2026-07-03", purpose="target"),
        act("objection_received", "2026-07-06", purpose="target"),
    )
    closing = act("notice_closed", "2026-07-10", purpose="target")

    found = finding(two, closing, "objections_concluded")

    assert found is not None
    assert (found.found, found.values["since"]) == (2, day("2026-07-03"))
    first_done = two.after(act("objection_concluded", "2026-07-07", objection=1, upheld=False))
    assert blocking(first_done, closing) == ["objections_concluded"]
    assert (
        blocking(
            first_done.after(act("objection_concluded", "2026-07-08", objection=2, upheld=False)), closing
        )
        == []
    )


@pytest.mark.parametrize("edition", ["2014", "2026"])
@pytest.mark.parametrize(
    ("stage", "held"),
    [
        ("opinions_heard", act("target_proposed", "2026-06-24")),
        ("branch_examined", act("preexamined", "2026-08-14")),
        (
            "form_issued",
            act("meeting_voted", "2026-08-28", purpose="admission", entitled=9, present=7, for_=7),
        ),
    ],
)
def test_an_open_letter_holds_proposal_pre_examination_and_vote(edition: str, stage: str, held: Act) -> None:
    dossier = road(edition, stage)
    letter = act("objection_received", dossier.acts[-1].on.isoformat(), purpose="letter")
    concluded_on = dossier.acts[-1].on.isoformat()
    held = act(
        held.do,
        then(edition, held.on.isoformat()),
        **{("for_" if k == "for" else k): v for k, v in held.details.items()},
    )

    assert blocking(dossier, held) == []
    assert blocking(dossier.after(letter), held) == ["objections_concluded"]
    answered = dossier.after(letter, act("objection_concluded", concluded_on, objection=1, upheld=False))
    assert blocking(answered, held) == []


def test_a_letter_holds_neither_listing_nor_the_committees_decision() -> None:
    closed = road("2026", "notice_closed target").after(
        act("objection_received", "2026-07-08", purpose="letter")
    )
    talked = road("2026", "committee_talk_held").after(
        act("objection_received", "2026-09-04", purpose="letter")
    )

    assert blocking(closed, act("target_listed", "2026-07-09")) == []
    assert blocking(talked, act("committee_decided", "2026-09-10", purpose="admission")) == []

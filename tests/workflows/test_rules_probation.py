"""Probation, conversion, extension, deferral (2014 Art. 32 to 36, 2026 Art. 31 to 35)."""

import pytest

from tests.workflows.builders import (
    Dossier,
    a_dossier,
    act,
    blocking,
    day,
    finding,
    irregularity,
    on_probation,
    road,
    then,
    warnings,
)
from workflows.acts import Act

EDITIONS = pytest.mark.parametrize("edition", ["2014", "2026"])
NINE = {"entitled": 9, "present": 7, "for_": 7}


def a_vote(edition: str, on: str, purpose: str = "conversion", **details: object) -> Act:
    return act("meeting_voted", then(edition, on), purpose=purpose, **{**NINE, **details})


def decided(edition: str, on: str, purpose: str) -> Act:
    return act("committee_decided", then(edition, on), purpose=purpose)


def requested(edition: str, on: str = "2027-08-20") -> Dossier:
    return on_probation(edition).after(act("conversion_requested", then(edition, on)))


def extended(edition: str = "2026", months: int = 6) -> Dossier:
    """Extended from 28 August 2027."""
    return requested(edition).after(
        a_vote(edition, "2027-08-30", "extension", months=months), decided(edition, "2027-09-10", "extension")
    )


def moved_in(edition: str = "2026") -> Dossier:
    return on_probation(edition).after(act("transferred", then(edition, "2027-05-10"), to="b2"))


@EDITIONS
@pytest.mark.parametrize(
    ("on", "rules"), [("2027-08-27", ["probation_complete"]), ("2027-08-28", []), ("2027-08-29", [])]
)
def test_conversion_and_extension_are_voted_on_the_day_of_expiry_at_the_earliest(
    edition: str, on: str, rules: list[str]
) -> None:
    assert blocking(requested(edition), a_vote(edition, on)) == rules
    assert blocking(on_probation(edition), a_vote(edition, on, "extension", months=6)) == rules
    assert blocking(on_probation(edition), a_vote(edition, on, "cancellation")) == []


def test_the_day_of_expiry_is_said() -> None:
    found = finding(requested("2026"), a_vote("2026", "2027-08-27"), "probation_complete")

    assert found is not None
    assert (found.found, found.earliest, found.who) == (day("2026-08-28"), day("2027-08-28"), "time")


def test_after_an_extension_its_months_are_over_first() -> None:
    again = extended().after(act("conversion_requested", "2028-02-20"))

    assert blocking(again, a_vote("2026", "2028-02-27")) == ["probation_complete"]
    assert blocking(again, a_vote("2026", "2028-02-28")) == []


@EDITIONS
@pytest.mark.parametrize(
    ("on", "rules"), [("2027-09-27", []), ("2027-09-28", []), ("2027-09-29", ["conversion_in_time"])]
)
def test_the_meeting_follows_expiry_within_a_month(edition: str, on: str, rules: list[str]) -> None:
    assert blocking(requested(edition), a_vote(edition, on)) == []
    assert warnings(requested(edition), a_vote(edition, on)) == rules


def test_a_local_rule_may_give_more_months_to_convert() -> None:
    settings = {"conversion.meeting_within_months": 2}
    slow = on_probation(settings=settings).after(act("conversion_requested", "2027-08-20"))

    assert warnings(slow, a_vote("2026", "2027-10-28")) == []
    assert warnings(slow, a_vote("2026", "2027-10-29")) == ["conversion_in_time"]


def test_a_late_conversion_within_the_grace_is_low() -> None:
    voted_on = road("2026", "form_issued").after(
        act("meeting_voted", "2026-09-03", purpose="admission", **NINE),
        act("committee_talk_held", "2026-09-03", talker_is="organizer"),
        act("committee_decided", "2026-09-10", purpose="admission"),
        act("conversion_requested", "2027-08-20"),
    )

    assert irregularity(voted_on, a_vote("2026", "2027-10-03"), "conversion_in_time") is None
    assert irregularity(voted_on, a_vote("2026", "2027-10-04"), "conversion_in_time") == "low"
    assert irregularity(voted_on, a_vote("2026", "2027-10-05"), "conversion_in_time") == "medium"


def test_a_meeting_after_a_pause_has_thirty_days_from_the_resumption() -> None:
    paused = requested("2026").after(
        act("suspended", "2027-08-25", reason="illness"), act("resumed", "2027-09-20")
    )

    assert warnings(paused, a_vote("2026", "2027-10-20")) == []
    assert warnings(paused, a_vote("2026", "2027-10-21")) == ["conversion_in_time"]


@EDITIONS
def test_nobody_is_converted_without_a_written_request(edition: str) -> None:
    vote = a_vote(edition, "2027-08-30")

    assert blocking(on_probation(edition), vote) == ["conversion_requested"]
    assert blocking(requested(edition, "2027-08-30"), vote) == []
    assert blocking(requested(edition, "2027-08-31"), vote) == ["conversion_requested"]
    assert blocking(on_probation(edition), a_vote(edition, "2027-08-30", "extension", months=6)) == []


def test_a_request_of_a_later_day_is_said() -> None:
    found = finding(requested("2026", "2027-08-31"), a_vote("2026", "2027-08-30"), "conversion_requested")

    assert found is not None
    assert found.earliest == day("2027-08-31")


@EDITIONS
def test_after_an_extension_the_request_is_made_anew(edition: str) -> None:
    vote = a_vote(edition, "2028-02-28")
    later = extended(edition)

    assert blocking(later, vote) == ["conversion_requested"]
    assert blocking(later.after(act("conversion_requested", then(edition, "2028-02-20"))), vote) == []


@EDITIONS
def test_probation_is_extended_once(edition: str) -> None:
    again = a_vote(edition, "2028-03-01", "extension", months=6)

    assert extended(edition).stage == "extended_probation"
    assert blocking(extended(edition), again) == ["extension_once"]


@EDITIONS
@pytest.mark.parametrize(
    ("months", "rules"),
    [(0, ["extension_length"]), (5, ["extension_length"]), (6, []), (12, []), (13, ["extension_length"])],
)
def test_an_extension_is_six_to_twelve_whole_months(edition: str, months: int, rules: list[str]) -> None:
    vote = a_vote(edition, "2027-08-30", "extension", months=months)

    assert blocking(on_probation(edition), vote) == rules


def test_an_extension_without_its_months_is_refused() -> None:
    assert blocking(on_probation(), a_vote("2026", "2027-08-30", "extension")) == ["extension_length"]


@EDITIONS
def test_only_who_moved_in_is_deferred(edition: str) -> None:
    deferral = act("conversion_deferred", then(edition, "2027-08-30"), until=then(edition, "2027-12-01"))

    assert blocking(on_probation(edition), deferral) == ["deferral_moved_in"]
    assert blocking(moved_in(edition), deferral) == []


def test_who_came_from_another_system_moved_in() -> None:
    carried = {
        "application_received": "2024-03-01",
        "activist_decided": "2025-03-01",
        "meeting_voted": "2026-08-28",
    }
    newcomer = a_dossier(act("transferred_in", "2027-05-10", stage="probation", carried=carried))
    deferral = act("conversion_deferred", "2027-08-30", until="2028-02-28")

    assert blocking(newcomer, deferral) == []
    assert blocking(newcomer, a_vote("2026", "2027-08-27")) == ["probation_complete", "conversion_requested"]


@EDITIONS
@pytest.mark.parametrize(
    ("until", "rules"), [("2028-02-27", []), ("2028-02-28", []), ("2028-02-29", ["deferral_length"])]
)
def test_a_deferral_ends_within_six_months_of_expiry(edition: str, until: str, rules: list[str]) -> None:
    until = "2018-03-01" if (edition, until) == ("2014", "2028-02-29") else then(edition, until)

    assert (
        blocking(moved_in(edition), act("conversion_deferred", then(edition, "2027-08-30"), until=until))
        == rules
    )


def test_with_a_deferral_its_cap_takes_the_place_of_the_month() -> None:
    deferred = moved_in().after(
        act("conversion_deferred", "2027-08-30", until="2028-02-20"),
        act("conversion_requested", "2027-08-30"),
    )

    assert warnings(deferred, a_vote("2026", "2028-02-28")) == []
    assert warnings(deferred, a_vote("2026", "2028-02-29")) == ["conversion_in_time"]


def test_the_cap_of_a_deferral_has_no_grace() -> None:
    caught = road("2026", "form_issued").after(
        act("meeting_voted", "2026-09-12", purpose="admission", **NINE),
        act("committee_talk_held", "2026-09-12", talker_is="organizer"),
        act("committee_decided", "2026-09-14", purpose="admission"),
        act("transferred", "2027-05-10", to="b2"),
        act("conversion_deferred", "2027-09-12", until="2028-03-10"),
        act("conversion_requested", "2027-09-12"),
    )

    assert irregularity(caught, a_vote("2026", "2028-03-13"), "conversion_in_time") == "medium"


@EDITIONS
def test_cancellation_may_be_voted_at_any_time(edition: str) -> None:
    voted_out = on_probation(edition).after(a_vote(edition, "2026-12-01", "cancellation"))

    assert voted_out.after(decided(edition, "2026-12-10", "cancellation")).stage == "cancelled"


@EDITIONS
def test_a_decision_needs_a_vote_of_its_own_purpose(edition: str) -> None:
    passed = requested(edition).after(a_vote(edition, "2027-08-30"))

    assert blocking(passed, decided(edition, "2027-09-10", "conversion")) == []
    assert blocking(passed, decided(edition, "2027-09-10", "cancellation")) == ["vote_passed"]
    assert "vote_passed" in blocking(requested(edition), decided(edition, "2027-09-10", "conversion"))


def test_an_extension_may_be_voted_in_a_further_round_of_the_same_day() -> None:
    first = requested("2026").after(a_vote("2026", "2027-08-30", for_=4, against=3))

    assert first.stage == "probation"
    second = first.after(a_vote("2026", "2027-08-30", "extension", for_=5, against=2, months=6))
    assert second.after(decided("2026", "2027-09-10", "extension")).stage == "extended_probation"

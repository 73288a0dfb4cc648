"""The committee's talk and decision, the oath, the archive (2014 Art. 23 to 37, 2026 Art. 22 to 36)."""

import pytest

from tests.workflows.builders import (
    Dossier,
    act,
    blocking,
    converted,
    day,
    finding,
    in_approval,
    irregularity,
    on_probation,
    road,
    then,
    warnings,
    with_a_passed_vote,
)
from workflows.acts import Act
from workflows.around import Places

EDITIONS = pytest.mark.parametrize("edition", ["2014", "2026"])


def the_decision(
    edition: str = "2026", on: str = "2026-09-10", purpose: str = "admission", **details: object
) -> Act:
    return act("committee_decided", then(edition, on), purpose=purpose, **details)


def talk(edition: str, on: str, talker_is: str = "organizer") -> Act:
    return act("committee_talk_held", then(edition, on), talker_is=talker_is)


def voted(edition: str, *, on: str = "2026-08-28", for_: int = 7, present: int = 7) -> Dossier:
    vote = act(
        "meeting_voted", then(edition, on), purpose="admission", entitled=9, present=present, for_=for_
    )
    return in_approval(edition).after(vote)


@EDITIONS
def test_a_decision_rests_on_a_vote_that_was_passed(edition: str) -> None:
    without = in_approval(edition).after(talk(edition, "2026-09-03"))
    void = voted(edition, present=4, for_=4).after(talk(edition, "2026-09-03"))
    passed = voted(edition).after(talk(edition, "2026-09-03"))

    assert blocking(without, the_decision(edition)) == ["vote_passed"]
    assert blocking(void, the_decision(edition)) == ["vote_passed"]
    assert blocking(passed, the_decision(edition)) == []


def test_how_the_last_vote_ended_is_said() -> None:
    void = voted("2026", present=4, for_=4)

    found = finding(void, the_decision(), "vote_passed")

    assert found is not None
    assert (found.found, found.variant) == (day("2026-08-28"), "void")


@EDITIONS
def test_a_decision_is_not_dated_before_the_vote(edition: str) -> None:
    passed = voted(edition).after(talk(edition, "2026-08-28"))

    assert blocking(passed, the_decision(edition, "2026-08-28")) == []
    assert "vote_passed" in blocking(passed, the_decision(edition, "2026-08-27"))


@EDITIONS
def test_the_committee_talks_after_the_vote_and_before_the_decision(edition: str) -> None:
    passed = voted(edition)

    assert blocking(passed, the_decision(edition)) == ["committee_talk"]
    assert blocking(passed.after(talk(edition, "2026-08-27")), the_decision(edition)) == ["committee_talk"]
    assert blocking(passed.after(talk(edition, "2026-08-28")), the_decision(edition)) == []
    assert blocking(passed.after(talk(edition, "2026-09-10")), the_decision(edition)) == []
    assert blocking(passed.after(talk(edition, "2026-09-11")), the_decision(edition)) == ["committee_talk"]


def test_a_talk_of_before_the_vote_is_said() -> None:
    early = voted("2026").after(talk("2026", "2026-08-27", "committee_member"))

    found = finding(early, the_decision(), "committee_talk")

    assert found is not None
    assert (found.found, found.needed, found.variant) == (day("2026-08-27"), day("2026-08-28"), "before_vote")


@EDITIONS
def test_where_it_is_asked_for_a_theory_test_is_passed_before_the_decision(edition: str) -> None:
    talked = road(edition, "committee_talk_held", settings={"theory_test.required": True})

    def tested(on: str, **details: object) -> Dossier:
        return talked.after(act("theory_tested", then(edition, on), **details))

    assert blocking(talked, the_decision(edition)) == ["theory_test"]
    assert blocking(tested("2026-09-09", passed=False), the_decision(edition)) == ["theory_test"]
    assert blocking(tested("2026-09-10"), the_decision(edition)) == []
    assert blocking(tested("2026-09-11"), the_decision(edition)) == ["theory_test"]
    assert blocking(road(edition, "committee_talk_held"), the_decision(edition)) == []


@EDITIONS
def test_where_it_is_asked_for_the_general_branch_deliberates_after_the_vote(edition: str) -> None:
    passed = with_a_passed_vote(edition, settings={"general_branch.deliberates": True})
    talked = passed.after(talk(edition, "2026-09-03"))

    def deliberated(on: str) -> Dossier:
        return talked.after(act("general_branch_deliberated", then(edition, on)))

    assert blocking(talked, the_decision(edition)) == ["general_branch_first"]
    assert blocking(deliberated("2026-08-28"), the_decision(edition)) == []
    assert blocking(deliberated("2026-09-10"), the_decision(edition)) == []
    assert blocking(deliberated("2026-09-11"), the_decision(edition)) == ["general_branch_first"]
    assert blocking(road(edition, "committee_talk_held"), the_decision(edition)) == []


def test_a_deliberation_of_an_earlier_attempt_does_not_count_for_a_conversion() -> None:
    settings = {"general_branch.deliberates": True}
    asked = with_a_passed_vote("2026", settings=settings).after(
        act("general_branch_deliberated", "2026-08-30"), talk("2026", "2026-09-03"), the_decision()
    )
    again = asked.after(
        act("conversion_requested", "2027-08-20"),
        act("meeting_voted", "2027-08-30", purpose="conversion", entitled=9, present=7, for_=7),
    )

    assert blocking(again, the_decision("2026", "2027-09-10", "conversion")) == ["general_branch_first"]
    answered = again.after(act("general_branch_deliberated", "2027-09-01"))
    assert blocking(answered, the_decision("2026", "2027-09-10", "conversion")) == []


@pytest.mark.parametrize(
    ("on", "rules"), [("2026-11-27", []), ("2026-11-28", []), ("2026-12-01", ["approval_in_time"])]
)
@EDITIONS
def test_after_three_months_an_admission_needs_a_prolongation(
    edition: str, on: str, rules: list[str]
) -> None:
    talked = road(edition, "committee_talk_held")
    prolonged = talked.after(
        act("approval_prolonged", then(edition, "2026-11-20"), reason="letters from afar")
    )

    assert blocking(talked, the_decision(edition, on)) == rules
    assert blocking(prolonged, the_decision(edition, on)) == []
    assert warnings(prolonged, the_decision(edition, on)) == []


def test_within_the_grace_of_a_rest_day_a_late_decision_is_warned() -> None:
    talked = road("2026", "committee_talk_held")

    assert blocking(talked, the_decision("2026", "2026-11-30")) == []
    assert warnings(talked, the_decision("2026", "2026-11-30")) == ["approval_in_time"]
    assert irregularity(talked, the_decision("2026", "2026-11-30"), "approval_in_time") == "low"
    assert irregularity(talked, the_decision("2026", "2026-12-01"), "approval_in_time") == "medium"


def test_a_prolongation_of_a_later_day_does_not_help() -> None:
    late = road("2026", "committee_talk_held").after(
        act("approval_prolonged", "2026-12-05", reason="letters")
    )

    assert blocking(late, the_decision("2026", "2026-12-04")) == ["approval_in_time"]
    assert blocking(late, the_decision("2026", "2026-12-05")) == []


@EDITIONS
@pytest.mark.parametrize(
    ("on", "rules"), [("2027-02-27", []), ("2027-02-28", []), ("2027-03-01", ["approval_cap"])]
)
def test_after_six_months_nothing_is_left_to_decide(edition: str, on: str, rules: list[str]) -> None:
    prolonged = road(edition, "committee_talk_held").after(
        act("approval_prolonged", then(edition, "2026-11-20"), reason="letters from afar")
    )

    assert blocking(prolonged, the_decision(edition, on)) == rules


@pytest.mark.parametrize(
    ("places", "rules"),
    [
        (Places(9, 8), []),
        (Places(9, 9), ["within_plan"]),
        (Places(9, 3, category_total=2, category_used=1), []),
    ],
)
@EDITIONS
def test_an_admission_over_the_plan_needs_an_override(edition: str, places: Places, rules: list[str]) -> None:
    talked = road(edition, "committee_talk_held").among(plan=places)

    assert blocking(talked, the_decision(edition)) == rules
    assert warnings(talked, the_decision(edition, by="u1", override_by="u2")) == rules
    assert blocking(talked, the_decision(edition, approved=False)) == []


def test_an_admission_over_the_category_is_warned() -> None:
    talked = road("2026", "committee_talk_held").among(plan=Places(9, 3, category_total=2, category_used=2))

    found = finding(talked, the_decision(), "within_plan")

    assert found is not None
    assert (found.severity, found.variant, found.found, found.needed) == ("warn", "category", 3, 2)


def test_the_tenth_of_nine_places_is_said() -> None:
    talked = road("2026", "committee_talk_held").among(plan=Places(9, 9))

    found = finding(talked, the_decision(), "within_plan")

    assert found is not None
    assert (found.found, found.needed, found.severity) == (10, 9, "override")


def test_a_conversion_takes_no_place_of_the_plan() -> None:
    voted_on = road("2026", "meeting_voted conversion").among(plan=Places(9, 9))

    assert blocking(voted_on, the_decision("2026", "2027-09-10", "conversion")) == []


@EDITIONS
def test_the_oath_comes_after_the_approval(edition: str) -> None:
    probation = on_probation(edition)

    assert blocking(probation, act("oath_taken", then(edition, "2026-09-10"))) == []
    assert "oath_after_approval" in blocking(probation, act("oath_taken", then(edition, "2026-09-09")))
    waiting = road(edition, "committee_talk_held")
    assert "oath_after_approval" in blocking(waiting, act("oath_taken", then(edition, "2026-09-10")))


@pytest.mark.parametrize(
    ("on", "rules"), [("2026-10-09", []), ("2026-10-10", []), ("2026-10-11", ["oath_in_time"])]
)
def test_the_oath_is_normally_taken_within_a_month(on: str, rules: list[str]) -> None:
    assert warnings(on_probation(), act("oath_taken", on)) == rules


def test_an_approval_of_before_the_edition_of_2026_knows_no_month_for_the_oath() -> None:
    assert warnings(on_probation("2014"), act("oath_taken", "2016-12-10")) == []
    assert warnings(on_probation("2014"), act("oath_taken", "2026-06-10")) == []


def test_a_second_oath_is_not_late() -> None:
    sworn = on_probation().after(act("oath_taken", "2026-10-01"))

    assert warnings(sworn, act("oath_taken", "2026-11-01")) == []


@pytest.mark.parametrize(
    ("on", "rules"), [("2027-10-09", []), ("2027-10-10", []), ("2027-10-11", ["archived_in_time"])]
)
def test_the_file_is_archived_within_thirty_days(on: str, rules: list[str]) -> None:
    assert warnings(converted(), act("file_archived", on)) == rules


def test_an_archive_that_is_late_within_the_grace_is_low_all_the_same() -> None:
    assert irregularity(converted("2014"), act("file_archived", "2017-10-11"), "archived_in_time") == "low"
    assert irregularity(converted("2014"), act("file_archived", "2017-10-10"), "archived_in_time") is None


@EDITIONS
@pytest.mark.parametrize(
    ("on", "rules"), [("2027-11-29", []), ("2027-11-30", []), ("2027-12-01", ["approval_in_time"])]
)
def test_a_late_decision_on_a_conversion_is_warned(edition: str, on: str, rules: list[str]) -> None:
    passed = road(edition, "meeting_voted conversion")

    assert blocking(passed, the_decision(edition, on, "conversion")) == []
    assert warnings(passed, the_decision(edition, on, "conversion")) == rules

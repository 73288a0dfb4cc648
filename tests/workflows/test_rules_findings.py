"""What a finding says besides its rule: what was found, what is needed, from when, and who can mend it."""

from tests.workflows.builders import (
    Dossier,
    a_dossier,
    act,
    an_activist,
    an_applicant,
    blocking,
    converted,
    day,
    finding,
    in_approval,
    on_probation,
    road,
)
from workflows.acts import Act
from workflows.findings import Finding

NINE = {"entitled": 9, "present": 7, "for_": 7}


def said(dossier: Dossier, one: Act, rule: str) -> Finding:
    found = finding(dossier, one, rule)
    assert found is not None
    return found


def test_an_overdue_review_is_said_to_who_proposes_and_a_late_one_to_who_records_it() -> None:
    activist = an_activist(since="2025-06-02")

    assert said(activist, act("target_proposed", "2026-06-24"), "review_in_time").variant == "overdue"
    late = said(activist, act("review_recorded", "2026-06-24"), "review_in_time")
    assert (late.variant, late.found, late.needed) == (None, day("2026-06-24"), day("2025-12-02"))


def test_the_first_empty_period_is_named() -> None:
    quarterly = an_activist(since="2025-06-02", settings={"thought_report.every": "quarter"})
    empty = said(quarterly, act("target_proposed", "2026-06-24"), "thought_reports")

    assert (empty.values["first"], empty.values["last"]) == (day("2025-07-01"), day("2025-09-30"))


def test_the_months_and_the_first_day_of_a_local_waiting_time_are_said() -> None:
    applicant = an_applicant(since="2026-04-06", settings={"application.to_activist_months": 1})
    wait = said(applicant, act("activist_decided", "2026-04-20"), "application_period")

    assert (wait.found, wait.needed, wait.earliest) == (
        day("2026-04-06"),
        day("2026-05-06"),
        day("2026-05-06"),
    )
    assert wait.values["months"] == 1


def test_an_expired_recommendation_is_told_apart_from_none() -> None:
    settings = {"league_recommendation.below_age": 28}
    young = an_applicant(since="2026-04-06", settings=settings, league_member=True)
    recommended = young.after(act("recommended", "2026-04-10", source="league"))
    decision = act("activist_decided", "2028-04-11")

    assert said(young, decision, "league_recommendation").variant is None
    expired = said(recommended, decision, "league_recommendation")
    assert (expired.variant, expired.found, expired.needed) == (
        "expired",
        day("2026-04-10"),
        day("2028-04-10"),
    )


def test_a_listing_without_any_notice_is_told_how_many_days_it_needs() -> None:
    consented = road("2026", "target_consented")
    none = said(consented, act("target_listed", "2026-07-09"), "publicity_length")

    assert (none.variant, none.found, none.needed, none.values["unit"]) == ("none", 0, 5, "working")


def test_a_notice_without_its_days_hangs_on_the_day_of_posting_alone() -> None:
    consented = road("2026", "target_consented")
    alone = said(consented, act("notice_posted", "2026-07-01", purpose="target"), "publicity_length")

    assert (alone.values["first"], alone.values["last"], alone.found) == (
        day("2026-07-01"),
        day("2026-07-01"),
        1,
    )


def test_the_day_after_the_last_day_is_needed() -> None:
    posted = road("2026", "notice_posted target")
    early = said(posted, act("notice_closed", "2026-07-07", purpose="target"), "publicity_ended")

    assert (early.found, early.needed) == (day("2026-07-07"), day("2026-07-08"))


def floating(*places: tuple[str, str, str]) -> Dossier:
    person = road(
        "2026", "target_consented", settings={"publicity.target.days": 7, "publicity.target.unit": "calendar"}
    )
    notices = [
        act("notice_posted", first, purpose="target", place=place, from_=first, to=last)
        for place, first, last in places
    ]
    return person.after(act("details_changed", "2026-06-30", floating=True), *notices)


def test_how_many_days_were_common_is_said_in_the_unit_that_lacks_them() -> None:
    listing = act("target_listed", "2026-08-01")
    apart = floating(("home", "2026-07-01", "2026-07-07"), ("stay", "2026-07-09", "2026-07-15"))
    touching = floating(("home", "2026-07-01", "2026-07-07"), ("stay", "2026-07-07", "2026-07-13"))
    six = floating(("home", "2026-07-01", "2026-07-07"), ("stay", "2026-07-02", "2026-07-08"))

    assert said(apart, listing, "publicity_two_places").found == 0
    assert said(touching, listing, "publicity_two_places").found == 1
    lacking = said(six, listing, "publicity_two_places")
    assert (lacking.found, lacking.needed, lacking.values["unit"]) == (6, 7, "calendar")


def test_the_last_posting_of_a_place_counts() -> None:
    again = floating(
        ("home", "2026-07-01", "2026-07-07"),
        ("stay", "2026-07-10", "2026-07-16"),
        ("home", "2026-07-10", "2026-07-16"),
        ("stay", "2026-07-13", "2026-07-19"),
        ("stay", "2026-07-10", "2026-07-17"),
    )

    assert "publicity_two_places" not in blocking(again, act("target_listed", "2026-08-01"))


def test_one_place_is_told_apart_from_too_few_common_days() -> None:
    one = floating(("home", "2026-07-01", "2026-07-07"))
    lacking = said(one, act("target_listed", "2026-08-01"), "publicity_two_places")

    assert (lacking.variant, lacking.found) == ("one_place", 1)


def test_when_a_notice_hangs_before_the_decision_only_days_ask_for_one() -> None:
    talked = road("2026", "committee_talk_held", settings={"publicity.admission.when": "before_decision"})

    assert blocking(talked, act("committee_decided", "2026-09-10", purpose="admission")) == []


def test_a_notice_of_a_single_day_is_asked_for_too() -> None:
    settings = {"publicity.conversion.days": 1}
    requested = road("2026", "conversion_requested", settings=settings)
    vote = act("meeting_voted", "2027-08-30", purpose="conversion", **NINE)
    saturday = act("notice_posted", "2027-08-21", purpose="conversion", from_="2027-08-21", to="2027-08-21")

    assert blocking(requested, vote) == ["publicity_ended"]
    assert blocking(requested, saturday) == ["publicity_length"]


def test_contradictions_of_a_vote_are_named() -> None:
    vote = act("meeting_voted", "2026-08-28", purpose="admission", entitled=9, present=10, for_=11)

    assert said(in_approval(), vote, "votes_consistent").found == (
        "ballots_exceed_present",
        "present_exceeds_entitled",
    )


def test_the_last_day_of_six_months_is_said() -> None:
    talked = road("2026", "committee_talk_held")
    cap = said(talked, act("committee_decided", "2027-03-01", purpose="admission"), "approval_cap")

    assert (cap.found, cap.needed, cap.earliest) == (day("2027-03-01"), day("2027-02-28"), None)


def test_the_last_day_of_the_archive_is_said() -> None:
    late = said(converted(), act("file_archived", "2027-10-11"), "archived_in_time")

    assert (late.found, late.needed) == (day("2027-10-11"), day("2027-10-10"))


def test_an_oath_before_the_approval_is_told_its_day() -> None:
    early = said(on_probation(), act("oath_taken", "2026-09-09"), "oath_after_approval")

    assert (early.found, early.earliest) == (day("2026-09-10"), day("2026-09-10"))


def test_the_branch_in_charge_is_said() -> None:
    foreign = said(an_applicant(since="2026-04-06"), act("talk_held", "2026-04-10", org="b2"), "in_charge")

    assert (foreign.found, foreign.needed) == ("b2", "b1")


def test_how_late_it_was_recorded_is_said() -> None:
    applicant = an_applicant(since="2026-03-02")
    late = said(applicant, act("talk_held", "2026-03-06", recorded="2026-03-12T09:00+08:00"), "recorded_late")

    assert (late.found, late.needed, late.values["recorded_on"]) == (4, 3, day("2026-03-12"))


def test_an_act_that_is_still_to_come_is_told_its_day_of_recording() -> None:
    future = act("application_received", "2026-06-02", recorded="2026-06-01T09:00+08:00")

    assert said(a_dossier(), future, "not_in_future").needed == day("2026-06-01")


def test_who_can_mend_it_is_said_and_time_where_time_alone_does() -> None:
    activist = an_activist(since="2025-06-02")

    def who(on: str, rule: str) -> str:
        return said(activist, act("target_proposed", on), rule).who

    assert (who("2026-06-01", "cultivation_period"), who("2026-06-02", "opinions_heard")) == (
        "time",
        "branch",
    )
    assert who("2026-06-02", "activist_filed") == "committee"


def test_of_several_rounds_talks_or_courses_the_last_is_said() -> None:
    void = {"purpose": "admission", "entitled": 9, "present": 4, "for_": 4}
    waiting = in_approval().after(
        act("committee_talk_held", "2026-08-20", talker_is="organizer"),
        act("committee_talk_held", "2026-08-21", talker_is="organizer"),
        act("meeting_voted", "2026-08-24", **void),
        act("meeting_voted", "2026-08-25", **void),
    )
    voted = waiting.after(act("meeting_voted", "2026-08-28", purpose="admission", **NINE))
    decision = act("committee_decided", "2026-09-10", purpose="admission")
    trained = road("2026", "political_review_concluded").after(
        act("training_completed", "2026-07-20", days=1, hours=8),
        act("training_completed", "2026-07-21", days=2, hours=16),
    )

    assert said(waiting, decision, "vote_passed").found == day("2026-08-25")
    assert said(voted, decision, "committee_talk").found == day("2026-08-21")
    assert said(trained, act("branch_examined", "2026-07-29"), "training_length").found == 2


def test_an_approval_may_be_prolonged_on_the_day_of_the_vote() -> None:
    voted = in_approval().after(
        act("meeting_voted", "2026-08-28", purpose="admission", **NINE),
        act("committee_talk_held", "2026-09-03", talker_is="organizer"),
        act("approval_prolonged", "2026-08-28", reason="letters from afar"),
    )

    assert blocking(voted, act("committee_decided", "2026-12-10", purpose="admission")) == []

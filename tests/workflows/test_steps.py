"""What may come next, what it still lacks, and from when it may be recorded."""

from datetime import date

import pytest

from tests.workflows.builders import (
    Dossier,
    a_dossier,
    act,
    an_activist,
    an_applicant,
    converted,
    day,
    in_approval,
    on_probation,
    road,
    then,
    with_a_passed_vote,
)
from workflows.around import Places
from workflows.case import case_of
from workflows.steps import Step, checklist, earliest_day, main_step, next_steps, supposed

EDITIONS = pytest.mark.parametrize("edition", ["2014", "2026"])


def earliest(dossier: Dossier, do: str, purpose: str | None = None) -> date | None:
    return earliest_day(dossier.known, dossier.ground, dossier.around, do, purpose)


def steps(dossier: Dossier, on: str) -> dict[str, Step]:
    return {step.name: step for step in next_steps(dossier.known, dossier.ground, dossier.around, day(on))}


def awaited(dossier: Dossier, on: str) -> str | None:
    return main_step(dossier.known, dossier.ground, day(on))


@EDITIONS
@pytest.mark.parametrize(
    ("until", "step"),
    [
        ("talk_held", "activist_decided"),
        ("activist_decided", "target_proposed"),
        ("sponsors_named", "branch_examined"),
        ("branch_examined", "preexamined"),
        ("form_issued", "meeting_voted admission"),
        ("meeting_voted admission", "committee_decided admission"),
        ("committee_decided admission", "meeting_voted conversion"),
        ("meeting_voted conversion", "committee_decided conversion"),
        ("committee_decided conversion", None),
    ],
)
def test_the_step_that_everybody_waits_for(edition: str, until: str, step: str | None) -> None:
    dossier = road(edition, until)

    assert awaited(dossier, dossier.acts[-1].on.isoformat()) == step


def test_the_way_to_listing_is_that_of_the_edition_of_the_day() -> None:
    assert awaited(road("2014", "target_proposed"), "2016-06-24") == "target_filed"
    assert awaited(road("2026", "target_proposed"), "2026-06-24") == "target_consented"
    assert awaited(road("2026", "target_consented"), "2026-06-30") == "notice_posted target"
    assert awaited(road("2026", "notice_posted target"), "2026-07-01") == "target_listed"
    assert awaited(road("2026", "target_listed"), "2026-07-09") == "sponsors_named"


def test_an_extension_that_was_voted_waits_for_its_decision() -> None:
    vote = act("meeting_voted", "2027-08-30", purpose="extension", months=6, entitled=9, present=7, for_=7)

    assert awaited(on_probation().after(vote), "2027-08-30") == "committee_decided extension"


def test_the_awaited_step_stands_first() -> None:
    dossier = road("2026", "opinions_heard")

    first, *others = next_steps(dossier.known, dossier.ground, dossier.around, day("2026-06-24"))

    assert (first.name, first.is_main, first.ready, first.to) == ("target_proposed", True, True, "proposed")
    assert not any(step.is_main for step in others)


@EDITIONS
def test_every_step_that_is_shown_is_open_in_the_stage(edition: str) -> None:
    dossier = in_approval(edition)

    shown = steps(dossier, then(edition, "2026-08-20"))

    assert {
        "meeting_voted admission",
        "committee_talk_held",
        "withdrawn",
        "transferred",
        "target_removed",
    } <= set(shown)
    assert not {"oath_taken", "approval_prolonged", "resumed", "notice_posted admission", "corrected"} & set(
        shown
    )
    assert "application_received" not in shown


def test_a_step_that_lacks_something_says_what_and_from_when() -> None:
    activist = an_activist(since="2025-06-02")

    step = steps(activist, "2025-12-01")["target_proposed"]

    assert not step.ready
    assert {"cultivation_period", "opinions_heard"} <= {one.rule for one in step.findings}
    assert step.earliest == day("2026-06-02")


def test_what_only_the_form_can_say_is_not_missing_before_it_is_sent() -> None:
    vote = steps(in_approval(), "2026-08-28")["meeting_voted admission"]
    naming = steps(road("2026", "target_listed"), "2026-07-11")["sponsors_named"]
    contacts = steps(an_activist(since="2026-06-02"), "2026-06-11")["contacts_assigned"]

    assert (vote.ready, naming.ready, contacts.ready) == (True, True, True)
    assert vote.findings == naming.findings == contacts.findings == ()


def test_a_member_whose_file_is_archived_has_no_next_step_but_the_county_s() -> None:
    archived = converted().after(act("file_archived", "2027-10-01"))

    assert set(steps(archived, "2027-10-02")) == {"file_archived", "recognition_refused"}


def test_the_list_of_a_step_says_what_is_met_missing_not_known_and_not_asked() -> None:
    dossier = road("2026", "review_recorded", without=["activist_filed"])
    proposal = supposed("target_proposed", None, day("2026-06-24"))

    states = {
        check.rule: check.state
        for check in checklist(case_of(dossier.known, proposal, dossier.ground, dossier.around))
    }

    assert states["cultivation_period"] == "met"
    assert states["opinions_heard"] == states["activist_filed"] == "missing"
    assert states["thought_reports"] == "not_needed"
    assert states["belongs_to_unit"] == "not_checked"
    assert "decision_majority" not in states
    assert "stage_allows" not in states
    assert list(states.values()) == sorted(
        states.values(), key=["missing", "not_checked", "met", "not_needed"].index
    )


@pytest.mark.parametrize(
    ("since", "on"),
    [("2025-02-28", "2026-02-28"), ("2024-02-29", "2025-02-28"), ("2023-08-31", "2024-08-31")],
)
def test_a_proposal_is_open_from_the_anniversary(since: str, on: str) -> None:
    assert earliest(an_activist(since=since), "target_proposed") == day(on)


def test_days_of_suspension_move_the_first_day() -> None:
    paused = an_activist(since="2025-01-10").after(
        act("suspended", "2025-07-01", reason="illness"), act("resumed", "2025-10-01")
    )

    assert earliest(paused, "target_proposed") == day("2026-04-12")


def test_the_first_day_is_the_one_that_every_rule_about_time_allows() -> None:
    applicant = an_applicant(since="2026-02-28", settings={"application.to_activist_months": 6}).after(
        act("talk_held", "2026-09-10")
    )

    assert earliest(applicant, "activist_decided") == day("2026-09-10")


def test_what_rests_on_a_notice_waits_for_the_day_after_its_last_day() -> None:
    posted = road("2026", "notice_posted target")

    assert (
        earliest(posted, "notice_closed", "target") == earliest(posted, "notice_closed") == day("2026-07-08")
    )
    assert earliest(posted, "target_listed") == day("2026-07-08")


@EDITIONS
def test_conversion_waits_for_expiry(edition: str) -> None:
    assert earliest(on_probation(edition), "meeting_voted", "conversion") == day(then(edition, "2027-08-28"))


def test_a_lapse_waits_for_the_end_of_the_month_or_of_the_six_months() -> None:
    assert earliest(in_approval(), "approval_lapsed") == day("2026-09-15")
    assert earliest(with_a_passed_vote(), "approval_lapsed") == day("2027-03-01")
    assert earliest(in_approval("2014"), "approval_lapsed") is None


def test_acts_of_before_the_first_edition_count_towards_the_first_day() -> None:
    old = an_applicant(since="2013-05-06").after(act("activist_decided", "2013-09-10"))

    assert earliest(old, "target_proposed") == day("2014-09-10")


def test_the_plan_is_no_rule_about_time() -> None:
    full = in_approval().among(plan=Places(9, 9))

    assert earliest(full, "meeting_voted", "admission") == day("2026-08-16")


def test_an_act_is_supposed_with_nothing_but_its_purpose() -> None:
    one = supposed("meeting_voted", "extension", day("2027-08-30"))

    assert dict(one.details) == {"purpose": "extension", "months": 6}
    assert one.recorded_on == one.on
    assert dict(supposed("meeting_voted", "extension", day("2027-08-30"), by_hand=False).details) == {
        "purpose": "extension"
    }


def test_every_stage_of_the_roads_has_steps() -> None:
    for edition in ("2014", "2026"):
        dossier = a_dossier(road(edition, "application_received").acts[0])
        for one in converted(edition).acts[1:]:
            assert steps(dossier, dossier.acts[-1].on.isoformat())
            dossier = dossier.after(one)
        assert dossier.known.stage == "full_member"

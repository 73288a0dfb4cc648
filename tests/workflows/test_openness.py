"""What the stage alone cannot say: notices, objections, lapses, pauses, votes, and late records."""

import pytest

from tests.workflows.builders import (
    Dossier,
    act,
    an_activist,
    in_approval,
    on_probation,
    road,
    with_a_passed_vote,
)
from workflows.acts import Act
from workflows.openness import is_open, lapse_day

NINE = {"entitled": 9, "present": 7, "for_": 7}


def is_open_for(dossier: Dossier, do: str, on: str, **details: object) -> bool:
    return is_open(dossier.known, act(do, on, **details), dossier.ground)


def a_notice(on: str, last: str, purpose: str = "target", **details: str) -> Act:
    return act("notice_posted", on, purpose=purpose, from_=on, to=last, **details)


def test_a_second_place_is_posted_while_the_first_notice_is_not_closed() -> None:
    posted = road("2026", "notice_posted target")
    second = {"purpose": "target", "place": "stay", "from_": "2026-07-02", "to": "2026-07-08"}

    assert is_open_for(posted, "notice_posted", "2026-07-02", **second)
    assert not is_open_for(road("2026", "notice_closed target"), "notice_posted", "2026-07-08", **second)


def test_only_a_notice_that_is_up_is_closed() -> None:
    assert is_open_for(road("2026", "notice_posted target"), "notice_closed", "2026-07-08", purpose="target")
    assert not is_open_for(
        road("2026", "notice_closed target"), "notice_closed", "2026-07-09", purpose="target"
    )
    assert not is_open_for(on_probation(), "notice_closed", "2027-07-09", purpose="conversion")


def test_a_notice_may_be_objected_to_until_the_next_decision() -> None:
    posted, closed, listed = (
        road("2026", until) for until in ("notice_posted target", "notice_closed target", "target_listed")
    )

    assert is_open_for(posted, "objection_received", "2026-07-02", purpose="target")
    assert is_open_for(closed, "objection_received", "2026-07-08", purpose="target")
    assert not is_open_for(listed, "objection_received", "2026-07-09", purpose="target")


def test_without_a_notice_there_is_only_a_letter() -> None:
    for purpose, expected in (("admission", False), ("letter", True)):
        assert is_open_for(in_approval(), "objection_received", "2026-08-20", purpose=purpose) is expected
    for purpose, expected in (("conversion", False), ("letter", True)):
        assert is_open_for(on_probation(), "objection_received", "2027-08-20", purpose=purpose) is expected


def test_only_an_open_objection_of_that_number_is_concluded() -> None:
    objected = road("2026", "notice_posted target").after(
        act("objection_received", "2026-07-02", purpose="target")
    )

    assert is_open_for(objected, "objection_concluded", "2026-07-03", objection=1, upheld=False)
    assert not is_open_for(objected, "objection_concluded", "2026-07-03", objection=2, upheld=False)
    concluded = objected.after(act("objection_concluded", "2026-07-03", objection=1, upheld=False))
    assert not is_open_for(concluded, "objection_concluded", "2026-07-04", objection=1, upheld=True)


def test_a_target_is_not_removed_while_a_passed_vote_waits() -> None:
    assert is_open_for(in_approval(), "target_removed", "2026-08-20", reason="not fit")
    assert not is_open_for(with_a_passed_vote(), "target_removed", "2026-08-30", reason="not fit")


@pytest.mark.parametrize(
    ("on", "expected"), [("2026-09-13", False), ("2026-09-14", False), ("2026-09-15", True)]
)
def test_a_pre_examination_lapses_when_its_month_is_over(on: str, expected: bool) -> None:
    assert is_open_for(in_approval(), "approval_lapsed", on) is expected


@pytest.mark.parametrize(("on", "expected"), [("2027-02-28", False), ("2027-03-01", True)])
def test_a_passed_vote_lapses_after_six_months(on: str, expected: bool) -> None:
    assert is_open_for(with_a_passed_vote(), "approval_lapsed", on) is expected
    assert not is_open_for(with_a_passed_vote(), "approval_lapsed", "2026-09-15")


def test_under_the_edition_of_2014_only_a_vote_lapses() -> None:
    assert not is_open_for(in_approval("2014"), "approval_lapsed", "2017-09-15")
    assert is_open_for(with_a_passed_vote("2014"), "approval_lapsed", "2017-03-01")
    assert not is_open_for(with_a_passed_vote("2014"), "approval_lapsed", "2017-02-28")


def test_after_a_void_meeting_the_month_still_counts() -> None:
    void = in_approval().after(
        act("meeting_voted", "2026-08-28", purpose="admission", entitled=9, present=4, for_=4)
    )

    assert (
        lapse_day(void.known, act("talk_held", "2026-09-20").on, void.ground)
        == act("talk_held", "2026-09-14").on
    )
    assert is_open_for(void, "approval_lapsed", "2026-09-15")


def test_a_pause_begins_once_and_ends_once() -> None:
    activist = an_activist(since="2026-03-02")
    paused = activist.after(act("suspended", "2026-04-01", reason="illness"))

    assert not is_open_for(activist, "resumed", "2026-04-02")
    assert not is_open_for(paused, "suspended", "2026-04-02", reason="abroad")
    assert is_open_for(paused, "resumed", "2026-04-02")


def test_what_a_passed_vote_settled_is_not_voted_again_before_the_committee_decides() -> None:
    voted = road("2026", "meeting_voted conversion")

    assert not is_open_for(with_a_passed_vote(), "meeting_voted", "2026-08-29", purpose="admission", **NINE)
    assert not is_open_for(voted, "meeting_voted", "2027-08-31", purpose="conversion", **NINE)
    assert is_open_for(voted, "meeting_voted", "2027-08-31", purpose="cancellation", **NINE)


def test_only_a_passed_vote_is_prolonged() -> None:
    assert not is_open_for(in_approval(), "approval_prolonged", "2026-08-20", reason="letters")
    assert is_open_for(with_a_passed_vote(), "approval_prolonged", "2026-08-30", reason="letters")


def test_a_suspended_member_on_probation_may_still_be_cancelled() -> None:
    paused = on_probation().after(act("suspended", "2026-12-01", reason="under investigation"))

    assert is_open_for(paused, "meeting_voted", "2026-12-10", purpose="cancellation", **NINE)
    assert not is_open_for(paused, "meeting_voted", "2027-09-10", purpose="conversion", **NINE)
    voted = paused.after(act("meeting_voted", "2026-12-10", purpose="cancellation", **NINE))
    assert is_open_for(voted, "committee_decided", "2026-12-11", purpose="cancellation")


@pytest.mark.parametrize(
    ("do", "on", "details"),
    [
        ("talk_held", "2025-04-10", {}),
        ("recommended", "2025-05-10", {"source": "members"}),
        ("review_recorded", "2026-04-28", {}),
        ("thought_report_received", "2026-01-10", {}),
        ("activist_filed", "2025-06-14", {}),
        ("contacts_assigned", "2025-06-14", {"contacts": ["m1"]}),
        ("opinions_heard", "2026-06-21", {"from_": ["group"]}),
        ("paper_received", "2026-01-10", {"kind": "minutes"}),
        ("course_attended", "2026-01-10", {"kind": "activist_course"}),
    ],
)
def test_a_record_may_be_entered_late_if_the_stage_of_its_day_allowed_it(
    do: str, on: str, details: dict[str, object]
) -> None:
    probation = on_probation()

    assert is_open_for(probation, do, on, **details)
    assert do == "thought_report_received" or not is_open_for(probation, do, "2026-10-01", **details)


def test_a_step_is_not_entered_late() -> None:
    assert not is_open_for(on_probation(), "activist_decided", "2025-06-02")
    assert not is_open_for(on_probation(), "target_proposed", "2026-06-24")


def test_an_act_that_its_day_s_edition_does_not_know_is_not_open() -> None:
    proposed = road("2026", "target_proposed")

    assert is_open_for(proposed, "target_consented", "2026-06-30")
    assert not is_open_for(proposed, "target_consented", "2026-05-10")
    assert not is_open_for(proposed, "target_filed", "2026-06-30")
    assert not is_open_for(proposed, "application_received", "2026-06-30")

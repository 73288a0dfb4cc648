"""The deadlines from the pre-examination to the archive (section 4)."""

import pytest

from tests.workflows.builders import (
    SOURCES,
    Dossier,
    a_dossier,
    act,
    an_activist,
    converted,
    day,
    deadline,
    has_deadline,
    in_approval,
    on_probation,
    road,
    status,
    then,
    with_a_passed_vote,
)
from workflows.acts import Act
from workflows.deadlines import expiry

EDITIONS = pytest.mark.parametrize("edition", ["2014", "2026"])
NINE = {"entitled": 9, "present": 7, "for_": 7}


def the_vote(on: str, purpose: str = "admission", **counts: int) -> Act:
    return act("meeting_voted", on, purpose=purpose, **{**NINE, **counts})


def preexamined(on: str, **settings: object) -> Dossier:
    named = {name.replace("__", "."): value for name, value in settings.items()}
    return an_activist(since="2024-06-03", settings=named).after(
        act("opinions_heard", "2025-06-10", from_=SOURCES),
        act("target_proposed", "2025-06-12"),
        act("target_filed", "2025-06-16"),
        act("sponsors_named", "2025-06-18", sponsors=["m1", "m2"]),
        act("political_review_concluded", "2025-06-26"),
        act("training_completed", "2025-06-30", days=3, hours=24),
        act("branch_examined", "2025-07-06"),
        act("preexamined", on),
    )


def test_the_meeting_is_due_a_month_after_the_pre_examination() -> None:
    waiting = in_approval("2026")

    meeting = deadline(waiting, "meeting", "2026-08-14")
    assert (meeting.opened_on, meeting.due) == (day("2026-08-14"), day("2026-09-14"))
    assert [status(waiting, "meeting", on) for on in ("2026-09-14", "2026-09-15")] == ["due_soon", "overdue"]


def test_under_the_edition_of_2014_no_meeting_is_due_before_the_edition_of_2026() -> None:
    april = preexamined("2026-04-20")

    assert not has_deadline(april, "meeting", "2026-05-10")
    meeting = deadline(april, "meeting", "2026-05-11")
    assert (meeting.opened_on, meeting.due) == (day("2026-05-11"), day("2026-05-20"))
    assert [status(april, "meeting", on) for on in ("2026-05-20", "2026-05-21")] == ["due_soon", "overdue"]


def test_a_pre_examination_of_long_before_is_overdue_on_the_first_day_of_2026s_edition() -> None:
    assert status(preexamined("2025-12-31"), "meeting", "2026-05-11") == "overdue"


def test_a_local_month_is_shown_under_the_edition_of_2014_too() -> None:
    local = preexamined("2025-07-31", preexamination__to_meeting_months=1)

    assert deadline(local, "meeting", "2025-08-01").due == day("2025-08-31")


def test_a_valid_vote_answers_the_meeting_and_a_void_one_does_not() -> None:
    waiting = in_approval("2026")

    assert status(waiting.after(the_vote("2026-08-28")), "meeting", "2026-10-01") == "met"
    assert status(waiting.after(the_vote("2026-08-28", for_=4, against=3)), "meeting", "2026-10-01") == "met"
    void = waiting.after(the_vote("2026-08-28", present=4, for_=4))
    assert status(void, "meeting", "2026-09-15") == "overdue"


def test_a_meeting_that_lost_its_reason_is_dropped() -> None:
    lapsed = in_approval("2026").after(act("approval_lapsed", "2026-09-15"))
    moved = in_approval("2026").after(act("transferred", "2026-08-20", to="b2"))

    assert status(lapsed, "meeting", "2026-09-15") == "dropped"
    assert status(moved, "meeting", "2026-08-20") == "dropped"


def test_the_month_counts_from_the_pre_examination_also_when_a_notice_comes_between() -> None:
    settings = {"publicity.admission.days": 3}
    noticed = road("2026", "preexamined", settings=settings).after(
        act("notice_posted", "2026-08-17", purpose="admission", from_="2026-08-17", to="2026-08-19"),
        act("notice_closed", "2026-08-20", purpose="admission"),
    )

    assert deadline(noticed, "meeting", "2026-08-20").due == day("2026-09-14")


@EDITIONS
def test_the_committee_has_three_months_and_six_at_most(edition: str) -> None:
    voted = with_a_passed_vote(edition)
    on = then(edition, "2026-08-28")

    assert deadline(voted, "approval", on).due == day(then(edition, "2026-11-28"))
    cap = deadline(voted, "approval_cap", on)
    assert (cap.due, cap.grace) == (day(then(edition, "2027-02-28")), day(then(edition, "2027-02-28")))


@pytest.mark.parametrize(
    ("voted_on", "due", "grace", "cap"),
    [
        ("2025-08-31", "2025-11-30", "2025-12-01", "2026-02-28"),
        ("2025-11-30", "2026-02-28", "2026-02-28", "2026-05-30"),
        ("2026-04-01", "2026-07-01", "2026-07-01", "2026-10-01"),
    ],
)
def test_a_cap_has_no_grace(voted_on: str, due: str, grace: str, cap: str) -> None:
    voted = preexamined("2025-07-14").after(
        act("form_issued", "2025-07-16", number="F-1"), the_vote(voted_on)
    )

    approval, limit = deadline(voted, "approval", voted_on), deadline(voted, "approval_cap", voted_on)

    assert (approval.due, approval.grace) == (day(due), day(grace))
    assert (limit.due, limit.grace) == (day(cap), day(cap))


def test_a_decision_answers_both_and_a_lapse_the_cap() -> None:
    talked = road("2026", "committee_talk_held")
    refused = talked.after(act("committee_decided", "2026-09-10", purpose="admission", approved=False))
    lapsed = talked.after(act("approval_lapsed", "2027-03-01"))

    assert [status(refused, name, "2027-06-01") for name in ("approval", "approval_cap")] == ["met", "met"]
    assert status(lapsed, "approval", "2027-03-01") == "dropped"
    assert status(lapsed, "approval_cap", "2027-03-01") == "met_late"


@EDITIONS
def test_an_admission_is_filed_with_the_department_within_thirty_days(edition: str) -> None:
    probation = on_probation(edition)
    on = then(edition, "2026-09-10")

    assert deadline(probation, "department_filing", on).due == day(then(edition, "2026-10-10"))
    filed = probation.after(act("filed_with_department", then(edition, "2026-10-10")))
    assert status(filed, "department_filing", then(edition, "2026-12-01")) == "met"


def test_the_oath_has_a_month_if_the_approval_falls_under_the_edition_of_2026() -> None:
    probation = on_probation("2026")

    assert deadline(probation, "oath", "2026-09-10").due == day("2026-10-10")
    assert status(probation.after(act("oath_taken", "2026-10-11")), "oath", "2026-11-01") == "met_late"
    assert not has_deadline(on_probation("2014"), "oath", "2026-09-10")
    assert not has_deadline(on_probation("2014"), "oath", "2016-09-10")


@EDITIONS
def test_probation_expires_twelve_months_after_the_meeting(edition: str) -> None:
    probation = on_probation(edition)

    assert expiry(probation.known, probation.ground) == day(then(edition, "2027-08-28"))
    assert expiry(in_approval(edition).known, probation.ground) is None


@pytest.mark.parametrize(("rule", "expires"), [("clamp", "2025-02-28"), ("roll_forward", "2025-03-01")])
def test_probation_from_a_leap_day(rule: str, expires: str) -> None:
    carried = {"meeting_voted": "2024-02-29"}
    newcomer = a_dossier(
        act("transferred_in", "2024-05-10", stage="probation", carried=carried), settings={"leap_rule": rule}
    )

    assert expiry(newcomer.known, newcomer.ground) == day(expires)


@EDITIONS
def test_the_meeting_on_conversion_opens_with_expiry_and_has_a_month(edition: str) -> None:
    probation = on_probation(edition)

    assert not has_deadline(probation, "conversion_meeting", then(edition, "2027-08-27"))
    meeting = deadline(probation, "conversion_meeting", then(edition, "2027-08-28"))
    assert (meeting.opened_on, meeting.due) == (
        day(then(edition, "2027-08-28")),
        day(then(edition, "2027-09-28")),
    )


def requested() -> Dossier:
    return on_probation("2026").after(act("conversion_requested", "2027-08-20"))


def test_only_a_passed_vote_answers_the_meeting_on_conversion() -> None:
    lost = requested().after(the_vote("2027-08-30", "conversion", for_=4, against=3))
    passed = requested().after(the_vote("2027-08-30", "conversion"))
    expelled = requested().after(the_vote("2027-08-27", "cancellation"))

    assert status(lost, "conversion_meeting", "2027-09-29") == "overdue"
    assert status(passed, "conversion_meeting", "2027-09-29") == "met"
    assert status(expelled, "conversion_meeting", "2027-09-29") == "overdue"


def test_after_an_extension_the_meeting_is_due_anew() -> None:
    vote = act("meeting_voted", "2027-08-30", purpose="extension", months=6, **NINE)
    extended = requested().after(vote, act("committee_decided", "2027-09-10", purpose="extension"))

    meeting = deadline(extended, "conversion_meeting", "2028-02-28")
    assert (meeting.opened_on, meeting.due) == (day("2028-02-28"), day("2028-03-28"))


def test_until_then_the_meeting_that_extended_answers_the_first_expiry() -> None:
    vote = act("meeting_voted", "2027-08-30", purpose="extension", months=6, **NINE)
    extended = requested().after(vote, act("committee_decided", "2027-09-10", purpose="extension"))

    assert status(extended, "conversion_meeting", "2028-02-27") == "met"
    assert status(extended, "conversion_meeting", "2028-02-28") == "open"


def test_a_vote_after_a_deferral_does_not_answer_the_month_that_it_replaced() -> None:
    deferred = on_probation("2026").after(
        act("transferred", "2027-05-10", to="b2"),
        act("conversion_deferred", "2027-08-30", until="2028-02-20"),
        act("conversion_requested", "2028-01-10"),
        the_vote("2028-01-20", "conversion"),
    )

    assert status(deferred, "conversion_meeting", "2028-01-20") == "dropped"
    assert status(deferred, "deferral_cap", "2028-01-20") == "met"


def test_after_a_pause_the_meeting_on_conversion_has_thirty_days() -> None:
    paused = requested().after(act("suspended", "2027-08-25", reason="illness"))

    assert status(paused, "conversion_meeting", "2027-10-01") == "open"
    resumed = paused.after(act("resumed", "2027-09-20"))
    assert deadline(resumed, "conversion_meeting", "2027-10-01").due == day("2027-10-20")
    early = paused.after(act("resumed", "2027-08-28"))
    assert deadline(early, "conversion_meeting", "2027-10-01").due == day("2027-09-28")


def test_a_local_rule_may_give_more_months() -> None:
    slow = on_probation("2026", settings={"conversion.meeting_within_months": 2})

    assert deadline(slow, "conversion_meeting", "2027-08-28").due == day("2027-10-28")


@pytest.mark.parametrize("purpose", ["conversion", "extension", "cancellation"])
def test_the_committee_decides_on_the_vote_within_three_months(purpose: str) -> None:
    months = {"months": 6} if purpose == "extension" else {}
    voted = requested().after(the_vote("2027-08-30", purpose, **months))

    assert deadline(voted, "conversion_approval", "2027-08-30").due == day("2027-11-30")
    decided = voted.after(act("committee_decided", "2027-11-30", purpose=purpose))
    assert status(decided, "conversion_approval", "2028-01-01") == "met"


def test_a_deferral_takes_the_place_of_the_month_and_has_no_grace() -> None:
    deferred = on_probation("2026").after(
        act("transferred", "2027-05-10", to="b2"),
        act("conversion_deferred", "2027-08-30", until="2028-02-20"),
    )

    cap = deadline(deferred, "deferral_cap", "2027-08-30")
    assert (cap.due, cap.grace) == (day("2028-02-28"), day("2028-02-28"))
    assert status(deferred, "conversion_meeting", "2027-10-01") == "dropped"
    asked = deferred.after(act("conversion_requested", "2028-02-01"))
    assert status(asked.after(the_vote("2028-02-28", "conversion")), "deferral_cap", "2028-04-01") == "met"
    assert (
        status(
            asked.after(the_vote("2028-02-28", "conversion", present=3, for_=3)), "deferral_cap", "2028-04-01"
        )
        == "overdue"
    )


def test_the_file_is_archived_within_thirty_days_of_the_decision() -> None:
    member = converted("2026")

    assert deadline(member, "archive", "2027-09-10").due == day("2027-10-10")
    assert status(member.after(act("file_archived", "2027-10-10")), "archive", "2027-12-01") == "met"
    assert status(member, "archive", "2027-12-01") == "overdue"


def test_what_was_open_on_probation_is_dropped_with_its_end() -> None:
    member = converted("2026")

    assert status(member, "oath", "2027-09-10") == "dropped"
    assert status(member, "department_filing", "2027-09-10") == "dropped"
    unrecognized = member.after(act("recognition_refused", "2027-09-20", reason="forged papers"))
    assert status(unrecognized, "archive", "2027-12-01") == "dropped"

"""The deadlines before the general meeting: opened, due, grace, met, late, dropped (section 4)."""

import pytest

from tests.workflows.builders import (
    Dossier,
    act,
    an_activist,
    an_applicant,
    day,
    deadline,
    has_deadline,
    road,
    status,
    then,
)
from workflows.deadlines import deadlines_of

EDITIONS = pytest.mark.parametrize("edition", ["2014", "2026"])


def test_a_deadline_is_due_soon_ten_days_before_and_overdue_the_day_after() -> None:
    applicant = an_applicant(since="2026-03-16")

    days = ["2026-03-16", "2026-04-05", "2026-04-06", "2026-04-16", "2026-04-17"]
    assert [status(applicant, "talk", on) for on in days] == [
        "open",
        "open",
        "due_soon",
        "due_soon",
        "overdue",
    ]


def test_a_deadline_that_is_answered_is_met_or_met_late() -> None:
    applicant = an_applicant(since="2026-03-16")

    on_the_day = applicant.after(act("talk_held", "2026-04-16"))
    a_day_late = applicant.after(act("talk_held", "2026-04-17"))

    assert status(on_the_day, "talk", "2026-05-01") == "met"
    assert status(a_day_late, "talk", "2026-05-01") == "met_late"
    assert status(a_day_late, "talk", "2026-04-16") == "due_soon"


def test_a_due_day_does_not_move_for_a_rest_day_and_its_grace_does() -> None:
    talk = deadline(an_applicant(since="2026-01-15"), "talk", "2026-02-20")

    assert (talk.due, talk.grace) == (day("2026-02-15"), day("2026-02-24"))
    assert [talk.status(day(on)) for on in ("2026-02-15", "2026-02-16")] == ["due_soon", "overdue"]


def test_a_due_day_in_a_year_without_a_calendar_is_provisional() -> None:
    assert deadline(an_applicant(since="2026-12-15"), "talk", "2026-12-15").is_provisional
    assert not deadline(an_applicant(since="2026-11-15"), "talk", "2026-11-15").is_provisional


def test_a_deadline_of_who_left_is_dropped() -> None:
    gone = an_applicant(since="2026-03-16").after(act("withdrawn", "2026-04-01"))

    assert status(gone, "talk", "2026-03-31") == "open" or status(gone, "talk", "2026-03-31") == "due_soon"
    assert status(gone, "talk", "2026-04-01") == "dropped"
    assert status(gone, "talk", "2026-06-01") == "dropped"


def test_what_is_not_opened_yet_is_not_shown() -> None:
    activist = an_activist(since="2026-03-16")

    assert not has_deadline(activist, "contacts", "2026-03-15")
    assert has_deadline(activist, "contacts", "2026-03-16")


@EDITIONS
@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("activist_filing", act("activist_filed", "2026-03-20")),
        ("contacts", act("contacts_assigned", "2026-03-20", contacts=["m1"])),
    ],
)
def test_filing_and_contact_persons_have_thirty_days(edition: str, name: str, answer: object) -> None:
    activist = an_activist(since=then(edition, "2026-03-16"))

    assert deadline(activist, name, then(edition, "2026-03-16")).due == day(then(edition, "2026-04-15"))
    if edition == "2026":
        assert status(activist.after(answer), name, "2026-03-20") == "met"  # type: ignore[arg-type]


def test_after_a_move_contact_persons_have_thirty_days_again() -> None:
    assigned = an_activist(since="2026-03-02").after(act("contacts_assigned", "2026-03-10", contacts=["m1"]))

    moved = assigned.after(act("transferred", "2026-05-25", to="b2"))

    assert deadline(moved, "contacts", "2026-05-25").due == day("2026-06-24")
    assert status(moved, "contacts", "2026-06-25") == "overdue"
    named = moved.after(act("contacts_assigned", "2026-06-24", contacts=["n1"]))
    assert status(named, "contacts", "2026-06-24") == "met"


def test_a_move_lets_no_second_deadline_for_contact_persons_run() -> None:
    moved = an_activist(since="2026-03-02").after(act("transferred", "2026-05-25", to="b2"))

    running = [d for d in deadlines_of(moved.known, moved.ground, day("2026-06-30")) if d.id == "contacts"]

    assert [d.status(day("2026-06-30")) for d in running] == ["dropped", "overdue"]


def test_a_fall_back_by_a_move_asks_for_contact_persons_and_an_applicant_needs_none() -> None:
    fallen = road("2026", "target_proposed").after(act("transferred", "2026-06-25", to="b2"))
    applicant = an_applicant(since="2026-03-16").after(act("transferred", "2026-03-20", to="b2"))

    assert deadline(fallen, "contacts", "2026-06-25").due == day("2026-07-25")
    assert not has_deadline(applicant, "contacts", "2026-06-25")


def test_an_activist_who_is_removed_owes_neither_filing_nor_contact_persons() -> None:
    removed = an_activist(since="2026-03-02").after(act("activist_removed", "2026-03-20", reason="inactive"))

    assert status(removed, "activist_filing", "2026-03-20") == "dropped"
    assert status(removed, "contacts", "2026-03-20") == "dropped"
    assert not has_deadline(removed, "review", "2026-12-01")


@pytest.mark.parametrize(
    ("since", "due"),
    [("2025-08-31", "2026-02-28"), ("2023-08-31", "2024-02-29"), ("2025-08-21", "2026-02-21")],
)
def test_a_review_is_due_half_a_year_after_the_decision(since: str, due: str) -> None:
    assert deadline(an_activist(since=since), "review", since).due == day(due)


def test_each_review_opens_the_next() -> None:
    reviewed = an_activist(since="2025-08-21").after(act("review_recorded", "2026-02-10"))

    review = deadline(reviewed, "review", "2026-02-10")
    assert (review.opened_on, review.due) == (day("2026-02-10"), day("2026-08-10"))


def test_a_local_rule_may_ask_for_quarterly_reviews() -> None:
    activist = an_activist(since="2025-08-31", settings={"review.months": 3})

    assert deadline(activist, "review", "2025-09-01").due == day("2025-11-30")


def test_after_a_pause_a_review_is_due_no_earlier_than_thirty_days_later() -> None:
    paused = an_activist(since="2025-08-21").after(act("suspended", "2025-12-01", reason="secondment"))

    assert deadline(paused.after(act("resumed", "2026-02-20")), "review", "2026-02-21").due == day(
        "2026-03-22"
    )
    assert deadline(paused.after(act("resumed", "2026-01-10")), "review", "2026-02-21").due == day(
        "2026-02-21"
    )


def test_while_it_is_paused_a_review_is_not_overdue() -> None:
    paused = an_activist(since="2025-08-21").after(act("suspended", "2025-12-01", reason="secondment"))

    assert status(paused, "review", "2026-03-01") == "open"


def test_a_pause_of_before_it_opened_moves_no_review() -> None:
    activist = an_activist(since="2025-08-21").after(
        act("suspended", "2025-12-01", reason="secondment"),
        act("resumed", "2025-12-10"),
        act("review_recorded", "2025-12-10"),
    )

    assert deadline(activist, "review", "2026-01-01").due == day("2026-06-10")


@EDITIONS
def test_reviews_go_on_until_the_general_meetings_vote(edition: str) -> None:
    waiting, voted = road(edition, "form_issued"), road(edition, "meeting_voted admission")

    assert status(waiting, "review", then(edition, "2026-11-01")) == "overdue"
    assert status(voted, "review", then(edition, "2026-11-01")) == "dropped"
    assert (
        status(road(edition, "committee_decided admission"), "review", then(edition, "2026-11-01"))
        == "dropped"
    )


def test_after_a_refusal_reviews_go_on() -> None:
    refused = road("2026", "committee_talk_held").after(
        act("committee_decided", "2026-09-10", purpose="admission", approved=False)
    )

    assert status(refused, "review", "2026-10-29") == "overdue"


def quarterly(**options: str) -> Dossier:
    return an_activist(since="2025-06-02", settings={"thought_report.every": "quarter"}, **options)


def test_a_thought_report_is_due_on_the_last_day_of_each_full_quarter() -> None:
    activist = quarterly()

    assert not has_deadline(activist, "thought_report", "2025-06-30")
    report = deadline(activist, "thought_report", "2025-07-01")
    assert (report.opened_on, report.due) == (day("2025-07-01"), day("2025-09-30"))
    assert [status(activist, "thought_report", on) for on in ("2025-09-30", "2025-10-01")] == [
        "due_soon",
        "open",
    ]
    older = [
        d
        for d in deadlines_of(activist.known, activist.ground, day("2025-10-01"))
        if d.id == "thought_report"
    ]
    assert [d.status(day("2025-10-01")) for d in older] == ["overdue", "open"]


def test_an_activist_of_the_first_day_owes_the_first_quarter() -> None:
    activist = an_activist(since="2025-07-01", settings={"thought_report.every": "quarter"})

    assert deadline(activist, "thought_report", "2025-07-01").due == day("2025-09-30")


def test_a_report_in_its_quarter_answers_it() -> None:
    reported = quarterly().after(act("thought_report_received", "2025-09-30"))

    assert status(reported, "thought_report", "2025-09-30") == "met"
    early = quarterly().after(act("thought_report_received", "2025-06-30"))
    assert status(early, "thought_report", "2025-09-30") == "due_soon"


def test_half_years_may_be_asked_for_and_nothing_is_where_nothing_is_asked() -> None:
    half_yearly = an_activist(since="2025-06-02", settings={"thought_report.every": "half_year"})

    assert deadline(half_yearly, "thought_report", "2025-07-01").due == day("2025-12-31")
    assert not has_deadline(an_activist(since="2025-06-02"), "thought_report", "2026-07-01")


def test_the_quarter_of_the_vote_is_owed_no_more() -> None:
    settings = {"thought_report.every": "quarter"}
    voted = road("2026", "meeting_voted admission", settings=settings)

    assert status(voted, "thought_report", "2026-08-27") == "open"
    assert status(voted, "thought_report", "2026-08-28") == "dropped"
    assert deadline(voted, "thought_report", "2026-12-01").due == day("2026-09-30")

"""Deadlines of notices and objections, counted in working days (section 4)."""

import pytest

from tests.workflows.builders import Dossier, act, day, deadline, has_deadline, road, status


def posted(first: str = "2026-07-01", last: str = "2026-07-07") -> Dossier:
    notice = act("notice_posted", first, purpose="target", from_=first, to=last)
    return road("2026", "target_consented").after(notice)


def test_a_notice_is_met_when_its_last_day_is_over_and_never_overdue() -> None:
    notice = deadline(posted(), "publicity", "2026-07-01")

    assert (notice.opened_on, notice.due, notice.grace) == (
        day("2026-07-01"),
        day("2026-07-07"),
        day("2026-07-07"),
    )
    assert [notice.status(day(on)) for on in ("2026-07-06", "2026-07-07", "2026-07-08", "2027-07-08")] == [
        "due_soon", "due_soon", "met", "met",
    ]  # fmt: skip


def test_the_last_day_of_a_notice_has_no_grace() -> None:
    assert deadline(posted("2026-09-21", "2026-10-01"), "publicity", "2026-09-21").grace == day("2026-10-01")


@pytest.mark.parametrize(
    ("first", "last", "opened", "due"),
    [
        ("2026-07-01", "2026-07-07", "2026-07-08", "2026-07-10"),
        ("2026-07-06", "2026-07-10", "2026-07-11", "2026-07-15"),
        ("2026-09-23", "2026-09-30", "2026-10-01", "2026-10-10"),
    ],
)
def test_the_result_is_due_on_the_third_working_day_after_the_last_day(
    first: str, last: str, opened: str, due: str
) -> None:
    notice = posted(first, last)

    assert not has_deadline(notice, "notice_result", last)
    result = deadline(notice, "notice_result", opened)
    assert (result.opened_on, result.due) == (day(opened), day(due))


def test_the_result_is_given_by_closing_the_notice() -> None:
    in_time = posted().after(act("notice_closed", "2026-07-10", purpose="target"))
    late = posted().after(act("notice_closed", "2026-07-11", purpose="target"))

    assert status(posted(), "notice_result", "2026-07-11") == "overdue"
    assert status(in_time, "notice_result", "2026-07-11") == "met"
    assert status(late, "notice_result", "2026-07-11") == "met_late"


def test_a_notice_that_lost_its_reason_is_dropped_and_asks_for_no_result() -> None:
    moved = posted().after(act("transferred", "2026-07-03", to="b2"))

    assert status(moved, "publicity", "2026-07-02") == "due_soon"
    assert status(moved, "publicity", "2026-07-03") == "dropped"
    assert not has_deadline(moved, "notice_result", "2026-07-20")


def test_a_result_that_lost_its_reason_is_dropped() -> None:
    moved = posted().after(act("transferred", "2026-07-09", to="b2"))

    assert status(moved, "publicity", "2026-07-09") == "met"
    assert status(moved, "notice_result", "2026-07-08") == "due_soon"
    assert status(moved, "notice_result", "2026-07-09") == "dropped"


def test_a_notice_of_who_left_the_system_is_dropped() -> None:
    gone = posted().after(act("transferred_out", "2026-07-03"))

    assert status(gone, "publicity", "2026-07-03") == "dropped"


def test_a_second_place_has_a_window_and_a_result_of_its_own() -> None:
    both = posted().after(
        act(
            "notice_posted", "2026-07-02", purpose="target", place="stay", from_="2026-07-02", to="2026-07-08"
        )
    )

    assert deadline(both, "publicity", "2026-07-02").due == day("2026-07-08")
    closed = both.after(act("notice_closed", "2026-07-09", purpose="target"))
    assert [n.closed_on for n in closed.known.notices] == [day("2026-07-09")] * 2


def test_of_two_places_posted_on_one_day_the_one_recorded_last_stands_for_both() -> None:
    consented = road("2026", "target_consented")
    between = [act("review_recorded", "2026-06-30")] * (98 - consented.known.version)
    short = consented.after(
        *between,
        act("notice_posted", "2026-07-01", purpose="target", from_="2026-07-01", to="2026-07-07"),
        act(
            "notice_posted", "2026-07-01", purpose="target", place="stay", from_="2026-07-01", to="2026-07-09"
        ),
    )

    assert [notice.seq for notice in short.known.notices] == [99, 100]
    assert deadline(short, "publicity", "2026-07-01").due == day("2026-07-09")


@pytest.mark.parametrize(
    ("received", "due"),
    [("2026-07-03", "2026-07-24"), ("2026-09-23", "2026-10-21"), ("2026-07-04", "2026-07-24")],
)
def test_an_objection_is_answered_within_fifteen_working_days(received: str, due: str) -> None:
    objected = road("2026", "target_consented").after(act("objection_received", received, purpose="letter"))

    assert deadline(objected, "objection", received).due == day(due)
    assert status(objected, "objection", "2026-12-01") == "overdue"
    concluded = objected.after(act("objection_concluded", due, objection=1, upheld=False))
    assert status(concluded, "objection", "2026-12-01") == "met"


def test_an_objection_to_who_left_is_dropped() -> None:
    gone = posted().after(
        act("objection_received", "2026-07-03", purpose="target"), act("withdrawn", "2026-07-06")
    )

    assert status(gone, "objection", "2026-07-06") == "dropped"

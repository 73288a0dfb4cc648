"""The ladder of a deadline: the day of each rung, what collapses, what is never told."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.ladder import Rung, look, rungs
from workflows.calendar import china_calendar
from workflows.deadlines import Deadline
from workflows.edition import DeadlineKind, load_edition

CALENDAR = china_calendar()
LAW = {**load_edition("2026").deadlines, **load_edition("2026").occasions}
DAY = timedelta(days=1)

days = st.dates(date(2014, 6, 1), date(2027, 12, 31))
kinds = st.sampled_from(sorted(LAW))
lengths = st.integers(0, 400)


def a_deadline(name: str, opened_on: date, due: date) -> Deadline:
    return Deadline(id=name, key=f"{name}:1", opened_on=opened_on, due=due, grace=CALENDAR.grace(due))


A_TALK = a_deadline("talk", date(2016, 5, 3), date(2016, 6, 3))  # due on a Friday
A_SUNDAY_TALK = a_deadline("talk", date(2016, 5, 5), date(2016, 6, 5))
A_FESTIVAL_TALK = a_deadline("talk", date(2016, 1, 10), date(2016, 2, 10))  # rest from 7 to 13 February


def told(deadline: Deadline, today: date) -> dict[str, str]:
    found = look(LAW[deadline.id], deadline, CALENDAR, today)
    return {str(rung.audience): rung.name for rung in found.due}


def next_rung_on(deadline: Deadline, today: date) -> date | None:
    return look(LAW[deadline.id], deadline, CALENDAR, today).next_on


def days_of(deadline: Deadline) -> dict[str, date]:
    return {f"{rung.audience} {rung.name}": rung.on for rung in rungs(LAW[deadline.id], deadline, CALENDAR)}


@pytest.mark.parametrize(
    ("today", "rung"),
    [
        (date(2016, 5, 23), None),
        (date(2016, 5, 24), "-10"),
        (date(2016, 5, 25), "-10"),
        (date(2016, 5, 30), "-10"),
        (date(2016, 5, 31), "-3"),
        (date(2016, 6, 1), "-3"),
        (date(2016, 6, 2), "-3"),
        (date(2016, 6, 3), "0"),
        (date(2016, 6, 4), "0"),
        (date(2016, 6, 6), "+1"),
    ],
)
def test_the_branch_is_told_of_the_talk_ten_and_three_days_before_on_the_day_and_after_it(
    today: date, rung: str | None
) -> None:
    assert told(A_TALK, today).get("branch") == rung


@pytest.mark.parametrize(
    ("today", "rung"),
    [(date(2016, 6, 3), None), (date(2016, 6, 7), None), (date(2016, 6, 8), "+7"), (date(2016, 7, 8), "+7")],
)
def test_the_committee_is_told_of_the_talk_only_once_it_is_a_week_late(today: date, rung: str | None) -> None:
    # 10 June 2016 lies in the Dragon Boat rest, which began on the 9th.
    assert told(A_TALK, today).get("committee") == rung


def test_a_rung_on_a_sunday_moves_to_the_friday_before() -> None:
    assert days_of(A_SUNDAY_TALK)["branch 0"] == date(2016, 6, 3)


def test_a_rung_within_the_spring_festival_moves_to_the_last_working_day_before_it() -> None:
    assert days_of(A_FESTIVAL_TALK)["branch -3"] == date(2016, 2, 6)  # a Saturday that is worked
    assert days_of(A_FESTIVAL_TALK)["branch 0"] == date(2016, 2, 6)


def test_a_rung_after_the_due_day_never_calls_overdue_what_is_not_yet() -> None:
    assert days_of(A_TALK)["branch +1"] == date(2016, 6, 6)
    assert days_of(A_SUNDAY_TALK)["branch +1"] == date(2016, 6, 6)
    assert days_of(A_FESTIVAL_TALK)["branch +1"] == date(2016, 2, 14)  # a Sunday that is worked


def test_rungs_that_were_missed_collapse_into_the_most_urgent_one() -> None:
    assert told(A_TALK, date(2016, 9, 1)) == {"branch": "+1", "committee": "+7"}


@pytest.mark.parametrize(
    "deadline",
    [
        replace(A_TALK, closed_on=date(2016, 5, 20)),
        replace(A_TALK, dropped_on=date(2016, 5, 20)),
        replace(A_TALK, is_muted=True),
    ],
)
def test_nothing_is_told_of_a_deadline_that_is_met_dropped_or_muted(deadline: Deadline) -> None:
    for ahead in range(120):
        today = date(2016, 5, 3) + timedelta(days=ahead)

        assert told(deadline, today) == {}
        assert next_rung_on(deadline, today) is None


def test_nothing_is_told_for_a_rung_before_the_deadline_was_opened() -> None:
    shown_from_the_edition = a_deadline("meeting", date(2026, 3, 2), date(2026, 3, 10))

    assert list(days_of(shown_from_the_edition)) == ["branch -7", "branch -3", "committee +1"]


def test_the_meeting_on_conversion_is_foretold_thirty_and_seven_days_before_probation_expires() -> None:
    expires_on = date(2015, 9, 8)
    meeting = a_deadline("conversion_meeting", expires_on, date(2015, 10, 8))

    found = days_of(meeting)

    assert found["person opening-30"] == found["sponsors opening-30"] == date(2015, 8, 7)
    assert found["branch opening-7"] == date(2015, 9, 1)
    assert found["branch opening"] == expires_on
    assert found["committee +1"] == date(2015, 10, 9)  # worked, for the National Day rest that is over


def test_the_result_of_a_notice_is_asked_for_on_the_morning_after_its_last_day() -> None:
    # The notice hung from 16 to 18 June 2016, a Saturday: Sunday is no working day, Saturday is not over yet.
    result = a_deadline("notice_result", date(2016, 6, 19), date(2016, 6, 22))

    assert days_of(result)["branch opening"] == days_of(result)["committee opening"] == date(2016, 6, 20)


def test_that_somebody_may_be_proposed_is_told_on_that_day_and_however_late_after_it() -> None:
    since = date(2025, 2, 28)
    may = replace(a_deadline("may_propose", since, date(2026, 2, 28)), ends_met=True)

    assert told(may, date(2026, 2, 26)) == {}
    assert told(may, date(2026, 2, 27)) == {}
    assert told(may, date(2026, 2, 28)) == {"branch": "0"}  # a Saturday that is worked
    assert told(may, date(2026, 9, 1)) == {"branch": "0"}


def test_the_last_day_for_admission_before_leaving_is_told_thirty_days_before_and_not_once_it_is_over() -> (
    None
):
    leaving = replace(a_deadline("leaving", date(2025, 9, 1), date(2026, 3, 29)), ends_met=True)

    assert days_of(leaving) == {"branch -30": date(2026, 2, 27), "committee -30": date(2026, 2, 27)}
    assert told(leaving, date(2026, 3, 29)) == {"branch": "-30", "committee": "-30"}
    assert told(leaving, date(2026, 3, 30)) == {}


def test_a_notice_is_told_on_its_last_day_and_not_after_it() -> None:
    notice = replace(a_deadline("publicity", date(2016, 6, 7), date(2016, 6, 15)), ends_met=True)

    assert told(notice, date(2016, 6, 14)) == {}
    assert told(notice, date(2016, 6, 15)) == {"branch": "0", "committee": "0"}
    assert told(notice, date(2016, 6, 16)) == {}


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2016, 5, 3), date(2016, 5, 24)),
        (date(2016, 5, 24), date(2016, 5, 31)),
        (date(2016, 6, 3), date(2016, 6, 6)),
        (date(2016, 6, 6), date(2016, 6, 8)),
        (date(2016, 6, 8), None),
    ],
)
def test_the_next_rung_is_the_first_after_today(today: date, expected: date | None) -> None:
    assert next_rung_on(A_TALK, today) == expected


@given(name=kinds, opened_on=days, length=lengths)
def test_every_rung_falls_on_a_working_day(name: str, opened_on: date, length: int) -> None:
    for rung in ladder_of(name, opened_on, length):
        assert CALENDAR.is_working(rung.on)


@given(name=kinds, opened_on=days, length=lengths)
def test_no_rung_comes_before_the_opening_unless_it_is_foretold(
    name: str, opened_on: date, length: int
) -> None:
    for rung in ladder_of(name, opened_on, length):
        is_foretold = rung.step.anchor == "opening" and rung.step.days < 0
        assert is_foretold or rung.on >= opened_on


@given(name=kinds, opened_on=days, length=lengths)
def test_a_rung_after_the_due_day_comes_after_the_due_day(name: str, opened_on: date, length: int) -> None:
    for rung in ladder_of(name, opened_on, length):
        is_after = rung.step.anchor == "due" and rung.step.days > 0
        assert not is_after or rung.on > opened_on + timedelta(days=length)


@given(name=kinds, opened_on=days, length=lengths)
def test_what_is_more_urgent_never_comes_earlier(name: str, opened_on: date, length: int) -> None:
    found = ladder_of(name, opened_on, length)

    for audience in {rung.audience for rung in found}:
        on = [rung.on for rung in found if rung.audience == audience]
        assert on == sorted(on)


@given(name=kinds, opened_on=days, length=lengths, gap=st.integers(1, 90))
def test_a_clock_that_was_off_tells_the_last_of_what_it_would_have_told(
    name: str, opened_on: date, length: int, gap: int
) -> None:
    deadline = a_deadline(name, opened_on, opened_on + timedelta(days=length))
    start = opened_on - 90 * DAY
    daily: dict[str, str] = {}
    for ahead in range(length + 200):
        daily.update(told(deadline, start + timedelta(days=ahead)))
    seldom: dict[str, str] = {}
    for ahead in (*range(0, length + 199, gap), length + 199):
        seldom.update(told(deadline, start + timedelta(days=ahead)))

    assert seldom == daily


@given(name=kinds, opened_on=days, length=lengths)
def test_going_from_rung_to_rung_tells_what_looking_every_day_tells(
    name: str, opened_on: date, length: int
) -> None:
    deadline = a_deadline(name, opened_on, opened_on + timedelta(days=length))
    today: date | None = date.min
    leaps: set[tuple[str, str]] = set()
    while today is not None:
        leaps.update(told(deadline, today).items())
        today = next_rung_on(deadline, today)
    daily: set[tuple[str, str]] = set()
    for ahead in range(-90, length + 60):
        daily.update(told(deadline, opened_on + timedelta(days=ahead)).items())

    assert leaps == daily


def ladder_of(name: str, opened_on: date, length: int) -> list[Rung]:
    deadline = a_deadline(name, opened_on, opened_on + timedelta(days=length))
    kind: DeadlineKind = LAW[name]
    return list(rungs(kind, deadline, CALENDAR))

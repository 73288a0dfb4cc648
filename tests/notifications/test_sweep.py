"""The sweep: each rung once, to those who hold the seats, and nothing when nothing is open."""

import itertools
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import UTC, date, timedelta

import pytest
from sqlalchemy import event

from notifications import batches, projection
from notifications import sweep as sweeping
from notifications.recipients import Addressed
from notifications.reminding import Word
from notifications.sweep import Found, Swept, sweep
from recruit.commands.calendar import AddCalendarRow, add_calendar_row
from recruit.commands.law import SetSetting, set_setting
from recruit.log.rebuild import check_projections
from recruit.queries.seats import SEATS
from tests.homes import ask
from tests.notifications.told import Told, of_talk, told
from tests.recruit.builders import Township, at

APPLIED = "2016-05-03"  # the talk is due on Friday 3 June


def swept(township: Township, day: str, hour: int = 9) -> Swept:
    return sweep(township.record, at(day, hour).astimezone(UTC))


def daily(township: Township, first: str, last: str) -> None:
    day = date.fromisoformat(first)
    while day <= date.fromisoformat(last):
        swept(township, day.isoformat())
        day += timedelta(days=1)


@pytest.mark.embedded
@pytest.mark.parametrize(
    ("day", "rungs"),
    [
        ("2016-05-23", []),
        ("2016-05-24", ["-10"]),
        ("2016-05-25", ["-10"]),
        ("2016-05-30", ["-10"]),
        ("2016-05-31", ["-10", "-3"]),
        ("2016-06-02", ["-10", "-3"]),
        ("2016-06-03", ["-10", "-3", "0"]),
        ("2016-06-05", ["-10", "-3", "0"]),
        ("2016-06-06", ["-10", "-3", "0", "+1"]),
        ("2016-07-30", ["-10", "-3", "0", "+1"]),
    ],
)
def test_the_secretary_is_reminded_of_the_talk_ten_days_three_days_on_the_day_and_after_it(
    township: Township, day: str, rungs: list[str]
) -> None:
    township.open(on=APPLIED)

    daily(township, APPLIED, day)

    assert of_talk(township) == rungs
    assert of_talk(township, "clerk") == rungs


def test_the_committee_learns_of_a_late_talk_only_after_its_due_day(township: Township) -> None:
    township.open(on=APPLIED)

    daily(township, APPLIED, "2016-06-07")
    before = of_talk(township, "organizer")
    swept(township, "2016-06-08")

    assert before == []
    assert of_talk(township, "organizer") == of_talk(township, "head") == ["+7"]


def test_nobody_else_is_told(township: Township) -> None:
    township.open(on=APPLIED)

    swept(township, "2016-09-01")

    assert {one.login for one in told(township.record)} == {"secretary", "clerk", "organizer", "head"}


def test_a_talk_due_on_a_sunday_is_called_for_on_the_friday_before(township: Township) -> None:
    township.open(on="2016-05-05")

    daily(township, "2016-05-05", "2016-06-02")
    before = of_talk(township)
    swept(township, "2016-06-03")

    assert before == ["-10", "-3"]
    assert of_talk(township) == ["-10", "-3", "0"]


def test_a_talk_due_in_the_spring_festival_is_called_for_before_it(township: Township) -> None:
    township.open(on="2016-01-10")

    daily(township, "2016-01-10", "2016-02-05")
    before = of_talk(township)
    swept(township, "2016-02-06")

    assert before == ["-10"]
    assert of_talk(township) == ["-10", "0"]


def test_a_sweep_after_days_of_silence_tells_the_most_urgent_rung_alone(township: Township) -> None:
    township.open(on=APPLIED)

    swept(township, "2016-06-20")

    assert told(township.record) == [
        Told("clerk", "talk", "+1"),
        Told("head", "talk", "+7"),
        Told("organizer", "talk", "+7"),
        Told("secretary", "talk", "+1"),
    ]


def test_an_application_recorded_late_is_not_told_rung_by_rung(township: Township) -> None:
    township.open(on=APPLIED)
    swept(township, "2016-06-20")
    before = told(township.record)

    daily(township, "2016-06-20", "2016-06-29")

    assert told(township.record) == before


def test_a_sweep_that_is_repeated_tells_nothing_twice(township: Township) -> None:
    township.open(on=APPLIED)

    first, second = swept(township, "2016-05-24"), swept(township, "2016-05-24", hour=10)

    assert (first.reminders, first.failed) == (2, 0)
    assert second == Swept(found=0, reminders=0, failed=0)


def test_two_sweeps_at_once_tell_it_once(township: Township) -> None:
    for _ in range(30):
        township.open(on=APPLIED)

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: swept(township, "2016-05-24"), range(4)))

    assert sum(one.reminders for one in done) == len(told(township.record)) == 60
    assert sum(one.failed for one in done) == 0


def test_nothing_is_told_once_the_talk_is_held(township: Township) -> None:
    dossier = township.open(on=APPLIED)
    daily(township, APPLIED, "2016-05-24")
    township.act(dossier, "talk_held", "2016-05-25", talker="演示书记")

    daily(township, "2016-05-25", "2016-07-30")

    assert of_talk(township) == ["-10"]
    assert of_talk(township, "head") == []


def test_nothing_is_told_once_the_dossier_has_ended(township: Township) -> None:
    dossier = township.open(on=APPLIED)
    township.act(dossier, "withdrawn", "2016-05-10")

    daily(township, "2016-05-10", "2016-07-30")

    assert told(township.record) == []


def test_a_deadline_is_looked_at_only_when_a_rung_has_come(township: Township) -> None:
    for _ in range(5):
        township.open(on=APPLIED)
    swept(township, APPLIED)

    found = [swept(township, f"2016-05-{day:02}").found for day in range(4, 26)]

    assert found == [0] * 20 + [5, 0]


@pytest.mark.embedded
def test_the_sweep_asks_an_index(township: Township) -> None:
    statements: list[str] = []
    with township.record.reading() as connection:
        compiled = str(
            sweeping._wanted(date(2016, 5, 24), None).compile(
                connection, compile_kwargs={"literal_binds": True}
            )
        )
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}").fetchall()
        statements += [row[3] for row in plan]

    assert any("ix_deadline_open_rung" in line for line in statements)
    assert not any(line.startswith(("SCAN", "USE TEMP B-TREE")) for line in statements)


def test_a_reminder_holds_ids_and_days_and_no_name(township: Township) -> None:
    dossier = township.open(on=APPLIED, person=township.person("演示王秀兰"))

    swept(township, "2016-05-24")

    with township.record.reading() as connection:
        rows = ask(connection, 'SELECT deadline, "values" FROM reminder').all()
    assert {row[0] for row in rows} == {f"{dossier}/talk:1"}
    assert json.loads(rows[0][1]) == {
        "id": "talk",
        "kind": "deadline",
        "dossier": dossier,
        "branch": township.places["first"],
        "due": "2016-06-03",
        "rung": "-10",
    }


def test_a_branch_without_a_secretary_is_answered_for_by_its_committee(township: Township) -> None:
    township.open(on=APPLIED)
    withdraw_grants(township, "branch_secretary", "branch_clerk", last="2016-05-23")

    swept(township, "2016-05-24")

    assert {one.login for one in told(township.record)} == {"organizer", "head"}


def test_a_grant_that_has_ended_is_told_nothing(township: Township) -> None:
    township.open(on=APPLIED)
    withdraw_grants(township, "branch_clerk", last="2016-05-23")
    withdraw_grants(township, "branch_secretary", last="2016-05-24")

    swept(township, "2016-05-24")

    assert {one.login for one in told(township.record)} == {"secretary"}


def test_whoever_may_no_longer_log_in_is_told_nothing(township: Township) -> None:
    township.open(on=APPLIED)
    with township.record.writing() as connection:
        ask(connection, "UPDATE \"user\" SET disabled_at = 1 WHERE login = 'clerk'")

    swept(township, "2016-05-24")

    assert {one.login for one in told(township.record)} == {"secretary"}


def test_where_nobody_can_be_told_the_sweep_looks_again_the_next_day(township: Township) -> None:
    township.open(on=APPLIED)
    withdraw_grants(township, *(seat for seats in SEATS.values() for seat in seats), last="2016-05-23")
    first = swept(township, "2016-05-24")
    with township.record.writing() as connection:
        ask(connection, 'UPDATE "grant" SET to_on = NULL')

    second = swept(township, "2016-05-25")

    assert (first.reminders, first.failed) == (0, 0)
    assert second.reminders == 2


def test_an_item_that_fails_is_set_aside_and_the_others_are_told(
    township: Township, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossiers = [township.open(on=APPLIED) for _ in range(3)]
    with monkeypatch.context() as patch:
        fail_for(patch, dossiers[1])

        first = swept(township, "2016-05-24")
    second = swept(township, "2016-05-24", hour=10)

    assert (first.found, first.reminders, first.failed) == (3, 4, 1)
    assert (second.found, second.reminders, second.failed) == (1, 2, 0)


def test_more_failing_items_than_a_batch_holds_do_not_stop_the_sweep(
    township: Township, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "BATCH", 2)
    monkeypatch.setattr(batches, "BATCH", 2)
    dossiers = sorted(township.open(on=APPLIED) for _ in range(7))
    fail_for(monkeypatch, *dossiers[:5])

    done = swept(township, "2016-05-24")

    assert (done.found, done.reminders, done.failed) == (7, 4, 5)


@pytest.mark.parametrize("statement", range(1, 40))
def test_a_sweep_that_died_is_made_good_by_the_next_one(township: Township, statement: int) -> None:
    for _ in range(2):
        township.open(on=APPLIED)

    with dying_at(township, statement), suppress(Died):
        swept(township, "2016-05-24")
    swept(township, "2016-05-24", hour=10)

    assert (
        told(township.record) == [Told("clerk", "talk", "-10")] * 2 + [Told("secretary", "talk", "-10")] * 2
    )
    assert swept(township, "2016-05-24", hour=11).found == 0


def test_a_due_day_that_moved_is_told_again(township: Township) -> None:
    dossier = township.open(on="2014-07-01")
    make_activist(township, dossier)  # the review is due on 10 May 2015
    daily(township, "2015-04-01", "2015-04-10")
    township.act(dossier, "suspended", "2015-04-13", reason="演示")
    daily(township, "2015-04-13", "2015-04-17")
    township.act(dossier, "resumed", "2015-04-20")

    daily(township, "2015-04-20", "2015-04-24")

    reviews = [json.loads(values) for values in stored_values(township) if '"review"' in values]
    assert {(one["rung"], one["due"]) for one in reviews} == {("-30", "2015-05-20")}


def test_a_clock_that_leaps_thirty_days_tells_each_deadline_once(township: Township) -> None:
    township.open(on=APPLIED)
    swept(township, "2016-05-24")

    swept(township, "2016-06-23")
    daily(township, "2016-06-24", "2016-06-30")

    assert of_talk(township) == ["-10", "+1"]
    assert of_talk(township, "head") == ["+7"]


def test_a_clock_set_back_two_days_loses_and_doubles_nothing(township: Township) -> None:
    township.open(on=APPLIED)
    daily(township, APPLIED, "2016-05-31")

    daily(township, "2016-05-29", "2016-06-08")

    assert of_talk(township) == ["-10", "-3", "0", "+1"]
    assert of_talk(township, "head") == ["+7"]


def test_a_dossier_that_lies_still_for_years_is_projected_further(township: Township) -> None:
    require_thought_reports(township)
    dossier = township.open(on="2014-07-01")
    make_activist(township, dossier)

    for day in ("2015-01-05", "2015-09-01", "2016-03-01", "2016-12-21"):
        swept(township, day)

    assert ("thought_report", "2016-12-31") in due_days(township, dossier)
    assert Told("secretary", "thought_report", "-10") in told(township.record)
    assert check_projections(township.record).ok


def test_a_setting_that_asks_for_more_reaches_the_dossiers_under_way(township: Township) -> None:
    dossier = township.open(on="2014-07-01")
    make_activist(township, dossier)
    require_thought_reports(township)

    swept(township, "2014-12-22")

    assert ("thought_report", "2015-03-31") in due_days(township, dossier)
    assert check_projections(township.record).ok


def test_a_sweep_right_after_the_commit_of_a_setting_knows_it(township: Township) -> None:
    dossier = township.open(on="2014-07-01")
    make_activist(township, dossier)
    kept_before = township.record.laws._grounds
    require_thought_reports(township)
    township.record.laws._grounds = kept_before

    swept(township, "2014-12-22")

    assert ("thought_report", "2015-03-31") in due_days(township, dossier)


def test_a_new_setting_reaches_more_dossiers_than_a_batch_holds(
    township: Township, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossiers = [township.open(on="2014-07-01") for _ in range(5)]
    for dossier in dossiers:
        make_activist(township, dossier)
    require_thought_reports(township)
    monkeypatch.setattr(projection, "BATCH", 2)
    monkeypatch.setattr(batches, "BATCH", 2)

    swept(township, "2014-12-22")

    assert all(("thought_report", "2015-03-31") in due_days(township, dossier) for dossier in dossiers)
    assert check_projections(township.record).ok


def test_a_holiday_that_is_announced_moves_the_rungs(township: Township) -> None:
    township.open(on=APPLIED)
    swept(township, "2016-05-24")
    row = AddCalendarRow(on=date(2016, 5, 31), is_working=False, source="演示通知")
    add_calendar_row(township.context("system_admin", at("2016-05-25")), row)

    daily(township, "2016-05-25", "2016-05-30")

    assert of_talk(township) == ["-10", "-3"]


def make_activist(township: Township, dossier: str) -> None:
    township.act(dossier, "talk_held", "2014-07-10", talker="演示书记")
    township.act(dossier, "recommended", "2014-09-01", source="members")
    township.act(dossier, "activist_decided", "2014-11-10", members=5, present=5, for_=5)


def require_thought_reports(township: Township) -> None:
    setting = SetSetting(
        organization=township.places["committee"],
        name="thought_report.every",
        value="quarter",
        valid_from=date(2014, 6, 2),
    )
    set_setting(township.context("organizer", at("2014-06-02")), setting)


def due_days(township: Township, dossier: str) -> set[tuple[str, str]]:
    with township.record.reading() as connection:
        found = ask(connection, "SELECT id, due FROM deadline WHERE dossier = :dossier", dossier=dossier)
        return {(str(id_), str(due)) for id_, due in found}


def stored_values(township: Township) -> list[str]:
    with township.record.reading() as connection:
        return [str(row[0]) for row in ask(connection, 'SELECT "values" FROM reminder')]


def withdraw_grants(township: Township, *roles: str, last: str) -> None:
    with township.record.writing() as connection:
        for role in roles:
            ask(connection, 'UPDATE "grant" SET to_on = :last WHERE role = :role', last=last, role=role)


def fail_for(patch: pytest.MonkeyPatch, *dossiers: str) -> None:
    """What is stored of these dossiers cannot be told."""
    real = sweeping._word

    def word(found: Found, told: Addressed) -> Word:
        if found.dossier in dossiers:
            raise ValueError(found.dossier)
        return real(found, told)

    patch.setattr(sweeping, "_word", word)


class Died(BaseException):
    """The process is gone: nothing catches it, the transaction is rolled back."""


@contextmanager
def dying_at(township: Township, statement: int) -> Iterator[None]:
    """End the process's work right before that statement of the writer."""
    count = itertools.count(1)

    def die(*_: object) -> None:
        if next(count) == statement:
            raise Died

    engine = township.record._database._writer  # type: ignore[attr-defined]
    event.listen(engine, "before_cursor_execute", die)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", die)

"""The clock proves that it ran: missing ticks, gaps, jumps."""

from datetime import UTC, datetime, timedelta

import pytest

from notifications.heartbeat import (
    INTERVALS,
    Gap,
    JumpGuard,
    LastRun,
    Missing,
    beat,
    beat_jump,
    forget_beats,
    gaps,
    last_runs,
    missing_ticks,
    node_name,
)
from tests.recruit.builders import Township

NOON = datetime(2016, 6, 7, 4, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def ticked(township: Township, now: datetime, *ticks: str) -> None:
    for tick in ticks or INTERVALS:
        beat(township.record, tick, now, node="demo", done=0)


def test_a_clock_that_never_ran_is_missing_every_tick(township: Township) -> None:
    never = [Missing(tick, None) for tick in INTERVALS]

    assert list(missing_ticks(township.record, NOON)) == never


def test_nothing_is_missing_right_after_a_tick(township: Township) -> None:
    ticked(township, NOON)

    assert missing_ticks(township.record, NOON) == ()


@pytest.mark.parametrize(
    ("silence", "missing"),
    [
        (MINUTE / 2, []),
        (MINUTE, ["outbox"]),
        (MINUTE + timedelta(seconds=1), ["log", "outbox"]),
        (3 * MINUTE, ["log", "outbox"]),
        (3 * MINUTE + timedelta(seconds=1), ["sweep", "log", "outbox"]),
        (timedelta(hours=3), ["sweep", "log", "outbox"]),
        (timedelta(hours=3, seconds=1), ["sweep", "housekeeping", "log", "outbox"]),
    ],
)
def test_a_tick_is_missing_after_three_of_its_intervals(
    township: Township, silence: timedelta, missing: list[str]
) -> None:
    ticked(township, NOON)

    found = missing_ticks(township.record, NOON + silence)

    assert [one.tick for one in found] == missing
    assert {one.last_at for one in found} <= {NOON}


def test_rows_of_a_clock_that_was_ahead_do_not_hide_that_it_stands_still(township: Township) -> None:
    ticked(township, NOON - timedelta(hours=4))
    ticked(township, NOON + timedelta(days=2))

    assert [one.tick for one in missing_ticks(township.record, NOON)] == list(INTERVALS)


def test_a_silence_is_kept_as_a_gap_and_a_steady_clock_leaves_none(township: Township) -> None:
    for minute in range(5):
        ticked(township, NOON + minute * MINUTE, "sweep")
    ticked(township, NOON + 34 * MINUTE, "sweep")
    ticked(township, NOON + 35 * MINUTE, "sweep")

    assert gaps(township.record, since=NOON) == (Gap("sweep.gap", NOON + 34 * MINUTE, 1800),)


def test_the_last_run_of_a_tick_is_whose_it_was(township: Township) -> None:
    beat(township.record, "sweep", NOON - MINUTE, node="one", done=5)
    beat(township.record, "sweep", NOON, node="two", done=7)
    beat(township.record, "sweep", NOON + timedelta(days=2), node="ahead", done=0)

    runs = {run.tick: run for run in last_runs(township.record, NOON + 3 * MINUTE)}

    assert runs["sweep"] == LastRun("sweep", MINUTE, NOON, "two", 7, is_missing=False)
    assert runs["log"] == LastRun("log", timedelta(seconds=20), None, None, None, is_missing=True)


def test_no_two_clocks_have_one_name() -> None:
    assert node_name() != node_name()
    assert len(node_name()) <= 60


def test_old_ticks_are_forgotten_and_their_gaps_and_jumps_are_not(township: Township) -> None:
    ticked(township, NOON, "sweep")
    ticked(township, NOON + 10 * MINUTE, "sweep")
    beat_jump(township.record, NOON + 11 * MINUTE, node="demo", jump=timedelta(days=-2))

    forgotten = forget_beats(township.record, NOON + timedelta(days=31))

    assert forgotten == 2
    assert gaps(township.record, since=NOON) == (
        Gap("sweep.gap", NOON + 10 * MINUTE, 600),
        Gap("jump", NOON + 11 * MINUTE, -172800),
    )


@pytest.mark.parametrize(
    ("wall", "steady", "jump"),
    [
        (timedelta(seconds=15), 15, None),
        (timedelta(seconds=45), 15, None),
        (timedelta(seconds=46), 15, timedelta(seconds=31)),
        (timedelta(seconds=-15), 15, None),
        (timedelta(days=30, seconds=15), 15, timedelta(days=30)),
        (timedelta(days=-2, seconds=15), 15, timedelta(days=-2)),
    ],
)
def test_a_jump_is_where_the_wall_clock_and_the_steady_one_part_by_more_than_thirty_seconds(
    wall: timedelta, steady: float, jump: timedelta | None
) -> None:
    walls, steadies = iter([NOON, NOON + wall]), iter([0.0, steady])
    guard = JumpGuard(lambda: next(walls), lambda: next(steadies))

    assert guard.jump() == jump


def test_a_jump_is_found_once() -> None:
    walls, steadies = iter([NOON, NOON + MINUTE, NOON + 2 * MINUTE]), iter([0.0, 1.0, 61.0])
    guard = JumpGuard(lambda: next(walls), lambda: next(steadies))

    assert [guard.jump(), guard.jump()] == [timedelta(seconds=59), None]

"""The embedded clock: ticks at once, again after a jump, and by the record's own time."""

from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
from apscheduler.events import EVENT_JOB_EXECUTED, JobEvent

from notifications import ticker as ticking
from notifications.heartbeat import gaps, missing_ticks
from notifications.ticker import TICKS, Ticker, tick_housekeeping
from recruit.clock import MovedClock, SystemClock
from recruit.commands.sessions import actor_of_session, log_in
from recruit.record import Record
from tests.notifications.told import of_talk
from tests.recruit.builders import Township, at

MORNING = at("2016-05-24").astimezone(UTC)
PATIENCE = 20


class Ran:
    """Lets a test wait until each tick has run `times` times."""

    def __init__(self, ticker: Ticker) -> None:
        self._left: dict[str, int] = {}
        self._done = Event()
        ticker._scheduler.add_listener(self._heard, EVENT_JOB_EXECUTED)

    def expect(self, times: int = 1) -> None:
        self._left = dict.fromkeys(TICKS, times)
        self._done.clear()

    def wait(self) -> bool:
        return self._done.wait(PATIENCE)

    def _heard(self, event: JobEvent) -> None:
        self._left[event.job_id] -= 1
        if all(left <= 0 for left in self._left.values()):
            self._done.set()


def test_every_tick_runs_at_once_by_the_clock_of_the_record(township: Township) -> None:
    township.open(on="2016-05-03")
    ticker = Ticker(township.record, MovedClock(start=MORNING))
    ran = Ran(ticker)
    ran.expect()

    ticker.start()
    has_run = ran.wait()
    ticker.stop()

    assert has_run
    assert missing_ticks(township.record, MORNING) == ()
    assert of_talk(township) == ["-10"]


def test_nothing_ticks_once_it_has_stopped(township: Township) -> None:
    ticker = Ticker(township.record, MovedClock(start=MORNING))
    ticker.start()

    ticker.stop()

    assert not ticker._scheduler.running
    assert not ticker._watch.is_alive()


@pytest.mark.parametrize("jump", [timedelta(days=30), timedelta(days=-2)])
def test_after_a_jump_of_the_wall_clock_every_tick_runs_and_the_jump_is_kept(
    township: Township, jump: timedelta
) -> None:
    began = SystemClock().now()
    walls, steadies = [began, began + jump], [0.0, 0.0]
    clock = MovedClock(start=MORNING)
    ticker = Ticker(
        township.record, clock, wall=lambda: walls.pop(0) if len(walls) > 1 else began, steady=steadies.pop
    )
    ran = Ran(ticker)
    ran.expect()
    ticker.start()
    first = ran.wait()
    for tick in TICKS:  # what a clock set back leaves behind: a plan that lies days ahead
        ticker._scheduler.modify_job(tick, next_run_time=began + timedelta(days=2))
    walls[:] = [began + jump, began]
    ran.expect()

    has_jumped = ticker.watch()
    second = ran.wait()
    ticker.stop()

    assert (first, has_jumped, second) == (True, True, True)
    assert [one.seconds for one in gaps(township.record, since=MORNING)] == [jump.total_seconds()]


def test_a_tick_that_fails_leaves_no_beat_and_the_next_one_makes_it_good(
    township: Township, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(record: Record, now: datetime) -> int:
        raise OSError(str(now))

    township.open(on="2016-05-03")
    ticker = Ticker(township.record, MovedClock(start=MORNING))
    with monkeypatch.context() as patch:
        patch.setattr(ticking, "TICKS", {"sweep": fail})
        ticker.run("sweep")
    silent = missing_ticks(township.record, MORNING)

    ticker.run("sweep")

    assert "sweep" in [one.tick for one in silent]
    assert "sweep" not in [one.tick for one in missing_ticks(township.record, MORNING)]
    assert of_talk(township) == ["-10"]


def test_nothing_is_run_twice_for_a_time_that_was_missed(township: Township) -> None:
    ticker = Ticker(township.record, MovedClock(start=MORNING))

    defaults = ticker._scheduler._job_defaults

    assert defaults["coalesce"] is True
    assert defaults["max_instances"] == 1
    assert defaults["misfire_grace_time"] is None
    assert str(ticker._scheduler.timezone) == "Asia/Shanghai"


def test_housekeeping_forgets_answers_after_thirty_days(township: Township) -> None:
    township.open(on="2016-05-03")
    recorded_at = at("2016-05-03").astimezone(UTC)

    on_the_day = tick_housekeeping(township.record, recorded_at + timedelta(days=30))
    after_it = tick_housekeeping(township.record, recorded_at + timedelta(days=30, seconds=1))

    assert (on_the_day, after_it) == (0, 1)


def test_housekeeping_forgets_log_ins_that_are_over(township: Township) -> None:
    entered = log_in(township.record, login="secretary", password="a-made-up-password", now=MORNING)
    assert entered is not None

    before = tick_housekeeping(township.record, MORNING + timedelta(minutes=29))
    still = actor_of_session(township.record, entered.token, now=MORNING + timedelta(minutes=29))
    after = tick_housekeeping(township.record, MORNING + timedelta(hours=12))

    assert (before, after) == (0, 1)
    assert still is not None

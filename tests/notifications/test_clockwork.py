"""The same promises on every clock: embedded on either database, and shared by workers on a server."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Lock

import pytest

from notifications import ticker as ticking
from notifications.heartbeat import INTERVALS, gaps
from notifications.jobs import prepare_jobs
from notifications.scaled import ScaledClock
from notifications.ticker import TICKS, Ticker
from recruit.clock import Clock, MovedClock, SystemClock
from recruit.errors import Locked
from recruit.record import Record
from tests.homes import Home, ask
from tests.notifications.told import Told, of_talk, told
from tests.notifications.waiting import QUICK, Clockwork, beats, running, wait_for, wait_for_beats
from tests.recruit.builders import Township, at

EMBEDDED, SCALED = "embedded", "procrastinate"
pytestmark = pytest.mark.parametrize(
    ("engine", "database"), [(EMBEDDED, "sqlite"), (EMBEDDED, "postgres"), (SCALED, "postgres")]
)
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def every_second(monkeypatch: pytest.MonkeyPatch) -> None:
    for tick in TICKS:
        monkeypatch.setitem(INTERVALS, tick, SECOND)


def a_clock(
    engine: str, record: Record, clock: Clock, wall: Callable[[], datetime] | None = None
) -> Clockwork:
    wall = wall or SystemClock().now
    if engine == EMBEDDED:
        return Ticker(record, clock, wall=wall, guard_every=SECOND / 5)
    assert record.url is not None
    prepare_jobs(record.url)
    return ScaledClock(record, clock, wall=wall, pace=QUICK)


def morning(day: str) -> MovedClock:
    return MovedClock(start=at(day).astimezone(UTC))


def test_every_tick_runs_again_and_again_and_each_reminder_is_there_once(
    engine: str, township: Township
) -> None:
    for _ in range(3):
        township.open(on="2016-05-03")

    with running(a_clock(engine, township.record, morning("2016-05-24"))):
        wait_for_beats(township.record, *TICKS, more=2)

    assert told(township.record) == [
        *[Told("clerk", "talk", "-10")] * 3,
        *[Told("secretary", "talk", "-10")] * 3,
    ]


def test_nothing_ticks_once_it_has_stopped(engine: str, township: Township) -> None:
    with running(a_clock(engine, township.record, morning("2016-05-24"))):
        wait_for_beats(township.record, *TICKS)
    stopped = beats(township.record)

    with running(a_clock(engine, township.record, morning("2016-05-24"))) as other:
        wait_for_beats(township.record, "sweep")

    with township.record.reading() as connection:
        by_other = ask(connection, "SELECT count(*) FROM heartbeat WHERE node = :node", node=other.node)
        assert by_other.scalar_one() == (beats(township.record) - stopped).total()


def test_a_tick_that_fails_leaves_no_beat_and_is_made_good(
    engine: str, township: Township, monkeypatch: pytest.MonkeyPatch
) -> None:
    township.open(on="2016-05-03")
    failures = [OSError(), OSError()]

    def fail_twice(record: Record, now: datetime) -> int:
        if failures:
            raise failures.pop()
        return TICKS["sweep"](record, now)

    monkeypatch.setattr(ticking, "TICKS", {**TICKS, "sweep": fail_twice})
    with running(a_clock(engine, township.record, morning("2016-05-24"))):
        wait_for(lambda: not failures, "two failures")
        silent = beats(township.record)["sweep"]
        wait_for_beats(township.record, "sweep")

    assert silent == 0
    assert of_talk(township) == ["-10"]


def test_after_three_days_off_the_rungs_that_were_missed_are_told_as_one(
    engine: str, township: Township
) -> None:
    township.open(on="2016-05-03")
    with running(a_clock(engine, township.record, morning("2016-05-30"))):
        wait_for_beats(township.record, "sweep")

    with running(a_clock(engine, township.record, morning("2016-06-03"))):
        wait_for_beats(township.record, "sweep")

    assert of_talk(township) == ["-10", "0"]
    silences = {gap.tick: gap.seconds for gap in gaps(township.record, since=at("2016-05-30"))}
    assert silences["sweep.gap"] == timedelta(days=4).total_seconds()


@pytest.mark.parametrize(
    ("jump", "told_first", "told_then", "moved_to"),
    [
        (timedelta(days=30), ["-10"], ["-10", "+1"], "2016-06-23"),
        (timedelta(days=-2), ["-3"], ["-3"], "2016-05-30"),
    ],
)
def test_a_clock_that_is_set_goes_on_from_there_and_loses_and_doubles_nothing(
    engine: str,
    township: Township,
    jump: timedelta,
    told_first: list[str],
    told_then: list[str],
    moved_to: str,
) -> None:
    clock, system, set_by = morning("2016-05-24"), SystemClock(), [timedelta(0)]
    clock.move_to(at(moved_to).astimezone(UTC) - jump)
    township.open(on="2016-05-03")
    clockwork = a_clock(engine, township.record, clock, wall=lambda: system.now() + set_by[0])

    with running(clockwork):
        wait_for_beats(township.record, "sweep")
        before = of_talk(township)
        clock.move_to(at(moved_to).astimezone(UTC))
        set_by[0] = jump
        wait_for(lambda: beats(township.record)["jump"] == 1, "the jump")
        seconds = wait_for(lambda: runs_at(township, clock.now()) > 0, "a tick of the time after the jump")

    assert (before, of_talk(township)) == (told_first, told_then)
    assert seconds < 120
    (kept,) = [gap.seconds for gap in gaps(township.record, since=at("2016-05-01")) if gap.tick == "jump"]
    assert abs(kept - jump.total_seconds()) <= 1


def runs_at(township: Township, now: datetime) -> int:
    day = timedelta(days=1) / timedelta(microseconds=1)
    moment = (now - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(microseconds=1)
    asked = "SELECT count(*) FROM heartbeat WHERE tick = 'sweep' AND at > :after AND at < :before"
    with township.record.reading() as connection:
        found: int = ask(connection, asked, after=int(moment - day), before=int(moment + day)).scalar_one()
    return found


class Probe:
    """A tick that sees whether it runs twice at once, and by how much the runs are apart."""

    def __init__(self) -> None:
        self.runs = 0
        self.overlaps = 0
        self._inside = Lock()

    def tick(self, record: Record, now: datetime) -> int:
        if not self._inside.acquire(blocking=False):
            self.overlaps += 1
            return 0
        with record.reading() as connection:
            if record.url is not None:
                ask(connection, "SELECT pg_sleep(0.3)")
        self._inside.release()
        self.runs += 1
        return now.year


def test_two_clocks_that_were_started_by_mistake_tick_once(
    engine: str, home: Home, township: Township, monkeypatch: pytest.MonkeyPatch
) -> None:
    probe = Probe()
    monkeypatch.setattr(ticking, "TICKS", {**TICKS, "probe": probe.tick})
    monkeypatch.setitem(INTERVALS, "probe", SECOND)
    if home.url is None:
        with pytest.raises(Locked):
            home.open()
        return

    with home.open() as other:
        first = a_clock(engine, township.record, SystemClock())
        second = a_clock(engine, other, SystemClock())
        with running(first), running(second):
            seconds = wait_for(lambda: probe.runs >= 4, "four runs")

    assert probe.overlaps == 0
    assert probe.runs <= seconds + 2

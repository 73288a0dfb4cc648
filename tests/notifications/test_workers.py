"""Four workers on one PostgreSQL, one of them killed in the middle of a sweep (P7)."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, timedelta
from itertools import pairwise
from pathlib import Path

import psycopg
import pytest

from notifications.jobs import prepare_jobs
from recruit.clock import SystemClock, civil_day
from recruit.record import Record
from tests.homes import Home, ask
from tests.notifications.told import told
from tests.notifications.waiting import beats, wait_for
from tests.recruit.builders import Township, at

WORKERS = 4
TOGETHER = 60.0  # seconds within which another worker must have taken over
STARTED = 180.0  # four processes may be slow to start, and a sweep to end, where others work beside
NOW = at("2016-05-24").astimezone(UTC)
_SWEEPER = (
    "SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid "
    "WHERE l.locktype = 'advisory' AND l.granted "
    "AND ((l.classid::bigint << 32) | l.objid::bigint) = hashtextextended('tick:sweep', 0)"
)


@pytest.fixture
def database() -> str:
    return "postgres"


@dataclass(frozen=True, slots=True)
class Killed:
    """Who was in the middle of the sweep, how many it had told, and when it died."""

    node: str
    pid: int
    told: int
    at: float


@contextmanager
def processes(commands: Sequence[Sequence[str]], log: Path, **environment: str) -> Iterator[list[int]]:
    with log.open("w") as lines:
        started = [
            subprocess.Popen(command, stdout=lines, stderr=lines, env={**os.environ, **environment})
            for command in commands
        ]
        try:
            yield [one.pid for one in started]
            for one in started:
                one.terminate()
            codes = [one.wait(30) for one in started]
        finally:
            for one in started:
                one.kill()
                one.wait()
    assert sorted(codes) == [-signal.SIGKILL, 0, 0, 0], log.read_text()


def open_many(township: Township, count: int, *, on: str) -> None:
    for _ in range(count):
        township.open(on=on)


@contextmanager
def held(township: Township, position: int) -> Iterator[None]:
    """A sweep that comes to the deadline of that position waits there."""
    wanted = (
        "SELECT dossier, key FROM deadline WHERE closed_on IS NULL AND dropped_on IS NULL "
        "ORDER BY next_rung_on, dossier, key OFFSET %s LIMIT 1"
    )
    assert township.record.url is not None
    with psycopg.connect(township.record.url) as connection:  # without our limit on how long it may be idle
        row = connection.execute(wanted, (position,)).fetchone()
        connection.execute("SELECT 1 FROM deadline WHERE dossier = %s AND key = %s FOR UPDATE", row)
        yield


def sweeper(record: Record) -> str | None:
    """The node that sweeps at this moment."""
    with record.reading() as connection:
        found: str | None = ask(connection, _SWEEPER).scalar_one_or_none()
    return found


def kill_the_sweeper(township: Township) -> Killed:
    """Once it has told the first batch and waits in a later one."""
    wait_for(lambda: len(told(township.record)) > 0, "the first reminders", patience=STARTED)
    wait_for(lambda: sweeper(township.record) is not None, "the sweeper")
    node = str(sweeper(township.record))
    killed = Killed(node, int(node.split("/")[1]), len(told(township.record)), time.monotonic())
    os.kill(killed.pid, signal.SIGKILL)
    return killed


def taken_over(township: Township, killed: Killed) -> float:
    """How long it took until another worker swept."""

    def sweeps() -> bool:
        return sweeper(township.record) not in {None, killed.node} or beats(township.record)["sweep"] > 0

    wait_for(sweeps, "another sweeper", patience=TOGETHER)
    return time.monotonic() - killed.at


def test_one_of_four_workers_is_killed_in_the_middle_of_a_sweep(
    home: Home,
    township: Township,
    tmp_path: Path,
    record_testsuite_property: Callable[[str, object], None],
) -> None:
    assert home.url is not None
    prepare_jobs(home.url)
    open_many(township, 60, on="2016-05-03")
    runs = tmp_path / "runs"
    command = [
        sys.executable, "-m", "tests.notifications.worker",
        str(home.folder), home.url, NOW.isoformat(), str(runs),
    ]  # fmt: skip

    with processes([command] * WORKERS, tmp_path / "log") as pids:
        with held(township, 55):
            killed = kill_the_sweeper(township)
        seconds = taken_over(township, killed)
        wait_for(lambda: beats(township.record)["sweep"] >= 1, "the whole sweep", patience=STARTED)
        before = beats(township.record)
        wait_for(
            lambda: all(beats(township.record)[t] > n for t, n in before.items()),
            "each tick again",
            patience=STARTED,
        )

    assert killed.pid in pids
    assert 0 < killed.told < 120
    assert Counter(one.login for one in told(township.record)) == {"secretary": 60, "clerk": 60}
    record_testsuite_property("takeover_seconds", round(seconds, 1))
    assert seconds < TOGETHER
    assert twice_at_once(runs.read_text()) == []
    assert jobs_that_hang(township.record) == 0


@pytest.mark.slow
def test_recruit_worker_four_times_with_its_own_pace(
    home: Home, township: Township, tmp_path: Path, record_testsuite_property: Callable[[str, object], None]
) -> None:
    assert home.url is not None
    prepare_jobs(home.url)
    day = civil_day(SystemClock().now()) - timedelta(days=60)
    open_many(township, 600, on=day.isoformat())
    command = [sys.executable, "-c", "from web.cli import main; main()", "--data", str(home.folder), "worker"]

    with processes([command] * WORKERS, tmp_path / "log", RECRUIT_DATABASE_URL=home.url) as pids:
        with held(township, 550):
            killed = kill_the_sweeper(township)
        seconds = taken_over(township, killed)
        wait_for(lambda: beats(township.record)["sweep"] >= 1, "the whole sweep", patience=STARTED)
        wait_for(lambda: beats(township.record)["log"] >= 4, "four times the log", patience=120)

    assert killed.pid in pids
    each = Counter(told(township.record))
    assert each
    assert set(each.values()) == {600}
    record_testsuite_property("takeover_seconds", round(seconds, 1))
    assert seconds < TOGETHER
    # The first one comes when the workers start, whatever the second of the minute.
    assert min(apart(township.record, "log")[1:]) > timedelta(seconds=15)
    assert jobs_that_hang(township.record) == 0


def twice_at_once(lines: str) -> list[str]:
    """The ticks of which two runs overlapped."""
    runs = sorted(line.split() for line in lines.splitlines())
    by_tick = sorted((tick, float(began), float(ended)) for tick, _, began, ended in runs)
    return [
        earlier[0] for earlier, later in pairwise(by_tick) if earlier[0] == later[0] and later[1] < earlier[2]
    ]


def apart(record: Record, tick: str) -> list[timedelta]:
    with record.reading() as connection:
        times = ask(
            connection, "SELECT at FROM heartbeat WHERE tick = :tick ORDER BY at", tick=tick
        ).scalars()
        return [timedelta(microseconds=later - earlier) for earlier, later in pairwise(times)]


def jobs_that_hang(record: Record) -> int:
    hanging = (
        "SELECT count(*) FROM recruit_clock.procrastinate_jobs WHERE status = 'doing' AND worker_id NOT IN "
        "(SELECT id FROM recruit_clock.procrastinate_workers WHERE last_heartbeat > now() - interval '30 s')"
    )
    with record.reading() as connection:
        return int(ask(connection, hanging).scalar_one())

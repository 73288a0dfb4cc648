"""The clock proves that it ran: a row for each tick, the gaps between, a guard against clock jumps."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from platform import node as host_name
from secrets import token_hex

from sqlalchemy import BindParameter, Connection, ScalarSelect, bindparam, delete, func, insert, select

from recruit.ids import new_id
from recruit.record import Record
from recruit.repeat import repeated
from recruit.tables import Heartbeat

INTERVALS = {
    "sweep": timedelta(seconds=60),
    "housekeeping": timedelta(hours=1),
    "log": timedelta(seconds=20),
    "outbox": timedelta(seconds=10),
}
MISSED = 3
KEPT = timedelta(days=30)
JUMP = timedelta(seconds=30)
GAP, JUMPED = "gap", "jump"


@dataclass(frozen=True, slots=True)
class Missing:
    """A tick that has not run for three of its intervals; `last_at` None: it never has."""

    tick: str
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class LastRun:
    """`at`, `node` and `done` None: the tick never ran. `is_missing`: three in a row are missing."""

    tick: str
    every: timedelta
    at: datetime | None
    node: str | None
    done: int | None
    is_missing: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """A time without ticks, or a jump of the clock; `seconds` is negative for a jump back."""

    tick: str
    ended_at: datetime
    seconds: int


@repeated
def beat(record: Record, tick: str, now: datetime, *, node: str, done: int) -> None:
    """Record a run. The silence before it, where it was too long, is kept beside it for the auditors."""
    with record.writing() as connection:
        last_at = _last_at(connection, tick, now)
        if last_at is not None and now - last_at > MISSED * INTERVALS[tick]:
            _insert(connection, f"{tick}.{GAP}", now, node=node, count=_seconds(now - last_at))
        _insert(connection, tick, now, node=node, count=done)


@repeated
def beat_jump(record: Record, now: datetime, *, node: str, jump: timedelta) -> None:
    with record.writing() as connection:
        _insert(connection, JUMPED, now, node=node, count=_seconds(jump))


def missing_ticks(record: Record, now: datetime) -> tuple[Missing, ...]:
    """The ticks of which three in a row are missing; empty while the clock runs."""
    with record.reading() as connection:
        row = connection.execute(_LAST_OF_EACH, {"now": now}).one()
    last = dict(zip(INTERVALS, row, strict=True))
    return tuple(
        Missing(tick, last_at)
        for tick, last_at in last.items()
        if last_at is None or now - last_at > MISSED * INTERVALS[tick]
    )


def last_runs(record: Record, now: datetime) -> tuple[LastRun, ...]:
    """The last run of each tick up to `now`, whichever node made it."""
    with record.reading() as connection:
        return tuple(_last_run(connection, tick, every, now) for tick, every in INTERVALS.items())


def gaps(record: Record, *, since: datetime) -> tuple[Gap, ...]:
    """Every silence and every jump of the clock since then, the oldest first."""
    marks = (JUMPED, *(f"{tick}.{GAP}" for tick in INTERVALS))
    wanted = (
        select(Heartbeat.tick, Heartbeat.at, Heartbeat.done_count)
        .where(Heartbeat.tick.in_(marks), Heartbeat.at >= since)
        .order_by(Heartbeat.at, Heartbeat.id)
    )
    with record.reading() as connection:
        return tuple(Gap(tick, at, seconds) for tick, at, seconds in connection.execute(wanted))


@repeated
def forget_beats(record: Record, now: datetime) -> int:
    """Drop the single ticks of more than 30 days ago; gaps and jumps stay."""
    with record.writing() as connection:
        old = delete(Heartbeat).where(Heartbeat.tick.in_(tuple(INTERVALS)), Heartbeat.at < now - KEPT)
        return connection.execute(old).rowcount


def node_name() -> str:
    """Machine, process and four letters: no two clocks have the same name, and none has one for long."""
    return f"{(host_name() or 'local')[:40]}/{os.getpid()}/{token_hex(2)}"


class JumpGuard:
    """Compares the wall clock with one that cannot be set: where they part, somebody has set the first."""

    def __init__(self, wall: Callable[[], datetime], monotonic: Callable[[], float]) -> None:
        self._wall = wall
        self._monotonic = monotonic
        self._seen = wall(), monotonic()

    def jump(self) -> timedelta | None:
        """By how much the wall clock was set since the last look; None within 30 seconds."""
        wall, monotonic = self._wall(), self._monotonic()
        seen_wall, seen_monotonic = self._seen
        self._seen = wall, monotonic
        off = (wall - seen_wall) - timedelta(seconds=monotonic - seen_monotonic)
        return off if abs(off) > JUMP else None


def _last_run(connection: Connection, tick: str, every: timedelta, now: datetime) -> LastRun:
    wanted = (
        select(Heartbeat.at, Heartbeat.node, Heartbeat.done_count)
        .where(Heartbeat.tick == tick, Heartbeat.at <= now)
        .order_by(Heartbeat.at.desc())
        .limit(1)
    )
    row = connection.execute(wanted).one_or_none()
    if row is None:
        return LastRun(tick, every, None, None, None, is_missing=True)
    at, node, done = row
    return LastRun(tick, every, at, node, done, is_missing=now - at > MISSED * every)


def _last_at(connection: Connection, tick: str, now: datetime) -> datetime | None:
    return connection.execute(select(_last(tick, now))).scalar_one_or_none()


def _last(tick: str, now: datetime | BindParameter[datetime]) -> ScalarSelect[datetime]:
    """The last run up to `now`: rows from a clock that was ahead do not hide that it stands still."""
    wanted = select(func.max(Heartbeat.at)).where(Heartbeat.tick == tick, Heartbeat.at <= now)
    return wanted.scalar_subquery()


_NOW: BindParameter[datetime] = bindparam("now", type_=Heartbeat.at.type)
_LAST_OF_EACH = select(*(_last(tick, _NOW).label(tick) for tick in INTERVALS))


def _insert(connection: Connection, tick: str, at: datetime, *, node: str, count: int) -> None:
    row = insert(Heartbeat).values(id=new_id(at), node=node, tick=tick, at=at, done_count=count)
    connection.execute(row)


def _seconds(length: timedelta) -> int:
    return round(length.total_seconds())

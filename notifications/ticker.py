"""The embedded clock: a scheduler without a memory of its own, which ticks in the process that serves."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from platform import node as host_name
from threading import Event, Thread
from time import monotonic

import structlog
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from notifications.delivery.ticking import tick_outbox
from notifications.heartbeat import INTERVALS, JumpGuard, beat, beat_jump, forget_beats
from notifications.sweep import sweep
from recruit.clock import Clock, SystemClock
from recruit.commands.checkpoints import enqueue_checkpoint, keep_checkpoint
from recruit.commands.erasures import finish_erasures
from recruit.commands.housekeeping import check_guards, forget_answers, forget_failures, forget_sessions
from recruit.errors import GuardsMissing
from recruit.record import Record
from workflows.acts import SHANGHAI

_GUARD_EVERY = timedelta(seconds=15)
_SYSTEM = SystemClock()
_log = structlog.get_logger(__name__)


def tick_sweep(record: Record, now: datetime) -> int:
    """Sweep; the number of new reminders."""
    swept = sweep(record, now)
    if swept.failed:
        _log.error("sweep_left_items", failed=swept.failed, found=swept.found)
    return swept.reminders


def tick_log(record: Record, now: datetime) -> int:
    """Sign what was recorded, and put the day's checkpoint into the outbox; how many checkpoints and rows.

    Raises `NotExtending`: the tick then fails until the administrators have declared what happened.
    """
    signed = keep_checkpoint(record, now=now)
    return (signed is not None) + enqueue_checkpoint(record, now=now)


def tick_housekeeping(record: Record, now: datetime) -> int:
    """Forget what is over, and finish an erasure that was cut off; the number of rows and persons.

    First of all it looks whether the append-only guards stand: where one is missing nothing is written
    any more. Raises `GuardsMissing`.
    """
    missing = check_guards(record, now=now)
    if missing:
        _log.error("guards_missing", guards=", ".join(missing))
        raise GuardsMissing(found=", ".join(missing))
    forgotten = (forget_answers, forget_sessions, forget_failures)
    rows = sum(forget(record, now=now) for forget in forgotten) + forget_beats(record, now)
    erased = finish_erasures(record)
    record.truncate_log()
    return rows + erased


TICKS: Mapping[str, Callable[[Record, datetime], int]] = {
    "sweep": tick_sweep,
    "log": tick_log,
    "outbox": tick_outbox,
    "housekeeping": tick_housekeeping,
}


class Ticker:
    """Runs each tick at once, then at its interval, until `stop`.

    Started by `serve` alone: the lock of the record's folder keeps every other process out. Ticks that were
    missed run once. What is due stands in the record, so a tick that fails is made good by the next one.
    """

    def __init__(
        self,
        record: Record,
        clock: Clock,
        *,
        wall: Callable[[], datetime] = _SYSTEM.now,
        steady: Callable[[], float] = monotonic,
    ) -> None:
        self._record = record
        self._clock = clock
        self._wall = wall
        self._node = host_name()[:60] or "local"
        self._guard = JumpGuard(wall, steady)
        self._stopped = Event()
        self._watch = Thread(target=self._keep_watch, name="clock-guard", daemon=True)
        self._scheduler = BackgroundScheduler(
            timezone=SHANGHAI,
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )

    def start(self) -> None:
        for tick in TICKS:
            self._scheduler.add_job(
                self.run,
                IntervalTrigger(seconds=int(INTERVALS[tick].total_seconds()), timezone=SHANGHAI),
                args=[tick],
                id=tick,
                next_run_time=self._wall(),
            )
        self._scheduler.start()
        self._watch.start()

    def stop(self) -> None:
        """Returns when no tick runs any more."""
        self._stopped.set()
        self._watch.join()
        self._scheduler.shutdown(wait=True)

    def run(self, tick: str) -> None:
        """One tick by the record's clock; a tick that fails leaves no beat, so that its silence is seen."""
        now = self._clock.now()
        try:
            done = TICKS[tick](self._record, now)
            beat(self._record, tick, now, node=self._node, done=done)
        except Exception as failed:  # noqa: BLE001 - the next tick must come whatever this one met
            _log.error("tick_failed", tick=tick, error=type(failed).__name__)

    def watch(self) -> bool:
        """Look for a jump of the wall clock; after one every tick runs now, and its interval from there."""
        jump = self._guard.jump()
        if jump is None:
            return False
        _log.warning("clock_jumped", seconds=round(jump.total_seconds()))
        for tick in TICKS:
            self._scheduler.modify_job(tick, next_run_time=self._wall())
        try:
            beat_jump(self._record, self._clock.now(), node=self._node, jump=jump)
        except Exception as failed:  # noqa: BLE001 - as in `run`
            _log.error("jump_not_kept", error=type(failed).__name__)
        return True

    def _keep_watch(self) -> None:
        while not self._stopped.wait(_GUARD_EVERY.total_seconds()):
            self.watch()

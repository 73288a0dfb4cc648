"""The embedded clock: a scheduler without a memory of its own, which ticks in the process that serves."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from threading import Event, Thread
from time import monotonic

import structlog
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.base import STATE_PAUSED
from apscheduler.triggers.interval import IntervalTrigger

from notifications.delivery.ticking import tick_outbox
from notifications.guarding import GuardWatch
from notifications.heartbeat import INTERVALS, JumpGuard, beat, beat_jump, forget_beats, node_name
from notifications.sweep import sweep
from recruit.clock import Clock, SystemClock
from recruit.commands.attachments import forget_files
from recruit.commands.checkpoints import enqueue_checkpoint, keep_checkpoint
from recruit.commands.erasures import finish_erasures
from recruit.commands.housekeeping import check_guards, forget_answers, forget_failures, forget_sessions
from recruit.commands.own import forget_own_sessions
from recruit.errors import GuardsMissing
from recruit.limits import forget_uses
from recruit.record import Record
from recruit.turn import Turn
from workflows.acts import SHANGHAI

CLOCK = "clock"  # the turn of whoever ticks alone, or of all who share the work of the queue
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
    forgotten = (forget_answers, forget_sessions, forget_failures, forget_files)
    rows = sum(forget(record, now=now) for forget in forgotten) + forget_beats(record, now)
    rows += forget_uses(record, now=now) + forget_own_sessions(record, now=now)
    erased = finish_erasures(record)
    record.truncate_log()
    return rows + erased


TICKS: Mapping[str, Callable[[Record, datetime], int]] = {
    "sweep": tick_sweep,
    "log": tick_log,
    "outbox": tick_outbox,
    "housekeeping": tick_housekeeping,
}


def run_tick(record: Record, clock: Clock, tick: str, *, node: str) -> bool:
    """One tick by the record's clock, unless it runs elsewhere; whether it has run to its end.

    One that fails leaves no beat, so that its silence is seen.
    """
    turn = Turn(record, f"tick:{tick}", node=node)
    if not turn.take():
        _log.info("tick_runs_elsewhere", tick=tick)
        return False
    now = clock.now()
    try:
        done = TICKS[tick](record, now)
        beat(record, tick, now, node=node, done=done)
    except Exception as failed:  # noqa: BLE001 - the next tick must come whatever this one met
        _log.error("tick_failed", tick=tick, error=type(failed).__name__)
        return False
    finally:
        turn.release()
    return True


class Ticker:
    """Runs each tick at once, then at its interval, until `stop`, while this process has the turn.

    On the embedded database the lock of the folder keeps every other process out; on a server a second one
    stands by and takes over when the first is gone. Ticks that were missed run once. What is due stands in
    the record, so a tick that fails is made good by the next one.
    """

    def __init__(
        self,
        record: Record,
        clock: Clock,
        *,
        wall: Callable[[], datetime] = _SYSTEM.now,
        steady: Callable[[], float] = monotonic,
        guard_every: timedelta = _GUARD_EVERY,
    ) -> None:
        self._record = record
        self._clock = clock
        self._guard_every = guard_every
        self.node = node_name()
        self._guard = JumpGuard(wall, steady)
        self._guards = GuardWatch(record, clock)
        self._turn = Turn(record, CLOCK, node=self.node)
        self._is_standing_by = False
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
                next_run_time=_SYSTEM.now(),
            )
        self._scheduler.start(paused=True)
        self.take_turn()
        self._watch.start()
        self._guards.start()

    def stop(self) -> None:
        """Returns when no tick runs any more."""
        self._stopped.set()
        self._watch.join()
        self._guards.stop()
        self._scheduler.shutdown(wait=True)
        self._turn.release()

    def run(self, tick: str) -> None:
        run_tick(self._record, self._clock, tick, node=self.node)

    def take_turn(self) -> bool:
        """Tick while this process has the turn, else stand by; whether it has it."""
        has_turn = self._turn.take()
        is_paused = self._scheduler.state == STATE_PAUSED
        if has_turn and is_paused:
            self._scheduler.resume()
        if not has_turn and not is_paused:
            self._scheduler.pause()
        if self._is_standing_by == has_turn:
            _log.warning("takes_over" if has_turn else "another_clock_ticks", node=self.node)
        self._is_standing_by = not has_turn
        return has_turn

    def watch(self) -> bool:
        """Look for a jump of the wall clock; after one every tick runs now, and its interval from there."""
        jump = self._guard.jump()
        if jump is None:
            return False
        _log.warning("clock_jumped", seconds=round(jump.total_seconds()))
        for tick in TICKS:
            self._scheduler.modify_job(tick, next_run_time=_SYSTEM.now())
        try:
            beat_jump(self._record, self._clock.now(), node=self.node, jump=jump)
        except Exception as failed:  # noqa: BLE001 - as in `run`
            _log.error("jump_not_kept", error=type(failed).__name__)
        return True

    def _keep_watch(self) -> None:
        while not self._stopped.wait(self._guard_every.total_seconds()):
            self.take_turn()
            self.watch()

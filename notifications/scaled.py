"""The clock at scale: any number of workers on one PostgreSQL run the ticks as periodic jobs of a queue."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from threading import Thread
from time import monotonic
from typing import Any

import structlog
from procrastinate import App

from notifications import ticker
from notifications.guarding import GuardWatch
from notifications.heartbeat import JumpGuard, beat_jump, node_name
from notifications.jobs import ensure_jobs
from notifications.periodic import jobs_app, rescue
from recruit.clock import Clock, SystemClock
from recruit.record import Record
from recruit.turn import Turn

_SYSTEM = SystemClock()
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds. A worker that is silent for `stalled` has lost its jobs to the others."""

    heartbeat: float = 10
    stalled: float = 30
    rescue: float = 10
    guard: float = 15
    again: float = 5


class ScaledClock:
    """Works off ticks until `stop`, in a thread of its own; starts anew by itself whatever it met.

    Where an embedded clock ticks on the same database it stands by. After a jump of the wall clock it begins
    again, so that the queue neither waits for a time that was nor fills with the times that were leapt over.
    """

    def __init__(
        self,
        record: Record,
        clock: Clock,
        *,
        pace: Pace | None = None,
        wall: Callable[[], datetime] = _SYSTEM.now,
        steady: Callable[[], float] = monotonic,
    ) -> None:
        self.node = node_name()
        self._record = record
        self._clock = clock
        self._pace = pace or Pace()
        self._guard = JumpGuard(wall, steady)
        self._guards = GuardWatch(record, clock)
        self._turn = Turn(record, ticker.CLOCK, node=self.node, together=True)
        self._ended = asyncio.Event()

    def start(self) -> None:
        """Raises `OldDatabase` where the queue was not made yet."""
        ensure_jobs(self._record)
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._live, name="scaled-clock", daemon=True)
        self._thread.start()
        self._guards.start()

    def stop(self) -> None:
        """Returns when no tick runs here any more."""
        self._loop.call_soon_threadsafe(self._ended.set)
        self._thread.join()
        self._guards.stop()
        self._turn.release()

    def watch(self) -> bool:
        """Whether the wall clock has jumped since the last look; the jump is kept."""
        jump = self._guard.jump()
        if jump is None:
            return False
        _log.warning("clock_jumped", seconds=round(jump.total_seconds()))
        try:
            beat_jump(self._record, self._clock.now(), node=self.node, jump=jump)
        except Exception as failed:  # noqa: BLE001 - the ticks must go on whatever this one met
            _log.error("jump_not_kept", error=type(failed).__name__)
        return True

    def _live(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.set_default_executor(ThreadPoolExecutor(max_workers=2 * len(ticker.TICKS) + 4))
        self._loop.run_until_complete(self._work_until_ended())
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()

    async def _work_until_ended(self) -> None:
        while not self._ended.is_set():
            try:
                if await asyncio.to_thread(self._turn.take):
                    await self._work()
                else:
                    _log.warning("another_clock_ticks", node=self.node)
            except Exception as failed:  # noqa: BLE001 - a server that was away comes back
                _log.error("worker_failed", error=type(failed).__name__)
            await self._first_of(asyncio.sleep(self._pace.again))

    async def _work(self) -> None:
        """Until it is ended, the clock has jumped, the turn is lost, or the queue fails."""
        app = jobs_app(self._record, self._clock, node=self.node, stalled=self._pace.stalled)
        async with app.open_async():
            await self._first_of(
                app.run_worker_async(
                    name=self.node,
                    concurrency=len(ticker.TICKS) + 2,
                    install_signal_handlers=False,
                    update_heartbeat_interval=self._pace.heartbeat,
                    stalled_worker_timeout=self._pace.stalled,
                    delete_jobs="successful",
                ),
                self._rescue_again_and_again(app),
                self._watch_until_it_jumps(),
            )

    async def _first_of(self, *works: Coroutine[Any, Any, None]) -> None:
        """Run them until one ends, or the clock is to stop; the others are ended cleanly.

        Raises what one of them raised.
        """
        tasks = [asyncio.create_task(work) for work in works]
        ended = asyncio.create_task(self._ended.wait())
        done, _ = await asyncio.wait([*tasks, ended], return_when=asyncio.FIRST_COMPLETED)
        for task in (*tasks, ended):
            task.cancel()
        await asyncio.gather(*tasks, ended, return_exceptions=True)
        for task in done:
            task.result()

    async def _rescue_again_and_again(self, app: App) -> None:
        """A worker of its own accord, too: the job that rescues may be the one that hangs."""
        while True:
            await asyncio.sleep(self._pace.rescue)
            await rescue(app, stalled=self._pace.stalled)

    async def _watch_until_it_jumps(self) -> None:
        while not await asyncio.to_thread(self.watch):
            await asyncio.sleep(self._pace.guard)
            if not await asyncio.to_thread(self._turn.take):
                return

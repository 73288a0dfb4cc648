"""Which clock ticks, and in which process: as RECRUIT_SCHEDULER says, else as the database has it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from signal import SIGTERM, signal
from types import FrameType
from typing import NoReturn, Protocol

from notifications.guarding import GuardWatch
from notifications.ticker import Ticker
from recruit.clock import Clock
from recruit.errors import NoScheduler
from recruit.record import Record

SCHEDULER = "RECRUIT_SCHEDULER"
EMBEDDED, PROCRASTINATE = "embedded", "procrastinate"


class Clockwork(Protocol):
    """Runs beside the main thread."""

    def start(self) -> None: ...

    def stop(self) -> None:
        """Returns when nothing runs any more."""


def scheduler_of(record: Record) -> str:
    """Raises `NoScheduler`."""
    possible = (EMBEDDED,) if record.is_embedded else (PROCRASTINATE, EMBEDDED)
    named = os.environ.get(SCHEDULER) or possible[0]
    if named not in possible:
        raise NoScheduler(found=named)
    return named


def clock_of_pages(record: Record, clock: Clock) -> Clockwork:
    """What ticks in the process of the pages: nothing where workers do it. Raises `NoScheduler`."""
    return GuardWatch(record, clock) if scheduler_of(record) == PROCRASTINATE else Ticker(record, clock)


def clock_of_worker(record: Record, clock: Clock) -> Clockwork:
    """Raises `NoScheduler`."""
    if scheduler_of(record) == EMBEDDED:
        return Ticker(record, clock)
    from notifications.scaled import ScaledClock  # noqa: PLC0415 - comes with recruit[postgres] alone

    return ScaledClock(record, clock)


@contextmanager
def ended_by_a_signal() -> Iterator[None]:
    """SIGTERM ends as Ctrl-C does: requests and tick are finished, then the record is closed."""
    before = signal(SIGTERM, _end)
    try:
        yield
    finally:
        signal(SIGTERM, before)


def _end(_number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit

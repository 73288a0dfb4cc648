"""Waiting for what a clock in another thread or process writes into a record."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

from notifications.scaled import Pace
from recruit.record import Record
from tests.homes import ask

PATIENCE = 30.0
QUICK = Pace(heartbeat=1, stalled=3, rescue=1, guard=0.2, again=0.2)


class Clockwork(Protocol):
    @property
    def node(self) -> str: ...

    def start(self) -> None: ...

    def stop(self) -> None: ...


@contextmanager
def running(clockwork: Clockwork) -> Iterator[Clockwork]:
    clockwork.start()
    try:
        yield clockwork
    finally:
        clockwork.stop()


def wait_for(done: Callable[[], bool], what: str, *, patience: float = PATIENCE) -> float:
    """Returns after how many seconds it was so."""
    began = time.monotonic()
    while not done():
        assert time.monotonic() - began < patience, f"waited in vain for {what}"
        time.sleep(0.05)
    return time.monotonic() - began


def beats(record: Record) -> Counter[str]:
    """How often each tick has run."""
    with record.reading() as connection:
        return Counter(tick for (tick,) in ask(connection, "SELECT tick FROM heartbeat"))


def wait_for_beats(record: Record, *ticks: str, more: int = 1) -> None:
    """Until each of these ticks has run so often again."""
    before = beats(record)
    wait_for(lambda: all(beats(record)[tick] >= before[tick] + more for tick in ticks), f"{ticks}")


def nodes(record: Record) -> set[str]:
    """Who has ticked."""
    with record.reading() as connection:
        return set(ask(connection, "SELECT node FROM heartbeat").scalars())

"""A worker in a process of its own, whose clock says another day: FOLDER URL NOW SECONDS LOG.

Each tick comes every other second, and writes into LOG when it began and ended here.
"""

import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

from notifications import batches, ticker
from notifications import sweep as sweeping
from notifications.heartbeat import INTERVALS
from notifications.scaled import ScaledClock
from recruit.clock import MovedClock
from recruit.record import Record
from tests.notifications.waiting import QUICK

Tick = Callable[[Record, datetime], int]


def seen(tick: str, run: Tick, log: Path) -> Tick:
    def ran(record: Record, now: datetime) -> int:
        began = time.monotonic()
        done = run(record, now)
        with log.open("a") as lines:  # one write of one line: whole, whoever else writes
            lines.write(f"{tick} {os.getpid()} {began} {time.monotonic()}\n")
        return done

    return ran


def main() -> None:
    folder, url, now, log = sys.argv[1:]
    for module in (batches, sweeping):
        vars(module)["BATCH"] = 50  # small enough to be killed between two
    INTERVALS.update(dict.fromkeys(ticker.TICKS, timedelta(seconds=2)))
    ticker.TICKS = {tick: seen(tick, run, Path(log)) for tick, run in ticker.TICKS.items()}
    ended = Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    with Record.open(Path(folder), url=url) as record:
        clock = ScaledClock(record, MovedClock(start=datetime.fromisoformat(now)), pace=QUICK)
        clock.start()
        ended.wait()
        clock.stop()


if __name__ == "__main__":
    main()

"""Every process of a server looks for itself whether the append-only guards stand, whoever ticks."""

from threading import Event, Thread

import structlog

from notifications.heartbeat import INTERVALS
from recruit.clock import Clock
from recruit.commands.housekeeping import check_guards
from recruit.record import Record

_log = structlog.get_logger(__name__)


class GuardWatch:
    """Looks once an hour until `stop`: where one is missing, this process writes nothing any more.

    Where one process does everything its housekeeping has looked already, and nothing is started.
    """

    def __init__(self, record: Record, clock: Clock) -> None:
        self._record = record
        self._clock = clock
        self._stopped = Event()
        self._thread: Thread | None = None

    def start(self) -> None:
        if not self._record.is_embedded:
            self._thread = Thread(target=self._look_every_hour, name="guard-watch", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        if self._thread is not None:
            self._thread.join()

    def look(self) -> None:
        try:
            missing = check_guards(self._record, now=self._clock.now())
        except Exception as failed:  # noqa: BLE001 - a server that was away is looked at an hour later
            _log.error("guards_not_seen", error=type(failed).__name__)
            return
        if missing:
            _log.error("guards_missing", guards=", ".join(missing))

    def _look_every_hour(self) -> None:
        while not self._stopped.wait(INTERVALS["housekeeping"].total_seconds()):
            self.look()

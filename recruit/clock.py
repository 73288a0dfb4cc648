"""The only place that reads the time; everything else is handed `now` or `on`."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from time import monotonic
from typing import Protocol

from workflows.acts import SHANGHAI


class Clock(Protocol):
    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


@dataclass(frozen=True, slots=True)
class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass(slots=True, kw_only=True)
class MovedClock:
    """A clock set to a chosen instant; it stands still unless `running`."""

    start: datetime
    running: bool = False
    _began: float = field(default_factory=monotonic, repr=False)

    def now(self) -> datetime:
        if not self.running:
            return self.start.astimezone(UTC)
        return self.start.astimezone(UTC) + timedelta(seconds=monotonic() - self._began)

    def move_to(self, instant: datetime) -> None:
        self.start = instant
        self._began = monotonic()


def civil_day(now: datetime) -> date:
    """The civil date in Asia/Shanghai of an aware instant."""
    return now.astimezone(SHANGHAI).date()

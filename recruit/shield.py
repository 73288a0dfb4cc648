"""What one process remembers of counted uses, so that a flood is refused before anything is written."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

MOST_REMEMBERED = 20_000
_SECOND = timedelta(seconds=1)
Whose = tuple[str, bytes]


@dataclass(slots=True)
class Shield:
    """`refused`: until when; `ahead`: uses taken from the table and not used yet, and until when they hold.

    `asked`: how often the table was asked for a thing in a second. What no longer fits is forgotten whole:
    the table knows it.
    """

    refused: dict[Whose, datetime] = field(default_factory=dict)
    ahead: dict[Whose, tuple[datetime, int]] = field(default_factory=dict)
    asked: dict[str, tuple[datetime, int]] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def refused_until(self, whose: Whose, now: datetime) -> datetime | None:
        with self.lock:
            until = self.refused.get(whose)
        return until if until is not None and now < until else None

    def take(self, whose: Whose, now: datetime) -> bool:
        """Use one of those taken ahead, if any is left."""
        with self.lock:
            ends_at, left = self.ahead.get(whose, (now, 0))
            if not left or now >= ends_at:
                return False
            self.ahead[whose] = (ends_at, left - 1)
            return True

    def may_ask(self, what: str, now: datetime, *, pace: int) -> bool:
        """Whether the table may be asked once more in this second; `pace` 0: always."""
        with self.lock:
            second, times = self.asked.get(what, (now, 0))
            if not timedelta(0) <= now - second < _SECOND:
                second, times = now, 0
            self.asked[what] = (second, times + 1)
        return not pace or times < pace

    def refuse(self, whose: Whose, until: datetime) -> None:
        with self.lock:
            if len(self.refused) >= MOST_REMEMBERED:
                self.refused.clear()
            self.refused[whose] = until

    def keep(self, whose: Whose, ends_at: datetime, left: int) -> None:
        with self.lock:
            if len(self.ahead) >= MOST_REMEMBERED:
                self.ahead.clear()
            self.ahead[whose] = (ends_at, left)

"""How fast one token may ask: so many requests in a minute, for each process by itself."""

from datetime import datetime
from threading import Lock

from flask import current_app
from werkzeug.exceptions import TooManyRequests

_EXTENSION = "recruit_pace"
_MOST_TOKENS = 10_000


class Pace:
    """The requests of each token within the present minute; several threads count in it."""

    def __init__(self) -> None:
        self._minute = -1
        self._counts: dict[str, int] = {}
        self._lock = Lock()

    def count(self, token: str, minute: int) -> int:
        """How many it has been with this one."""
        with self._lock:
            if minute != self._minute or len(self._counts) > _MOST_TOKENS:
                self._minute, self._counts = minute, {}
            self._counts[token] = self._counts.get(token, 0) + 1
            return self._counts[token]


def pace(token: str, now: datetime, *, most: int) -> None:
    """Count one request. Raises `TooManyRequests` beyond `most` within a minute of the clock."""
    counted: Pace = current_app.extensions.setdefault(_EXTENSION, Pace())
    if counted.count(token, int(now.timestamp()) // 60) > most:
        raise TooManyRequests

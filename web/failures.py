"""Failed log-ins: five within a quarter of an hour close an account, or an address, for that long."""

from collections import deque
from datetime import datetime, timedelta
from threading import Lock

LIMIT = 5
PERIOD = timedelta(minutes=15)
_MOST_KEYS = 10_000


class Failures:
    """Counted in this process; an embedded installation has one."""

    def __init__(self) -> None:
        self._at: dict[str, deque[datetime]] = {}
        self._lock = Lock()

    def is_locked(self, login: str, address: str, now: datetime) -> bool:
        """Whether the account or the address has had its five within the period."""
        with self._lock:
            return any(self._count(key, now) >= limit for key, limit in _keys(login, address))

    def add(self, login: str, address: str, now: datetime) -> None:
        with self._lock:
            if len(self._at) > _MOST_KEYS:
                self._at = {key: times for key, times in self._at.items() if times[-1] > now - PERIOD}
            for key, limit in _keys(login, address):
                self._at.setdefault(key, deque(maxlen=limit)).append(now)

    def forget(self, login: str) -> None:
        """After a log-in that succeeded."""
        with self._lock:
            self._at.pop(f"login {login.casefold()}", None)

    def _count(self, key: str, now: datetime) -> int:
        return sum(1 for at in self._at.get(key, ()) if at > now - PERIOD)


def _keys(login: str, address: str) -> tuple[tuple[str, int], tuple[str, int]]:
    """An office shares one address: it gets more tries than one account."""
    return (f"login {login.casefold()}", LIMIT), (f"address {address}", LIMIT * 4)

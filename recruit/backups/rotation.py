"""Which backups are kept: the last hours, days and weeks; keyrings for thirty days at most."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

HOURLY, DAILY, WEEKLY = 24, 14, 8
KEYRINGS_KEPT = timedelta(days=30)  # so that a destroyed key is gone from the backups after thirty-five days


def kept(taken: Iterable[datetime]) -> frozenset[datetime]:
    """The newest of each of the last 24 hours, 14 days and 8 weeks that have one."""
    newest_first = sorted(taken, reverse=True)
    periods: tuple[tuple[int, Callable[[datetime], object]], ...] = (
        (HOURLY, lambda at: (at.date(), at.hour)),
        (DAILY, lambda at: at.date()),
        (WEEKLY, lambda at: at.isocalendar()[:2]),
    )
    found: set[datetime] = set()
    for most, period in periods:
        seen: dict[object, datetime] = {}
        for at in newest_first:
            seen.setdefault(period(at), at)
        found.update(list(seen.values())[:most])
    return frozenset(found)


def is_keyring_over(taken: datetime, now: datetime) -> bool:
    """Whether a keyring of that day has to go: what it opened stays sealed for good."""
    return now - taken > KEYRINGS_KEPT

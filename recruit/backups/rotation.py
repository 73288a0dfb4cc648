"""Which backups stay: the newest of each of the last hours, days and weeks, none longer than its keys."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from recruit.clock import civil_day
from workflows.acts import SHANGHAI

LONGEST = timedelta(days=30)  # for the keys, and a backup without its keys can never be read


def staying(taken: Iterable[datetime], *, now: datetime) -> frozenset[datetime]:
    """Of backups taken at these instants; the newest always stays, and so does one dated after `now`.

    Hours, days and weeks (from Monday) are those of Shanghai; only those count in which one was taken.
    Letting go after each backup leaves the same as letting go once.
    """
    known = frozenset(taken)
    past = sorted((one for one in known if one <= now), reverse=True)
    young = [one for one in past if now - one <= LONGEST]
    ahead = known.difference(past)
    return ahead.union(past[:1], *(_newest_of_each(young, period)[:count] for count, period in RULES))


def _newest_of_each(young: list[datetime], period: Callable[[datetime], object]) -> list[datetime]:
    newest: dict[object, datetime] = {}
    for one in young:
        newest.setdefault(period(one), one)
    return list(newest.values())


def _hour(one: datetime) -> object:
    return one.astimezone(SHANGHAI).replace(minute=0, second=0, microsecond=0)


def _week(one: datetime) -> object:
    return civil_day(one).isocalendar()[:2]


RULES: tuple[tuple[int, Callable[[datetime], object]], ...] = ((24, _hour), (14, civil_day), (8, _week))

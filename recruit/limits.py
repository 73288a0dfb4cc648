"""How often one may do something: counted in a table that all processes share, with a shield before it.

What is refused once is refused from memory until its window ends, and nobody outside makes this process
write more than a few rows a second: a flood reaches neither the table nor the one writer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from recruit.errors import Unavailable
from recruit.record import Record
from recruit.repeat import repeated
from recruit.shield import Whose
from recruit.tables import UseCount

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """`count` uses in each `period`.

    `block`: how many a process takes from the table at once. `pace`: how many times a second a process asks
    the table for all of them together (0: as often as it likes); it is set for what anybody outside may do.
    """

    count: int
    period: timedelta
    block: int = 1
    pace: int = 0


@dataclass(frozen=True, slots=True)
class RetryAfter:
    """Refused; `seconds`, at least one, until it is worth another try."""

    seconds: int


LIMITS: Mapping[str, Limit] = {
    "objection": Limit(count=20, period=timedelta(hours=1), pace=10),
    "objection_notice": Limit(count=60, period=timedelta(hours=1), pace=10),
    "photos": Limit(count=6, period=timedelta(hours=24), pace=10),
    "receipt": Limit(count=30, period=timedelta(minutes=15), pace=10),
    "own_code": Limit(count=15, period=timedelta(minutes=15), pace=10),
    "log_in": Limit(count=300, period=timedelta(minutes=15), pace=50),
    "search": Limit(count=300, period=timedelta(minutes=10), block=20),
    "export": Limit(count=10, period=timedelta(hours=1)),
}


def allowed(record: Record, what: str, who: str, now: datetime) -> RetryAfter | None:
    """Count one use of `what` (a key of LIMITS) by `who`; None where it is allowed.

    Where the record cannot be written to, what is done outside is refused and a user's own work is not.
    """
    limit, whose = LIMITS[what], _whose(record, what, who)
    until = record.shield.refused_until(whose, now)
    if until is not None:
        return _until(until, now)
    if record.shield.take(whose, now):
        return None
    if not record.shield.may_ask(what, now, pace=limit.pace):
        return RetryAfter(1)
    opened_at, ends_at = window_of(limit, now)
    try:
        before = _claim(record, whose, opened_at, ends_at, limit.block)
    except Unavailable:
        return RetryAfter(1) if limit.pace else None
    if before >= limit.count:
        record.shield.refuse(whose, ends_at)
        return _until(ends_at, now)
    record.shield.keep(whose, ends_at, min(limit.block, limit.count - before) - 1)
    return None


def used_up(record: Record, what: str, who: str, now: datetime) -> RetryAfter | None:
    """Whether another use would be refused; nothing is counted."""
    limit, whose = LIMITS[what], _whose(record, what, who)
    until = record.shield.refused_until(whose, now)
    if until is not None:
        return _until(until, now)
    opened_at, ends_at = window_of(limit, now)
    with record.reading() as connection:
        wanted = select(UseCount.used_count).where(
            UseCount.what == what, UseCount.who == whose[1], UseCount.opened_at == opened_at
        )
        used = connection.execute(wanted).scalar_one_or_none() or 0
    return _until(ends_at, now) if used >= limit.count else None


@repeated
def forget_uses(record: Record, *, now: datetime) -> int:
    """How many counts of windows that are over are gone."""
    with record.writing() as connection:
        return connection.execute(delete(UseCount).where(UseCount.ends_at <= now)).rowcount


def window_of(limit: Limit, now: datetime) -> tuple[datetime, datetime]:
    """The window that `now` lies in: one after the other, the same in every process."""
    opened_at = now - (now - _EPOCH) % limit.period
    return opened_at, opened_at + limit.period


def _whose(record: Record, what: str, who: str) -> Whose:
    return what, record.keys.keyed(f"limit {what}", who)


@repeated
def _claim(record: Record, whose: Whose, opened_at: datetime, ends_at: datetime, block: int) -> int:
    """Take a block of uses; how many had been taken before."""
    with record.writing() as connection:
        return _added(connection, whose, opened_at, ends_at, block) - block


def _added(connection: Connection, whose: Whose, opened_at: datetime, ends_at: datetime, block: int) -> int:
    """One statement, so that no two processes count the same use."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    new = dialect.insert(UseCount).values(
        what=whose[0], who=whose[1], opened_at=opened_at, ends_at=ends_at, used_count=block
    )
    added = new.on_conflict_do_update(
        index_elements=[UseCount.what, UseCount.who, UseCount.opened_at],
        set_={"used_count": UseCount.used_count + block},
    ).returning(UseCount.used_count)
    return int(connection.execute(added).scalar_one())


def _until(ends_at: datetime, now: datetime) -> RetryAfter:
    return RetryAfter(max(1, -(-(ends_at - now) // _SECOND)))

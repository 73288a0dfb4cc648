"""The circuit breaker of a channel: after five failures in a row it rests, then one message tries it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select, update

from recruit.serial import one_at_a_time
from recruit.tables import Circuit

TRIPPED = 5
REST = timedelta(seconds=60)
LONGEST = timedelta(minutes=4)


@dataclass(frozen=True, slots=True)
class State:
    """`is_resting`: nothing is tried. `is_probing`: it failed, has rested, and one message tries it."""

    failure_count: int
    is_resting: bool

    @property
    def is_probing(self) -> bool:
        return self.failure_count >= TRIPPED and not self.is_resting


def state_of(connection: Connection, channel: str, now: datetime) -> State:
    wanted = select(Circuit.failure_count, Circuit.closed_until).where(Circuit.channel == channel)
    row = connection.execute(wanted).one_or_none()
    if row is None:
        return State(0, is_resting=False)
    return State(row.failure_count, is_resting=row.closed_until is not None and row.closed_until > now)


def note_failure(connection: Connection, channel: str, now: datetime) -> None:
    one_at_a_time(connection, f"circuit:{channel}")
    known = select(Circuit.failure_count).where(Circuit.channel == channel)
    count = (connection.execute(known).scalar_one_or_none() or 0) + 1
    values = {"failure_count": count, "closed_until": now + _rest(count) if count >= TRIPPED else None}
    if count == 1 and connection.execute(known).first() is None:
        connection.execute(insert(Circuit).values(channel=channel, **values))
        return
    connection.execute(update(Circuit).where(Circuit.channel == channel).values(values))


def note_success(connection: Connection, channel: str) -> None:
    closed = update(Circuit).where(Circuit.channel == channel, Circuit.failure_count > 0)
    connection.execute(closed.values(failure_count=0, closed_until=None))


def _rest(count: int) -> timedelta:
    return min(REST * (1 << min(count - TRIPPED, 8)), LONGEST)

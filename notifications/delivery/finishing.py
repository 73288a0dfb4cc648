"""Finishing a try: what came of it is kept where the fence still stands, and what failed comes again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, insert, select, tuple_, update

from notifications.delivery.circuits import note_failure, note_success
from notifications.delivery.claiming import Claimed
from notifications.delivery.letters import Result
from recruit.commands.outbox import DEAD, RELEASED, SENT, WAITING
from recruit.ids import new_id
from recruit.record import Record
from recruit.repeat import repeated
from recruit.tables import Delivery, Outbox

FIRST, LONGEST = timedelta(seconds=30), timedelta(hours=1)
GIVEN_UP = timedelta(hours=72)
_JITTER = 0.15
_DOUBLINGS = 7  # 30 s x 2^7 is above an hour


@dataclass(frozen=True, slots=True)
class Ended:
    """A try with its result; `at`: when it ended."""

    claimed: Claimed
    result: Result
    at: datetime


@dataclass(frozen=True, slots=True)
class Delivered:
    """What one run did; `lost`: tries whose lease had passed to another worker, which mark nothing."""

    sent: int = 0
    failed: int = 0
    dead: int = 0
    lost: int = 0

    def __add__(self, other: "Delivered") -> "Delivered":
        return Delivered(
            self.sent + other.sent,
            self.failed + other.failed,
            self.dead + other.dead,
            self.lost + other.lost,
        )


@repeated
def finish(record: Record, ended: Sequence[Ended], *, chance: float) -> Delivered:
    """Mark them in one transaction; `chance`, from 0 to 1, spreads the next tries."""
    with record.writing() as connection:
        sent = [one for one in ended if one.result.outcome == "sent"]
        done = _mark_sent(connection, sent) if sent else Delivered()
        for one in ended:
            if one.result.outcome != "sent":
                done += _mark_failed(connection, one, chance)
    return done


def backoff(failures: int, chance: float) -> timedelta:
    """30 s, doubled with each failure up to an hour, less up to 15 % so that not all come back at once."""
    longest = min(FIRST * (1 << min(failures - 1, _DOUBLINGS)), LONGEST)
    return longest * (1 - _JITTER * chance)


def _mark_sent(connection: Connection, ended: Sequence[Ended]) -> Delivered:
    own = tuple_(Outbox.id, Outbox.fence).in_([(one.claimed.id, one.claimed.fence) for one in ended])
    marked = (
        update(Outbox)
        .where(own, Outbox.state == WAITING)
        .values(state=SENT, sent_at=ended[-1].at, lease_until=None, last_error=None)
        .returning(Outbox.id)
    )
    kept = set(connection.execute(marked).scalars())
    found = [one for one in ended if one.claimed.id in kept]
    if found:
        connection.execute(insert(Delivery), [_row(one) for one in found])
    for one in found:
        if one.claimed.has_failed:
            note_success(connection, one.claimed.channel)
            break
    return Delivered(sent=len(found), lost=len(ended) - len(found))


def _mark_failed(connection: Connection, ended: Ended, chance: float) -> Delivered:
    """Refused for good, or given up after 72 hours, it is dead; else it comes again after its back-off."""
    claimed, result = ended.claimed, ended.result
    if result.outcome == "failed":
        note_failure(connection, claimed.channel, ended.at)
    failures, since = _since_release(connection, claimed.id)
    later = ended.at + backoff(failures + 1, chance)
    is_dead = result.is_final or later > (since or ended.at) + GIVEN_UP
    marked = (
        update(Outbox)
        .where(Outbox.id == claimed.id, Outbox.fence == claimed.fence, Outbox.state == WAITING)
        .values(
            state=DEAD if is_dead else WAITING, not_before=later, lease_until=None, last_error=result.error
        )
        .returning(Outbox.id)
    )
    if connection.execute(marked).first() is None:
        return Delivered(lost=1)
    connection.execute(insert(Delivery), [_row(ended)])
    return Delivered(failed=1, dead=int(is_dead))


def _since_release(connection: Connection, outbox: str) -> tuple[int, datetime | None]:
    """How many tries there were, and the first of them, since an administrator let it begin anew."""
    released = (
        select(func.coalesce(func.max(Delivery.number), 0))
        .where(Delivery.outbox == outbox, Delivery.result == RELEASED)
        .scalar_subquery()
    )
    tries = select(func.count(), func.min(Delivery.at)).where(
        Delivery.outbox == outbox, Delivery.number > released
    )
    count, first = connection.execute(tries).one()
    return count, first


def _row(ended: Ended) -> dict[str, object]:
    return {
        "id": new_id(ended.at),
        "outbox": ended.claimed.id,
        "number": ended.claimed.number,
        "at": ended.at,
        "result": ended.result.outcome,
        "error": ended.result.error,
    }

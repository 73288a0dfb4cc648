"""What the record need not keep: answers after 30 days, log-ins that are over, tries that lock no more."""

from datetime import datetime

from sqlalchemy import delete, select

from recruit.commands.answers import KEPT
from recruit.commands.failures import is_over
from recruit.record import Record
from recruit.repeat import repeated
from recruit.tables import Failure, Idempotency, Session

_AT_ONCE = 500


@repeated
def forget_answers(record: Record, *, now: datetime) -> int:
    """How many were forgotten; their keys may be used again."""
    forgotten = 0
    while True:
        with record.writing() as connection:
            old = (
                select(Idempotency.actor, Idempotency.key)
                .where(Idempotency.at < now - KEPT)
                .order_by(Idempotency.at)
                .limit(_AT_ONCE)
            )
            rows = connection.execute(old).all()
            for actor, key in rows:
                connection.execute(
                    delete(Idempotency).where(Idempotency.actor == actor, Idempotency.key == key)
                )
        forgotten += len(rows)
        if len(rows) < _AT_ONCE:
            return forgotten


@repeated
def forget_sessions(record: Record, *, now: datetime) -> int:
    """How many log-ins were past their last minute, and are gone."""
    with record.writing() as connection:
        return connection.execute(delete(Session).where(Session.expires_at <= now)).rowcount


@repeated
def forget_failures(record: Record, *, now: datetime) -> int:
    """How many failed log-ins can lock nothing any more, and are gone."""
    with record.writing() as connection:
        return connection.execute(delete(Failure).where(is_over(now))).rowcount

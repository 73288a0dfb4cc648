"""What the record need not keep: answers after 30 days, log-ins that are over, tries that lock no more."""

from datetime import datetime

from sqlalchemy import bindparam, delete, select

from recruit.commands.answers import KEPT
from recruit.commands.failures import is_over
from recruit.context import Actor, Context
from recruit.guards import missing_guards
from recruit.log.events import NewEvent, append_event
from recruit.record import Record
from recruit.repeat import repeated
from recruit.tables import Failure, Idempotency, Organization, Session

_AT_ONCE = 500
_FORGET = delete(Idempotency).where(
    Idempotency.actor == bindparam("whose"), Idempotency.key == bindparam("which")
)


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
            if rows:
                connection.execute(_FORGET, [{"whose": actor, "which": key} for actor, key in rows])
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


def check_guards(record: Record, *, now: datetime) -> tuple[str, ...]:
    """The append-only guards that are missing; then nothing is written any more, and the log says so last.

    Once they stand again writing goes on.
    """
    with record.reading() as connection:
        missing = missing_guards(connection)
    if missing and not record.missing_guards:
        _report(record, missing, now=now)
    record.missing_guards = missing
    return missing


@repeated
def _report(record: Record, missing: tuple[str, ...], *, now: datetime) -> None:
    with record.writing() as connection:
        root = connection.execute(select(Organization.id).where(Organization.parent.is_(None))).scalar()
        if root is not None:
            context = Context(record=record, actor=Actor(user_id="", name=""), now=now)
            new = NewEvent(org=root, do="guards_missing", details={"guards": ", ".join(missing)})
            append_event(connection, context, new)

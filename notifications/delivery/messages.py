"""A message of the outbox, as whoever claims it reads it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, or_, select

from recruit.commands.outbox import WAITING
from recruit.tables import Outbox


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """`title` and `body` None: not tried yet. `lease_until`: a lease that ran out without an answer."""

    id: str
    key: str
    channel: str
    recipient: str
    template: str
    subject: str
    title: str | None
    body: str | None
    attempts: int
    fence: int
    lease_until: datetime | None


_COLUMNS = (
    Outbox.id, Outbox.key, Outbox.channel, Outbox.recipient, Outbox.template, Outbox.subject,
    Outbox.title, Outbox.body, Outbox.attempts, Outbox.fence, Outbox.lease_until,
)  # fmt: skip


def due_messages(
    connection: Connection, channel: str, now: datetime, *, limit: int, is_locking: bool
) -> Sequence[Message]:
    """Those that wait, are due and leased to nobody; locked ones are passed over by other workers."""
    wanted = (
        select(*_COLUMNS)
        .where(
            Outbox.state == WAITING,
            Outbox.not_before <= now,
            Outbox.channel == channel,
            or_(Outbox.lease_until.is_(None), Outbox.lease_until <= now),
        )
        .order_by(Outbox.not_before, Outbox.id)
        .limit(limit)
    )
    if is_locking:
        wanted = wanted.with_for_update(skip_locked=True)
    return [Message(**row._mapping) for row in connection.execute(wanted)]  # noqa: SLF001 - the documented way to a row's mapping

"""Claiming messages: a lease of a minute, and a fence that whoever lost the lease cannot pass."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Connection, insert, update

from notifications.delivery.circuits import state_of
from notifications.delivery.destinations import destination_or_none, pace
from notifications.delivery.letters import UNKNOWN, Letter
from notifications.delivery.messages import Message, due_messages
from notifications.delivery.rendering import Text, is_needed, render
from recruit.clock import civil_day
from recruit.commands.outbox import DROPPED, WAITING
from recruit.find import topmost
from recruit.ids import new_id
from recruit.record import Record
from recruit.repeat import repeated
from recruit.tables import Delivery, Outbox

LEASE = timedelta(seconds=60)
_LATER = timedelta(hours=1)
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """`number` of this try; `has_failed`: the channel failed before, so that a success is news."""

    id: str
    channel: str
    fence: int
    number: int
    letter: Letter
    has_failed: bool


@repeated
def claim(record: Record, channel: str, now: datetime, *, limit: int, base_url: str = "") -> list[Claimed]:
    """Messages of the channel that are due, leased to the caller alone; none while the channel rests."""
    with record.reading() as connection:
        if not due_messages(connection, channel, now, limit=1, is_locking=False):
            return []
    with record.writing() as connection:
        circuit = state_of(connection, channel, now)
        if circuit.is_resting:
            return []
        most = 1 if circuit.is_probing else limit
        messages = due_messages(connection, channel, now, limit=most, is_locking=True)
        house = topmost(connection).id.lower()
        claimed = [
            Claimed(
                id=message.id,
                channel=channel,
                fence=message.fence + 1,
                number=message.attempts + 1,
                letter=letter,
                has_failed=circuit.failure_count > 0,
            )
            for message in messages
            if (letter := _letter_or_none(connection, record, message, now, base_url, house)) is not None
        ]
        _lease(connection, claimed, now)
    return claimed


@repeated
def release(record: Record, claimed: list[Claimed]) -> None:
    """Give back what was not tried; it counts as no try."""
    with record.writing() as connection:
        for one in claimed:
            connection.execute(
                update(Outbox)
                .where(Outbox.id == one.id, Outbox.fence == one.fence, Outbox.state == WAITING)
                .values(lease_until=None, attempts=Outbox.attempts - 1)
            )


def _letter_or_none(
    connection: Connection, record: Record, message: Message, now: datetime, base_url: str, house: str
) -> Letter | None:
    """None where the message is dropped, put off, or cannot be made."""
    if message.lease_until is not None:
        _note_unknown(connection, message, message.lease_until)
    try:
        destination = destination_or_none(connection, record, message.channel, message.recipient)
        if destination is None:
            _settle(connection, message.id, state=DROPPED, last_error="no_address")
            return None
        if not is_needed(connection, message, civil_day(now)):
            _settle(connection, message.id, state=DROPPED, last_error=None)
            return None
        text = _text(connection, message, now, base_url)
    except Exception as failed:  # noqa: BLE001 - one message that cannot be made must not stop the others
        _log.error("message_not_made", message=message.id, error=type(failed).__name__)
        _settle(connection, message.id, not_before=now + _LATER, last_error=type(failed).__name__)
        return None
    free_at = pace(connection, message.channel, message.recipient, now)
    if free_at > now:
        _settle(connection, message.id, not_before=free_at)
        return None
    return Letter(
        id=f"<{message.key.replace(':', '.')}@{house}.recruit>",
        to=destination.to,
        secret=destination.secret,
        title=text.title,
        body=text.body,
        at=now,
    )


def _text(connection: Connection, message: Message, now: datetime, base_url: str) -> Text:
    if message.body is not None:
        return Text(message.title or "", message.body)
    text = render(connection, message, civil_day(now), base_url=base_url)
    fixed = update(Outbox).where(Outbox.id == message.id, Outbox.body.is_(None))
    connection.execute(fixed.values(title=text.title, body=text.body))
    return text


def _note_unknown(connection: Connection, message: Message, lease_until: datetime) -> None:
    """Whoever held it before has told nothing: it may have been delivered."""
    connection.execute(
        insert(Delivery).values(
            id=new_id(lease_until),
            outbox=message.id,
            number=message.attempts,
            at=lease_until - LEASE,
            result=UNKNOWN,
        )
    )


def _settle(connection: Connection, id_: str, **values: object) -> None:
    connection.execute(update(Outbox).where(Outbox.id == id_).values(lease_until=None, **values))


def _lease(connection: Connection, claimed: list[Claimed], now: datetime) -> None:
    if claimed:
        leased = update(Outbox).where(Outbox.id.in_([one.id for one in claimed]))
        connection.execute(
            leased.values(lease_until=now + LEASE, fence=Outbox.fence + 1, attempts=Outbox.attempts + 1)
        )

"""Claiming messages: a lease of a minute, and a fence that whoever lost the lease cannot pass."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import structlog
from sqlalchemy import Connection, bindparam, insert, update

from notifications.delivery.circuits import state_of
from notifications.delivery.contents import Item, items_of, learn_places, signed_note
from notifications.delivery.destinations import Destination, destinations_of, pace
from notifications.delivery.letters import UNKNOWN, Letter
from notifications.delivery.messages import Message, due_messages
from notifications.delivery.rendering import Text, render
from notifications.delivery.words import say
from recruit.clock import civil_day
from recruit.commands.checkpoints import TEMPLATE as CHECKPOINT
from recruit.commands.outbox import DROPPED, WAITING
from recruit.find import topmost
from recruit.ids import made_at, new_id
from recruit.record import Record
from recruit.repeat import repeated
from recruit.tables import Delivery, Outbox

LEASE = timedelta(seconds=60)
_LATER = timedelta(hours=1)
_KEPT_READY = timedelta(days=3)
_log = structlog.get_logger(__name__)
_LEASED = (
    update(Outbox)
    .where(Outbox.id == bindparam("message"))
    .values(
        lease_until=bindparam("until"),
        title=bindparam("new_title"),
        body=bindparam("new_body"),
        fence=Outbox.fence + 1,
        attempts=Outbox.attempts + 1,
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A channel by which something is due, as a run finds it; the names of places are learnt once a run."""

    name: str
    house: str
    has_failed: bool
    is_probing: bool
    places: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """`number` of this try; `has_failed`: the channel failed before, so that a success is news."""

    id: str
    channel: str
    fence: int
    number: int
    letter: Letter
    has_failed: bool


def channel_or_none(record: Record, name: str, now: datetime) -> Channel | None:
    """None where nothing is due by it, or while it rests."""
    with record.reading() as connection:
        if not due_messages(connection, name, now, limit=1, is_locking=False):
            return None
        circuit = state_of(connection, name, now)
        if circuit.is_resting:
            return None
        house = topmost(connection).id.lower()
    return Channel(
        name=name, house=house, has_failed=circuit.failure_count > 0, is_probing=circuit.is_probing
    )


@repeated
def claim(
    record: Record, channel: Channel, now: datetime, *, limit: int, base_url: str = ""
) -> list[Claimed]:
    """Messages that are due, leased to the caller alone, with the text that they have from now on."""
    with record.writing() as connection:
        messages = due_messages(connection, channel.name, now, limit=limit, is_locking=True)
        if not messages:
            return []
        table = _Table(connection, record, channel, now, base_url)
        table.read(messages)
        letters = [(message, letter) for message in messages if (letter := table.letter_or_none(message))]
        _lease(connection, letters, now)
    return [
        Claimed(
            id=message.id,
            channel=channel.name,
            fence=message.fence + 1,
            number=message.attempts + 1,
            letter=letter,
            has_failed=channel.has_failed,
        )
        for message, letter in letters
    ]


@repeated
def release(record: Record, claimed: Sequence[Claimed]) -> None:
    """Give back what was not tried; it counts as no try."""
    with record.writing() as connection:
        for one in claimed:
            connection.execute(
                update(Outbox)
                .where(Outbox.id == one.id, Outbox.fence == one.fence, Outbox.state == WAITING)
                .values(lease_until=None, attempts=Outbox.attempts - 1)
            )


class _Table:
    """On which the letters of one claim are made: everything that they need, read at once."""

    def __init__(
        self, connection: Connection, record: Record, channel: Channel, now: datetime, base_url: str
    ) -> None:
        self._connection = connection
        self._keys = record.keys
        self._channel = channel
        self._now = now
        self._on = civil_day(now)
        self._base_url = base_url
        self._destinations: Mapping[str, Destination] = {}
        self._items: Mapping[str, list[Item]] = {}

    def read(self, messages: Sequence[Message]) -> None:
        recipients = {message.recipient for message in messages}
        self._destinations = destinations_of(self._connection, self._channel.name, recipients)
        self._items = items_of(self._connection, [message.id for message in messages], self._on)
        places = {item.place for items in self._items.values() for item in items}
        learn_places(self._connection, places, self._channel.places)

    def letter_or_none(self, message: Message) -> Letter | None:
        """None where the message is dropped, put off, or cannot be made."""
        if message.lease_until is not None:
            _note_unknown(self._connection, message, message.lease_until)
        destination = self._destinations.get(message.recipient)
        if destination is None:
            self._settle(message, state=DROPPED, last_error="no_address")
            return None
        if not self._is_needed(message):
            self._settle(message, state=DROPPED, last_error=None)
            return None
        try:
            text, (to, secret) = self._text(message, destination.language), destination.opened(self._keys)
        except Exception as failed:  # noqa: BLE001 - one that cannot be made must not stop the others
            error = type(failed).__name__
            _log.error("message_not_made", message=message.id, error=error)
            self._settle(message, not_before=self._now + _LATER, last_error=error)
            return None
        free_at = pace(self._connection, message.channel, message.recipient, self._now)
        if free_at > self._now:
            self._settle(message, not_before=free_at)
            return None
        id_ = f"<{message.key.replace(':', '.')}@{self._channel.house}.recruit>"
        return Letter(id=id_, to=to, secret=secret, title=text.title, body=text.body, at=self._now)

    def _is_needed(self, message: Message) -> bool:
        """Something that it tells of is open; a checkpoint waits three days, each of which brings another."""
        if message.template == CHECKPOINT:
            return message.body is not None or self._on - _made_on(message) <= _KEPT_READY
        items = self._items.get(message.id)
        return items is None or any(item.is_open for item in items)

    def _text(self, message: Message, language: str) -> Text:
        if message.body is not None:
            return Text(message.title or "", message.body)
        if message.template == CHECKPOINT:
            return Text(say("checkpoint_title", language), signed_note(self._connection, message.subject))
        return render(
            message,
            self._items.get(message.id, ()),
            self._channel.places,
            self._on,
            language=language,
            base_url=self._base_url,
        )

    def _settle(self, message: Message, **values: object) -> None:
        settled = update(Outbox).where(Outbox.id == message.id).values(lease_until=None, **values)
        self._connection.execute(settled)


def _made_on(message: Message) -> date:
    return civil_day(made_at(message.id))


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


def _lease(connection: Connection, letters: Sequence[tuple[Message, Letter]], now: datetime) -> None:
    rows = [
        {"message": message.id, "until": now + LEASE, "new_title": letter.title, "new_body": letter.body}
        for message, letter in letters
    ]
    if rows:
        connection.execute(_LEASED, rows)

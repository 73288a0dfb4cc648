"""Composing: what the clock has told becomes messages, one digest a working day, urgent words at once."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, literal, or_, select, update

from notifications.batches import BATCH, in_batches
from notifications.delivery.hours import Hours, working_hours
from notifications.delivery.needed import still_open
from notifications.delivery.robot_digests import compose_robots
from notifications.delivery.writing import (
    DIGEST,
    PENDING,
    PERSONS,
    URGENT,
    Pending,
    key_or_none,
    pending,
    untold,
    write_message,
)
from recruit.recipients import PERSONAL, ROBOTS, SMS
from recruit.record import Record
from recruit.serial import one_at_a_time
from recruit.tables import Address, Outbox, Reminder, User

_TURN = "compose"


def compose(record: Record, now: datetime, *, channels: Collection[str] = (*PERSONAL, *ROBOTS)) -> int:
    """How many messages are new; repeated, or begun twice at once, nothing is written twice.

    `channels`: those by which anything can be sent. Nothing is composed outside of working hours.
    """
    with record.reading() as connection:
        hours = working_hours(connection, now)
    if hours is None:
        return 0

    def fetch(connection: Connection, last: str | None) -> Sequence[str]:
        one_at_a_time(connection, _TURN)
        return _recipients(connection, hours, last)

    def handle(connection: Connection, user: str) -> int:
        return _compose_for(connection, user, hours, now, channels)

    done = in_batches(record, fetch, handle, name=lambda user: user, tick="composing", now=now)
    if not done.found:
        return 0
    return done.done + compose_robots(record, hours.on, now, channels)


def _recipients(connection: Connection, hours: Hours, last: str | None) -> Sequence[str]:
    wanted = (
        select(Reminder.recipient)
        .where(*_is_ready(hours), or_(Reminder.is_urgent, ~_has_digest(hours)))
        .distinct()
        .order_by(Reminder.recipient)
        .limit(BATCH)
    )
    if last is not None:
        wanted = wanted.where(Reminder.recipient > last)
    return connection.execute(wanted).scalars().all()


def _is_ready(hours: Hours) -> tuple[ColumnElement[bool], ...]:
    return (
        Reminder.composed_at.is_(None),
        or_(Reminder.is_urgent, Reminder.at <= hours.cutoff),
        or_(Reminder.snoozed_until.is_(None), Reminder.snoozed_until <= hours.on),
    )


def _has_digest(hours: Hours) -> ColumnElement[bool]:
    keys = [literal(f"{DIGEST}:") + Reminder.recipient + f":{hours.on}:{channel}" for channel in PERSONAL]
    return select(Outbox.id).where(Outbox.key.in_(keys)).exists()


def _compose_for(
    connection: Connection, user: str, hours: Hours, now: datetime, channels: Collection[str]
) -> int:
    """One user's messages; what is closed or can reach nobody is marked and told by the pages alone."""
    rows = connection.execute(
        select(*PENDING).where(Reminder.recipient == user, *_is_ready(hours)).order_by(Reminder.id)
    )
    ready = [pending(row) for row in rows]
    is_open = still_open(connection, [item.id for item in ready], hours.on)
    items = [item for item in ready if item.id in is_open]
    reached = _channels_of(connection, user, channels)
    keys = {channel: f"{DIGEST}:{user}:{hours.on}:{channel}" for channel in reached}
    has_digest = bool(keys) and key_or_none(connection, keys.values()) is not None
    waiting = [item for item in items if has_digest and not item.is_urgent]
    written = 0 if SMS not in channels else _tell_persons(connection, items, hours, now)
    if has_digest:
        written += _write_urgent(connection, user, [item for item in items if item.is_urgent], reached, now)
    else:
        written += _write_digest(connection, user, items, keys, hours, now)
    _mark(connection, [item for item in ready if item not in waiting], now)
    return written


def _write_digest(
    connection: Connection,
    user: str,
    items: list[Pending],
    keys: dict[str, str],
    hours: Hours,
    now: datetime,
) -> int:
    """Urgent words ride with the digest where there is one; alone they are no digest after the cutoff."""
    if not any(item.at <= hours.cutoff for item in items):
        return _write_urgent(connection, user, items, keys, now)
    return sum(
        write_message(connection, now, key=key, channel=channel, recipient=user, template=DIGEST, told=items)
        for channel, key in keys.items()
    )


def _write_urgent(
    connection: Connection, user: str, items: list[Pending], reached: Collection[str], now: datetime
) -> int:
    return sum(
        write_message(
            connection,
            now,
            key=f"{URGENT}:{item.id}:{item.due}:{channel}",
            channel=channel,
            recipient=user,
            template=URGENT,
            told=(item,),
        )
        for item in items
        for channel in reached
    )


def _tell_persons(connection: Connection, items: list[Pending], hours: Hours, now: datetime) -> int:
    """Those without a log-in to whom a word is to be handed on, once a day; what comes later by itself."""
    return sum(
        _tell_person(connection, person, items, hours, now)
        for person in sorted({person for item in items for person in item.persons})
    )


def _tell_person(
    connection: Connection, person: str, items: list[Pending], hours: Hours, now: datetime
) -> int:
    news = untold(connection, person, [item for item in items if person in item.persons])
    if not news:
        return 0
    key = f"{DIGEST}:{person}:{hours.on}:{SMS}"
    if key_or_none(connection, (key,)) is not None:
        key = f"{URGENT}:{news[0].id}:{news[0].due}:{person}"
    return write_message(connection, now, key=key, channel=SMS, recipient=person, template=PERSONS, told=news)


def _channels_of(connection: Connection, user: str, channels: Collection[str]) -> list[str]:
    wanted = (
        select(Address.channel)
        .join(User, User.id == Address.user)
        .where(Address.user == user, Address.is_on, Address.channel.in_(channels), User.disabled_at.is_(None))
        .order_by(Address.channel)
    )
    return list(connection.execute(wanted).scalars())


def _mark(connection: Connection, items: list[Pending], now: datetime) -> None:
    """Nothing that was told anew meanwhile: its due day would have moved."""
    for item in items:
        connection.execute(
            update(Reminder)
            .where(and_(Reminder.id == item.id, Reminder.at == item.at))
            .values(composed_at=now)
        )

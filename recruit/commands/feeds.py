"""Calendar feeds: a secret address for each user, of which only the SHA-256 is kept."""

from datetime import datetime
from hashlib import sha256
from secrets import token_urlsafe

from sqlalchemy import Connection, delete, insert, select

from recruit.commands.sessions import actor_or_none
from recruit.context import BUSINESS_ROLES, Actor, Context
from recruit.errors import NotAllowed
from recruit.log.events import NewEvent, append_event
from recruit.record import Record
from recruit.repeat import repeated
from recruit.serial import one_at_a_time
from recruit.tables import Feed


@repeated
def make_feed(context: Context) -> str:
    """The secret of a new address, told this once; the address before it ends. Raises `NotAllowed`."""
    if BUSINESS_ROLES.isdisjoint(context.actor.roles()):
        raise NotAllowed(what="make_feed", needed=", ".join(sorted(BUSINESS_ROLES)))
    token = token_urlsafe(32)
    user = context.actor.user_id
    with context.record.writing() as connection:
        one_at_a_time(connection, f"feed:{user}")
        connection.execute(delete(Feed).where(Feed.user == user))
        connection.execute(insert(Feed).values(user=user, token_hash=_hashed(token), made_at=context.now))
        _tell(connection, context, "feed_made")
    return token


@repeated
def end_feed(context: Context) -> None:
    """The address answers no more. Where there is none nothing happens."""
    with context.record.writing() as connection:
        if connection.execute(delete(Feed).where(Feed.user == context.actor.user_id)).rowcount:
            _tell(connection, context, "feed_ended")


def feed_or_none(record: Record, token: str) -> str | None:
    """Whose address it is."""
    with record.reading() as connection:
        wanted = select(Feed.user).where(Feed.token_hash == _hashed(token))
        return connection.execute(wanted).scalar_one_or_none()


def feed_made_at(context: Context) -> datetime | None:
    """When the actor's present address was made."""
    with context.record.reading() as connection:
        wanted = select(Feed.made_at).where(Feed.user == context.actor.user_id)
        return connection.execute(wanted).scalar_one_or_none()


def actor_of_user(record: Record, user: str, *, now: datetime) -> Actor | None:
    """None for a user who is disabled."""
    with record.reading() as connection:
        return actor_or_none(connection, user, now=now)


def _tell(connection: Connection, context: Context, do: str) -> None:
    """Listed with the actor's own organization, the topmost of several."""
    own = min(context.actor.own, key=lambda held: len(held.path))
    event = NewEvent(org=own.organization, do=do, details={"user": context.actor.user_id}, role=own.role)
    append_event(connection, context, event)


def _hashed(token: str) -> str:
    return sha256(token.encode()).hexdigest()

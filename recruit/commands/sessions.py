"""Log-ins: a server-side session behind a 256-bit token that is stored only as its SHA-256."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

from sqlalchemy import Connection, insert, select, update

from recruit.commands.failures import claim_try, forgive
from recruit.commands.users import is_password
from recruit.context import Actor
from recruit.errors import Unavailable
from recruit.record import Record
from recruit.repeat import repeated
from recruit.stand_ins import grants_at
from recruit.tables import Session, User

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=10)
_SEEN_EVERY = timedelta(minutes=1)
_NOBODY = (
    "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$Zm9yIG5vYm9keSBhdCBhbGwsIHRydWx5ISEhISEhISEhISE"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedIn:
    actor: Actor
    token: str


@repeated
def log_in(record: Record, *, login: str, password: str, now: datetime, address: str = "") -> LoggedIn | None:
    """A new session, or None for a wrong name or password: the same answer and the same work for both.

    Raises `LogInLocked`.
    """
    with record.writing() as connection:
        row = connection.execute(
            select(User.id, User.password_hash).where(
                User.login == login.strip(), User.disabled_at.is_(None)
            ),
        ).one_or_none()
        claim_try(connection, record, login=login, address=address, user=row.id if row else None, now=now)
    matches = is_password(_NOBODY if row is None else row.password_hash, password)
    if row is None or not matches:
        return None
    token = token_urlsafe(32)
    with record.writing() as connection:
        forgive(connection, record, login=login)
        connection.execute(
            insert(Session).values(
                token_hash=_hashed(token), user=row.id, created_at=now, seen_at=now, expires_at=now + ABSOLUTE
            ),
        )
        actor = actor_or_none(connection, row.id, now=now)
    return None if actor is None else LoggedIn(actor=actor, token=token)


def actor_of_session(record: Record, token: str, *, now: datetime) -> Actor | None:
    """Whose session this is, while it lasts (30 idle minutes, 10 hours in all)."""
    hashed = _hashed(token)
    with record.reading() as connection:
        row = connection.execute(
            select(Session.user, Session.seen_at, Session.expires_at).where(
                Session.token_hash == hashed, Session.ended_at.is_(None)
            ),
        ).one_or_none()
        if row is None or now >= row.expires_at or now - row.seen_at >= IDLE:
            return None
        actor = actor_or_none(connection, row.user, now=now)
    if record.is_writable and now - row.seen_at >= _SEEN_EVERY:
        with suppress(Unavailable), record.writing() as connection:  # reading goes on where writing cannot
            connection.execute(update(Session).where(Session.token_hash == hashed).values(seen_at=now))
    return actor


@repeated
def log_out(record: Record, token: str, *, now: datetime) -> None:
    with record.writing() as connection:
        connection.execute(
            update(Session)
            .where(Session.token_hash == _hashed(token), Session.ended_at.is_(None))
            .values(ended_at=now),
        )


def actor_of_login(record: Record, login: str, *, now: datetime) -> Actor | None:
    """For the command line and the demo, where no password is asked."""
    with record.reading() as connection:
        user = connection.execute(select(User.id).where(User.login == login)).scalar_one_or_none()
        return None if user is None else actor_or_none(connection, user, now=now)


def actor_or_none(connection: Connection, user: str, *, now: datetime) -> Actor | None:
    row = connection.execute(
        select(User.name, User.language, User.big_type, User.person).where(
            User.id == user, User.disabled_at.is_(None)
        ),
    ).one_or_none()
    if row is None:
        return None
    return Actor(
        user_id=user,
        name=row.name,
        grants=grants_at(connection, user, now),
        language=row.language,
        big_type=row.big_type,
        person=row.person,
    )


def _hashed(token: str) -> str:
    return sha256(token.encode()).hexdigest()

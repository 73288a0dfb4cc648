"""Log-ins: a server-side session behind a 256-bit token that is stored only as its SHA-256."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from recruit.commands.accounts import end_sessions
from recruit.commands.failures import claim_try, forgive, take_back
from recruit.context import ADMINISTRATORS, Actor, Context
from recruit.errors import Unavailable
from recruit.factors import is_code
from recruit.passwords import is_password, rehashed_or_none
from recruit.record import Record
from recruit.repeat import repeated
from recruit.stand_ins import grants_at
from recruit.tables import Factor, Session, User

IDLE = timedelta(minutes=30)
IDLE_OF_ADMINISTRATORS = timedelta(minutes=15)
ABSOLUTE = timedelta(hours=12)
FOR_THE_CODE = timedelta(minutes=10)
_SEEN_EVERY = timedelta(minutes=1)
_ACTOR = (User.id, User.name, User.language, User.big_type, User.person)
_SIGNED_IN = (
    select(
        Session.created_at, Session.seen_at, Session.expires_at, Session.verified_at,
        User.password_changed_at, Factor.confirmed_at, *_ACTOR,
    )
    .join(User, User.id == Session.user)
    .outerjoin(Factor, Factor.user == Session.user)
    .where(
        Session.token_hash == bindparam("token_hash"),
        Session.ended_at.is_(None),
        Session.awaits_code.is_(False),
        User.disabled_at.is_(None),
    )
)  # fmt: skip
_NOBODY = (
    "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$Zm9yIG5vYm9keSBhdCBhbGwsIHRydWx5ISEhISEhISEhISE"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedIn:
    """`awaits_code`: the token opens the page that asks for the second factor, and nothing else."""

    actor: Actor
    token: str
    awaits_code: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """A session that lasts; `verified_at`: when the user last gave a password or a code."""

    actor: Actor
    has_factor: bool
    verified_at: datetime
    password_changed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HalfWay:
    """Somebody whose password was right and whose code is still to come."""

    user: str
    login: str


@repeated
def log_in(
    record: Record, *, login: str, password: str, now: datetime, address: str = "", device: str = ""
) -> LoggedIn | None:
    """A new session, or None for a wrong name or password: the same answer and the same work for both.

    Raises `LogInLocked`.
    """
    with record.writing() as connection:
        row = connection.execute(
            select(User.id, User.password_hash, Factor.confirmed_at)
            .outerjoin(Factor, Factor.user == User.id)
            .where(User.login == login.strip(), User.disabled_at.is_(None)),
        ).one_or_none()
        user = None if row is None else row.id
        tried = claim_try(connection, record, login=login, address=address, user=user, now=now)
    stored = row.password_hash if row is not None and row.password_hash else _NOBODY
    matches = is_password(stored, password)
    if row is None or not matches:
        return None
    risen = rehashed_or_none(stored, password)
    with record.writing() as connection:
        if risen is not None:
            connection.execute(update(User).where(User.id == row.id).values(password_hash=risen))
        if row.confirmed_at is None:
            forgive(connection, record, login=login)
        else:
            take_back(connection, tried)  # wrong codes before still count
        return _opened(connection, row.id, now=now, device=device, awaits_code=row.confirmed_at is not None)


@repeated
def open_session(record: Record, user: str, *, now: datetime, device: str = "") -> LoggedIn | None:
    """For whoever has just chosen a password; where there is a second factor it is asked for as ever."""
    with record.writing() as connection:
        awaits = connection.execute(
            select(Factor.user).where(Factor.user == user, Factor.confirmed_at.is_not(None))
        ).first()
        return _opened(connection, user, now=now, device=device, awaits_code=awaits is not None)


def half_way_or_none(record: Record, token: str, *, now: datetime) -> HalfWay | None:
    """Whose code is asked for, for ten minutes."""
    with record.reading() as connection:
        row = connection.execute(
            select(User.id, User.login)
            .join(Session, Session.user == User.id)
            .where(
                Session.token_hash == hashed_token(token),
                Session.awaits_code.is_(True),
                Session.ended_at.is_(None),
                Session.expires_at > now,
                User.disabled_at.is_(None),
            )
        ).one_or_none()
    return None if row is None else HalfWay(user=row.id, login=row.login)


@repeated
def enter_code(record: Record, token: str, *, code: str, now: datetime, address: str = "") -> LoggedIn | None:
    """The second step: a new session under a new token, or None for a wrong code. Raises `LogInLocked`."""
    half = half_way_or_none(record, token, now=now)
    if half is None:
        return None
    with record.writing() as connection:
        claim_try(connection, record, login=half.login, address=address, user=half.user, now=now)
    with record.writing() as connection:
        if not is_code(connection, record.keys, half.user, code, now):
            return None
        forgive(connection, record, login=half.login)
        first = update(Session).where(Session.token_hash == hashed_token(token), Session.ended_at.is_(None))
        ended = first.values(ended_at=now).returning(Session.device)
        device = connection.execute(ended).scalar_one_or_none()
        return None if device is None else _opened(connection, half.user, now=now, device=device)


@repeated
def prove_again(record: Record, token: str, *, given: str, now: datetime, address: str = "") -> bool:
    """Password or code of whoever is logged in already; right, the session counts as verified now.

    Raises `LogInLocked`.
    """
    hashed = hashed_token(token)
    with record.writing() as connection:
        row = connection.execute(
            select(User.id, User.login, User.password_hash)
            .join(Session, Session.user == User.id)
            .where(Session.token_hash == hashed, Session.ended_at.is_(None), Session.awaits_code.is_(False))
        ).one_or_none()
        if row is None:
            return False
        tried = claim_try(connection, record, login=row.login, address=address, user=row.id, now=now)
    matches = is_password(row.password_hash, given)
    with record.writing() as connection:
        if not matches and not is_code(connection, record.keys, row.id, given, now):
            return False
        take_back(connection, tried)
        connection.execute(update(Session).where(Session.token_hash == hashed).values(verified_at=now))
    return True


def signed_in_or_none(record: Record, token: str, *, now: datetime) -> SignedIn | None:
    """Whose session this is, while it lasts: 30 idle minutes, administrators 15, 12 hours in all."""
    hashed = hashed_token(token)
    with record.reading() as connection:
        row = connection.execute(_SIGNED_IN, {"token_hash": hashed}).one_or_none()
        if row is None or now >= row.expires_at:
            return None
        actor = _actor(connection, row, now=now)
    if now - row.seen_at >= _idle(actor):
        return None
    if record.is_writable and now - row.seen_at >= _SEEN_EVERY:
        with suppress(Unavailable), record.writing() as connection:  # reading goes on where writing cannot
            connection.execute(update(Session).where(Session.token_hash == hashed).values(seen_at=now))
    return SignedIn(
        actor=actor,
        has_factor=row.confirmed_at is not None,
        verified_at=row.verified_at or row.created_at,
        password_changed_at=row.password_changed_at,
    )


def actor_of_session(record: Record, token: str, *, now: datetime) -> Actor | None:
    """The user alone, for those who ask nothing more of a session."""
    signed_in = signed_in_or_none(record, token, now=now)
    return None if signed_in is None else signed_in.actor


@repeated
def log_out(record: Record, token: str, *, now: datetime) -> None:
    with record.writing() as connection:
        connection.execute(
            update(Session)
            .where(Session.token_hash == hashed_token(token), Session.ended_at.is_(None))
            .values(ended_at=now),
        )


@repeated
def end_other_sessions(context: Context, token: str) -> None:
    """All of the actor's sessions but the one with this token."""
    with context.record.writing() as connection:
        end_sessions(connection, context, context.actor.user_id, keep=hashed_token(token))


def actor_of_login(record: Record, login: str, *, now: datetime) -> Actor | None:
    """For the command line and the demo, where no password is asked."""
    with record.reading() as connection:
        user = connection.execute(select(User.id).where(User.login == login)).scalar_one_or_none()
        return None if user is None else actor_or_none(connection, user, now=now)


def actor_or_none(connection: Connection, user: str, *, now: datetime) -> Actor | None:
    row = connection.execute(
        select(*_ACTOR).where(User.id == user, User.disabled_at.is_(None)),
    ).one_or_none()
    return None if row is None else _actor(connection, row, now=now)


def _actor(connection: Connection, row: Row[*tuple[Any, ...]], *, now: datetime) -> Actor:
    return Actor(
        user_id=row.id,
        name=row.name,
        grants=grants_at(connection, row.id, now),
        language=row.language,
        big_type=row.big_type,
        person=row.person,
    )


def hashed_token(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def _idle(actor: Actor) -> timedelta:
    return IDLE_OF_ADMINISTRATORS if actor.roles() & ADMINISTRATORS else IDLE


def _opened(
    connection: Connection, user: str, *, now: datetime, device: str, awaits_code: bool = False
) -> LoggedIn | None:
    token = token_urlsafe(32)
    connection.execute(
        insert(Session).values(
            token_hash=hashed_token(token),
            user=user,
            created_at=now,
            seen_at=now,
            expires_at=now + (FOR_THE_CODE if awaits_code else ABSOLUTE),
            verified_at=now,
            awaits_code=awaits_code,
            device=device[:60],
        ),
    )
    actor = actor_or_none(connection, user, now=now)
    return None if actor is None else LoggedIn(actor=actor, token=token, awaits_code=awaits_code)

"""Tokens for programs: made for one user, told once, ended by the user or by whoever holds the machine."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from secrets import token_urlsafe

from sqlalchemy import Connection, insert, select, update

from recruit.clock import civil_day
from recruit.commands.sessions import actor_or_none
from recruit.context import Actor, Context
from recruit.errors import BadInput, NotFound, Unavailable, problem
from recruit.find import topmost
from recruit.ids import new_id
from recruit.log.events import NewEvent, append_event
from recruit.record import Record
from recruit.repeat import repeated
from recruit.stand_ins import grants_at
from recruit.tables import Token, User

PREFIX = "recruit_"  # by which a token is recognized where it should not lie
CONSOLE = ""  # whose commands come from the machine itself
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeToken:
    """`user`: an id. `name`: which program it is for. `last_on` counts; None: until it is ended."""

    user: str
    name: str
    last_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """`secret` is told this once."""

    id: str
    secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """Who comes with a token."""

    token: str
    actor: Actor


@repeated
def make_token(context: Context, make: MakeToken) -> Made:
    """For the actor, or from the console for anybody.

    Raises `NotFound` for a user who is not there, disabled or somebody else; `BadInput`.
    """
    name = make.name.strip()
    if not name or len(name) > LONGEST_NAME:
        raise BadInput(problem("name", "missing" if not name else "name_too_long", most=LONGEST_NAME))
    if make.last_on is not None and make.last_on < context.on:
        raise BadInput(problem("last_on", "past_day", found=make.last_on))
    secret = PREFIX + token_urlsafe(32)
    id_ = new_id(context.now)
    with context.record.writing() as connection:
        known = select(User.id).where(User.id == make.user, User.disabled_at.is_(None))
        if not _is_own(context, make.user) or connection.execute(known).first() is None:
            raise NotFound(what="user")
        connection.execute(
            insert(Token).values(
                id=id_,
                user=make.user,
                name=name,
                token_hash=_hashed(secret),
                made_at=context.now,
                last_on=make.last_on,
            )
        )
        details = {"token": id_, "user": make.user, "last_on": make.last_on or ""}
        _tell(connection, context, make.user, "token_made", details)
    return Made(id=id_, secret=secret)


@repeated
def end_token(context: Context, token: str) -> None:
    """It opens nothing any more; one that has ended already stays as it is.

    Raises `NotFound` for one that is not there or somebody else's.
    """
    with context.record.writing() as connection:
        row = connection.execute(
            select(Token.user, Token.ended_at).where(Token.id == token).with_for_update()
        ).one_or_none()
        if row is None or not _is_own(context, row.user):
            raise NotFound(what="token")
        if row.ended_at is not None:
            return
        connection.execute(update(Token).where(Token.id == token).values(ended_at=context.now))
        _tell(connection, context, row.user, "token_ended", {"token": token, "user": row.user})


def bearer_of_token(record: Record, secret: str, *, now: datetime) -> Bearer | None:
    """Whose token this is: None once it or its user has ended, and for a text that is none."""
    on = civil_day(now)
    with record.reading() as connection:
        row = connection.execute(
            select(Token.id, Token.user, Token.last_on, Token.used_on).where(
                Token.token_hash == _hashed(secret), Token.ended_at.is_(None)
            )
        ).one_or_none()
        if row is None or (row.last_on is not None and row.last_on < on):
            return None
        actor = actor_or_none(connection, row.user, now=now)
    if actor is None:
        return None
    if row.used_on != on and record.is_writable:
        with suppress(Unavailable):  # reading goes on where writing cannot
            _mark_used(record, row.id, on)
    return Bearer(token=row.id, actor=actor)


def _is_own(context: Context, user: str) -> bool:
    return context.actor.user_id in {user, CONSOLE}


def _mark_used(record: Record, token: str, on: date) -> None:
    with record.writing() as connection:
        connection.execute(update(Token).where(Token.id == token).values(used_on=on))


def _tell(
    connection: Connection, context: Context, user: str, do: str, details: Mapping[str, object]
) -> None:
    """Listed with the user's own organization, the topmost of several."""
    own = [held for held in grants_at(connection, user, context.now) if held.instead_of is None]
    nearest = min(own, key=lambda held: len(held.path), default=None)
    org = topmost(connection).id if nearest is None else nearest.organization
    role = "" if nearest is None or context.actor.user_id == CONSOLE else nearest.role
    append_event(connection, context, NewEvent(org=org, do=do, details=details, role=role))


def _hashed(secret: str) -> str:
    return sha256(secret.encode("utf-8", "replace")).hexdigest()

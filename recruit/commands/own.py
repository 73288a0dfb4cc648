"""How a person looks at the own dossier: a code that the branch hands over opens it for half an hour."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from os import urandom
from secrets import token_urlsafe

from sqlalchemy import Connection, delete, insert, select

from recruit.commands.erasable import ERASED
from recruit.commands.standing import find_standing
from recruit.context import Context, ensure_role
from recruit.errors import BadInput, problem
from recruit.keys import Keys
from recruit.log.events import NewEvent, append_event
from recruit.record import Record
from recruit.repeat import repeated
from recruit.submissions import code_of, read_code
from recruit.tables import Dossier, OwnCode, OwnSession, Person

MAKERS = ("branch_secretary", "branch_clerk", "organizer")
CODE_LASTS = timedelta(days=30)
LOOK_LASTS = timedelta(minutes=30)
_LENGTH = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver:
    """`code` is told once and stored nowhere; `ends_at`: from then on it opens nothing."""

    code: str
    ends_at: datetime


@repeated
def make_own_code(context: Context, dossier: str) -> HandedOver:
    """A new code for a dossier; the one before it and whatever it has open end.

    Raises `BadInput` where the dossier has ended, `NotFound`, `NotAllowed`.
    """
    code = code_of(urandom(16), length=_LENGTH)
    ends_at = context.now + CODE_LASTS
    with context.record.writing() as connection:
        standing = find_standing(connection, context, dossier)
        held = ensure_role(context, MAKERS, path=standing.path, what="make_own_code")
        if standing.facts is None or standing.facts.ended_on is not None:
            raise BadInput(problem("person", "dossier_over"))
        drop_own_codes(connection, dossier)
        connection.execute(
            insert(OwnCode).values(
                dossier=dossier,
                code_digest=_digest(context.record.keys, code),
                made_by=context.actor.user_id,
                made_at=context.now,
                ends_at=ends_at,
            )
        )
        event = NewEvent(org=standing.branch, do="own_code_made", details={}, role=held.role, dossier=dossier)
        append_event(connection, context, event)
    return HandedOver(code=code, ends_at=ends_at)


@repeated
def open_own(record: Record, code: str, *, now: datetime) -> str | None:
    """The token of half an hour's look; None for a code that opens nothing."""
    token = token_urlsafe(32)
    with record.reading() as connection:
        dossier = _dossier_or_none(connection, _digest(record.keys, read_code(code)), now)
    if dossier is None:
        return None
    with record.writing() as connection:
        if _dossier_or_none(connection, _digest(record.keys, read_code(code)), now) is None:
            return None
        connection.execute(
            insert(OwnSession).values(token_hash=_hashed(token), dossier=dossier, ends_at=now + LOOK_LASTS)
        )
    return token


def dossier_of_own(record: Record, token: str, *, now: datetime) -> str | None:
    """Whose dossier the token shows, while it lasts."""
    wanted = (
        select(OwnSession.dossier)
        .join(Dossier, Dossier.id == OwnSession.dossier)
        .join(Person, Person.id == Dossier.person)
        .where(OwnSession.token_hash == _hashed(token), OwnSession.ends_at > now, Person.name != ERASED)
    )
    with record.reading() as connection:
        return connection.execute(wanted).scalar_one_or_none()


@repeated
def close_own(record: Record, token: str) -> None:
    with record.writing() as connection:
        connection.execute(delete(OwnSession).where(OwnSession.token_hash == _hashed(token)))


@repeated
def forget_own_sessions(record: Record, *, now: datetime) -> int:
    """How many looks are over, and gone."""
    with record.writing() as connection:
        return connection.execute(delete(OwnSession).where(OwnSession.ends_at <= now)).rowcount


def drop_own_codes(connection: Connection, *dossiers: str) -> None:
    """Codes and looks of these dossiers end, within the caller's transaction."""
    connection.execute(delete(OwnSession).where(OwnSession.dossier.in_(dossiers)))
    connection.execute(delete(OwnCode).where(OwnCode.dossier.in_(dossiers)))


def _dossier_or_none(connection: Connection, digest: bytes, now: datetime) -> str | None:
    wanted = select(OwnCode.dossier).where(OwnCode.code_digest == digest, OwnCode.ends_at > now)
    return connection.execute(wanted).scalar_one_or_none()


def _digest(keys: Keys, code: str) -> bytes:
    return keys.keyed("own code", code)


def _hashed(token: str) -> str:
    return sha256(token.encode()).hexdigest()

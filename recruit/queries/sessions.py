"""Where the actor is logged in, and whether a second factor and printed codes stand ready."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from recruit.commands.sessions import IDLE, hashed_token
from recruit.context import Context
from recruit.tables import Factor, PrintedCode, Session, User


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRow:
    device: str
    created_at: datetime
    seen_at: datetime
    is_own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorState:
    """`codes_count`: printed codes that are left."""

    confirmed_at: datetime | None
    codes_count: int


def my_sessions(context: Context, token: str) -> tuple[SessionRow, ...]:
    """The newest first; `token` is the one that asks."""
    own = hashed_token(token)
    wanted = (
        select(Session.token_hash, Session.device, Session.created_at, Session.seen_at)
        .where(
            Session.user == context.actor.user_id,
            Session.ended_at.is_(None),
            Session.awaits_code.is_(False),
            Session.expires_at > context.now,
            Session.seen_at > context.now - IDLE,
        )
        .order_by(Session.created_at.desc(), Session.token_hash)
    )
    with context.record.reading() as connection:
        return tuple(
            SessionRow(
                device=row.device,
                created_at=row.created_at,
                seen_at=row.seen_at,
                is_own=row.token_hash == own,
            )
            for row in connection.execute(wanted)
        )


def last_log_in(context: Context, token: str) -> SessionRow | None:
    """The actor's newest log-in before the one with this token, ended or not."""
    before = (
        select(Session.device, Session.created_at, Session.seen_at)
        .where(
            Session.user == context.actor.user_id,
            Session.token_hash != hashed_token(token),
            Session.awaits_code.is_(False),
        )
        .order_by(Session.created_at.desc(), Session.token_hash)
        .limit(1)
    )
    with context.record.reading() as connection:
        row = connection.execute(before).one_or_none()
    if row is None:
        return None
    return SessionRow(device=row.device, created_at=row.created_at, seen_at=row.seen_at, is_own=False)


def my_factor(context: Context) -> FactorState:
    user = context.actor.user_id
    left = (
        select(func.count())
        .select_from(PrintedCode)
        .where(PrintedCode.user == user, PrintedCode.used_at.is_(None))
    )
    with context.record.reading() as connection:
        confirmed = connection.execute(
            select(Factor.confirmed_at).where(Factor.user == user)
        ).scalar_one_or_none()
        return FactorState(confirmed_at=confirmed, codes_count=connection.execute(left).scalar_one())


def login_of(context: Context) -> str:
    """The actor's own log-in name."""
    with context.record.reading() as connection:
        login: str = connection.execute(
            select(User.login).where(User.id == context.actor.user_id)
        ).scalar_one()
    return login

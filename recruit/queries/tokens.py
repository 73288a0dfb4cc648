"""The tokens that open something: a user's own, or everybody's for whoever holds the machine."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select

from recruit.clock import civil_day
from recruit.context import Context
from recruit.record import Record
from recruit.tables import Token, User


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRow:
    """`last_on` None: until it is ended; `used_on` None: it was never shown."""

    id: str
    login: str
    name: str
    made_at: datetime
    last_on: date | None
    used_on: date | None


def my_tokens(context: Context) -> tuple[TokenRow, ...]:
    """The actor's own, the oldest first."""
    return _running(context.record, context.on, user=context.actor.user_id)


def tokens(record: Record, *, now: datetime) -> tuple[TokenRow, ...]:
    """Those of all users who are not disabled."""
    return _running(record, civil_day(now))


def _running(record: Record, on: date, *, user: str | None = None) -> tuple[TokenRow, ...]:
    wanted = (
        select(Token.id, User.login, Token.name, Token.made_at, Token.last_on, Token.used_on)
        .join(User, User.id == Token.user)
        .where(
            Token.ended_at.is_(None),
            User.disabled_at.is_(None),
            or_(Token.last_on.is_(None), Token.last_on >= on),
        )
        .order_by(User.login, Token.id)
    )
    if user is not None:
        wanted = wanted.where(Token.user == user)
    with record.reading() as connection:
        return tuple(TokenRow(**row._mapping) for row in connection.execute(wanted))  # noqa: SLF001 - the documented way to a row's mapping

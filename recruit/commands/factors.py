"""The second factor: begun, confirmed by its first code, given up; new printed codes."""

from sqlalchemy import Connection, delete, insert, select, update

from recruit.commands.accounts import end_sessions, tell_own
from recruit.context import Context
from recruit.errors import BadInput, NotFound, problem
from recruit.factors import (
    digest_of,
    new_printed_codes,
    new_secret,
    open_secret,
    plain_code,
    seal_secret,
    step_or_none,
)
from recruit.repeat import repeated
from recruit.tables import Factor, PrintedCode


@repeated
def begin_factor(context: Context) -> None:
    """A new secret that waits for its first code; one that holds already holds until then."""
    user = context.actor.user_id
    sealed = seal_secret(context.record.keys, user, new_secret())
    with context.record.writing() as connection:
        known = connection.execute(select(Factor.user).where(Factor.user == user)).first()
        if known is None:
            connection.execute(insert(Factor).values(user=user, pending=sealed, last_step=0))
        else:
            connection.execute(update(Factor).where(Factor.user == user).values(pending=sealed))


def pending_secret(context: Context) -> str | None:
    """What the telephone has to learn, while it waits for its first code."""
    user = context.actor.user_id
    with context.record.reading() as connection:
        sealed = connection.execute(select(Factor.pending).where(Factor.user == user)).scalar_one_or_none()
    return None if sealed is None else open_secret(context.record.keys, user, sealed)


@repeated
def confirm_factor(context: Context, code: str, *, keep: str = "") -> tuple[str, ...]:
    """The pending secret holds from now on; gives the printed codes, which nothing shows again.

    Every session but `keep` (a hash) ends. Raises `BadInput` for a wrong code, `NotFound`.
    """
    user, keys = context.actor.user_id, context.record.keys
    with context.record.writing() as connection:
        sealed = connection.execute(select(Factor.pending).where(Factor.user == user)).scalar_one_or_none()
        if sealed is None:
            raise NotFound(what="factor")
        step = step_or_none(open_secret(keys, user, sealed), plain_code(code), context.now, after=0)
        if step is None:
            raise BadInput(problem("code", "wrong_code"))
        values = {"sealed": sealed, "pending": None, "confirmed_at": context.now, "last_step": step}
        connection.execute(update(Factor).where(Factor.user == user).values(values))
        codes = _print_anew(connection, context)
        end_sessions(connection, context, user, keep=keep)
        tell_own(connection, context, "factor_set")
    return codes


@repeated
def print_codes(context: Context) -> tuple[str, ...]:
    """Ten new ones; the old ones open nothing any more. Raises `NotFound` without a factor."""
    with context.record.writing() as connection:
        _ensure_confirmed(connection, context)
        codes = _print_anew(connection, context)
        tell_own(connection, context, "codes_printed")
    return codes


@repeated
def end_factor(context: Context) -> None:
    """The password alone again; whether the role allows it is the counter's to ask. Raises `NotFound`."""
    with context.record.writing() as connection:
        _ensure_confirmed(connection, context)
        drop_factor(connection, context.actor.user_id)
        tell_own(connection, context, "factor_ended")


def drop_factor(connection: Connection, user: str) -> None:
    connection.execute(delete(PrintedCode).where(PrintedCode.user == user))
    connection.execute(delete(Factor).where(Factor.user == user))


def _print_anew(connection: Connection, context: Context) -> tuple[str, ...]:
    user, keys = context.actor.user_id, context.record.keys
    connection.execute(delete(PrintedCode).where(PrintedCode.user == user))
    codes = new_printed_codes()
    rows = [{"user": user, "digest": digest_of(keys, user, code)} for code in codes]
    connection.execute(insert(PrintedCode), rows)
    return codes


def _ensure_confirmed(connection: Connection, context: Context) -> None:
    holds = select(Factor.user).where(Factor.user == context.actor.user_id, Factor.confirmed_at.is_not(None))
    if connection.execute(holds).first() is None:
        raise NotFound(what="factor")

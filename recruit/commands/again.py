"""Asking for the own password once more, before something that a log-in left open must not do."""

from sqlalchemy import select

from recruit.commands.failures import claim_try, forgive
from recruit.context import Context
from recruit.passwords import is_password
from recruit.repeat import repeated
from recruit.tables import User


@repeated
def is_oneself(context: Context, password: str, *, address: str = "") -> bool:
    """Whether it is the password of this log-in; a wrong one counts as a failed log-in.

    Raises `LogInLocked`.
    """
    with context.record.writing() as connection:
        wanted = select(User.login, User.password_hash).where(User.id == context.actor.user_id)
        login, stored = connection.execute(wanted).one()
        claim_try(
            connection, context.record, login=login, address=address, user=context.actor.user_id,
            now=context.now,
        )  # fmt: skip
    if not is_password(stored, password):
        return False
    with context.record.writing() as connection:
        forgive(connection, context.record, login=login)
    return True

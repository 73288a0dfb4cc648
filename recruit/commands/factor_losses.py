"""A second factor that was lost: one administrator reports it, the security administrator confirms it."""

from sqlalchemy import Connection, delete, insert, select

from recruit.commands.accounts import end_sessions, find_account
from recruit.commands.factors import drop_factor
from recruit.commands.links import make_link
from recruit.context import Context
from recruit.errors import BadInput, NotAllowed, NotFound, problem
from recruit.repeat import repeated
from recruit.tables import Factor, FactorLoss

REPORTERS = ("system_admin", "security_admin", "audit_admin")
CONFIRMERS = ("security_admin",)


@repeated
def report_factor_loss(context: Context, user: str) -> None:
    """Nothing changes before somebody else confirms. Raises `NotFound`, `NotAllowed`, `BadInput`."""
    with context.record.writing() as connection:
        account = find_account(connection, context, user)
        held = account.ensure(context, REPORTERS, "report_factor_loss")
        if user == context.actor.user_id:
            raise BadInput(problem("user", "own_account"))
        if connection.execute(select(Factor.user).where(Factor.user == user)).first() is None:
            raise BadInput(problem("user", "no_factor"))
        if _reporter(connection, user) is not None:
            raise BadInput(problem("user", "loss_waits"))
        row = {"user": user, "proposed_by": context.actor.user_id, "proposed_at": context.now}
        connection.execute(insert(FactorLoss).values(row))
        account.tell(connection, context, "factor_loss_reported", held)


@repeated
def confirm_factor_loss(context: Context, user: str) -> str:
    """The factor is gone, every session ends, and a new link is handed over: gives its token.

    Raises `NotFound`, and `NotAllowed` for whoever reported it or whose factor it is.
    """
    with context.record.writing() as connection:
        account = find_account(connection, context, user)
        held = account.ensure(context, CONFIRMERS, "confirm_factor_loss")
        reporter = _reporter(connection, user)
        if reporter is None:
            raise NotFound(what="factor_loss")
        if context.actor.user_id in {reporter, user}:
            raise NotAllowed(what="confirm_factor_loss", needed="second_person")
        connection.execute(delete(FactorLoss).where(FactorLoss.user == user))
        drop_factor(connection, user)
        end_sessions(connection, context, user)
        account.tell(connection, context, "factor_loss_confirmed", held, reported_by=reporter)
        return make_link(connection, context, user=user, organization=held[0], role=held[1].role)


@repeated
def withdraw_factor_loss(context: Context, user: str) -> None:
    """It was found again, or never lost. Raises `NotFound`, `NotAllowed`."""
    with context.record.writing() as connection:
        account = find_account(connection, context, user)
        held = account.ensure(context, REPORTERS, "withdraw_factor_loss")
        if _reporter(connection, user) is None:
            raise NotFound(what="factor_loss")
        connection.execute(delete(FactorLoss).where(FactorLoss.user == user))
        account.tell(connection, context, "factor_loss_withdrawn", held)


def _reporter(connection: Connection, user: str) -> str | None:
    return connection.execute(
        select(FactorLoss.proposed_by).where(FactorLoss.user == user)
    ).scalar_one_or_none()

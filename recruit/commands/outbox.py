"""What waits to be sent outside: held back by a restore, let go, or tried anew by an administrator."""

from collections.abc import Sequence

from sqlalchemy import Connection, insert, select, update

from recruit.context import Context, ensure_role
from recruit.errors import BadInput, NotFound, problem
from recruit.find import topmost
from recruit.ids import new_id
from recruit.log.events import NewEvent, append_event
from recruit.recipients import within
from recruit.repeat import repeated
from recruit.tables import Delivery, Outbox

WAITING, SENT, HELD, DEAD, DROPPED = "waiting", "sent", "held", "dead", "dropped"
RELEASED = "released"  # the result of a delivery that an administrator lets begin anew
_MOST = 500


def hold_outbox(connection: Connection) -> int:
    """Nothing that waits now is sent; how many messages that are. What comes later is sent as ever.

    After a restore: the record that was lost has sent some of them, and what it sent is not known.
    """
    held = update(Outbox).where(Outbox.state == WAITING).values(state=HELD, lease_until=None)
    return connection.execute(held).rowcount


@repeated
def release_held(context: Context, ids: Sequence[str]) -> int:
    """Send what a restore held back; how many there were. Raises `BadInput`, `NotFound`, `NotAllowed`."""
    return _let_go(context, ids, state=HELD, do="messages_released")


@repeated
def retry_dead(context: Context, ids: Sequence[str]) -> int:
    """Try again for 72 hours what was given up; how many there were. Raises as `release_held`."""
    return _let_go(context, ids, state=DEAD, do="messages_retried")


def _let_go(context: Context, ids: Sequence[str], *, state: str, do: str) -> int:
    if not ids or len(ids) > _MOST:
        raise BadInput(problem("messages", "how_many", most=_MOST))
    with context.record.writing() as connection:
        root = topmost(connection)
        held = ensure_role(context, ("system_admin",), path=root.path, what=do)
        wanted = (
            select(Outbox.id, Outbox.attempts)
            .where(Outbox.id.in_(ids), Outbox.state == state, within(context.paths(("system_admin",))))
            .order_by(Outbox.id)
            .with_for_update()
        )
        rows = connection.execute(wanted).all()
        if not rows:
            raise NotFound(what="message")
        for id_, attempts in rows:
            _release(connection, context, id_, attempts + 1)
        append_event(
            connection, context, NewEvent(org=root.id, do=do, details={"count": len(rows)}, role=held.role)
        )
    return len(rows)


def _release(connection: Connection, context: Context, outbox: str, number: int) -> None:
    connection.execute(
        update(Outbox)
        .where(Outbox.id == outbox)
        .values(state=WAITING, not_before=context.now, attempts=number, lease_until=None, last_error=None)
    )
    row = {"id": new_id(context.now), "outbox": outbox, "number": number, "at": context.now}
    connection.execute(insert(Delivery).values(**row, result=RELEASED, by=context.actor.user_id))

"""What waits to be sent outside, held back where nobody knows whether it was sent already."""

from sqlalchemy import Connection, update

from recruit.tables import Outbox

WAITING, HELD = "waiting", "held"


def hold_outbox(connection: Connection) -> int:
    """Nothing that waits now is sent; how many messages that are. What comes later is sent as ever.

    After a restore: the record that was lost has sent some of them, and what it sent is not known.
    """
    held = update(Outbox).where(Outbox.state == WAITING).values(state=HELD, lease_until=None)
    return connection.execute(held).rowcount

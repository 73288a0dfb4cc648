"""How many messages nobody sends any more by itself."""

from collections.abc import Mapping

from sqlalchemy import func, select

from recruit.commands.outbox import DEAD, HELD
from recruit.record import Record
from recruit.tables import Outbox


def held_count(record: Record) -> Mapping[str, int]:
    """Those held back by a restore ("held") and those given up ("dead")."""
    wanted = select(Outbox.state, func.count()).where(Outbox.state.in_((HELD, DEAD))).group_by(Outbox.state)
    with record.reading() as connection:
        return {state: count for state, count in connection.execute(wanted)}  # noqa: C416 - rows are not pairs

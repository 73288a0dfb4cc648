"""How many acts and events the log holds, numbered or still waiting for a number."""

from sqlalchemy import func, select

from recruit.record import Record
from recruit.tables import Leaf, Unsequenced


def log_size(record: Record) -> int:
    """By the last number, not by counting all; only those that wait for a number are counted."""
    with record.reading() as connection:
        last = connection.execute(select(func.max(Leaf.index))).scalar()
        waiting = connection.execute(select(func.count()).select_from(Unsequenced)).scalar_one()
    return (0 if last is None else int(last) + 1) + int(waiting)

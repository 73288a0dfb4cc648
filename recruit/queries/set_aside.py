"""What the clock has set aside: items of due work that failed and are tried again by each run."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from recruit.record import Record
from recruit.tables import SetAside


@dataclass(frozen=True, slots=True)
class Aside:
    """`item` holds ids only; `error` is the kind of the failure, never its text."""

    tick: str
    item: str
    error: str
    first_at: datetime
    last_at: datetime
    times: int


def set_aside(record: Record) -> tuple[Aside, ...]:
    """Everything that waits, the longest first."""
    wanted = select(
        SetAside.tick,
        SetAside.item,
        SetAside.error,
        SetAside.first_at,
        SetAside.last_at,
        SetAside.times_count,
    ).order_by(SetAside.first_at, SetAside.tick, SetAside.item)
    with record.reading() as connection:
        return tuple(Aside(*row) for row in connection.execute(wanted))

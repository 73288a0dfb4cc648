"""When messages are written: in the working hours of working days, the digest at eight."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import Connection, select

from recruit.clock import civil_day
from recruit.law import calendar
from recruit.tables import Heartbeat
from workflows.acts import SHANGHAI

OPENS, CLOSES = time(8), time(18)
_SWEEP = "sweep"


@dataclass(frozen=True, slots=True)
class Hours:
    """`cutoff`: the day's digest holds what was told up to here; later words wait for the next one."""

    on: date
    cutoff: datetime


def working_hours(connection: Connection, now: datetime) -> Hours | None:
    """None outside of 08:00 to 18:00 (exclusive) of a working day in Shanghai.

    A clock that stood still at eight makes up for it: what it tells later belongs to the day's digest, too.
    """
    local, on = now.astimezone(SHANGHAI), civil_day(now)
    if not OPENS <= local.time() < CLOSES or not calendar(connection).is_working(on):
        return None
    opened = datetime.combine(on, OPENS, tzinfo=SHANGHAI).astimezone(UTC)
    return Hours(on, opened if _ticked_before(connection, on, opened) else now)


def _ticked_before(connection: Connection, on: date, opened: datetime) -> bool:
    midnight = datetime.combine(on, time(), tzinfo=SHANGHAI).astimezone(UTC)
    ticked = select(Heartbeat.id).where(
        Heartbeat.tick == _SWEEP, Heartbeat.at >= midnight, Heartbeat.at <= opened
    )
    return connection.execute(ticked.limit(1)).first() is not None

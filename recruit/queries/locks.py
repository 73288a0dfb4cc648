"""The log-ins that are closed for now, for the security administrator."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from recruit.commands.failures import OF_ACCOUNT, PERIOD
from recruit.context import Context, reach
from recruit.tables import Failure, Grant, Organization, User


@dataclass(frozen=True, slots=True, kw_only=True)
class LockRow:
    login: str
    name: str
    until: datetime


def locks(context: Context) -> tuple[LockRow, ...]:
    """The accounts within reach that may not try again yet, the longest wait first."""
    wanted = (
        select(User.login, User.name, Failure.at)
        .join(User, User.id == Failure.user)
        .where(
            Failure.at > context.now - 2 * PERIOD,
            User.id.in_(
                select(Grant.user)
                .join(Organization, Organization.id == Grant.organization)
                .where(reach(Organization.path, context.paths(("security_admin",))))
            ),
        )
        .order_by(Failure.at.desc())
    )
    times: dict[tuple[str, str], list[datetime]] = defaultdict(list)
    with context.record.reading() as connection:
        for login, name, at in connection.execute(wanted):
            times[login, name].append(at)
    found = [
        LockRow(login=login, name=name, until=failed[0] + PERIOD)
        for (login, name), failed in times.items()
        if _is_locked(failed, context.now)
    ]
    return tuple(sorted(found, key=lambda row: row.until, reverse=True))


def locked_until(connection: Connection, user: str, now: datetime) -> datetime | None:
    """Until when one user may not try again; None for one who may."""
    wanted = (
        select(Failure.at)
        .where(Failure.user == user, Failure.at > now - 2 * PERIOD)
        .order_by(Failure.at.desc())
    )
    failed = list(connection.execute(wanted).scalars())
    return failed[0] + PERIOD if _is_locked(failed, now) else None


def _is_locked(failed: list[datetime], now: datetime) -> bool:
    """`failed`: the newest first."""
    if len(failed) < OF_ACCOUNT or now >= failed[0] + PERIOD:
        return False
    return failed[0] - failed[OF_ACCOUNT - 1] < PERIOD

"""Who holds the seats of an organization on a day, and who stands in for them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from recruit.tables import Grant, Substitute, User

SEATS: Mapping[str, tuple[str, ...]] = {
    "branch": ("branch_secretary", "branch_clerk"),
    "committee": ("organizer", "committee_secretary"),
}


@dataclass(frozen=True, slots=True, order=True)
class Recipient:
    """A user; `instead_of`: the absent user whose accepted stand-in this one is today."""

    user: str
    instead_of: str | None = None


def seated(
    connection: Connection, organization: str, roles: Iterable[str], on: date
) -> tuple[Recipient, ...]:
    """The users who hold one of the roles at the organization that day, and who stands in for them.

    A stand-in who holds a seat as well is told in the own name.
    """
    wanted = (
        select(Grant.user)
        .join(User, User.id == Grant.user)
        .where(
            Grant.organization == organization,
            Grant.role.in_(tuple(roles)),
            Grant.from_on <= on,
            (Grant.to_on.is_(None)) | (Grant.to_on >= on),
            User.disabled_at.is_(None),
        )
        .distinct()
        .order_by(Grant.user)
    )
    holders = tuple(connection.execute(wanted).scalars())
    standing_in = _stand_ins(connection, holders, on)
    return tuple(Recipient(user) for user in holders) + tuple(
        Recipient(user, absent) for user, absent in standing_in.items() if user not in holders
    )


def _stand_ins(connection: Connection, absent: tuple[str, ...], on: date) -> dict[str, str]:
    """Each stand-in of that day with the first one that is stood in for."""
    wanted = (
        select(Substitute.stand_in, Substitute.absent)
        .join(User, User.id == Substitute.stand_in)
        .where(
            Substitute.absent.in_(absent),
            Substitute.from_on <= on,
            Substitute.to_on >= on,
            Substitute.accepted_at.is_not(None),
            Substitute.ended_at.is_(None),
            User.disabled_at.is_(None),
        )
        .order_by(Substitute.id)
    )
    found: dict[str, str] = {}
    for stand_in, holder in connection.execute(wanted):
        found.setdefault(stand_in, holder)
    return found

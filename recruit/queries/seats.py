"""Who holds the seats of an organization on a day, and who stands in for them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from recruit.context import BUSINESS_ROLES
from recruit.stand_ins import granted, stand_ins_of
from recruit.tables import Grant, User

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

    A stand-in who holds a seat as well is told in the own name. Nobody stands in for an administrator.
    """
    wanted = (
        select(Grant.user, Grant.role)
        .join(User, User.id == Grant.user)
        .where(
            Grant.organization == organization,
            Grant.role.in_(tuple(roles)),
            granted(on),
            User.disabled_at.is_(None),
        )
        .order_by(Grant.user)
    )
    seats = connection.execute(wanted).all()
    holders = tuple(dict.fromkeys(user for user, _ in seats))
    standing_in = stand_ins_of(
        connection, tuple({user for user, role in seats if role in BUSINESS_ROLES}), on
    )
    return tuple(Recipient(user) for user in holders) + tuple(
        Recipient(user, absent) for user, absent in standing_in.items() if user not in holders
    )

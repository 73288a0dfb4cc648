"""Who is told: the users who hold a seat of the branch, or of the committee that approves for it."""

from datetime import date

from sqlalchemy import Connection, select

from notifications.ladder import Audience
from recruit.commands.standing import committee_over
from recruit.places import Place
from recruit.tables import Grant, User

SEATS: dict[Audience, tuple[str, ...]] = {
    "branch": ("branch_secretary", "branch_clerk"),
    "committee": ("organizer", "committee_secretary"),
}


def recipients(
    connection: Connection, line: tuple[Place, ...], audience: Audience, on: date
) -> tuple[str, ...]:
    """The ids of the users told on that day; for a branch that has nobody its committee is told."""
    branch, committee = line[-1], committee_over(line)
    found = _seated(connection, branch.id, "branch", on) if audience == "branch" else ()
    if found or committee is None:
        return found
    return _seated(connection, committee.id, "committee", on)


def _seated(connection: Connection, organization: str, audience: Audience, on: date) -> tuple[str, ...]:
    seated = (
        select(Grant.user)
        .join(User, User.id == Grant.user)
        .where(
            Grant.organization == organization,
            Grant.role.in_(SEATS[audience]),
            Grant.from_on <= on,
            (Grant.to_on.is_(None)) | (Grant.to_on >= on),
            User.disabled_at.is_(None),
        )
        .distinct()
        .order_by(Grant.user)
    )
    return tuple(connection.execute(seated).scalars())

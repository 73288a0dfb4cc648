"""Who may have recorded something within reach: for the filter of a register."""

from dataclasses import dataclass

from sqlalchemy import select

from recruit.context import BUSINESS_ROLES, Context, reach
from recruit.tables import Grant, Organization, User

MOST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorder:
    id: str
    name: str


def recorders(context: Context) -> tuple[Recorder, ...]:
    """Whoever holds or held a business role there, disabled or not, by name; at most `MOST`."""
    wanted = (
        select(User.id, User.name)
        .join(Grant, Grant.user == User.id)
        .join(Organization, Organization.id == Grant.organization)
        .where(Grant.role.in_(BUSINESS_ROLES), reach(Organization.path, context.paths()))
        .distinct()
        .order_by(User.name, User.id)
        .limit(MOST)
    )
    with context.record.reading() as connection:
        return tuple(Recorder(id=id_, name=name) for id_, name in connection.execute(wanted))

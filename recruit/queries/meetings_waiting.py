"""Meetings that wait for this actor: to be gone on with, or to be confirmed."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from recruit.commands.rights import BRANCH
from recruit.commands.sitting import CONFIRMERS, HANDED, KEEPERS, OPEN
from recruit.context import Context, reach
from recruit.tables import AgendaItem, Meeting, Organization, Sitting

MOST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingMeeting:
    """`is_handed`: it waits for the confirmation; `items`: how many are on the agenda."""

    id: str
    kind: str
    organization: str
    on: date
    is_handed: bool
    items: int


def waiting_meetings(context: Context) -> tuple[WaitingMeeting, ...]:
    """The earliest first, at most `MOST`. A branch's meetings are the branch's, unless one keeps them."""
    agenda = (
        select(func.count()).select_from(AgendaItem).where(AgendaItem.meeting == Meeting.id).scalar_subquery()
    )
    wanted = (
        select(
            Meeting.id, Meeting.kind, Meeting.on, Organization.name, Organization.path, Sitting.state,
            Meeting.recorded_by, Sitting.handed_by, agenda.label("items"),
        )
        .join(Organization, Organization.id == Meeting.organization)
        .join(Sitting, Sitting.meeting == Meeting.id)
        .where(reach(Organization.path, context.paths()), Sitting.state.in_((OPEN, HANDED)))
        .order_by(Meeting.on, Meeting.id)
        .limit(MOST)
    )  # fmt: skip
    with context.record.reading() as connection:
        rows = connection.execute(wanted).all()
    return tuple(
        WaitingMeeting(
            id=row.id, kind=row.kind, organization=row.name, on=row.on,
            is_handed=row.state == HANDED, items=row.items,
        )
        for row in rows
        if _is_ones_turn(context, row.kind, row.path, row.state, row.recorded_by, row.handed_by)
    )  # fmt: skip


def _is_ones_turn(
    context: Context, kind: str, path: str, state: str, recorded_by: str, handed_by: str | None
) -> bool:
    me = context.actor.user_id
    if state == HANDED and kind == "committee":
        return handed_by != me and context.actor.held(CONFIRMERS[kind], path) is not None
    own = KEEPERS[kind] if kind == "committee" else BRANCH
    return me in {recorded_by, handed_by} or context.actor.held(own, path) is not None

"""Meetings that wait for this actor: to be gone on with, or to be confirmed."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, func, or_, select

from recruit.commands.rights import BRANCH
from recruit.commands.sitting import CONFIRMERS, HANDED, KEEPERS, OPEN
from recruit.context import Context, Day, reach
from recruit.queries.rows import unindexed
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
        _waiting(
            context, Meeting.id, Meeting.kind, Meeting.on, Organization.name, Sitting.state,
            agenda.label("items"),
        )
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
    )  # fmt: skip


def waiting_number(context: Context | Day) -> ScalarSelect[int]:
    """How many there are, those beyond `MOST` too; part of a statement."""
    return _waiting(context, func.count()).scalar_subquery()


def _waiting(context: Context | Day, *columns: Any) -> Select[*tuple[Any, ...]]:  # noqa: ANN401 - columns and counts
    return (
        select(*columns)
        .select_from(Sitting)
        .join(Meeting, Meeting.id == Sitting.meeting)
        .join(Organization, Organization.id == Meeting.organization)
        .where(
            reach(unindexed(Organization.path), context.paths()),
            Sitting.state.in_((OPEN, HANDED)),
            _is_ones_turn(context),
        )
    )


def _is_ones_turn(context: Context | Day) -> ColumnElement[bool]:
    """What a committee handed over waits for another one who confirms, the rest for its keepers."""
    me, path = context.actor.user_id, Organization.path
    is_committee = Meeting.kind == "committee"
    is_handed_on = and_(is_committee, Sitting.state == HANDED)
    is_another = func.coalesce(Sitting.handed_by, "") != me
    keeps = or_(
        Meeting.recorded_by == me,
        Sitting.handed_by == me,
        and_(is_committee, reach(path, context.paths(KEEPERS["committee"]))),
        and_(~is_committee, reach(path, context.paths(BRANCH))),
    )
    return or_(
        and_(is_handed_on, is_another, reach(path, context.paths(CONFIRMERS["committee"]))),
        and_(~is_handed_on, keeps),
    )

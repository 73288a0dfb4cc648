"""Who stands in for whom: what a user asked for, was asked for and looks after; and who could be asked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, or_, select
from sqlalchemy.orm import aliased

from recruit.commands.substitutes import NAMERS, ensure_may_name, lent_by, may_stand_in, roots_of
from recruit.context import BUSINESS_ROLES, Context, reach
from recruit.stand_ins import granted
from recruit.tables import Grant, Organization, Substitute, User

_YEAR = timedelta(days=366)
Seat = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubstituteRow:
    """`seats`: role and organization of what is stood in for."""

    id: str
    absent: str
    absent_name: str
    stand_in: str
    stand_in_name: str
    from_on: date
    to_on: date
    reason: str
    is_accepted: bool
    seats: tuple[Seat, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """`seats`: role and organization; `grants`: role and path."""

    id: str
    name: str
    seats: tuple[Seat, ...]
    grants: tuple[tuple[str, str], ...]


def substitutes(context: Context) -> tuple[SubstituteRow, ...]:
    """Those not over yet: the actor's own on either side, and those of users the actor may name for."""
    absent, stand_in = aliased(User), aliased(User)
    me = context.actor.user_id
    looked_after = (
        select(Grant.user)
        .join(Organization, Organization.id == Grant.organization)
        .where(Grant.role.in_(BUSINESS_ROLES), reach(Organization.path, _looked_after(context)))
    )
    wanted = (
        select(
            Substitute.id, Substitute.absent, absent.name.label("absent_name"), Substitute.stand_in,
            stand_in.name.label("stand_in_name"), Substitute.from_on, Substitute.to_on, Substitute.reason,
            Substitute.accepted_at.is_not(None).label("is_accepted"),
        )
        .join(absent, absent.id == Substitute.absent)
        .join(stand_in, stand_in.id == Substitute.stand_in)
        .where(
            Substitute.ended_at.is_(None),
            Substitute.to_on >= context.on,
            or_(Substitute.absent == me, Substitute.stand_in == me, Substitute.absent.in_(looked_after)),
        )
        .order_by(Substitute.from_on, Substitute.id)
    )  # fmt: skip
    with context.record.reading() as connection:
        rows = connection.execute(wanted).mappings().all()
        seats = _seats(connection, context, {row["absent"] for row in rows})
    return tuple(SubstituteRow(**row, seats=seats.get(row["absent"], ())) for row in rows)


def stood_in_for(context: Context) -> tuple[SubstituteRow, ...]:
    """Those for whom the actor stands in today, and whose roles that lends."""
    lenders = {held.instead_of for held in context.actor.grants if held.instead_of}
    if not lenders:
        return ()
    return tuple(
        row
        for row in substitutes(context)
        if row.stand_in == context.actor.user_id
        and row.absent in lenders
        and row.is_accepted
        and row.from_on <= context.on
    )


def may_be_away(context: Context) -> tuple[Colleague, ...]:
    """The users for whom the actor may name a stand-in, by name; the actor first."""
    over = [*_looked_after(context), *(held.path for held in context.actor.own)]
    with context.record.reading() as connection:
        found = _people(connection, context, over)
    me = context.actor.user_id
    own = [one for one in found if one.id == me and any(role in BUSINESS_ROLES for role, _ in one.grants)]
    return (*own, *(one for one in found if one.id != me and _may_name_for(context, one)))


def could_stand_in(context: Context, absent: str) -> tuple[Colleague, ...]:
    """Who could be asked to stand in for that user, by name. Raises `NotFound`."""
    with context.record.reading() as connection:
        lent = lent_by(connection, absent, context.on, context.on + _YEAR)
        ensure_may_name(context, absent, lent)
        roots = roots_of(connection, context, lent)
        people = _people(connection, context, roots)
    left_out = {absent, context.actor.user_id}
    return tuple(one for one in people if one.id not in left_out and may_stand_in(one.grants, roots))


def _looked_after(context: Context) -> list[str]:
    return [held.path for held in context.actor.own if held.role in NAMERS]


def _may_name_for(context: Context, user: Colleague) -> bool:
    lent = [path for role, path in user.grants if role in BUSINESS_ROLES]
    return bool(lent) and any(all(path.startswith(over) for path in lent) for over in _looked_after(context))


def _people(connection: Connection, context: Context, paths: Iterable[str]) -> tuple[Colleague, ...]:
    """Everybody with a log-in and a business role under one of the paths, with all roles of today."""
    there = (
        select(Grant.user)
        .join(Organization, Organization.id == Grant.organization)
        .where(granted(context.on), Grant.role.in_(BUSINESS_ROLES), reach(Organization.path, paths))
    )
    wanted = (
        select(User.id, User.name, Grant.role, Organization.name.label("place"), Organization.path)
        .join(Grant, Grant.user == User.id)
        .join(Organization, Organization.id == Grant.organization)
        .where(User.id.in_(there), User.disabled_at.is_(None), granted(context.on))
        .order_by(User.name, User.id, Organization.path, Grant.role)
    )
    found: dict[str, Colleague] = {}
    for id_, name, role, place, path in connection.execute(wanted):
        known = found.get(id_) or Colleague(id=id_, name=name, seats=(), grants=())
        found[id_] = Colleague(
            id=id_, name=name, seats=(*known.seats, (role, place)), grants=(*known.grants, (role, path))
        )
    return tuple(found.values())


def _seats(connection: Connection, context: Context, users: Iterable[str]) -> Mapping[str, tuple[Seat, ...]]:
    wanted = (
        select(Grant.user, Grant.role, Organization.name)
        .join(Organization, Organization.id == Grant.organization)
        .where(Grant.user.in_(tuple(users)), Grant.role.in_(BUSINESS_ROLES), granted(context.on))
        .order_by(Organization.path, Grant.role)
    )
    found: dict[str, tuple[Seat, ...]] = {}
    for user, role, place in connection.execute(wanted):
        found[user] = (*found.get(user, ()), (role, place))
    return found

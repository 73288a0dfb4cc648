"""Branch rolls: who belongs to a branch from when, a full member since when, and with which penalties."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, insert, select, update

from recruit.context import BUSINESS_ROLES, Context, ensure_role
from recruit.errors import NotFound
from recruit.find import find_organization
from recruit.ids import new_id
from recruit.log.events import NewEvent, append_event
from recruit.repeat import repeated
from recruit.tables import Membership, Organization, Penalty

_KEEPERS = (BUSINESS_ROLES - {"committee_member"}) | {"system_admin"}


@dataclass(frozen=True, slots=True, kw_only=True)
class AddMember:
    """`full_since` None: probationary."""

    person: str
    branch: str
    since: date
    full_since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddPenalty:
    """`until`: the day on which the rights are restored, where there is one."""

    person: str
    kind: str
    on: date
    until: date | None = None


@repeated
def add_member(context: Context, add: AddMember) -> str:
    """Put a person on a branch's roll; gives the row's id."""
    with context.record.writing() as connection:
        place = find_organization(connection, context, add.branch)
        held = ensure_role(context, _KEEPERS, path=place.path, what="add_member")
        id_ = join_roll(connection, context, add)
        details = {"person": add.person, "since": add.since, "full_since": add.full_since or ""}
        append_event(
            connection, context, NewEvent(org=place.id, do="member_added", details=details, role=held.role)
        )
    return id_


@repeated
def end_membership(context: Context, membership: str, *, until: date) -> None:
    """`until` is the first day off the roll. Raises `NotFound`, `NotAllowed`."""
    with context.record.writing() as connection:
        branch = connection.execute(
            select(Membership.branch).where(Membership.id == membership)
        ).scalar_one_or_none()
        if branch is None:
            raise NotFound(what="member")
        place = find_organization(connection, context, branch)
        held = ensure_role(context, _KEEPERS, path=place.path, what="end_membership")
        connection.execute(update(Membership).where(Membership.id == membership).values(until=until))
        details = {"membership": membership, "until": until}
        append_event(
            connection, context, NewEvent(org=place.id, do="member_left", details=details, role=held.role)
        )


@repeated
def add_penalty(context: Context, add: AddPenalty) -> str:
    """Raises `NotFound` for somebody who is on no roll within reach."""
    with context.record.writing() as connection:
        paths = connection.execute(
            select(Organization.path)
            .join(Membership, Membership.branch == Organization.id)
            .where(Membership.person == add.person),
        ).scalars()
        if not any(context.actor.held(_KEEPERS, path) for path in paths):
            raise NotFound(what="member")
        id_ = new_id(context.now)
        connection.execute(
            insert(Penalty).values(id=id_, person=add.person, kind=add.kind, on=add.on, until=add.until)
        )
    return id_


def join_roll(connection: Connection, context: Context, add: AddMember) -> str:
    """A first row, or the full membership of somebody who is on this roll already."""
    present = connection.execute(
        select(Membership.id).where(
            Membership.person == add.person, Membership.branch == add.branch, Membership.until.is_(None)
        ),
    ).scalar_one_or_none()
    if present is not None:
        connection.execute(
            update(Membership).where(Membership.id == present).values(full_since=add.full_since)
        )
        return present
    id_ = new_id(context.now)
    connection.execute(
        insert(Membership).values(
            id=id_, person=add.person, branch=add.branch, since=add.since, full_since=add.full_since
        ),
    )
    return id_


def leave_roll(connection: Connection, *, person: str, on: date) -> None:
    """On no roll from `on`."""
    connection.execute(
        update(Membership).where(Membership.person == person, Membership.until.is_(None)).values(until=on),
    )

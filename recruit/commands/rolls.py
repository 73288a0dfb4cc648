"""Branch rolls: who belongs to a branch from when, a full member since when, and with which penalties."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Row, insert, select, update

from recruit.context import BUSINESS_ROLES, Context, Held, ensure_role
from recruit.errors import BadInput, NotFound, problem
from recruit.find import find_organization
from recruit.ids import new_id
from recruit.log.events import NewEvent, append_event
from recruit.places import is_closed, organization_or_none
from recruit.repeat import repeated
from recruit.serial import one_at_a_time
from recruit.tables import Dossier, Membership, Organization, Penalty

KEEPERS = (BUSINESS_ROLES - {"committee_member"}) | {"system_admin"}
PENALTIES = ("warning", "serious_warning", "removed_from_post", "probation_within_party")
ENDINGS = ("moved", "left", "removed", "expelled", "died", "mistake")


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
    """Put a person on a branch's roll; gives the row's id.

    Raises `BadInput` for days that cannot be, a closed branch, or somebody on another roll that day.
    """
    with context.record.writing() as connection:
        place = find_organization(connection, context, add.branch)
        held = ensure_role(context, KEEPERS, path=place.path, what="add_member")
        ensure_may_join(connection, context, add)
        id_ = join_roll(connection, context, add)
        details = {"person": add.person, "since": add.since, "full_since": add.full_since or ""}
        append_event(
            connection, context, NewEvent(org=place.id, do="member_added", details=details, role=held.role)
        )
    return id_


@repeated
def end_membership(context: Context, membership: str, *, until: date, why: str = "left") -> None:
    """`until` is the first day off the roll. Raises `BadInput`, `NotFound`, `NotAllowed`."""
    with context.record.writing() as connection:
        row, held = find_membership(connection, context, membership, what="end_membership")
        if why not in ENDINGS:
            raise BadInput(problem("ended_by", "not_one_of", found=why, choices=", ".join(ENDINGS)))
        ensure_may_leave(connection, context, row, until=until)
        ended = update(Membership).where(Membership.id == membership)
        connection.execute(ended.values(until=until, ended_by=why))
        details = {"membership": membership, "until": until, "why": why}
        append_event(
            connection, context, NewEvent(org=row.branch, do="member_left", details=details, role=held.role)
        )


@repeated
def add_penalty(context: Context, add: AddPenalty) -> str:
    """Raises `BadInput`; `NotFound` for somebody who is on no roll within reach."""
    with context.record.writing() as connection:
        rolls = connection.execute(
            select(Organization.id, Organization.path)
            .join(Membership, Membership.branch == Organization.id)
            .where(Membership.person == add.person)
            .order_by(Membership.since.desc()),
        )
        reached = [(branch, context.actor.held(KEEPERS, path)) for branch, path in rolls]
        branch, held = next(((one, held) for one, held in reached if held is not None), (None, None))
        if branch is None or held is None:
            raise NotFound(what="member")
        one_at_a_time(connection, f"person:{add.person}")
        _ensure_penalty(connection, context, add)
        id_ = new_id(context.now)
        connection.execute(
            insert(Penalty).values(id=id_, person=add.person, kind=add.kind, on=add.on, until=add.until)
        )
        details = {"person": add.person, "kind": add.kind, "on": add.on, "until": add.until or ""}
        append_event(
            connection, context, NewEvent(org=branch, do="penalty_added", details=details, role=held.role)
        )
    return id_


def find_membership(
    connection: Connection, context: Context, membership: str, *, what: str
) -> tuple[Row[str, str, str, date, date | None, date | None], Held]:
    """A stay on a roll that this actor keeps. Raises `NotFound`, `NotAllowed`."""
    row = connection.execute(
        select(
            Membership.id,
            Membership.person,
            Membership.branch,
            Membership.since,
            Membership.full_since,
            Membership.until,
        ).where(Membership.id == membership)
    ).one_or_none()
    if row is None:
        raise NotFound(what="member")
    place = find_organization(connection, context, row.branch)
    held = ensure_role(context, KEEPERS, path=place.path, what=what)
    one_at_a_time(connection, f"roll:{place.id}")
    return row, held


def ensure_may_join(connection: Connection, context: Context, add: AddMember) -> None:
    """Raises `BadInput`."""
    for field, day in (("since", add.since), ("full_since", add.full_since)):
        if day is not None and day > context.on:
            raise BadInput(problem(field, "day_to_come", found=day.isoformat()))
    place = organization_or_none(connection, add.branch)
    if place is None or is_closed(connection, place.id):
        raise BadInput(problem("branch", "closed_before", found=place.name if place else add.branch))
    one_at_a_time(connection, f"roll:{add.branch}", f"person:{add.person}")
    elsewhere = select(Membership.id).where(
        Membership.person == add.person,
        Membership.branch != add.branch,
        Membership.until.is_(None) | (Membership.until > add.since),
    )
    before = select(Membership.id).where(
        Membership.person == add.person,
        Membership.branch == add.branch,
        Membership.until > add.since,
    )
    if connection.execute(elsewhere).first() or connection.execute(before).first():
        raise BadInput(problem("person", "on_a_roll"))


def ensure_may_leave(
    connection: Connection,
    context: Context,
    row: Row[str, str, str, date, date | None, date | None],
    *,
    until: date,
) -> None:
    """A roll follows a dossier that is not over: what happens is recorded there. Raises `BadInput`."""
    if row.until is not None:
        raise BadInput(problem("person", "off_the_roll", found=row.until.isoformat()))
    if until > context.on:
        raise BadInput(problem("until_on", "day_to_come", found=until.isoformat()))
    if until < row.since:
        raise BadInput(problem("until_on", "days_reversed"))
    running = select(Dossier.id).where(Dossier.person == row.person, Dossier.phase != "ended")
    if connection.execute(running).first() is not None:
        raise BadInput(problem("person", "dossier_runs"))


def _ensure_penalty(connection: Connection, context: Context, add: AddPenalty) -> None:
    if add.kind not in PENALTIES:
        raise BadInput(problem("penalty", "not_one_of", found=add.kind, choices=", ".join(PENALTIES)))
    if add.on > context.on:
        raise BadInput(problem("on", "day_to_come", found=add.on.isoformat()))
    if add.until is not None and add.until <= add.on:
        raise BadInput(problem("restored_on", "days_reversed"))
    same = select(Penalty.id).where(
        Penalty.person == add.person, Penalty.kind == add.kind, Penalty.on == add.on
    )
    if connection.execute(same).first() is not None:
        raise BadInput(problem("penalty", "penalty_before", found=add.on.isoformat()))


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

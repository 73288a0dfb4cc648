"""Members entered by a branch or its committee: new people, several at once, and a move between branches."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, insert, select, update

from recruit.commands.people import SEXES, NewPerson, insert_people
from recruit.commands.rolls import KEEPERS, AddMember, ensure_may_join, ensure_may_leave, find_membership
from recruit.context import Context, ensure_role
from recruit.errors import BadInput, NotFound, Problem, problem
from recruit.find import find_organization
from recruit.ids import new_id
from recruit.log.events import NewEvent, append_event
from recruit.places import Place, is_closed, organization_or_none
from recruit.repeat import repeated
from recruit.serial import one_at_a_time
from recruit.tables import Membership, Person

MOST = 500
LONGEST_NAME = 60
ELDEST = 110


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """`since`: first day on this roll; `full_since` None: probationary."""

    name: str
    sex: str
    born: date
    since: date
    full_since: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrol:
    branch: str
    members: tuple[Newcomer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveMember:
    """`on`: the first day at the new branch."""

    membership: str
    to_branch: str
    on: date


@repeated
def enrol(context: Context, wanted: Enrol) -> tuple[str, ...]:
    """People and memberships in one transaction, all or none; gives the memberships.

    Raises `BadInput` with every problem (its field is "members.<index>"), `NotFound`, `NotAllowed`.
    """
    with context.record.writing() as connection:
        place, role = _kept(connection, context, wanted.branch)
        one_at_a_time(connection, f"roll:{place.id}")
        problems = _problems(connection, context, wanted)
        if problems:
            raise BadInput(*problems)
        people = insert_people(
            connection,
            context,
            [
                NewPerson(name=one.name, organization=place.id, sex=one.sex, born=one.born)
                for one in wanted.members
            ],
        )
        rows = [
            {
                "id": new_id(context.now),
                "person": person,
                "branch": place.id,
                "since": one.since,
                "full_since": one.full_since,
            }
            for person, one in zip(people, wanted.members, strict=True)
        ]
        connection.execute(insert(Membership), rows)
        for row in rows:
            details = {name: row[name] or "" for name in ("person", "since", "full_since")}
            new = NewEvent(org=place.id, do="member_added", details=details, role=role)
            append_event(connection, context, new)
    return tuple(str(row["id"]) for row in rows)


def check_enrolment(context: Context, wanted: Enrol) -> tuple[Problem, ...]:
    """What `enrol` would say; nothing is written. Raises `NotFound`, `NotAllowed`."""
    with context.record.reading() as connection:
        _kept(connection, context, wanted.branch)
        return _problems(connection, context, wanted)


@repeated
def move_member(context: Context, move: MoveMember) -> str:
    """Off one roll and on another on the same day; gives the new row's id.

    Raises `BadInput`, also for somebody whose dossier is not over: that one is transferred there.
    """
    with context.record.writing() as connection:
        row, held = find_membership(connection, context, move.membership, what="move_member")
        to, _ = _kept(connection, context, move.to_branch)
        if to.id == row.branch:
            raise BadInput(problem("to_branch", "same_branch"))
        ensure_may_leave(connection, context, row, until=move.on)
        left = update(Membership).where(Membership.id == row.id)
        connection.execute(left.values(until=move.on, ended_by="moved"))
        add = AddMember(person=row.person, branch=to.id, since=move.on, full_since=row.full_since)
        ensure_may_join(connection, context, add)
        id_ = new_id(context.now)
        values = {"person": row.person, "branch": to.id, "since": move.on, "full_since": row.full_since}
        connection.execute(insert(Membership).values(id=id_, **values))
        details = {"person": row.person, "from": row.branch, "to": to.id, "on": move.on}
        for org in (row.branch, to.id):
            new = NewEvent(org=org, do="member_moved", details=details, role=held.role)
            append_event(connection, context, new)
    return id_


@repeated
def confirm_full(context: Context, membership: str, *, full_since: date) -> None:
    """A probationary member without a running dossier is a full one from that day on. Raises `BadInput`."""
    with context.record.writing() as connection:
        row, held = find_membership(connection, context, membership, what="confirm_full")
        if row.full_since is not None:
            raise BadInput(problem("full_since", "full_before", found=row.full_since.isoformat()))
        ensure_may_leave(connection, context, row, until=full_since)
        connection.execute(
            update(Membership).where(Membership.id == membership).values(full_since=full_since)
        )
        details = {"person": row.person, "full_since": full_since}
        new = NewEvent(org=row.branch, do="member_full", details=details, role=held.role)
        append_event(connection, context, new)


def _kept(connection: Connection, context: Context, branch: str) -> tuple[Place, str]:
    place = find_organization(connection, context, branch)
    if place.kind != "branch":
        raise NotFound(what="branch")
    held = ensure_role(context, KEEPERS, path=place.path, what="add_member")
    return place, held.role


def _problems(connection: Connection, context: Context, wanted: Enrol) -> tuple[Problem, ...]:
    if is_closed(connection, wanted.branch):
        place = organization_or_none(connection, wanted.branch)
        return (problem("branch", "closed_before", found=place.name if place else wanted.branch),)
    if not 1 <= len(wanted.members) <= MOST:
        return (problem("members", "not_within", least=1, most=MOST),)
    known = _known(connection, wanted.branch)
    given = Counter(map(_same, wanted.members))
    found: list[Problem] = []
    for index, one in enumerate(wanted.members):
        found += _wrong(context, f"members.{index}", one)
        if _same(one) in known:
            found.append(problem(f"members.{index}", "on_this_roll", found=one.name))
        elif given[_same(one)] > 1:
            found.append(problem(f"members.{index}", "stands_twice", found=one.name))
    return tuple(found)


def _wrong(context: Context, field: str, one: Newcomer) -> Sequence[Problem]:
    found = []
    if not one.name.strip() or len(one.name) > LONGEST_NAME:
        found.append(problem(field, "bad_name"))
    if one.sex not in SEXES:
        found.append(problem(field, "bad_sex"))
    if not context.on.year - ELDEST <= one.born.year <= context.on.year - 18:
        found.append(problem(field, "bad_birth", found=one.born.isoformat()))
    if one.since > context.on or (one.full_since is not None and one.full_since > context.on):
        found.append(problem(field, "joined_later"))
    if one.born.year + 18 > min(one.since.year, (one.full_since or one.since).year):
        found.append(problem(field, "joined_as_a_child"))
    return found


def _same(one: Newcomer) -> tuple[str, str]:
    """By what two entries count as one person: name and month of birth."""
    return one.name.strip(), one.born.isoformat()[:7]


def _known(connection: Connection, branch: str) -> frozenset[tuple[str, str]]:
    rows = connection.execute(
        select(Person.name, Person.birth_month)
        .join(Membership, Membership.person == Person.id)
        .where(Membership.branch == branch, Membership.until.is_(None))
    )
    return frozenset((name, month or "") for name, month in rows)

"""Whom to ring: reminders that nobody of the branch has read, and those to be handed on by word of mouth."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, Select, literal, or_, select

from recruit.commands.obligations import MILESTONE
from recruit.context import Context, past, reach
from recruit.milestones import concerned, stored_year
from recruit.queries.obligations import STAYS
from recruit.queries.rows import within_reach
from recruit.tables import (
    Deadline,
    Delivery,
    Dossier,
    Grant,
    Obligation,
    Organization,
    Outbox,
    Person,
    Reminder,
    User,
)
from workflows.plans.milestones import StoredMilestone

PHONE = "phone"
OFFICE = ("organizer", "committee_secretary")
BRANCH = ("branch_secretary", "branch_clerk")
_AHEAD = timedelta(days=31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rang:
    """One call; `answered` False: nobody took it."""

    by: str
    at: datetime
    answered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One person to ring about one thing; `whom`: a user, a person, or a branch without a log-in.

    `whom_name` None: the secretary of such a branch. `pass_on`: those to whom the secretary hands it on.
    """

    reminder: str
    branch: str
    branch_name: str
    kind: str
    deadline: str
    key: str
    name: str | None
    milestone: StoredMilestone | None
    due: date
    whom: str
    whom_name: str | None
    pass_on: tuple[str, ...] = ()
    calls: tuple[Rang, ...] = ()

    @property
    def place(self) -> str:
        """By which its calls are found: one message for each reminder and person."""
        return f"call:{self.reminder}:{self.whom}"


@dataclass(slots=True)
class _Seen:
    """What the rows of one sheet share."""

    users: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


def call_sheet(context: Context) -> tuple[Call, ...]:
    """By branch and day: for the office the branches that have not read, for a branch whom to tell."""
    with context.record.reading() as connection:
        if context.paths(OFFICE):
            found = _of_the_office(connection, context)
        else:
            found = _to_pass_on(connection, context)
        called = _calls(connection, [one.place for one in found])
    shown = [replace(one, calls=called.get(one.place, ())) for one in found]
    return tuple(sorted(shown, key=lambda one: (one.branch_name, one.due, one.reminder, one.whom)))


def _of_the_office(connection: Connection, context: Context) -> list[Call]:
    groups = [
        *_groups(connection.execute(_told_of_dossiers(context, context.paths(OFFICE)))),
        *_groups(connection.execute(_told_of_obligations(context, context.paths(OFFICE)))),
    ]
    seen = _seen(connection, context, groups)
    found: list[Call] = []
    for group in groups:
        if group[0].kind == MILESTONE:
            found += _of_milestone(connection, context, group, seen)
        else:
            found += _unread(group, seen, group[0].branch, group[0].branch_name)
    return found


def _to_pass_on(connection: Connection, context: Context) -> list[Call]:
    """The newest word on each thing that this user has been told for somebody without an account."""
    mine = Reminder.recipient == context.actor.user_id
    rows = connection.execute(_told_of_dossiers(context, context.paths(BRANCH)).where(mine))
    newest = [group[0] for group in _groups(rows)]
    names = _names(connection, [one for row in newest for one in _persons(row)])
    return [
        _call(row, row.branch, row.branch_name, whom, names[whom])
        for row in newest
        for whom in _persons(row)
        if whom in names
    ]


def _told_of_dossiers(context: Context, paths: tuple[str, ...]) -> Select[*tuple[Any, ...]]:
    return (
        within_reach(
            context, Reminder.id, Reminder.deadline, Reminder.recipient, Reminder.read_at, Reminder.values,
            Deadline.id.label("what"), Deadline.key, Deadline.due, literal("deadline").label("kind"),
            Person.name, Dossier.branch, Organization.name.label("branch_name"), Organization.path,
        )
        .join(Deadline, Deadline.dossier == Dossier.id)
        .join(Reminder, Reminder.deadline == Deadline.dossier + "/" + Deadline.key)
        .where(
            reach(Organization.path, paths),
            Deadline.closed_on.is_(None),
            Deadline.dropped_on.is_(None),
            Deadline.is_muted.is_(False),
            Deadline.due <= context.on + _AHEAD,
            or_(Deadline.ends_met.is_(False), Deadline.due >= context.on),
            Reminder.at <= context.now,
        )
        .order_by(Reminder.deadline, Reminder.at.desc(), Reminder.id)
    )  # fmt: skip


def _told_of_obligations(context: Context, paths: tuple[str, ...]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Reminder.id, Reminder.deadline, Reminder.recipient, Reminder.read_at, Reminder.values,
            Obligation.id.label("what"), Obligation.key, Obligation.due, Obligation.kind, Obligation.plan,
            Organization.id.label("branch"), Organization.name.label("branch_name"), Organization.path,
        )
        .join(Obligation, Reminder.deadline == Obligation.organization + "/" + Obligation.key)
        .join(Organization, Organization.id == Obligation.organization)
        .where(
            reach(Organization.path, paths),
            or_(Organization.kind == "branch", Obligation.kind == MILESTONE),
            Obligation.closed_on.is_(None),
            Obligation.dropped_on.is_(None),
            Obligation.due <= context.on + _AHEAD,
            or_(Obligation.kind != MILESTONE, Obligation.due >= context.on - STAYS),
            Reminder.at <= context.now,
        )
        .order_by(Reminder.deadline, Reminder.at.desc(), Reminder.id)
    )  # fmt: skip


def _groups(rows: Iterable[Row[*tuple[Any, ...]]]) -> list[list[Row[*tuple[Any, ...]]]]:
    """The reminders of each deadline, the newest first."""
    return [list(group) for _of, group in groupby(rows, key=lambda row: row.deadline)]


def _seen(
    connection: Connection, context: Context, groups: Sequence[Sequence[Row[*tuple[Any, ...]]]]
) -> _Seen:
    persons = [one for group in groups for row in group for one in _persons(row)]
    return _Seen(_seated(connection, context), _names(connection, persons))


def _seated(connection: Connection, context: Context) -> dict[str, list[tuple[str, str]]]:
    """Who has a log-in and a seat at each branch of the office's reach today; secretaries first."""
    wanted = (
        select(Grant.organization, Grant.role, User.id, User.name)
        .join(User, User.id == Grant.user)
        .join(Organization, Organization.id == Grant.organization)
        .where(
            Grant.role.in_(BRANCH),
            Grant.from_on <= context.on,
            or_(Grant.to_on.is_(None), Grant.to_on >= context.on),
            User.disabled_at.is_(None),
            reach(Organization.path, context.paths(OFFICE)),
        )
        .order_by(Grant.role.desc(), Grant.id)
    )
    found: dict[str, list[tuple[str, str]]] = {}
    for branch, _role, user, name in connection.execute(wanted):
        found.setdefault(branch, []).append((user, name))
    return found


def _unread(group: Sequence[Row[*tuple[Any, ...]]], seen: _Seen, branch: str, branch_name: str) -> list[Call]:
    """Nobody where one of the branch has read the newest word; a branch without a log-in is rung itself."""
    pass_on = tuple(dict.fromkeys(seen.names[one] for one in _persons(group[0]) if one in seen.names))
    seated = seen.users.get(branch)
    if not seated:
        return [_call(group[0], branch, branch_name, branch, None, pass_on)]
    newest: dict[str, Row[*tuple[Any, ...]]] = {}
    for row in group:
        newest.setdefault(row.recipient, row)
    told = [(newest[user], user, name) for user, name in seated if user in newest]
    if not told or any(row.read_at is not None for row, _user, _name in told):
        return []
    row, user, name = told[0]
    return [_call(row, branch, branch_name, user, name, pass_on)]


def _of_milestone(
    connection: Connection, context: Context, group: Sequence[Row[*tuple[Any, ...]]], seen: _Seen
) -> list[Call]:
    """The branches that it still concerns."""
    first = group[0]
    year = stored_year(connection, first.plan)
    one = year.of(first.what)
    if one is None:
        return []
    open_in = {
        dossier.branch
        for dossier in concerned(connection, context.record, (first.path,), year, one, context.on)
    }
    wanted = select(Organization.id, Organization.name).where(
        Organization.path >= first.path, Organization.path < past(first.path), Organization.id.in_(open_in)
    )
    found = []
    for branch, name in connection.execute(wanted):
        found += [replace(call, milestone=one) for call in _unread(group, seen, branch, name)]
    return found


def _call(
    row: Row[*tuple[Any, ...]],
    branch: str,
    branch_name: str,
    whom: str,
    whom_name: str | None,
    pass_on: tuple[str, ...] = (),
) -> Call:
    return Call(
        reminder=row.id,
        branch=branch,
        branch_name=branch_name,
        kind=row.kind,
        deadline=row.what,
        key=row.key,
        name=getattr(row, "name", None),
        milestone=None,
        due=row.due,
        whom=whom,
        whom_name=whom_name,
        pass_on=pass_on,
    )


def _persons(row: Row[*tuple[Any, ...]]) -> list[str]:
    persons = json.loads(row.values).get("persons", ())
    return [str(one) for one in persons]


def _names(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    wanted = select(Person.id, Person.name).where(Person.id.in_(set(ids)))
    return {id_: name for id_, name in connection.execute(wanted)}  # noqa: C416 - rows are not pairs


def _calls(connection: Connection, places: Sequence[str]) -> dict[str, tuple[Rang, ...]]:
    wanted = (
        select(Outbox.key, User.name, Delivery.at, Delivery.result)
        .join(Delivery, Delivery.outbox == Outbox.id)
        .join(User, User.id == Delivery.by)
        .where(Outbox.key.in_(places), Outbox.channel == PHONE)
        .order_by(Delivery.number)
    )
    found: dict[str, tuple[Rang, ...]] = {}
    for place, by, at, result in connection.execute(wanted):
        found[place] = (*found.get(place, ()), Rang(by=by, at=at, answered=result == "answered"))
    return found

"""The reminders of one user: what is still open, the newest word on each deadline."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from recruit.commands.obligations import CALENDAR, DUTY, MILESTONE
from recruit.context import Context, Day, Instant, reach
from recruit.milestones import concerned_by_each, stored_year
from recruit.queries.obligations import STAYS
from recruit.queries.rows import unindexed
from recruit.tables import Deadline, Dossier, Obligation, Organization, Person, Reminder
from workflows.occasions import MAY_PROPOSE
from workflows.plans.milestones import StoredMilestone

MOST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderRow:
    """`rung`: days after the due day ("-10", "0", "+7") or around the opening ("opening-30").

    `read_at` None: not acknowledged yet.
    `dossier` and `name` None: an organization's obligation of that `kind`, found by its `key`; for those of
    dossiers the kind is "deadline". `branch`: whom it concerns, a committee too.
    """

    id: str
    deadline: str
    dossier: str | None
    name: str | None
    branch: str
    branch_name: str
    due: date
    rung: str
    at: datetime
    read_at: datetime | None
    kind: str = "deadline"
    organization: str = ""
    key: str = ""
    milestone: StoredMilestone | None = None
    is_provisional: bool = False
    is_urgent: bool = False

    @property
    def is_late(self) -> bool:
        return self.rung.startswith("+")


_REMINDER = (
    Reminder.id,
    Reminder.deadline,
    Reminder.dossier,
    Reminder.rung,
    Reminder.at,
    Reminder.read_at,
    Reminder.is_urgent,
)
_COLUMNS = (
    *_REMINDER,
    Deadline.id.label("name_of_deadline"),
    Deadline.due,
    Deadline.is_provisional,
    Person.name,
    Dossier.branch,
    Organization.name.label("branch_name"),
)
_OWED = (
    *_REMINDER,
    Reminder.values,
    Obligation.id.label("name_of_deadline"),
    Obligation.due,
    Obligation.is_provisional,
    Obligation.organization,
    Obligation.key,
    Obligation.kind,
    Obligation.plan,
    Organization.path,
)
_KEY = func.substr(Reminder.deadline, 28)  # after 26 characters, of the dossier or organization, and a slash
# Written so that no index of open deadlines is walked instead of the recipient's few reminders.
_RUNS = func.coalesce(Deadline.closed_on, Deadline.dropped_on).is_(None)
_OWNER = func.substr(Reminder.deadline, 1, 26)
_ORDER = (Reminder.at.desc(), Reminder.is_urgent.desc())


def reminders_for(context: Context, *, limit: int = MOST) -> tuple[ReminderRow, ...]:
    """The actor's own, the newest first: for each deadline or obligation the last that was told.

    Nothing is listed of what is met, dropped, muted or out of reach, nor a milestone that concerns nobody.
    Of those of dossiers `limit` at most; those that are acknowledged are left out first.
    """
    wanted = (
        newest(context, context.now, _COLUMNS)
        .join(Organization, Organization.id == Dossier.branch)
        .join(Person, Person.id == Dossier.person)
        .order_by(Reminder.read_at.is_not(None), *_ORDER, Deadline.due, Reminder.id)
        .limit(limit)
    )
    with context.record.reading() as connection:
        rows = [_reminder(row) for row in connection.execute(wanted)]
        owed = _owed(connection, context)
    both = sorted([*rows, *owed], key=lambda row: (not row.is_urgent, row.due))
    return tuple(sorted(both, key=lambda row: row.at, reverse=True))


def reminders_owed(context: Context) -> tuple[ReminderRow, ...]:
    """Those of obligations alone."""
    with context.record.reading() as connection:
        return tuple(_owed(connection, context))


def newest(context: Context | Day, now: Instant, columns: Sequence[Any]) -> Select[*tuple[Any, ...]]:
    """The last word on each deadline of a dossier that is still open, in no order."""
    later = aliased(Reminder)
    is_told_again = exists().where(
        later.deadline == Reminder.deadline,
        later.dossier == Deadline.dossier,  # looked for last, once the deadline is known to be open
        unindexed(later.recipient) == Reminder.recipient,
        later.at <= now,
        or_(later.at > Reminder.at, and_(later.at == Reminder.at, _comes_first(later))),
    )
    return (
        select(*columns)
        .select_from(Reminder)
        .join(Dossier, Dossier.id == Reminder.dossier)
        .join(Deadline, (Deadline.dossier == Reminder.dossier) & (Deadline.key == _KEY))
        .where(
            Reminder.recipient == context.actor.user_id,
            Reminder.at <= now,
            reach(unindexed(Dossier.path), context.paths()),
            _RUNS,
            Deadline.is_muted.is_(False),
            or_(Deadline.ends_met.is_(False), Deadline.due >= context.on, Deadline.id == MAY_PROPOSE),
            ~is_told_again,
        )
    )


def _comes_first(later: type[Reminder]) -> ColumnElement[bool]:
    """Of two that were told at one instant."""
    is_as_urgent = later.is_urgent == Reminder.is_urgent
    return or_(later.is_urgent > Reminder.is_urgent, and_(is_as_urgent, later.id < Reminder.id))


def owed(context: Context | Day, now: Instant, columns: Sequence[Any]) -> Select[*tuple[Any, ...]]:
    """Every word on an open obligation, in no order; on a milestone for as long as it is work."""
    return (
        select(*columns)
        .select_from(Reminder)
        .join(Obligation, (Obligation.organization == _OWNER) & (Obligation.key == _KEY))
        .join(Organization, Organization.id == Obligation.organization)
        .where(
            Reminder.dossier.is_(None),
            Reminder.recipient == context.actor.user_id,
            Reminder.at <= now,
            Obligation.closed_on.is_(None),
            Obligation.dropped_on.is_(None),
            or_(Obligation.kind.in_((DUTY, CALENDAR)), Obligation.due >= context.on - STAYS),
        )
    )


def _owed(connection: Connection, context: Context) -> list[ReminderRow]:
    last: dict[str, Row[*tuple[Any, ...]]] = {}
    wanted = owed(context, context.now, _OWED).order_by(*_ORDER, Obligation.due, Reminder.id)
    for row in connection.execute(wanted):
        last.setdefault(row.deadline, row)
    rows = list(last.values())
    branches = _branches(connection, {_branch_of(row) for row in rows})
    work = _work(connection, context, rows, branches)
    return [
        _obligation(row, branches[_branch_of(row)], work.get(row.deadline))
        for row in rows
        if row.kind != MILESTONE or row.deadline in work
    ]


def _branch_of(row: Row[*tuple[Any, ...]]) -> str:
    return str(json.loads(row.values)["branch"])


def _branches(connection: Connection, ids: set[str]) -> dict[str, Row[str, str, str]]:
    if not ids:
        return {}
    wanted = select(Organization.id, Organization.name, Organization.path).where(Organization.id.in_(ids))
    return {row.id: row for row in connection.execute(wanted)}


def _work(
    connection: Connection,
    context: Context,
    rows: Sequence[Row[*tuple[Any, ...]]],
    branches: Mapping[str, Row[str, str, str]],
) -> dict[str, StoredMilestone]:
    """The milestones that still concern somebody there, by their reminder's deadline.

    The dossiers are read once for each plan and place.
    """
    of_each: dict[tuple[str, str], dict[str, str]] = {}
    for row in rows:
        if row.kind == MILESTONE:
            of_each.setdefault((row.plan, _branch_of(row)), {})[row.name_of_deadline] = row.deadline
    years = {plan: stored_year(connection, plan) for plan in {plan for plan, _ in of_each}}
    found: dict[str, StoredMilestone] = {}
    for (plan, branch), named in of_each.items():
        year = years[plan]
        asked = [one for id_ in named if (one := year.of(id_))]
        path = branches[branch].path
        by_each = concerned_by_each(connection, context.record, (path,), year, asked, context.on)
        found |= {named[one.id]: one for one in asked if by_each[one.id]}
    return found


def _obligation(
    row: Row[*tuple[Any, ...]], branch: Row[str, str, str], one: StoredMilestone | None
) -> ReminderRow:
    return ReminderRow(
        id=row.id,
        deadline=row.name_of_deadline,
        dossier=None,
        name=None,
        branch=branch.id,
        branch_name=branch.name,
        due=row.due,
        rung=row.rung,
        at=row.at,
        read_at=row.read_at,
        kind=row.kind,
        organization=row.organization,
        key=row.key,
        milestone=one,
        is_provisional=row.is_provisional,
        is_urgent=row.is_urgent,
    )


def _reminder(row: Row[Any]) -> ReminderRow:
    return ReminderRow(
        id=row.id,
        deadline=row.name_of_deadline,
        dossier=row.dossier,
        name=row.name,
        branch=row.branch,
        branch_name=row.branch_name,
        due=row.due,
        rung=row.rung,
        at=row.at,
        read_at=row.read_at,
        is_provisional=row.is_provisional,
        is_urgent=row.is_urgent,
    )

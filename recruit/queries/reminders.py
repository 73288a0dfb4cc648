"""The reminders of one user: what is still open, the newest word on each deadline."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from typing import Any

from sqlalchemy import Connection, Row, Select, func, or_, select

from recruit.commands.obligations import CALENDAR, DUTY, MILESTONE
from recruit.context import Context
from recruit.milestones import concerned_by_each, stored_year
from recruit.queries.obligations import STAYS
from recruit.queries.rows import within_reach
from recruit.tables import Deadline, Dossier, Obligation, Organization, Person, Reminder
from workflows.occasions import MAY_PROPOSE
from workflows.plans.milestones import StoredMilestone


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


def reminders_for(context: Context, *, limit: int = 50) -> tuple[ReminderRow, ...]:
    """The actor's own, the newest first: for each deadline or obligation the last that was told.

    Nothing is listed of what is met, dropped, muted or out of reach, nor a milestone that concerns nobody.
    """
    last: dict[str, ReminderRow] = {}
    with context.record.reading() as connection:
        for row in _newest_first(connection, context, at_once=4 * limit):
            if len(last) == limit and row.deadline not in last:
                break
            last.setdefault(row.deadline, _reminder(row))
        owed = _owed(connection, context)
    both = sorted([*last.values(), *owed], key=lambda row: (not row.is_urgent, row.due))
    return tuple(sorted(both, key=lambda row: row.at, reverse=True)[:limit])


def _newest_first(connection: Connection, context: Context, *, at_once: int) -> Iterator[Row[Any]]:
    """So many at a time: a server would send all that a user was ever told before the first is read."""
    wanted = _of_dossiers(context).limit(at_once)
    for read in count(step=at_once):
        rows = connection.execute(wanted.offset(read)).all()
        yield from rows
        if len(rows) < at_once:
            return


def _of_dossiers(context: Context) -> Select[*tuple[Any, ...]]:
    return (
        within_reach(context, *_COLUMNS, is_driving=False)
        .join(Reminder, Reminder.dossier == Dossier.id)
        .join(Deadline, (Deadline.dossier == Reminder.dossier) & (Deadline.key == _KEY))
        .where(
            Reminder.recipient == context.actor.user_id,
            Reminder.at <= context.now,
            _RUNS,
            Deadline.is_muted.is_(False),
            or_(Deadline.ends_met.is_(False), Deadline.due >= context.on, Deadline.id == MAY_PROPOSE),
        )
        .order_by(Reminder.at.desc(), Reminder.is_urgent.desc(), Deadline.due, Reminder.id)
    )


def _owed(connection: Connection, context: Context) -> list[ReminderRow]:
    """Those of obligations; a milestone's are listed for as long as it is work."""
    wanted = (
        select(*_OWED)
        .join(Obligation, (Obligation.organization == _OWNER) & (Obligation.key == _KEY))
        .join(Organization, Organization.id == Obligation.organization)
        .where(
            Reminder.dossier.is_(None),
            Reminder.recipient == context.actor.user_id,
            Reminder.at <= context.now,
            Obligation.closed_on.is_(None),
            Obligation.dropped_on.is_(None),
            or_(Obligation.kind.in_((DUTY, CALENDAR)), Obligation.due >= context.on - STAYS),
        )
        .order_by(Reminder.at.desc(), Reminder.is_urgent.desc(), Obligation.due, Reminder.id)
    )
    last: dict[str, Row[*tuple[Any, ...]]] = {}
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

"""The reminders of one user: what is still open, the newest word on each deadline."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, or_, select

from recruit.commands.obligations import CALENDAR, DUTY, MILESTONE
from recruit.context import Context
from recruit.milestones import concerned, stored_year
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
_OWNER = func.substr(Reminder.deadline, 1, 26)


def reminders_for(context: Context, *, limit: int = 50) -> tuple[ReminderRow, ...]:
    """The actor's own, the newest first: for each deadline or obligation the last that was told.

    Nothing is listed of what is met, dropped, muted or out of reach, nor a milestone that concerns nobody.
    """
    last: dict[str, ReminderRow] = {}
    with context.record.reading() as connection:
        for row in connection.execute(_of_dossiers(context)):
            if len(last) == limit and row.deadline not in last:
                break
            last.setdefault(row.deadline, _reminder(row))
        owed = _owed(connection, context)
    both = sorted([*last.values(), *owed], key=lambda row: (not row.is_urgent, row.due))
    return tuple(sorted(both, key=lambda row: row.at, reverse=True)[:limit])


def _of_dossiers(context: Context) -> Select[*tuple[Any, ...]]:
    return (
        within_reach(context, *_COLUMNS, is_driving=False)
        .join(Reminder, Reminder.dossier == Dossier.id)
        .join(Deadline, (Deadline.dossier == Reminder.dossier) & (Deadline.key == _KEY))
        .where(
            Reminder.recipient == context.actor.user_id,
            Reminder.at <= context.now,
            Deadline.closed_on.is_(None),
            Deadline.dropped_on.is_(None),
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
    listed = (_obligation(connection, context, row) for row in last.values())
    return [row for row in listed if row is not None]


def _obligation(connection: Connection, context: Context, row: Row[*tuple[Any, ...]]) -> ReminderRow | None:
    concerns = json.loads(row.values)["branch"]
    place = select(Organization.name, Organization.path).where(Organization.id == concerns)
    branch = connection.execute(place).one()
    one = None
    if row.kind == MILESTONE:
        year = stored_year(connection, row.plan)
        one = year.of(row.name_of_deadline)
        if one is None:
            return None
        open_in = concerned(connection, context.record, (branch.path,), year, one, context.on)
        if next(open_in, None) is None:
            return None
    return ReminderRow(
        id=row.id,
        deadline=row.name_of_deadline,
        dossier=None,
        name=None,
        branch=concerns,
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

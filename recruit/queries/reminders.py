"""The reminders of one user: what is still open, the newest word on each deadline."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, func, or_

from recruit.context import Context
from recruit.queries.rows import within_reach
from recruit.tables import Deadline, Dossier, Organization, Person, Reminder
from workflows.occasions import MAY_PROPOSE


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderRow:
    """`rung`: days after the due day ("-10", "0", "+7") or around the opening ("opening-30").

    `read_at` None: not acknowledged yet.
    """

    id: str
    deadline: str
    dossier: str
    name: str
    branch: str
    branch_name: str
    due: date
    rung: str
    at: datetime
    read_at: datetime | None

    @property
    def is_late(self) -> bool:
        return self.rung.startswith("+")


_COLUMNS = (
    Reminder.id,
    Reminder.deadline,
    Reminder.dossier,
    Reminder.rung,
    Reminder.at,
    Reminder.read_at,
    Deadline.id.label("name_of_deadline"),
    Deadline.due,
    Person.name,
    Dossier.branch,
    Organization.name.label("branch_name"),
)
_KEY = func.substr(Reminder.deadline, 28)  # after the dossier's 26 characters and a slash


def reminders_for(context: Context, *, limit: int = 50) -> tuple[ReminderRow, ...]:
    """The actor's own, the newest first: for each deadline the last that was told.

    Nothing is listed of a deadline that is met, dropped, muted or out of reach.
    """
    wanted = (
        within_reach(context, *_COLUMNS)
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
    last: dict[str, ReminderRow] = {}
    with context.record.reading() as connection:
        for row in connection.execute(wanted):
            if len(last) == limit and row.deadline not in last:
                break
            last.setdefault(row.deadline, _reminder(row))
    return tuple(last.values())


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
    )

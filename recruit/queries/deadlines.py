"""Deadlines across the reach of an actor."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row

from recruit.context import Context
from recruit.queries.rows import within_reach
from recruit.tables import DUE_COLUMNS, Deadline, Dossier, Organization, Person
from workflows.deadlines import Deadline as Due
from workflows.deadlines import Status
from workflows.occasions import OCCASIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineRow:
    dossier: str
    name: str
    branch: str
    branch_name: str
    path: str
    stage: str
    deadline: Due

    def status(self, on: date) -> Status:
        return self.deadline.status(on)


COLUMNS = (
    *DUE_COLUMNS,
    Deadline.dossier,
    Person.name,
    Dossier.branch,
    Organization.name.label("branch_name"),
    Organization.path,
    Dossier.stage,
)


def deadlines(
    context: Context,
    *,
    status: Status | None = None,
    due_before: date | None = None,
    branch: str | None = None,
) -> tuple[DeadlineRow, ...]:
    """Those that run today within reach, the earliest due day first; `due_before` is exclusive."""
    wanted = (
        within_reach(context, *COLUMNS)
        .join(Deadline, Deadline.dossier == Dossier.id)
        .where(
            Deadline.closed_on.is_(None),
            Deadline.dropped_on.is_(None),
            Deadline.opened_on <= context.on,
            Deadline.id.not_in(OCCASIONS),
        )
        .order_by(Deadline.due, Deadline.dossier, Deadline.key)
    )
    if due_before is not None:
        wanted = wanted.where(Deadline.due < due_before)
    if branch is not None:
        wanted = wanted.where(Dossier.branch == branch)
    with context.record.reading() as connection:
        rows = tuple(deadline_row(row) for row in connection.execute(wanted))
    return rows if status is None else tuple(row for row in rows if row.status(context.on) == status)


def deadline_row(row: Row[*tuple[Any, ...]]) -> DeadlineRow:
    due = Due(**{column.key: getattr(row, column.key) for column in DUE_COLUMNS})
    return DeadlineRow(
        dossier=row.dossier,
        name=row.name,
        branch=row.branch,
        branch_name=row.branch_name,
        path=row.path,
        stage=row.stage,
        deadline=due,
    )

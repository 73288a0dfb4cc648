"""Deadlines across the reach of an actor."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, ScalarSelect, Select, and_, false, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from recruit.context import Context, Day, reach
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Whose work these deadlines are, by their ids, below a path."""

    path: str
    deadlines: frozenset[str]

    def covers(self, path: str) -> bool:
        return path.startswith(self.path)


def pressing(
    context: Context, *, until: date, held: Collection[str], seats: Sequence[Seat] | None, most: int | None
) -> tuple[DeadlineRow, ...]:
    """Those due up to `until` (included) or named in `held`, the earliest first, `most` at most.

    `seats`: only what is their work; None: all within reach.
    """
    order = (Deadline.due, Deadline.dossier, Deadline.key)
    first = _pressing(context, order, until, held, seats).order_by(*order).limit(most).subquery()
    wanted = (
        within_reach(context, *COLUMNS, is_driving=False)
        .join(Deadline, Deadline.dossier == Dossier.id)
        .join(first, and_(first.c.dossier == Deadline.dossier, first.c.key == Deadline.key))
        .order_by(*order)
    )
    with context.record.reading() as connection:
        return tuple(deadline_row(row) for row in connection.execute(wanted))


def pressing_number(
    context: Context | Day, *, until: date, held: Collection[str], seats: Sequence[Seat], most: int
) -> ScalarSelect[int]:
    """How many there are, `most` where there are more; part of a statement."""
    some = _pressing(context, (Deadline.due,), until, held, seats).limit(most).subquery()
    return select(func.count()).select_from(some).scalar_subquery()


def overdue_by_branch(context: Context) -> tuple[tuple[str, str, int], ...]:
    """Each branch within reach where anything is overdue, with its name and how much; the most first."""
    number = func.count().label("number")
    wanted = (
        select(Dossier.branch, Organization.name, number)
        .select_from(Dossier)
        .join(Deadline, Deadline.dossier == Dossier.id)
        .join(Organization, Organization.id == Dossier.branch)
        .where(
            reach(Dossier.path, context.paths()),
            Deadline.closed_on.is_(None),
            Deadline.dropped_on.is_(None),
            Deadline.opened_on <= context.on,
            Deadline.due < context.on,
            Deadline.ends_met.is_(False),
            Deadline.is_muted.is_(False),
            Deadline.id.not_in(OCCASIONS),
        )
        .group_by(Dossier.branch, Organization.name)
        .order_by(number.desc(), Organization.name)
    )
    with context.record.reading() as connection:
        return tuple((branch, name, count) for branch, name, count in connection.execute(wanted))


def _pressing(
    context: Context | Day,
    columns: Sequence[InstrumentedAttribute[Any]],
    until: date,
    held: Collection[str],
    seats: Sequence[Seat] | None,
) -> Select[Any]:
    goes_on = and_(Deadline.ends_met.is_(False), Deadline.is_muted.is_(False))
    is_pressing = or_(Deadline.due >= context.on, goes_on)
    joined = select(*columns).join(Dossier, Dossier.id == Deadline.dossier)
    running = joined.where(
        reach(Dossier.path, context.paths()),
        Deadline.closed_on.is_(None),
        Deadline.dropped_on.is_(None),
        Deadline.opened_on <= context.on,
        Deadline.id.not_in(OCCASIONS),
        or_(Deadline.id.in_(sorted(held)), and_(Deadline.due <= until, is_pressing)),
    )
    if seats is None:
        return running
    of_seats = (
        and_(reach(Dossier.path, (seat.path,)), Deadline.id.in_(sorted(seat.deadlines))) for seat in seats
    )
    return running.where(or_(false(), *of_seats))


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

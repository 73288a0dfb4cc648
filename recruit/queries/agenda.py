"""What a calendar is made of: deadlines of dossiers and obligations of organizations, without any name."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from recruit.context import Context, reach
from recruit.ids import made_at
from recruit.stand_ins import granted
from recruit.tables import (
    DUE_COLUMNS,
    Act,
    CalendarRow,
    CalendarYear,
    Deadline,
    Dossier,
    Grant,
    Obligation,
    Organization,
    Plan,
    SettingValue,
    User,
)
from workflows.deadlines import Deadline as Due


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedRow:
    """A deadline of a dossier; `version`, `changed_at`: of the dossier's last act."""

    dossier: str
    path: str
    place: str
    version: int
    changed_at: datetime
    deadline: Due


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedRow:
    """An obligation of an organization; `acts`: those that a milestone of a plan names."""

    organization: str
    path: str
    place: str
    kind: str
    deadline: Due
    acts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LawStamp:
    """How many rows of the law and the plans there are; they are only ever added. `at`: the newest."""

    count: int
    at: datetime | None


def dated(context: Context, paths: Iterable[str], *, first: date, last: date) -> tuple[DatedRow, ...]:
    """Open deadlines due by `last`, and those met that were due from `first` to today, by due day."""
    wanted = (
        select(
            Deadline.dossier,
            Dossier.version,
            Act.recorded_at,
            Organization.path,
            Organization.name.label("place"),
            *DUE_COLUMNS,
        )
        .join(Dossier, Dossier.id == Deadline.dossier)
        .join(Act, and_(Act.dossier == Dossier.id, Act.seq == Dossier.version))
        .join(Organization, Organization.id == Dossier.branch)
        .where(
            reach(Organization.path, paths),
            Deadline.is_muted.is_(False),
            Deadline.dropped_on.is_(None),
            or_(Deadline.ends_met.is_(False), Deadline.due >= context.on),
            _in_window(Deadline.closed_on, Deadline.due, context.on, first, last),
        )
        .order_by(Deadline.due, Deadline.dossier, Deadline.key)
    )
    with context.record.reading() as connection:
        return tuple(_dated(row) for row in connection.execute(wanted))


def owed(context: Context, organizations: Iterable[str], *, first: date, last: date) -> tuple[OwedRow, ...]:
    """As `dated`, of the obligations of these organizations."""
    columns = (column for column in DUE_COLUMNS if hasattr(Obligation, column.key))
    wanted = (
        select(
            Obligation.organization,
            Obligation.kind,
            Organization.path,
            Organization.name.label("place"),
            Plan.document,
            *(getattr(Obligation, column.key) for column in columns),
        )
        .join(Organization, Organization.id == Obligation.organization)
        .outerjoin(Plan, Plan.id == Obligation.plan)
        .where(
            Obligation.organization.in_(tuple(organizations)),
            Obligation.dropped_on.is_(None),
            _in_window(Obligation.closed_on, Obligation.due, context.on, first, last),
        )
        .order_by(Obligation.due, Obligation.organization, Obligation.key)
    )
    with context.record.reading() as connection:
        return tuple(_owed(row) for row in connection.execute(wanted))


def law_stamp(context: Context) -> LawStamp:
    """What beside a dossier's own acts may have moved a due day."""
    counted = (SettingValue, CalendarRow, CalendarYear, Plan)
    days = (CalendarRow.added_at, CalendarYear.added_at, Plan.added_at)
    counts = (select(func.count()).select_from(table).scalar_subquery() for table in counted)
    newest = (select(func.max(column)).scalar_subquery() for column in (*days, SettingValue.id))
    with context.record.reading() as connection:
        row = connection.execute(select(*counts, *newest)).one()
    *known, setting = row[len(counted) :]
    instants = [at for at in (*known, made_at(setting) if setting else None) if at is not None]
    return LawStamp(count=sum(row[: len(counted)]), at=max(instants, default=None))


def staffed(context: Context, roles: Iterable[str]) -> frozenset[str]:
    """The organizations where somebody holds one of the roles today."""
    wanted = (
        select(Grant.organization)
        .join(User, User.id == Grant.user)
        .where(Grant.role.in_(tuple(roles)), granted(context.on), User.disabled_at.is_(None))
        .distinct()
    )
    with context.record.reading() as connection:
        return frozenset(connection.execute(wanted).scalars())


def _in_window(
    closed_on: InstrumentedAttribute[date | None],
    due: InstrumentedAttribute[date],
    on: date,
    first: date,
    last: date,
) -> ColumnElement[bool]:
    is_open = and_(closed_on.is_(None), due <= last)
    return or_(is_open, and_(closed_on.is_not(None), due >= first, due <= on))


def _due(row: Row[Any]) -> Due:
    known = {column.key for column in DUE_COLUMNS} & set(row._fields)
    return Due(**{name: getattr(row, name) for name in known})


def _dated(row: Row[Any]) -> DatedRow:
    return DatedRow(
        dossier=row.dossier,
        path=row.path,
        place=row.place,
        version=row.version,
        changed_at=row.recorded_at,
        deadline=_due(row),
    )


def _owed(row: Row[Any]) -> OwedRow:
    return OwedRow(
        organization=row.organization,
        path=row.path,
        place=row.place,
        kind=row.kind,
        deadline=_due(row),
        acts=_acts(row.document, row.id) if row.document else (),
    )


def _acts(document: str, milestone: str) -> tuple[str, ...]:
    """The acts alone: a milestone's own words are the township's, and might name somebody."""
    listed: Iterable[Mapping[str, Any]] = json.loads(document).get("milestones") or ()
    found = next((one for one in listed if str(one.get("id")) == milestone), {})
    return tuple(str(act) for act in found.get("acts") or ())

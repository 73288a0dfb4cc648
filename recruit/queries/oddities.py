"""What an auditor looks at first: refused attempts, late entries, corrections; how many, and the newest."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, literal_column, select

from recruit.context import Context, reach
from recruit.findings import findings_of
from recruit.log.envelope import act_of
from recruit.queries.rows import LATE
from recruit.tables import Act, Attempt, Dossier, Organization, Person, User
from workflows.findings import Finding

MOST = 9999


@dataclass(frozen=True, slots=True, kw_only=True)
class Oddity:
    """`dossier` and `name` None: an attempt that would have begun a dossier."""

    dossier: str | None
    name: str | None
    branch_name: str
    do: str
    on: date
    recorded_at: datetime
    by_name: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """`count`: all of them, counted up to `MOST`; `rows`: the newest."""

    count: int
    rows: tuple[Oddity, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Oddities:
    refused: Listed
    late: Listed
    corrected: Listed


_OF_DOSSIER = (Dossier.id.label("dossier"), Person.name, Organization.name.label("branch_name"))
# In the words of its partial index, so that it is used.
_CORRECTED: ColumnElement[bool] = literal_column("act.\"do\" = 'corrected'")


def oddities(context: Context, *, limit: int = 6) -> Oddities:
    """Within the actor's reach; costs by what is odd there, not by what is recorded."""
    with context.record.reading() as connection:
        return Oddities(
            refused=_listed(connection, _attempts(context), Attempt.at, _attempt, limit),
            late=_listed(connection, _acts(context, LATE), Act.recorded_at, _act, limit),
            corrected=_listed(connection, _acts(context, _CORRECTED), Act.recorded_at, _act, limit),
        )


def _listed(
    connection: Connection,
    wanted: Select[Any],
    at: Any,  # noqa: ANN401 - a column
    read: Callable[[Connection, Row[Any]], Oddity],
    limit: int,
) -> Listed:
    counted = wanted.with_only_columns(literal_column("1")).limit(MOST).subquery()
    count = connection.execute(select(func.count()).select_from(counted)).scalar_one()
    rows = connection.execute(wanted.order_by(at.desc()).limit(limit)).all() if count else ()
    return Listed(count=count, rows=tuple(read(connection, row) for row in rows))


def _acts(context: Context, which: ColumnElement[bool]) -> Select[Any]:
    columns: tuple[Any, ...] = (*_OF_DOSSIER, Act.canonical, Act.findings)
    return (
        select(*columns)
        .select_from(Organization)
        .join(Dossier, Dossier.branch == Organization.id)
        .join(Act, Act.dossier == Dossier.id)
        .join(Person, Person.id == Dossier.person)
        .where(reach(Organization.path, context.paths()), which)
    )


def _attempts(context: Context) -> Select[Any]:
    by_name = User.name.label("by_name")
    columns: tuple[Any, ...] = (
        *_OF_DOSSIER, Attempt.do, Attempt.on, Attempt.at, Attempt.findings, by_name,
    )  # fmt: skip
    return (
        select(*columns)
        .select_from(Organization)
        .join(Attempt, Attempt.branch == Organization.id)
        .join(User, User.id == Attempt.actor)
        .outerjoin(Dossier, Dossier.id == Attempt.dossier)
        .outerjoin(Person, Person.id == Dossier.person)
        .where(reach(Organization.path, context.paths()))
    )


def _act(connection: Connection, row: Row[Any]) -> Oddity:
    act = act_of(row.canonical)
    by_name = connection.execute(select(User.name).where(User.id == act.by)).scalar_one_or_none()
    return Oddity(
        dossier=row.dossier,
        name=row.name,
        branch_name=row.branch_name,
        do=act.do,
        on=act.on,
        recorded_at=act.recorded_at,
        by_name=by_name or "",
        findings=findings_of(row.findings),
    )


def _attempt(_connection: Connection, row: Row[Any]) -> Oddity:
    return Oddity(
        dossier=row.dossier,
        name=row.name,
        branch_name=row.branch_name,
        do=row.do,
        on=row.on,
        recorded_at=row.at,
        by_name=row.by_name,
        findings=findings_of(row.findings),
    )

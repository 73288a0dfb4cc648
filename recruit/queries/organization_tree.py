"""The tree of organizations as its keepers read it: days, committee, staff, members, dossiers, names."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection, Select, func, select

from recruit.context import Context, past, reach
from recruit.errors import NotFound
from recruit.queries.crew import Crew, crews
from recruit.queries.settings import READERS
from recruit.tables import Dossier, FormerName, Membership, Organization, Person

MOST = 2000
_Wanted = Select[
    str, str, str, str, str | None, date | None, date | None, date | None, bool | None, int | None, bool
]


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeRow:
    """`depth`: how far below the first row; `crew` None: no seat has to be filled there."""

    id: str
    kind: str
    name: str
    path: str
    parent: str | None
    depth: int
    opened_on: date | None
    ends_on: date | None
    closed_on: date | None
    has_committee: bool | None
    staff_count: int | None
    is_new_economic: bool
    full_count: int
    open_count: int
    crew: Crew | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A name of before, and the first day on which it was one."""

    name: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An open dossier that keeps an organization open."""

    dossier: str
    name: str
    stage: str
    branch: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationView:
    """`activist_count`, `admitted_count`: what the head-count duty of a new organization is compared with."""

    row: TreeRow
    superior: str
    former: tuple[Named, ...]
    waiting: tuple[Waiting, ...]
    activist_count: int
    admitted_count: int


def organization_tree(context: Context) -> tuple[TreeRow, ...]:
    """Each after the one above it, neighbours by name; at most `MOST`."""
    wanted = _rows().where(reach(Organization.path, context.paths(READERS))).limit(MOST)
    with context.record.reading() as connection:
        rows = _read(connection, context, wanted)
    names = {row.id: row.name for row in rows}
    ordered = sorted(rows, key=lambda row: [names.get(one, "") + one for one in _ids(row.path)])
    least = min((len(_ids(row.path)) for row in rows), default=0)
    return tuple(replace(row, depth=len(_ids(row.path)) - least) for row in ordered)


def organization_view(context: Context, organization: str) -> OrganizationView:
    """Raises `NotFound`."""
    with context.record.reading() as connection:
        rows = _read(connection, context, _rows().where(Organization.id == organization))
        if not rows or context.actor.held(READERS, rows[0].path) is None:
            raise NotFound(what="organization")
        (row,) = rows
        former = connection.execute(
            select(FormerName.name, FormerName.until)
            .where(FormerName.organization == organization)
            .order_by(FormerName.id.desc())
        )
        superior = connection.execute(
            select(Organization.name).where(Organization.id == row.parent)
        ).scalar_one_or_none()
        return OrganizationView(
            row=row,
            superior=superior or "",
            former=tuple(Named(name=name, until=until) for name, until in former),
            waiting=_waiting(connection, row.path),
            activist_count=_activists(connection, row.path),
            admitted_count=_admitted(connection, row.path, context.on.year),
        )


def _rows() -> _Wanted:
    return select(
        Organization.id,
        Organization.kind,
        Organization.name,
        Organization.path,
        Organization.parent,
        Organization.opened_on,
        Organization.ends_on,
        Organization.closed_on,
        Organization.has_committee,
        Organization.staff_count,
        Organization.is_new_economic,
    )


def _read(connection: Connection, context: Context, wanted: _Wanted) -> list[TreeRow]:
    found = connection.execute(wanted).all()
    full, running = _full(connection, context.on), _running(connection)
    filled = {crew.organization: crew for crew in crews(connection, context.on)}
    return [
        TreeRow(
            **row._mapping,  # noqa: SLF001 - the documented way to a row's mapping
            depth=0,
            full_count=full.get(row.id, 0),
            open_count=running.get(row.id, 0),
            crew=filled.get(row.id),
        )
        for row in found
    ]


def _ids(path: str) -> list[str]:
    return path.strip("/").split("/")


def _full(connection: Connection, on: date) -> Mapping[str, int]:
    rows = connection.execute(
        select(Membership.branch, func.count())
        .where(
            Membership.full_since <= on,
            Membership.since <= on,
            Membership.until.is_(None) | (Membership.until > on),
        )
        .group_by(Membership.branch)
    )
    return {branch: count for branch, count in rows}  # noqa: C416 - rows are not pairs to the type checker


def _running(connection: Connection) -> Mapping[str, int]:
    rows = connection.execute(
        select(Dossier.branch, func.count()).where(Dossier.phase != "ended").group_by(Dossier.branch)
    )
    return {branch: count for branch, count in rows}  # noqa: C416 - as above


def _waiting(connection: Connection, path: str) -> tuple[Waiting, ...]:
    rows = connection.execute(
        select(Dossier.id, Person.name, Dossier.stage, Organization.name)
        .join(Person, Person.id == Dossier.person)
        .join(Organization, Organization.id == Dossier.branch)
        .where(Organization.path >= path, Organization.path < past(path), Dossier.phase != "ended")
        .order_by(Person.strokes, Person.name, Dossier.id)
        .limit(MOST)
    )
    return tuple(
        Waiting(dossier=dossier, name=name, stage=stage, branch=branch)
        for dossier, name, stage, branch in rows
    )


def _activists(connection: Connection, path: str) -> int:
    counted = (
        select(func.count())
        .select_from(Dossier)
        .join(Organization, Organization.id == Dossier.branch)
        .where(Organization.path >= path, Organization.path < past(path), Dossier.stage == "activist")
    )
    return connection.execute(counted).scalar_one()


def _admitted(connection: Connection, path: str, year: int) -> int:
    counted = (
        select(func.count())
        .select_from(Dossier)
        .join(Organization, Organization.id == Dossier.branch)
        .where(
            Organization.path >= path,
            Organization.path < past(path),
            Dossier.admission_decided_on.between(date(year, 1, 1), date(year, 12, 31)),
        )
    )
    return connection.execute(counted).scalar_one()

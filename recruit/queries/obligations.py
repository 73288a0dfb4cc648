"""What organizations owe beside their dossiers: milestones of the plan, duties, the calendar year."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, exists, func, or_, select

from recruit.commands.duties import DUTY_RECORDERS
from recruit.commands.obligations import CALENDAR, DUTY, MILESTONE, OBLIGATION_COLUMNS
from recruit.context import READING_ROLES, Context, Day, reach
from recruit.errors import NotFound
from recruit.law import organizations_of
from recruit.milestones import Concerned, concerned_by_each, stored_year
from recruit.queries.rows import DossierRow, dossier_row, within_reach
from recruit.tables import Dossier, Obligation, Organization, Person, User
from workflows.deadlines import SOON_DAYS, Deadline, Status
from workflows.plans.duties import Level, level_of
from workflows.plans.milestones import StoredMilestone, StoredYear

MOST = 400
_COUNTED_BEFORE, STAYS = timedelta(days=45), timedelta(days=31)
_ADMINISTRATOR = "system_admin"
# Whose own work it is; others of the same reach only read of it.
SEATS: dict[Level, tuple[str, ...]] = {
    "branch": ("branch_secretary", "branch_clerk"),
    "committee": ("organizer", "committee_secretary"),
    "department": ("department",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationRow:
    """`open_in`: the dossiers of the reader's reach that a milestone still concerns; None: not counted yet.

    `open_steps`: the acts for which it concerns them. `may_record`: whether this reader may record
    the duty as done.
    """

    organization: str
    organization_name: str
    path: str
    kind: str
    deadline: Deadline
    paper: str | None
    done_by: str | None
    done_at: datetime | None
    milestone: StoredMilestone | None
    open_in: tuple[str, ...] | None
    open_steps: frozenset[str]
    may_record: bool

    @property
    def open_count(self) -> int | None:
        return None if self.open_in is None else len(self.open_in)

    @property
    def name(self) -> str:
        return f"{self.organization}/{self.deadline.key}"

    def status(self, on: date) -> Status:
        """Computed, never stored; a milestone that concerns nobody any more is met."""
        if self.open_count == 0 and self.deadline.is_running:
            return "met"
        return self.deadline.status(on)


_COLUMNS = (
    *OBLIGATION_COLUMNS,
    Obligation.organization,
    Obligation.kind,
    Obligation.plan,
    Obligation.paper,
    Obligation.done_at,
    Organization.name.label("organization_name"),
    Organization.kind.label("organization_kind"),
    Organization.path,
    User.name.label("done_by_name"),
)


def obligations(context: Context, year: int) -> tuple[ObligationRow, ...]:
    """Those due in that year within reach, the milestones of the plans above too; the earliest first."""
    wanted = _wanted(context).where(
        Obligation.due >= date(year, 1, 1),
        Obligation.due <= date(year, 12, 31),
        Obligation.dropped_on.is_(None),
        Obligation.opened_on <= context.on,
    )
    with context.record.reading() as connection:
        return _rows(connection, context, connection.execute(wanted.limit(MOST)))


def years_owed(context: Context) -> tuple[int, int]:
    """The first and the last year in which anything is due within reach; this one where nothing is."""
    wanted = (
        select(func.min(Obligation.due), func.max(Obligation.due))
        .join(Organization, Organization.id == Obligation.organization)
        .where(_is_within_reach(context), Obligation.dropped_on.is_(None), Obligation.opened_on <= context.on)
    )
    with context.record.reading() as connection:
        days: list[date] = [day for day in connection.execute(wanted).one() if day is not None]
    return (days[0].year, days[-1].year) if days else (context.on.year, context.on.year)


def find_obligation(context: Context, organization: str, key: str) -> ObligationRow:
    """Raises `NotFound` for one that is not there or out of reach."""
    same = _wanted(context).where(Obligation.organization == organization, Obligation.key == key)
    with context.record.reading() as connection:
        found = _rows(connection, context, connection.execute(same))
    if not found:
        raise NotFound(what="obligation")
    return found[0]


def concerned_people(context: Context, row: ObligationRow) -> tuple[DossierRow, ...]:
    """Whom a milestone still concerns, by the strokes of the surname; at most `MOST`."""
    if not row.open_in:
        return ()
    wanted = within_reach(context).where(Dossier.id.in_(row.open_in[:MOST]))
    with context.record.reading() as connection:
        return tuple(
            dossier_row(found) for found in connection.execute(wanted.order_by(Person.strokes, Person.name))
        )


def own_obligations(context: Context) -> tuple[ObligationRow, ...]:
    """What the reader's own organizations have to do soon or have not done; a calendar year from its opening.

    A milestone is work while it concerns somebody, and for 31 days after its day.
    """
    wanted = _wanted(context, _is_mine(context), _presses(context)).limit(MOST)
    with context.record.reading() as connection:
        rows = _rows(connection, context, connection.execute(wanted))
    return tuple(row for row in rows if row.open_count != 0)


def has_own_obligations(context: Context | Day) -> ColumnElement[bool]:
    """Whether there may be any of `own_obligations`; part of a statement."""
    return exists().where(_is_mine(context), _presses(context))


def _presses(context: Context | Day) -> ColumnElement[bool]:
    soon = context.on + timedelta(days=SOON_DAYS)
    return and_(
        Obligation.closed_on.is_(None),
        Obligation.dropped_on.is_(None),
        Obligation.opened_on <= context.on,
        or_(Obligation.due <= soon, Obligation.kind == CALENDAR),
        or_(Obligation.due >= context.on - STAYS, Obligation.kind != MILESTONE),
    )


def _wanted(context: Context, *which: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return (
        select(*_COLUMNS)
        .join(Organization, Organization.id == Obligation.organization)
        .outerjoin(User, User.id == Obligation.done_by)
        .where(*(which or (_is_within_reach(context),)))
        .order_by(Obligation.due, Organization.level, Organization.name, Obligation.key)
    )


def _is_within_reach(context: Context) -> ColumnElement[bool]:
    paths = context.paths((*READING_ROLES, _ADMINISTRATOR))
    return or_(
        reach(Organization.path, paths),
        and_(Obligation.kind == MILESTONE, Obligation.organization.in_(_line(context.paths()))),
    )


def _is_mine(context: Context | Day) -> ColumnElement[bool]:
    """By the seats that the reader holds."""
    seats = {role for roles in SEATS.values() for role in roles}
    held = [one for one in context.actor.grants if one.role in seats]
    own = {one.organization for one in held}
    administered = {one.organization for one in context.actor.grants if one.role == _ADMINISTRATOR}
    return or_(
        and_(Obligation.kind == DUTY, Obligation.organization.in_(own)),
        and_(Obligation.kind == MILESTONE, Obligation.organization.in_(_line(one.path for one in held))),
        and_(Obligation.kind == CALENDAR, Obligation.organization.in_(administered)),
    )


def _line(paths: Iterable[str]) -> set[str]:
    """The organizations of these paths and all above them."""
    return {one for path in paths for one in organizations_of(path)}


def _rows(
    connection: Connection, context: Context, rows: Iterable[Row[*tuple[Any, ...]]]
) -> tuple[ObligationRow, ...]:
    listed = list(rows)
    years = {plan: stored_year(connection, plan) for plan in {row.plan for row in listed if row.plan}}
    open_in = _open_in(connection, context, listed, years)
    return tuple(_row(context, row, years.get(row.plan), open_in) for row in listed)


def _row(
    context: Context,
    row: Row[*tuple[Any, ...]],
    year: StoredYear | None,
    open_in: Mapping[tuple[str, str], tuple[Concerned, ...]],
) -> ObligationRow:
    concerned = open_in.get((row.plan, row.id)) if row.plan else None
    return ObligationRow(
        organization=row.organization,
        organization_name=row.organization_name,
        path=row.path,
        kind=row.kind,
        deadline=Deadline(**{column.key: getattr(row, column.key) for column in OBLIGATION_COLUMNS}),
        paper=row.paper,
        done_by=row.done_by_name,
        done_at=row.done_at,
        milestone=year.of(row.id) if year else None,
        open_in=None if concerned is None else tuple(one.dossier for one in concerned),
        open_steps=frozenset(step for one in concerned or () for step in one.steps),
        may_record=row.kind == DUTY and _may_record(context, row.organization_kind, row.path),
    )


def _open_in(
    connection: Connection,
    context: Context,
    rows: Sequence[Row[*tuple[Any, ...]]],
    years: Mapping[str, StoredYear],
) -> dict[tuple[str, str], tuple[Concerned, ...]]:
    """By plan and milestone, of the reader's part of the plan's subtree, from 45 days before its day.

    The dossiers are read once for each plan, whatever the number of its milestones.
    """
    found: dict[tuple[str, str], tuple[Concerned, ...]] = {}
    for plan, year in years.items():
        counted = [row for row in rows if row.plan == plan and _is_counted(context, row)]
        asked = [one for row in counted if (one := year.of(row.id))]
        if not asked:
            continue
        paths = _part_of(context, counted[0].path)
        by_each = concerned_by_each(connection, context.record, paths, year, asked, context.on)
        found |= {(plan, id_): them for id_, them in by_each.items()}
    return found


def _is_counted(context: Context, row: Row[*tuple[Any, ...]]) -> bool:
    return row.due - context.on <= _COUNTED_BEFORE and row.dropped_on is None


def _part_of(context: Context, path: str) -> tuple[str, ...]:
    """The whole subtree where the reader stands at or above it, else the reader's own parts of it."""
    mine = context.paths()
    below = tuple(one for one in mine if one.startswith(path))
    return (path,) if any(path.startswith(one) for one in mine) else below


def _may_record(context: Context, organization_kind: str, path: str) -> bool:
    level = level_of(organization_kind)
    return level is not None and context.actor.held(DUTY_RECORDERS[level], path) is not None

"""Organizations that a form may offer: those within reach, and those to which a dossier may be moved."""

from dataclasses import dataclass

from sqlalchemy import Row, Select, select

from recruit.commands.standing import find_standing
from recruit.context import Context, past, reach
from recruit.record import Record
from recruit.tables import Organization

MOST = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow:
    id: str
    kind: str
    name: str
    path: str


_COLUMNS = (Organization.id, Organization.kind, Organization.name, Organization.path)


def places(context: Context, *, kind: str | None = None) -> tuple[PlaceRow, ...]:
    """The organizations within reach that are not closed, those above first, by name; at most `MOST`."""
    return _rows(context.record, _open(context), kind, MOST)


def branches_to_choose(context: Context, chosen: str | None, *, most: int) -> tuple[PlaceRow, ...]:
    """The branches within reach by name; where there are more than `most`, the chosen one alone."""
    wanted = _open(context).where(Organization.kind == "branch")
    some = wanted.limit(most + 1).subquery()  # not sorted before it is known that they are few
    with context.record.reading() as connection:
        found = connection.execute(select(some).order_by(some.c.name)).all()
        if len(found) > most:
            found = connection.execute(wanted.where(Organization.id == chosen)).all() if chosen else []
    return tuple(_row(row) for row in found)


def branches_beside(context: Context, dossier: str) -> tuple[PlaceRow, ...]:
    """The other branches of the committee that approves for this dossier's branch. Raises `NotFound`."""
    with context.record.reading() as connection:
        standing = find_standing(connection, context, dossier)
    path = standing.committee.path if standing.committee else standing.path
    wanted = select(*_COLUMNS).where(
        Organization.path >= path,
        Organization.path < past(path),
        Organization.id != standing.branch,
        Organization.closed_on.is_(None),
    )
    return _rows(context.record, wanted, "branch", MOST)


def is_founded(record: Record) -> bool:
    """Whether the topmost organization and its administrators are named."""
    with record.reading() as connection:
        return connection.execute(select(Organization.id).limit(1)).first() is not None


def _open(context: Context) -> Select[str, str, str, str]:
    is_mine = reach(Organization.path, context.paths())
    return select(*_COLUMNS).where(is_mine, Organization.closed_on.is_(None))


def _rows(
    record: Record, wanted: Select[str, str, str, str], kind: str | None, most: int
) -> tuple[PlaceRow, ...]:
    if kind is not None:
        wanted = wanted.where(Organization.kind == kind)
    with record.reading() as connection:
        found = connection.execute(wanted.order_by(Organization.level, Organization.name).limit(most)).all()
    return tuple(_row(row) for row in found)


def _row(row: Row[str, str, str, str]) -> PlaceRow:
    return PlaceRow(id=row.id, kind=row.kind, name=row.name, path=row.path)

"""The register of an auditor: acts and refused attempts across the reach, the last recorded first.

A page reads a bounded number of rows whatever is asked for: where few fit it says how far it has looked.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Select, literal_column, select

from recruit.context import Context, reach
from recruit.ids import made_at
from recruit.queries.register_rows import ACTS, ATTEMPTS, RegisterEntry, Source, named
from recruit.queries.rows import LATE
from recruit.tables import Act as ActRow
from recruit.tables import Attempt, Dossier, Organization, Person
from workflows.acts import SHANGHAI

PER_PAGE = 50
WINDOWS = (200, 1000, 1000, 1000, 1000)  # so many rows are looked at for a page, at most
# In the words of its partial index, so that it is used.
_CORRECTED: ColumnElement[bool] = literal_column("act.\"do\" = 'corrected'")

Kind = Literal["all", "problems", "late", "copied", "transcribed", "refused", "corrected"]
KINDS: tuple[Kind, ...] = ("all", "problems", "late", "copied", "transcribed", "refused", "corrected")
_NO_DAY_AFTER = date(9990, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Days are inclusive. `dossiers` and `by` are ids; `stage` is the dossier's present one."""

    kind: Kind = "all"
    dossiers: tuple[str, ...] = ()
    branch: str = ""
    stage: str = ""
    by: str = ""
    rule: str = ""
    on_from: date | None = None
    on_to: date | None = None
    recorded_from: date | None = None
    recorded_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterPage:
    """`next_cursor` None: nothing older is left. `looked_to`: how far back a page that is not full looked."""

    rows: tuple[RegisterEntry, ...]
    next_cursor: str | None
    looked_to: datetime | None


@dataclass(frozen=True, slots=True)
class _Walked:
    """`horizon`: the last id that was looked at where there may be more; None: all were looked at."""

    rows: list[RegisterEntry]
    horizon: str | None


def register(
    context: Context, filters: Filters, *, cursor: str | None = None, limit: int = PER_PAGE
) -> RegisterPage:
    """Acts and attempts that fit, recorded before `cursor` (the id of one); within the actor's reach."""
    with context.record.reading() as connection:
        walks = [
            _walk(connection, context, source, filters, cursor=cursor, limit=limit)
            for source in _sources(filters)
        ]
        horizon = max((one.horizon for one in walks if one.horizon is not None), default=None)
        found = sorted((row for one in walks for row in one.rows), key=lambda row: row.id, reverse=True)
        found = [row for row in found if horizon is None or row.id >= horizon]
        rows = named(connection, found[:limit])
    if len(found) > limit or (horizon is not None and len(rows) == limit):
        return RegisterPage(rows=rows, next_cursor=rows[-1].id, looked_to=None)
    looked_to = made_at(horizon) if horizon is not None else None
    return RegisterPage(rows=rows, next_cursor=horizon, looked_to=looked_to)


def _sources(filters: Filters) -> Iterator[Source]:
    if filters.kind != "refused":
        yield ACTS
    if filters.kind in {"all", "refused"}:
        yield ATTEMPTS


def _walk(
    connection: Connection,
    context: Context,
    source: Source,
    filters: Filters,
    *,
    cursor: str | None,
    limit: int,
) -> _Walked:
    """Window by window, newest first, until one row more than asked for is there."""
    found: list[RegisterEntry] = []
    at = cursor
    for size in WINDOWS:
        ids = connection.execute(_window(source, filters, at, size)).scalars().all()
        if not ids:
            return _Walked(found, None)
        rows = connection.execute(_rows(context, source, ids[-1], ids[0], filters)).all()
        entries = (source.read(context, connection, row) for row in rows)
        found += [entry for entry in entries if _fits(entry, filters)]
        at = ids[-1]
        if len(ids) < size:
            return _Walked(found, None)
        if len(found) > limit:
            break
    return _Walked(found, at)


def _window(source: Source, filters: Filters, before: str | None, size: int) -> Select[Any]:
    """The next ids alone: by what an index answers, so that its cost is that of the rows it gives."""
    table = source.table
    wanted = select(table.id).where(*_narrow(source, filters)).order_by(table.id.desc()).limit(size)
    return wanted if before is None else wanted.where(table.id < before)


def _narrow(source: Source, filters: Filters) -> list[ColumnElement[bool]]:
    table = source.table
    narrow: list[ColumnElement[bool]] = []
    if filters.dossiers:
        narrow.append(table.dossier.in_(filters.dossiers))
    elif filters.branch:
        of_branch = select(Dossier.id).where(Dossier.branch == filters.branch)
        narrow.append(Attempt.branch == filters.branch if table is Attempt else table.dossier.in_(of_branch))
    if table is ActRow and filters.kind == "late":
        narrow.append(LATE)
    if table is ActRow and filters.kind == "corrected":
        narrow.append(_CORRECTED)
    first, last = _instants(filters, is_act=table is ActRow)
    if first is not None:
        narrow.append(table.id >= _least_id(first))
    if last is not None:
        narrow.append(table.id < _least_id(last))
    return narrow


def _instants(filters: Filters, *, is_act: bool) -> tuple[datetime | None, datetime | None]:
    """From when (included) until when (excluded) it was recorded: no act is before it happens."""
    happened = filters.on_from if is_act else None
    begins = [day for day in (filters.recorded_from, happened) if day is not None]
    first = _midnight(max(begins)) if begins else None
    last = filters.recorded_to
    return first, None if last is None or last > _NO_DAY_AFTER else _midnight(last + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return datetime.combine(max(day, date(1971, 1, 1)), time(0), tzinfo=SHANGHAI)


def _least_id(moment: datetime) -> str:
    """Before every identifier made at that instant or later, after every earlier one."""
    milliseconds = int(moment.timestamp() * 1000)
    digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    text = "".join(digits[(milliseconds >> shift) & 31] for shift in range(45, -1, -5))
    return text + "0" * 16


def _rows(context: Context, source: Source, first: str, last: str, filters: Filters) -> Select[Any]:
    """Of a window, what lies within reach and what columns tell; joined only there."""
    table = source.table
    wanted = (
        select(*source.columns)
        .select_from(table)
        .outerjoin(Dossier, Dossier.id == table.dossier)
        .join(Organization, Organization.id == (Attempt.branch if table is Attempt else Dossier.branch))
        .outerjoin(Person, Person.id == Dossier.person)
        .where(
            table.id.between(first, last),
            *_narrow(source, filters),
            reach(Organization.path, context.paths()),
        )
        .order_by(table.id.desc())
    )
    if filters.branch:
        wanted = wanted.where(Organization.id == filters.branch)
    if filters.stage:
        wanted = wanted.where(Dossier.stage == filters.stage)
    if filters.on_from is not None:
        wanted = wanted.where(table.on >= filters.on_from)
    if filters.on_to is not None:
        wanted = wanted.where(table.on <= filters.on_to)
    if filters.rule or filters.kind == "problems":
        wanted = wanted.where(table.findings.is_not(None))
    return wanted


def _fits(entry: RegisterEntry, filters: Filters) -> bool:
    if filters.by and filters.by != entry.by:
        return False
    if filters.rule and all(finding.rule != filters.rule for finding in entry.findings):
        return False
    return _KIND_FITS.get(filters.kind, _always)(entry)


def _always(_entry: RegisterEntry) -> bool:
    return True


_KIND_FITS: Mapping[str, Callable[[RegisterEntry], bool]] = {
    "problems": lambda entry: bool(entry.findings),
    "copied": lambda entry: entry.is_copied,
    "transcribed": lambda entry: entry.is_transcribed,
}

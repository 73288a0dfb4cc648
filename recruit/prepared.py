"""Statements compiled once and run through the driver: the road of `record_act`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, cast

from sqlalchemy import Boolean, Connection, Date
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.expression import ClauseElement


class Cursor(Protocol):
    @property
    def rowcount(self) -> int: ...
    def fetchone(self) -> tuple[Any, ...] | None: ...
    def fetchall(self) -> list[tuple[Any, ...]]: ...


class Driver(Protocol):
    def execute(self, statement: str, parameters: Sequence[object] | Mapping[str, object]) -> Cursor: ...


class Prepared:
    """Values pass unconverted: dates as ISO text, instants as microseconds, booleans as 0 and 1."""

    __slots__ = ("_clause", "_compiled")

    def __init__(self, clause: ClauseElement) -> None:
        self._clause = clause
        self._compiled: dict[str, _Compiled] = {}

    def run(self, connection: Connection, values: Mapping[str, object]) -> Cursor:
        known = self._compiled.get(connection.dialect.name)
        if known is None:
            known = _compiled(self._clause, connection.dialect)
            self._compiled[connection.dialect.name] = known
        driver = cast("Driver", connection.connection.driver_connection)
        if known.order is not None:
            fixed = known.fixed
            return driver.execute(
                known.statement, [values[name] if name in values else fixed[name] for name in known.order]
            )
        named = {**known.fixed, **values}
        for name in known.booleans:
            named[name] = bool(named[name])
        cursor = driver.execute(known.statement, named)
        return _Plain(cursor, known.days) if known.days else cursor


@dataclass(frozen=True, slots=True)
class _Compiled:
    """`order` None: the driver takes names. `booleans`, `days`: what it takes or gives unlike SQLite."""

    statement: str
    order: tuple[str, ...] | None
    fixed: dict[str, Any]
    booleans: tuple[str, ...] = ()
    days: tuple[int, ...] = ()


class _Plain:
    """Rows whose dates are ISO text."""

    __slots__ = ("_cursor", "_days")

    def __init__(self, cursor: Cursor, days: tuple[int, ...]) -> None:
        self._cursor = cursor
        self._days = days

    @property
    def rowcount(self) -> int:
        return self._cursor.rowcount

    def fetchone(self) -> tuple[Any, ...] | None:
        row = self._cursor.fetchone()
        return None if row is None else self._plain(row)

    def fetchall(self) -> list[tuple[Any, ...]]:
        return [self._plain(row) for row in self._cursor.fetchall()]

    def _plain(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        plain = list(row)
        for place in self._days:
            if plain[place] is not None:
                plain[place] = plain[place].isoformat()
        return tuple(plain)


def _compiled(clause: ClauseElement, dialect: Dialect) -> _Compiled:
    compiled = clause.compile(dialect=dialect)
    fixed = dict(compiled.params)
    if dialect.positional:
        return _Compiled(str(compiled), tuple(getattr(compiled, "positiontup", None) or ()), fixed)
    types = {name: bind.type for bind, name in compiled.bind_names.items()}  # type: ignore[attr-defined]
    columns = getattr(clause, "selected_columns", ())
    return _Compiled(
        str(compiled),
        None,
        fixed,
        booleans=tuple(name for name, kind in types.items() if isinstance(kind, Boolean)),
        days=tuple(place for place, column in enumerate(columns) if isinstance(column.type, Date)),
    )

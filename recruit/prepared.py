"""Statements compiled once and run through the driver: the road of `record_act`."""

from collections.abc import Sequence
from typing import Any, Protocol, cast

from sqlalchemy import Connection
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.expression import ClauseElement


class Cursor(Protocol):
    @property
    def rowcount(self) -> int: ...
    def fetchone(self) -> tuple[Any, ...] | None: ...
    def fetchall(self) -> list[tuple[Any, ...]]: ...


class Driver(Protocol):
    def execute(self, statement: str, parameters: Sequence[object]) -> Cursor: ...


class Prepared:
    """Values pass unconverted: dates as ISO text, instants as microseconds, booleans as 0 and 1."""

    __slots__ = ("_clause", "_compiled")

    def __init__(self, clause: ClauseElement) -> None:
        self._clause = clause
        self._compiled: dict[str, tuple[str, tuple[str, ...], dict[str, Any]]] = {}

    def run(self, connection: Connection, values: dict[str, object]) -> Cursor:
        known = self._compiled.get(connection.dialect.name)
        if known is None:
            known = self._compile(connection.dialect)
            self._compiled[connection.dialect.name] = known
        statement, order, fixed = known
        driver = cast("Driver", connection.connection.driver_connection)
        return driver.execute(statement, [values[name] if name in values else fixed[name] for name in order])

    def _compile(self, dialect: Dialect) -> tuple[str, tuple[str, ...], dict[str, Any]]:
        compiled = self._clause.compile(dialect=dialect)
        order = getattr(compiled, "positiontup", None) or ()
        return str(compiled), tuple(order), dict(compiled.params)

"""Append-only guards in the database: no update, no delete, no replacement of acts, events and their tree."""

from types import ModuleType

from sqlalchemy import Connection, inspect

from recruit.guards import postgres, sqlite
from recruit.guards.tables import GUARDED


def ensure_guards(connection: Connection) -> None:
    """Put back every guard that a migration dropped, in the form it must have."""
    missing = missing_guards(connection)
    if missing:
        _of(connection).make(connection, missing)


def drop_guards(connection: Connection) -> None:
    """Only for a migration that rebuilds a guarded table and ensures the guards afterwards."""
    _of(connection).drop(connection, _made(connection))


def missing_guards(connection: Connection) -> tuple[str, ...]:
    """The names of the guards that are not there or not as they must be; a table not made yet needs none."""
    missing: tuple[str, ...] = _of(connection).missing(connection, _made(connection))
    return missing


def _made(connection: Connection) -> tuple[str, ...]:
    made = set(inspect(connection).get_table_names())
    return tuple(table for table in GUARDED if table in made)


def _of(connection: Connection) -> ModuleType:
    return sqlite if connection.dialect.name == "sqlite" else postgres

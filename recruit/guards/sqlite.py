"""The guards on SQLite: triggers that abort; one before INSERT, because REPLACE passes a delete trigger."""

from collections.abc import Iterable

from sqlalchemy import Connection, text

from recruit.guards.tables import GUARDED

_OWN_ROWID = frozenset(("leaf",))  # its primary key is the row's number


def make(connection: Connection, names: Iterable[str]) -> None:
    wanted = guards()
    for name in names:
        connection.execute(text(f"DROP TRIGGER IF EXISTS {name}"))
        connection.execute(text(wanted[name]))


def drop(connection: Connection, tables: Iterable[str]) -> None:
    for name in guards(tables):
        connection.execute(text(f"DROP TRIGGER IF EXISTS {name}"))


def missing(connection: Connection, tables: Iterable[str]) -> tuple[str, ...]:
    rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    found = {str(row.name): row.sql for row in rows}
    return tuple(name for name, sql in guards(tables).items() if found.get(name) != sql)


def guards(tables: Iterable[str] = GUARDED) -> dict[str, str]:
    """Each guard's name with the statement that makes it."""
    return {name: sql for table in tables for name, sql in _guards_of(table).items()}


def _guards_of(table: str) -> dict[str, str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    exists = " OR ".join(f"EXISTS (SELECT 1 FROM {table} WHERE {one})" for one in _same(table))  # noqa: S608 - our own names
    return {
        f"{table}_no_update": f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}",
        f"{table}_no_delete": f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}",
        f"{table}_no_replace": (
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {exists} {refuse}"
        ),
    }


def _same(table: str) -> tuple[str, ...]:
    """Each way in which a new row would be one that is there."""
    sames = [
        " AND ".join(f"{_quoted(column)} = NEW.{_quoted(column)}" for column in key.split())
        for key in GUARDED[table]
    ]
    return tuple(sames) if table in _OWN_ROWID else (*sames, "rowid = NEW.rowid")


def _quoted(column: str) -> str:
    return '"index"' if column == "index" else column

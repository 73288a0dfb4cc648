"""Append-only guards in the database: no update, no delete, no replacement of acts, events and their tree."""

from sqlalchemy import Connection, text

_UNIQUE = {
    "act": (
        "id = NEW.id",
        "dossier = NEW.dossier AND seq = NEW.seq",
        "rowid = NEW.rowid",
        "meeting = NEW.meeting AND dossier = NEW.dossier AND purpose = NEW.purpose",
    ),
    "event": ("id = NEW.id", "org = NEW.org AND seq = NEW.seq", "rowid = NEW.rowid"),
    "leaf": ("id = NEW.id", '"index" = NEW."index"'),
    "node": ("level = NEW.level AND number = NEW.number", "rowid = NEW.rowid"),
    "checkpoint": ("epoch = NEW.epoch AND size = NEW.size", "rowid = NEW.rowid"),
}


def guards() -> dict[str, str]:
    """Each guard's name with the statement that makes it."""
    return {name: sql for table in _UNIQUE for name, sql in _guards_of(table).items()}


def ensure_guards(connection: Connection) -> None:
    """Put back every guard that a migration dropped, in the form it must have."""
    for name in missing_guards(connection):
        connection.execute(text(f"DROP TRIGGER IF EXISTS {name}"))
        connection.execute(text(guards()[name]))


def drop_guards(connection: Connection) -> None:
    """Only for a migration that rebuilds a guarded table and ensures the guards afterwards."""
    for name in guards():
        connection.execute(text(f"DROP TRIGGER IF EXISTS {name}"))


def missing_guards(connection: Connection) -> tuple[str, ...]:
    """The names of the guards that are not there or not as they must be; a table not made yet needs none."""
    rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    found = {str(row.name): row.sql for row in rows}
    made = set(connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars())
    wanted = {name: sql for table in _UNIQUE if table in made for name, sql in _guards_of(table).items()}
    return tuple(name for name, sql in wanted.items() if found.get(name) != sql)


def _guards_of(table: str) -> dict[str, str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    exists = " OR ".join(f"EXISTS (SELECT 1 FROM {table} WHERE {one})" for one in _UNIQUE[table])  # noqa: S608 - our own names
    return {
        f"{table}_no_update": f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}",
        f"{table}_no_delete": f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}",
        f"{table}_no_replace": (
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {exists} {refuse}"
        ),
    }

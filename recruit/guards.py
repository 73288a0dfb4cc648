"""Append-only guards in the database: no update, no delete, no replacement of an act or an event."""

from sqlalchemy import Connection, text

_UNIQUE = {
    "act": (
        "id = NEW.id",
        "dossier = NEW.dossier AND seq = NEW.seq",
        "rowid = NEW.rowid",
        "meeting = NEW.meeting AND dossier = NEW.dossier AND purpose = NEW.purpose",
    ),
    "event": ("id = NEW.id", "org = NEW.org AND seq = NEW.seq", "rowid = NEW.rowid"),
}


def guards() -> dict[str, str]:
    """Each guard's name with the statement that makes it."""
    made: dict[str, str] = {}
    for table, conditions in _UNIQUE.items():
        refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        exists = " OR ".join(f"EXISTS (SELECT 1 FROM {table} WHERE {one})" for one in conditions)  # noqa: S608 - our own names
        made[f"{table}_no_update"] = f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}"
        made[f"{table}_no_delete"] = f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}"
        made[f"{table}_no_replace"] = (
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {exists} {refuse}"
        )
    return made


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
    """The names of the guards that are not there or not as they must be."""
    rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    found = {str(row.name): row.sql for row in rows}
    return tuple(name for name, sql in guards().items() if found.get(name) != sql)

"""One order of texts on both databases: by their bytes, as the paths of reach need it."""

from sqlalchemy import Connection, text

_OTHERS = text(
    "SELECT c.relname AS table_name, a.attname AS name, format_type(a.atttypid, a.atttypmod) AS kind "
    "FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_collation o ON o.oid = a.attcollation "
    "WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 "
    "AND NOT a.attisdropped AND o.collname <> 'C' AND c.relname <> 'alembic_version' "
    "ORDER BY c.relname, a.attname"
)


def ensure_collation(connection: Connection) -> None:
    """Give each column of texts the collation "C", whatever the database was made with."""
    quote = connection.dialect.identifier_preparer.quote_identifier
    changes: dict[str, list[str]] = {}
    for table, name, kind in connection.execute(_OTHERS):
        change = f'ALTER COLUMN {quote(name)} TYPE {kind} COLLATE "C"'
        changes.setdefault(table, []).append(change)
    for table, wanted in changes.items():
        connection.execute(text(f"ALTER TABLE public.{quote(table)} {', '.join(wanted)}"))

"""Who may do what on PostgreSQL: the role that serves cannot change or remove what is append-only."""

from sqlalchemy import Connection, bindparam, inspect, text

from recruit.guards.tables import GUARDED
from recruit.postgres import read_url

_OWNED = text(
    "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname IN :tables "
    "AND pg_has_role(current_user, relowner, 'MEMBER')"
).bindparams(bindparam("tables", expanding=True))


def grant_privileges(connection: Connection, url: str) -> None:
    """Give the role named in `url` what it needs and no more; the caller owns the tables.

    Raises `NoDatabase` for an address that names no role.
    """
    role = connection.dialect.identifier_preparer.quote_identifier(
        read_url(url, needs_role=True).username or ""
    )
    tables = sorted(set(inspect(connection).get_table_names()))
    connection.execute(text(f"GRANT USAGE ON SCHEMA public TO {role}"))
    for table in tables:
        quoted = connection.dialect.identifier_preparer.quote_identifier(table)
        rights = _rights(table)
        connection.execute(text(f"REVOKE ALL ON public.{quoted} FROM {role}"))
        connection.execute(text(f"GRANT {rights} ON public.{quoted} TO {role}"))


def grant_queue(connection: Connection, url: str, schema: str) -> None:
    """Let the role named in `url` work with everything in `schema`, and change nothing of its structure.

    Raises `NoDatabase` for an address that names no role.
    """
    quote = connection.dialect.identifier_preparer.quote_identifier
    role = quote(read_url(url, needs_role=True).username or "")
    for what in (
        f"USAGE ON SCHEMA {quote(schema)}",
        f"SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {quote(schema)}",
        f"USAGE ON ALL SEQUENCES IN SCHEMA {quote(schema)}",
    ):
        connection.execute(text(f"GRANT {what} TO {role}"))


def owns_the_guarded(connection: Connection) -> bool:
    """Whether this role could drop a guard."""
    found = connection.execute(_OWNED, {"tables": list(GUARDED)}).scalar_one()
    return bool(found)


def _rights(table: str) -> str:
    if table == "alembic_version":
        return "SELECT"
    return "SELECT, INSERT" if table in GUARDED else "SELECT, INSERT, UPDATE, DELETE"

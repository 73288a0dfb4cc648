"""The guards on PostgreSQL: triggers against changes and TRUNCATE, also where replicas skip triggers."""

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, text

from recruit.guards.tables import GUARDED

FUNCTION = "recruit_append_only"
_BODY = "BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END"
_EVENTS = {
    "no_change": "BEFORE DELETE OR UPDATE ON public.{table} FOR EACH ROW",
    "no_truncate": "BEFORE TRUNCATE ON public.{table} FOR EACH STATEMENT",
}
_FOUND = text(
    "SELECT tgname AS name, tgenabled AS enabled, pg_get_triggerdef(oid) AS sql FROM pg_trigger "
    "WHERE tgname IN :names AND NOT tgisinternal"
).bindparams(bindparam("names", expanding=True))
_SOURCE = text(
    "SELECT prosrc FROM pg_proc WHERE proname = :function AND pronamespace = 'public'::regnamespace"
)
_ALWAYS = "A"  # also under session_replication_role = replica


def make(connection: Connection, names: Iterable[str]) -> None:
    _ensure_function(connection)
    for name, (table, sql) in _guards(GUARDED).items():
        if name in set(names):
            connection.execute(text(f'DROP TRIGGER IF EXISTS {name} ON public."{table}"'))
            connection.execute(text(sql))
            connection.execute(text(f'ALTER TABLE public."{table}" ENABLE ALWAYS TRIGGER {name}'))


def drop(connection: Connection, tables: Iterable[str]) -> None:
    for name, (table, _) in _guards(tables).items():
        connection.execute(text(f'DROP TRIGGER IF EXISTS {name} ON public."{table}"'))


def missing(connection: Connection, tables: Iterable[str]) -> tuple[str, ...]:
    """A guard whose function says something else is as good as none."""
    wanted = _guards(tables)
    if not wanted:
        return ()
    if connection.execute(_SOURCE, {"function": FUNCTION}).scalar() != _BODY:
        return tuple(wanted)
    rows = connection.execute(_FOUND, {"names": list(wanted)})
    found = {str(row.name): row.sql for row in rows if row.enabled == _ALWAYS}
    return tuple(name for name, (_, sql) in wanted.items() if found.get(name) != sql)


def _ensure_function(connection: Connection) -> None:
    if connection.execute(_SOURCE, {"function": FUNCTION}).scalar() != _BODY:
        connection.execute(
            text(
                f"CREATE OR REPLACE FUNCTION public.{FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$body${_BODY}$body$"
            )
        )


def _guards(tables: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Each guard's name with its table and the statement that makes it, as the server itself writes it."""
    return {
        f"{table}_{name}": (
            table,
            f"CREATE TRIGGER {table}_{name} {when.format(table=table)} EXECUTE FUNCTION {FUNCTION}()",
        )
        for table in tables
        for name, when in _EVENTS.items()
    }

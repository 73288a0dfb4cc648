"""The queue of the workers: tables in a schema of their own beside the record, holding nothing of it."""

import hashlib

from procrastinate.schema import SchemaManager
from psycopg import Connection as Driver
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from recruit.errors import Busy, NotWritable, OldDatabase
from recruit.postgres import read_url
from recruit.privileges import grant_queue
from recruit.queries.jobs import JOBS
from recruit.record import Record

_ONE_BY_ONE = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")
_FOUND = text("SELECT obj_description(to_regnamespace(:schema), 'pg_namespace')")


def prepare_jobs(url: str, *, serving: str | None = None) -> None:
    """Make the queue, or make it anew where its structure is not that of the installed version.

    Nothing is lost with it: what is due stands in the record, and the next tick finds it. `url` names the
    owner of the tables, `serving` the role that is to use them. Raises `NotWritable`, `Busy`.
    """
    parsed = read_url(url)
    engine = create_engine(parsed, poolclass=NullPool)
    place = parsed.render_as_string(hide_password=True)
    try:
        with engine.begin() as connection:
            connection.execute(_ONE_BY_ONE, {"name": JOBS})
            if _found(connection) != _wanted():
                _make(connection)
            if serving is not None:
                grant_queue(connection, serving, JOBS)
    except DBAPIError as failed:
        if failed.connection_invalidated or getattr(failed.orig, "sqlstate", None) is None:
            raise Busy(path=place) from failed
        raise NotWritable(path=place, detail=str(failed.orig).splitlines()[0]) from failed


def ensure_jobs(record: Record) -> None:
    """Raises `OldDatabase` where the queue is not there, or not that of the installed version."""
    with record.reading() as connection:
        is_ready = _found(connection) == _wanted()
    if not is_ready:
        raise OldDatabase(path=read_url(record.url or "").render_as_string(hide_password=True))


def _found(connection: Connection) -> str | None:
    found: str | None = connection.execute(_FOUND, {"schema": JOBS}).scalar_one()
    return found


def _wanted() -> str:
    return f"procrastinate {hashlib.sha256(SchemaManager.get_schema().encode()).hexdigest()}"


def _make(connection: Connection) -> None:
    connection.execute(text(f"DROP SCHEMA IF EXISTS {JOBS} CASCADE"))
    connection.execute(text(f"CREATE SCHEMA {JOBS}"))
    connection.execute(text(f"SET LOCAL search_path = {JOBS}"))
    driver = connection.connection.driver_connection
    assert isinstance(driver, Driver)
    driver.execute(SchemaManager.get_schema())  # many statements at once, which the driver alone takes
    connection.execute(text(f"COMMENT ON SCHEMA {JOBS} IS '{_wanted()}'"))
    connection.execute(text("SET LOCAL search_path = public"))

"""Alembic, run from here: to the newest revision, with the guards put back afterwards."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, select

from recruit.collation import ensure_collation
from recruit.errors import UnfitServer
from recruit.guards import drop_guards, ensure_guards

LEAST_SERVER = (15, 0)
_MIGRATION = 7_236_963  # names the advisory lock of the one that migrates


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Migrate within the caller's transaction; every append-only guard stands when this returns.

    Raises `UnfitServer`.
    """
    if connection.dialect.name != "sqlite":
        _ensure_fit(connection)
        connection.execute(select(func.pg_advisory_xact_lock(_MIGRATION)))
    command.upgrade(_config(connection), revision)
    if connection.dialect.name != "sqlite":
        ensure_collation(connection)
    ensure_guards(connection)


def downgrade(connection: Connection, revision: str) -> None:
    """Only for tests and for projections: acts are never taken back."""
    drop_guards(connection)
    command.downgrade(_config(connection), revision)
    if revision != "base":
        ensure_guards(connection)


def _ensure_fit(connection: Connection) -> None:
    version = connection.dialect.server_version_info or ()
    encoding = connection.execute(select(func.current_setting("server_encoding"))).scalar_one()
    if tuple(version[:2]) < LEAST_SERVER or encoding != "UTF8":
        raise UnfitServer(found=f"{'.'.join(map(str, version))} {encoding}")


def revision_of(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


HEAD = ScriptDirectory.from_config(_config()).get_current_head()

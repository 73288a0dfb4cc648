"""Alembic, run from here: to the newest revision, with the guards put back afterwards."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from recruit.guards import drop_guards, ensure_guards


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Migrate within the caller's transaction; every append-only guard stands when this returns."""
    command.upgrade(_config(connection), revision)
    ensure_guards(connection)


def downgrade(connection: Connection, revision: str) -> None:
    """Only for tests and for projections: acts are never taken back."""
    drop_guards(connection)
    command.downgrade(_config(connection), revision)
    if revision != "base":
        ensure_guards(connection)


def revision_of(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


HEAD = ScriptDirectory.from_config(_config()).get_current_head()

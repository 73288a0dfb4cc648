"""Migrations: the newest revision is what the models say, and every revision goes up and down with data."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from recruit.engine import writer_engine
from recruit.guards import missing_guards
from recruit.migrate import HEAD, downgrade, revision_of, upgrade
from recruit.tables import Base
from tests.recruit.builders import Township


def test_the_newest_revision_equals_the_models(township: Township) -> None:
    with township.record.reading() as connection:
        assert revision_of(connection) == HEAD
        differences = compare_metadata(
            MigrationContext.configure(connection, opts={"compare_type": False}), Base.metadata
        )

    assert differences == []


def test_every_guard_stands_after_a_migration_that_lost_one(folder: Path) -> None:
    engine = writer_engine(folder / "recruit.db")
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER act_no_delete")
        assert missing_guards(connection) == ("act_no_delete",)

        upgrade(connection)

        assert missing_guards(connection) == ()
    engine.dispose()


def test_the_first_revision_goes_down_with_data_and_up_again(township: Township, folder: Path) -> None:
    township.open()
    township.record.close()
    engine = writer_engine(folder / "recruit.db")

    with engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        downgrade(connection, "base")
        tables = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars()
        assert set(tables) == {"alembic_version"}

        upgrade(connection)

        assert revision_of(connection) == HEAD
        assert missing_guards(connection) == ()
    engine.dispose()

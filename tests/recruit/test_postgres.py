"""What holds on PostgreSQL by itself: guards, roles, one order of texts, readers that cannot write."""

from pathlib import Path

import psycopg
import pytest
from sqlalchemy.exc import DBAPIError

from recruit.commands.checkpoints import keep_checkpoint
from recruit.errors import GuardsMissing, NoDatabase, NotWritable, OldDatabase
from recruit.guards import missing_guards
from recruit.migrate import downgrade, upgrade
from recruit.privileges import owns_the_guarded
from recruit.record import Record
from tests.homes import Home, ask
from tests.postgres import Server
from tests.recruit.builders import Township, reopened

CHANGES = (
    'UPDATE "{table}" SET {column} = {column}',
    'DELETE FROM "{table}"',
    'TRUNCATE "{table}" CASCADE',
    'INSERT INTO "{table}" TABLE "{table}" ON CONFLICT ({key}) DO UPDATE SET {column} = excluded.{column}',
)
HOLLOW = (
    "CREATE OR REPLACE FUNCTION recruit_append_only() RETURNS trigger LANGUAGE plpgsql "
    "AS 'BEGIN RETURN NULL; END'"
)
COLUMNS = {
    "act": ("hash", "id"),
    "event": ("hash", "id"),
    "leaf": ("hash", "id"),
    "checkpoint": ("note", "epoch, size"),
}


@pytest.fixture
def database() -> str:
    """Every test of this module is about PostgreSQL."""
    return "postgres"


@pytest.fixture
def url(home: Home) -> str:
    assert home.url is not None
    return home.url


@pytest.mark.parametrize("mode", ["origin", "replica"])
@pytest.mark.parametrize("table", sorted(COLUMNS))
@pytest.mark.parametrize("change", CHANGES)
def test_the_owner_himself_cannot_change_what_is_recorded(
    township: Township, url: str, change: str, table: str, mode: str
) -> None:
    dossier = township.open()
    township.act(dossier, "talk_held", "2014-07-20")
    _sign(township)
    column, key = COLUMNS[table]
    with psycopg.connect(url, autocommit=True) as foreign:
        foreign.execute(f"SET session_replication_role = {mode}".encode())
        before = foreign.execute(f'SELECT * FROM "{table}" ORDER BY 1'.encode()).fetchall()
        assert before

        with pytest.raises(psycopg.errors.RestrictViolation, match="append-only"):
            foreign.execute(change.format(table=table, column=column, key=key).encode())

        assert foreign.execute(f'SELECT * FROM "{table}" ORDER BY 1'.encode()).fetchall() == before


@pytest.mark.parametrize(
    "attack",
    [
        "DROP TRIGGER act_no_change ON act",
        "ALTER TABLE act DISABLE TRIGGER act_no_change",
        "ALTER TABLE act ENABLE TRIGGER act_no_change",
        "DROP TRIGGER event_no_truncate ON event",
        HOLLOW,
    ],
)
def test_a_record_with_a_guard_that_was_tampered_with_is_not_opened_for_writing(
    home: Home, url: str, attack: str
) -> None:
    with psycopg.connect(url) as foreign:
        foreign.execute(attack.encode())

    with pytest.raises(GuardsMissing):
        home.open()
    home.open(write=False).close()

    with home.create() as record, record.reading() as connection:
        assert missing_guards(connection) == ()


def test_the_role_that_serves_records_acts_and_can_change_none(
    home: Home, url: str, postgres: Server
) -> None:
    serving = url.replace("owner@", "serving@")
    postgres.run("DO $$ BEGIN CREATE ROLE serving LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$")

    with Record.create(home.folder, url=serving, owner=url) as record:
        township = reopened(record)
        dossier = township.open()
        township.act(dossier, "talk_held", "2014-07-20", note="演示")
        with record.reading() as connection:
            assert not owns_the_guarded(connection)
    with psycopg.connect(serving, autocommit=True) as foreign:
        for statement in (
            "UPDATE act SET seq = seq",
            "DELETE FROM event",
            "TRUNCATE leaf",
            "ALTER TABLE act DISABLE TRIGGER ALL",
            "DROP TRIGGER act_no_change ON act",
            "DROP TABLE node",
            HOLLOW,
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                foreign.execute(statement.encode())


def test_a_reader_cannot_write(township: Township) -> None:
    with pytest.raises(NotWritable), township.record.reading() as connection:
        ask(connection, "DELETE FROM heartbeat")


def test_a_reader_sees_one_state_whatever_is_committed_meanwhile(township: Township) -> None:
    with township.record.reading() as connection:
        before = ask(connection, "SELECT count(*) FROM act").scalar_one()
        township.open()

        assert ask(connection, "SELECT count(*) FROM act").scalar_one() == before


def test_texts_are_ordered_by_their_bytes_whatever_the_database_was_made_with(township: Township) -> None:
    with township.record.reading() as connection:
        others = ask(
            connection,
            "SELECT table_name || '.' || column_name FROM information_schema.columns "
            "WHERE table_schema = 'public' AND data_type IN ('text', 'character varying') "
            "AND collation_name IS DISTINCT FROM 'C' AND table_name <> 'alembic_version'",
        ).scalars()

        assert list(others) == []


def test_migrations_go_down_and_up_and_the_guards_stand_again(postgres: Server, tmp_path: Path) -> None:
    name = postgres.make()
    with Record.create(tmp_path / "data", url=postgres.url(name)) as record:
        with record.writing() as connection:
            downgrade(connection, "base")
        with record.writing() as connection:
            upgrade(connection)
            assert missing_guards(connection) == ()


def test_an_empty_database_and_one_of_another_version_say_so(postgres: Server, home: Home, url: str) -> None:
    empty = postgres.url(postgres.make())

    with pytest.raises(NoDatabase):
        Record.open(home.folder, url=empty)
    with psycopg.connect(url) as foreign:
        foreign.execute("UPDATE alembic_version SET version_num = '0001'")
    with pytest.raises(OldDatabase):
        Record.open(home.folder, url=url)


@pytest.mark.parametrize("wrong", ["mysql://root@127.0.0.1/x", "not an address", "sqlite:///x.db"])
def test_an_address_that_is_none_of_postgresql_is_refused(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(NoDatabase):
        Record.open(tmp_path, url=wrong)


def test_no_message_shows_the_password_of_the_database(tmp_path: Path) -> None:
    wrong = "postgresql://serving:geheim@127.0.0.1:1/x"

    with pytest.raises(Exception) as refusal:  # noqa: PT011 - whatever it is
        Record.create(tmp_path / "data", url=wrong)

    assert "geheim" not in str(refusal.value)


def test_an_error_that_is_nobodys_collision_is_not_hidden(township: Township) -> None:
    with pytest.raises(DBAPIError), township.record.writing() as connection:
        ask(connection, "SELECT nonsense FROM nowhere")


def _sign(township: Township) -> None:
    assert keep_checkpoint(township.record, now=township.now)

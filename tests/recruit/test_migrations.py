"""Migrations: the newest revision is what the models say, and every revision goes up and down with data."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

import recruit
from recruit.commands.acts import record_act
from recruit.commands.calendar import (
    AddCalendarRow,
    PublishCalendarYear,
    add_calendar_row,
    publish_calendar_year,
)
from recruit.commands.checkpoints import keep_checkpoint
from recruit.commands.erasures import ProposeErasure, propose_erasure
from recruit.commands.sittings import OpenMeeting, open_meeting
from recruit.commands.tokens import MakeToken, make_token
from recruit.engine import writer_engine
from recruit.errors import WouldLose
from recruit.guards import missing_guards
from recruit.log.rebuild import check_projections
from recruit.log.verify import verify
from recruit.migrate import HEAD, downgrade, revision_of, upgrade
from recruit.postgres import Postgres
from recruit.record import Record
from recruit.tables import Base
from tests.homes import Home, ask
from tests.recruit.builders import Township, at, with_roll
from tests.recruit.test_crash import prepare
from tests.recruit.test_road import admitted
from tests.recruit.test_tree import number_all
from workflows.calendar import LAST_PUBLISHED_YEAR

SCRIPTS = ScriptDirectory(str(Path(recruit.__file__).parent / "migrations"))


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


@pytest.mark.parametrize("acts", [60, pytest.param(100_000, marks=pytest.mark.slow)])
def test_every_revision_above_the_tree_goes_down_and_up_and_changes_nothing_in_the_log(
    township: Township, home: Home, acts: int
) -> None:
    grow(township, acts)
    before, verified = kept(township.record), verify(township.record)
    assert verified.ok
    assert verified.acts >= acts
    assert verified.checkpoints > 2
    township.record.close()

    there_and_back(home, down_to="0002")

    with home.open() as record:
        assert kept(record) == before
        assert verify(record) == verified
        assert check_projections(record).differences == ()


def test_a_log_that_nothing_has_signed_goes_down_below_its_tree_and_up_again(
    township: Township, home: Home
) -> None:
    admitted(township, with_roll(township, 5))
    number_all(township)
    before, verified = kept(township.record), verify(township.record)
    township.record.close()

    there_and_back(home, down_to="0001")

    with home.open() as record:
        after = kept(record)
        for table in ("act", "event", "content"):
            assert after[table] == before[table], table
        assert after["guards"] == before["guards"]
        assert {row[1:] for row in after["leaf"]} == {row[1:] for row in before["leaf"]}
        assert verify(record) == verified
        assert check_projections(record).differences == ()


def enter_a_day(township: Township) -> None:
    day = AddCalendarRow(on=date(2016, 10, 10), is_working=False, source="演示通知", name="演示节")
    add_calendar_row(township.context("system_admin"), day)


def publish_a_year(township: Township) -> None:
    year = LAST_PUBLISHED_YEAR + 1
    published = PublishCalendarYear(year=year, source="演示通知")
    publish_calendar_year(township.context("system_admin", at(f"{year - 1}-11-20")), published)


def propose_an_erasure(township: Township) -> None:
    person = township.person()
    township.act(township.open(person=person), "withdrawn", "2014-09-01", reason="演示")
    wanted = ProposeErasure(person=person, ground="request", ticket="演〔2016〕1号")
    propose_erasure(township.context("security_admin"), wanted)


def open_a_meeting(township: Township) -> None:
    opening = OpenMeeting(
        kind="committee", organization=township.places["committee"], on=date(2016, 3, 1), ballot="counts",
        key="open",
    )  # fmt: skip
    open_meeting(township.context("organizer"), opening)


def sign(township: Township) -> None:
    keep_checkpoint(township.record, now=at("2016-06-30"))


def make_a_token(township: Township) -> None:
    user = township.context("secretary").actor.user_id
    make_token(township.context("secretary"), MakeToken(user=user, name="演示程序"))


def nothing_more(township: Township) -> None:
    """The township was founded: there are events."""
    del township


@pytest.mark.parametrize(
    ("revision", "prepare", "table"),
    [
        ("0011", make_a_token, "token"),
        ("0007", open_a_meeting, "sitting"),
        ("0004", enter_a_day, "calendar_row"),
        ("0004", publish_a_year, "calendar_year"),
        ("0003", propose_an_erasure, "erasure"),
        ("0002", sign, "checkpoint"),
        ("0001", nothing_more, "event"),
    ],
)
def test_a_revision_does_not_go_down_where_something_would_be_lost(
    township: Township, home: Home, revision: str, prepare: Callable[[Township], None], table: str
) -> None:
    prepare(township)
    number_all(township)
    before = kept(township.record)
    township.record.close()
    script = SCRIPTS.get_revision(revision)

    with migrating(home) as connection:
        downgrade(connection, revision)
    with pytest.raises(WouldLose) as refusal, migrating(home) as connection:
        downgrade(connection, str(script.down_revision or "base"))

    assert table in refusal.value.message("zh")
    with migrating(home) as connection:
        assert revision_of(connection) == revision
        assert missing_guards(connection) == ()
        upgrade(connection)
    with home.open() as record:
        after = kept(record)
        for tables in (before, after):  # numbered anew where nothing was signed
            tables["leaf"] = sorted(row[1:] for row in tables["leaf"])
        assert after == before
        assert verify(record).ok


def test_a_structure_without_data_goes_down_to_nothing_and_up_again(tmp_path: Path) -> None:
    home = Home(tmp_path / "new")
    home.create().close()

    with migrating(home) as connection:
        downgrade(connection, "base")
        tables = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars()
        assert set(tables) == {"alembic_version"}
        upgrade(connection)

        assert revision_of(connection) == HEAD
        assert missing_guards(connection) == ()


def grow(township: Township, acts: int) -> None:
    """A whole road, dossiers with about a hundred reports each, a refusal, and checkpoints between."""
    admitted(township, with_roll(township, 5))
    keep_checkpoint(township.record, now=at("2016-06-30"))
    dossiers = [dossier for _ in range(1 + acts // 1000) for dossier in prepare(township)]
    context = township.context("secretary", at("2016-07-01"))
    for number in range(acts - 4 * len(dossiers)):
        dossier, seen = dossiers[number % len(dossiers)], 4 + number // len(dossiers)
        report = township.command(dossier, "thought_report_received", "2016-07-01", note="演示", seen=seen)
        record_act(context, report)
    keep_checkpoint(township.record, now=at("2016-07-02"))
    assert township.refused(dossiers[0], "target_filed", "2016-07-02", by="organizer")
    keep_checkpoint(township.record, now=at("2016-07-03"))


def kept(record: Record) -> dict[str, list[tuple[object, ...]]]:
    """What no migration may change: every row of the log as it is stored, and the guards over it."""
    order = {"checkpoint": "epoch, size", "leaf": '"index"', "node": "level, number", "content": "act"}
    with record.reading() as connection:
        rows = {
            table: [
                tuple(row)
                for row in ask(connection, f'SELECT * FROM "{table}" ORDER BY {order.get(table, "id")}')
            ]
            for table in ("act", "event", "leaf", "node", "checkpoint", "content", "erasure", "attempt")
        }
        return {**rows, "guards": triggers(connection)}


def triggers(connection: Connection) -> list[tuple[object, ...]]:
    """Name and definition of each, as the database has them."""
    if connection.dialect.name == "sqlite":
        rows = ask(connection, "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    else:
        rows = ask(
            connection,
            "SELECT tgname, pg_get_triggerdef(oid), tgenabled FROM pg_trigger WHERE NOT tgisinternal",
        )
    return sorted(tuple(row) for row in rows)


def there_and_back(home: Home, *, down_to: str) -> None:
    """One revision at a time, each in a transaction of its own; the guards stand after each."""
    steps = [script.revision for script in SCRIPTS.walk_revisions(down_to, "head")]
    for move, revisions in ((downgrade, steps[1:]), (upgrade, steps[-2::-1])):
        for revision in revisions:
            with migrating(home) as connection:
                move(connection, revision)

                assert revision_of(connection) == revision
                assert missing_guards(connection) == ()
                assert any(str(name).startswith("act_no_") for name, *_ in triggers(connection))


@contextmanager
def migrating(home: Home) -> Iterator[Connection]:
    if home.url is not None:
        server = Postgres(home.url, write=True)
        try:
            with server.writing() as connection:
                yield connection
        finally:
            server.close()
        return
    engine = writer_engine(home.folder / "recruit.db")
    try:
        with engine.begin() as connection:
            ask(connection, "PRAGMA defer_foreign_keys = ON")
            yield connection
    finally:
        engine.dispose()

"""A statement fails, the disk is full, another holds the lock: nothing half-done, nothing lost."""

import itertools
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Connection, Engine, event

from recruit import postgres
from recruit.commands.acts import Proposed, RecordAct, Recorded, record_act
from recruit.commands.dossiers import OpenDossier, open_dossier
from recruit.commands.housekeeping import check_guards
from recruit.commands.meetings import HoldMeeting, hold_meeting
from recruit.commands.people import NewPerson, add_people
from recruit.commands.proposals import ConfirmProposal, confirm_proposal
from recruit.errors import Busy, GuardsMissing, NotWritable, Refused
from recruit.guards import drop_guards, ensure_guards
from recruit.log.rebuild import check_projections
from recruit.log.verify import verify
from recruit.prepared import Cursor, Prepared
from recruit.record import Record
from tests.homes import Home, ask
from tests.recruit.builders import Township, at, key, reopened
from tests.recruit.test_races import whole

Command = Callable[[], object]


class Died(BaseException):
    """The process is gone: nothing catches it."""


def writer_of(record: Record) -> Engine:
    engine = record._database._writer  # type: ignore[attr-defined]
    assert isinstance(engine, Engine)
    return engine


@contextmanager
def failing_at(record: Record, statement: int) -> Iterator[Callable[[], int]]:
    """Nothing runs from that statement of the writer on; gives how many were begun."""
    count = itertools.count(1)
    begun = [0]
    run = Prepared.run

    def step() -> None:
        begun[0] = next(count)
        if begun[0] >= statement:
            raise Died

    def prepared(self: Prepared, connection: Connection, values: Mapping[str, object]) -> Cursor:
        step()
        return run(self, connection, values)

    def compiled(*_: object) -> None:
        step()

    engine = writer_of(record)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Prepared, "run", prepared)
        event.listen(engine, "before_cursor_execute", compiled)
        try:
            yield lambda: begun[0]
        finally:
            event.remove(engine, "before_cursor_execute", compiled)


def act(township: Township) -> Command:
    dossier = township.open(on="2016-01-05")
    command = township.command(dossier, "talk_held", "2016-01-20", note="演示")
    return lambda: record_act(township.context("secretary", at("2016-01-20")), command)


def refusal(township: Township) -> Command:
    dossier = township.open(on="2016-01-05")
    command = township.command(dossier, "activist_decided", "2016-01-20", members=3, present=3, for_=3)

    def refused() -> object:
        try:
            return record_act(township.context("secretary", at("2016-01-20")), command)
        except Refused as said:
            return said.version

    return refused


def opening(township: Township) -> Command:
    command = OpenDossier(
        branch=township.places["first"], person=township.person(), on="2016-01-05", key=key()
    )
    return lambda: open_dossier(township.context("secretary", at("2016-01-05")), command)


def proposal(township: Township) -> Command:
    command = _correction(township)
    return lambda: record_act(township.context("secretary", at("2016-01-22")), command)


def confirmation(township: Township) -> Command:
    proposed = record_act(township.context("secretary", at("2016-01-22")), _correction(township))
    assert isinstance(proposed, Proposed)
    command = ConfirmProposal(proposal=proposed.proposal, key=key())
    return lambda: confirm_proposal(township.context("organizer", at("2016-01-23")), command)


def meeting(township: Township) -> Command:
    township.open(on="2016-01-05")
    hold = HoldMeeting(
        kind="committee", organization=township.places["committee"], on=at("2016-02-01").date(),
        present_count=3, members_count=5, key=key(),
    )  # fmt: skip
    return lambda: hold_meeting(township.context("organizer", at("2016-02-01")), hold)


def _correction(township: Township) -> RecordAct:
    dossier = township.open(on="2016-01-05")
    township.act(dossier, "talk_held", "2016-01-20", by="clerk", note="演示")
    replacement = {"do": "talk_held", "on": "2016-01-19", "note": "演示"}
    return township.command(
        dossier, "corrected", "2016-01-22", act=2, reason="日期抄错", replacement=replacement
    )


@pytest.mark.parametrize("prepare", [act, refusal, opening, proposal, confirmation, meeting])
def test_whichever_statement_fails_nothing_stays_and_the_same_key_goes_on(
    township: Township, prepare: Callable[[Township], Command]
) -> None:
    for statement in itertools.count(1):
        command = prepare(township)
        before = everything(township.record)
        with failing_at(township.record, statement) as begun, suppress(Died):
            command()
        if begun() < statement:
            break
        assert everything(township.record) == before, f"statement {statement}"

        answer = command()

        assert command() == answer
        assert everything(township.record) != before
    assert statement > 5, "hardly anything was interrupted"
    whole(township)


def test_whoever_was_not_added_has_left_a_key_at_most(township: Township) -> None:
    new = NewPerson(name="演示", organization=township.places["committee"])
    before = everything(township.record)

    with failing_at(township.record, 2), pytest.raises(Died):
        add_people(township.context("organizer"), (new,))

    assert everything(township.record) == before


@pytest.mark.embedded
def test_a_full_disk_refuses_what_is_written_and_nothing_else(township: Township) -> None:
    dossier = township.open(on="2016-01-05")
    _at_most(township.record, pages=_pages(township.record) + 8)

    recorded = _until_it_refuses(township, dossier)

    assert recorded > 0
    assert township.version(dossier) == 1 + recorded
    assert verify(township.record).ok
    assert check_projections(township.record).ok
    _at_most(township.record, pages=2**31 - 2)
    township.act(dossier, "talk_held", "2016-01-20")
    whole(township)
    with township.record.reading() as connection:
        assert ask(connection, "PRAGMA integrity_check").scalar_one() == "ok"


@pytest.mark.parametrize("database", ["postgres"])
def test_a_server_that_takes_nothing_more_refuses_what_is_written_and_nothing_else(
    home: Home, township: Township
) -> None:
    dossier = township.open(on="2016-01-05")
    assert home.url is not None
    with psycopg.connect(home.url, autocommit=True) as foreign:
        foreign.execute(f"ALTER DATABASE {home.name} SET default_transaction_read_only = on".encode())

        with home.open() as record, pytest.raises(NotWritable):
            reopened(record).act(dossier, "talk_held", "2016-01-20")
        with home.open() as record:
            assert reopened(record).version(dossier) == 1

        foreign.execute("SET default_transaction_read_only = off")
        foreign.execute(f"ALTER DATABASE {home.name} RESET default_transaction_read_only".encode())
    with home.open() as record:
        reopened(record).act(dossier, "talk_held", "2016-01-20")


@pytest.mark.parametrize(
    "seconds", [pytest.param(1.0, id="short"), pytest.param(4.0, id="whole", marks=pytest.mark.slow)]
)
@pytest.mark.embedded
def test_a_foreign_writer_delays_an_act_and_loses_nothing(township: Township, seconds: float) -> None:
    dossier = township.open(on="2016-01-05")
    with locked_by_another_process(township.record.folder / "recruit.db", seconds=seconds):
        begun = time.monotonic()

        recorded = township.act(dossier, "talk_held", "2016-01-20")

        assert time.monotonic() - begun > seconds / 2
    assert isinstance(recorded, Recorded)
    whole(township)


@pytest.mark.embedded
def test_a_foreign_writer_that_does_not_end_is_a_refusal_and_reading_goes_on(township: Township) -> None:
    dossier = township.open(on="2016-01-05")
    with township.record.writing() as connection:
        ask(connection, "PRAGMA busy_timeout = 200")
    foreign = sqlite3.connect(township.record.folder / "recruit.db", isolation_level=None)
    foreign.execute("BEGIN IMMEDIATE")

    with pytest.raises(Busy):
        township.act(dossier, "talk_held", "2016-01-20")

    assert township.version(dossier) == 1
    foreign.execute("ROLLBACK")
    foreign.close()
    township.act(dossier, "talk_held", "2016-01-20")


@pytest.mark.parametrize("database", ["postgres"])
def test_a_dossier_held_too_long_by_somebody_else_is_a_refusal_and_reading_goes_on(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "_WAIT", 200)
    assert home.url is not None
    with home.open() as record:
        township = reopened(record)
        dossier, other = township.open(on="2016-01-05"), township.open(on="2016-01-05")
        with psycopg.connect(home.url) as foreign:
            foreign.execute("SELECT 1 FROM dossier WHERE id = %s FOR UPDATE", (dossier,))

            with pytest.raises(Busy):
                township.act(dossier, "talk_held", "2016-01-20")

            assert township.version(dossier) == 1
            assert isinstance(township.act(other, "talk_held", "2016-01-20"), Recorded)
        assert isinstance(township.act(dossier, "talk_held", "2016-01-20"), Recorded)


def test_missing_guards_are_reported_last_of_all_and_nothing_is_written_until_they_stand(
    township: Township,
) -> None:
    dossier = township.open(on="2016-01-05")
    assert check_guards(township.record, now=at("2016-01-06")) == ()
    with township.record.writing() as connection:
        drop_guards(connection)

    missing = check_guards(township.record, now=at("2016-01-06"))

    assert missing
    with pytest.raises(GuardsMissing):
        township.act(dossier, "talk_held", "2016-01-20")
    assert check_guards(township.record, now=at("2016-01-06")) == missing
    with township.record.reading() as connection:
        told = ask(connection, "SELECT count(*) FROM event WHERE \"do\" = 'guards_missing'").scalar_one()
    assert told == 1
    with township.record._database.writing() as connection:
        ensure_guards(connection)
    assert check_guards(township.record, now=at("2016-01-06")) == ()
    township.act(dossier, "talk_held", "2016-01-20")
    whole(township)


@contextmanager
def locked_by_another_process(path: Path, *, seconds: float) -> Iterator[None]:
    script = (
        "import sqlite3, sys, time\n"
        "held = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "held.execute('BEGIN IMMEDIATE')\n"
        "print('held', flush=True)\n"
        "time.sleep(float(sys.argv[2]))\n"
        "held.execute('ROLLBACK')\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(path), str(seconds)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield


def everything(record: Record) -> dict[str, list[tuple[object, ...]]]:
    """Every row of what a command may write."""
    tables = (
        "act", "attempt", "content", "deadline", "dossier", "event", "form", "idempotency", "leaf", "meeting",
        "membership", "person", "proposal", "unsequenced",
    )  # fmt: skip
    with record.reading() as connection:
        return {
            table: [tuple(row) for row in ask(connection, f"SELECT * FROM {table} ORDER BY 1, 2")]
            for table in tables
        }


def _until_it_refuses(township: Township, dossier: str) -> int:
    """How many acts the disk took."""
    for number in itertools.count():
        try:
            township.act(dossier, "talk_held", "2016-01-20", note="演示" * 50)
        except NotWritable:
            return number
    raise AssertionError


def _pages(record: Record) -> int:
    with record.writing() as connection:
        return int(ask(connection, "PRAGMA page_count").scalar_one())


def _at_most(record: Record, *, pages: int) -> None:
    with record.writing() as connection:
        ask(connection, f"PRAGMA max_page_count = {pages}")

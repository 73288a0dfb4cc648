"""Erasing a person: two administrators, nothing left to read, and a log that still verifies and rebuilds."""

from pathlib import Path

import pytest

from notifications.ticker import tick_housekeeping
from recruit.backups.restoring import restore_backup
from recruit.backups.taking import take_backup
from recruit.commands import erasures
from recruit.commands.erasures import (
    ERASED,
    LEDGER,
    ProposeErasure,
    confirm_erasure,
    propose_erasure,
    read_ledger,
)
from recruit.errors import BadInput, BadLedger, NotAllowed, NotFound, NotWritable
from recruit.identity import check_digit
from recruit.log.rebuild import check_projections
from recruit.log.verify import verify
from recruit.queries.dossiers import dossiers
from recruit.queries.history import history
from recruit.record import Record
from tests.recruit.builders import Township, at

FIRST = "11010119900518001"
ID_NUMBER = FIRST + check_digit(FIRST)
NAME = "演示已撤回"
CANARY = "演示谈话记录金丝雀"
LONG_AFTER = at("2021-03-01")
PASSPHRASE = "seven made-up words for one backup"


def withdrawn(township: Township) -> tuple[str, str]:
    """A person whose only dossier has ended, with everything that is personal."""
    person = township.person(NAME, id_number=ID_NUMBER, phone="13800001234")
    dossier = township.open(person=person)
    township.act(dossier, "talk_held", "2014-07-20", talker=CANARY, note=CANARY)
    township.act(dossier, "withdrawn", "2014-09-01", reason=CANARY)
    return person, dossier


def proposed(township: Township, person: str, ground: str = "retention_over") -> str:
    wanted = ProposeErasure(person=person, ground=ground, ticket="演〔2021〕1号")
    return propose_erasure(township.context("security_admin", LONG_AFTER), wanted)


def erased(township: Township, person: str) -> None:
    confirm_erasure(township.context("audit_admin", LONG_AFTER), proposed(township, person))


def everything(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_an_erased_person_leaves_nothing_to_read_and_a_log_that_verifies_and_rebuilds(
    township: Township,
) -> None:
    person, dossier = withdrawn(township)
    before = verify(township.record)

    erased(township, person)

    after = verify(township.record)
    assert after.ok
    assert (after.acts, after.events) == (before.acts, before.events + 1)
    assert check_projections(township.record).ok
    row = next(one for one in dossiers(township.context("auditor", LONG_AFTER)).items if one.id == dossier)
    assert row.name == ERASED
    entries = history(township.context("auditor", LONG_AFTER), dossier)
    assert [entry.do for entry in entries if not entry.is_refused] == [
        "application_received",
        "talk_held",
        "withdrawn",
    ]
    assert not any(entry.content for entry in entries)


def test_no_file_holds_a_word_of_an_erased_person_also_while_the_record_is_open(township: Township) -> None:
    person, _ = withdrawn(township)
    erased(township, person)

    content = everything(township.record.folder)

    for secret in (NAME, CANARY, ID_NUMBER, "13800001234"):
        assert secret.encode() not in content


def test_nothing_is_erased_and_nobody_is_in_the_ledger_when_the_database_refuses(
    township: Township, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, dossier = withdrawn(township)
    waiting = proposed(township, person)

    def refuse(*_: object) -> None:
        raise NotWritable(path="recruit.db", detail="disk is full")

    monkeypatch.setattr(erasures, "append_event", refuse)
    with pytest.raises(NotWritable):
        confirm_erasure(township.context("audit_admin", LONG_AFTER), waiting)

    assert read_ledger(township.record.folder / "keys" / LEDGER) == {}
    assert any(entry.content for entry in history(township.context("organizer", LONG_AFTER), dossier))


def test_an_erasure_that_was_cut_off_after_its_commit_is_finished_by_the_next_housekeeping(
    township: Township, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, _ = withdrawn(township)
    waiting = proposed(township, person)
    with monkeypatch.context() as cut:
        cut.setattr(erasures, "finish_erasures", lambda _: 0)
        confirm_erasure(township.context("audit_admin", LONG_AFTER), waiting)
    ledger = township.record.folder / "keys" / LEDGER
    assert read_ledger(ledger) == {}
    assert township.record.keys.has(person)

    tick_housekeeping(township.record, LONG_AFTER)
    tick_housekeeping(township.record, LONG_AFTER)

    assert list(read_ledger(ledger)) == [person]
    assert len(ledger.read_text(encoding="utf-8").splitlines()) == 1
    assert not township.record.keys.has(person)


def test_a_ledger_that_cannot_be_read_is_named_with_its_line(tmp_path: Path) -> None:
    ledger = tmp_path / LEDGER
    ledger.write_text('{"person": "01A", "at": 1}\n{"pers', encoding="utf-8")

    with pytest.raises(BadLedger, match=r"erasures\.log"):
        read_ledger(ledger)


def test_the_number_of_an_erased_person_may_come_again(township: Township) -> None:
    person, _ = withdrawn(township)
    erased(township, person)

    assert township.person("演示新人", id_number=ID_NUMBER) != person


@pytest.mark.parametrize(
    ("stage", "is_refused"), [("applicant", True), ("withdrawn", False), ("closed", False)]
)
def test_only_what_has_ended_is_erased(township: Township, stage: str, is_refused: bool) -> None:
    person = township.person("演示乙")
    dossier = township.open(person=person)
    if stage != "applicant":
        township.act(dossier, stage, "2014-09-01", reason="演示")

    if is_refused:
        with pytest.raises(BadInput):
            proposed(township, person)
    else:
        erased(township, person)


@pytest.mark.parametrize(
    ("on", "is_early"), [("2019-08-30", True), ("2019-08-31", False), ("2019-09-01", False)]
)
def test_the_time_of_keeping_is_five_years_of_365_days(township: Township, on: str, is_early: bool) -> None:
    person, _ = withdrawn(township)
    wanted = ProposeErasure(person=person, ground="retention_over", ticket="演示1号")
    security = township.context("security_admin", at(on))

    if is_early:
        with pytest.raises(BadInput, match="2019-08-31"):
            propose_erasure(security, wanted)
    else:
        propose_erasure(security, wanted)


def test_a_lawful_request_need_not_wait_for_it(township: Township) -> None:
    person, _ = withdrawn(township)
    wanted = ProposeErasure(person=person, ground="request", ticket="演示1号")

    confirm_erasure(
        township.context("audit_admin", at("2014-10-01")),
        propose_erasure(township.context("security_admin", at("2014-10-01")), wanted),
    )

    assert verify(township.record).ok


def test_a_member_is_never_erased(township: Township) -> None:
    from tests.recruit.builders import with_roll

    (member, *_) = with_roll(township, 3)

    with pytest.raises(BadInput):
        proposed(township, member, "court")


def test_nobody_erases_alone_and_only_administrators_do(township: Township) -> None:
    person, _ = withdrawn(township)
    wanted = ProposeErasure(person=person, ground="court", ticket="演示1号")
    for login in ("organizer", "system_admin", "audit_admin", "auditor"):
        with pytest.raises(NotAllowed):
            propose_erasure(township.context(login, LONG_AFTER), wanted)
    waiting = proposed(township, person)

    for login in ("security_admin", "organizer", "auditor"):
        with pytest.raises(NotAllowed):
            confirm_erasure(township.context(login, LONG_AFTER), waiting)
    confirm_erasure(township.context("system_admin", LONG_AFTER), waiting)
    with pytest.raises(NotFound):
        confirm_erasure(township.context("system_admin", LONG_AFTER), waiting)


@pytest.mark.parametrize("changed", [{"ground": "because"}, {"ticket": " "}])
def test_an_erasure_names_its_ground_and_its_paper(township: Township, changed: dict[str, str]) -> None:
    person, _ = withdrawn(township)
    wanted = {"person": person, "ground": "court", "ticket": "演示1号", **changed}

    with pytest.raises(BadInput):
        propose_erasure(township.context("security_admin", LONG_AFTER), ProposeErasure(**wanted))


@pytest.mark.embedded
def test_an_erased_person_does_not_come_back_with_an_older_backup(township: Township, tmp_path: Path) -> None:
    person, dossier = withdrawn(township)
    file = tmp_path / "before.backup"
    take_backup(township.record.folder, file, passphrase=PASSPHRASE, now=at("2021-02-01"))
    erased(township, person)
    ledger = township.record.folder / "keys" / LEDGER
    assert list(read_ledger(ledger)) == [person]

    restore_backup(file, tmp_path / "new", passphrase=PASSPHRASE, now=LONG_AFTER, ledger=ledger)

    with Record.open(tmp_path / "new", write=False) as record:
        assert verify(record).ok
        assert check_projections(record).ok
        with record.reading() as connection:
            names = (
                connection.exec_driver_sql("SELECT name FROM person WHERE id = ?", (person,)).scalars().all()
            )
            contents = connection.exec_driver_sql("SELECT count(*) FROM content WHERE person = ?", (person,))
            assert contents.scalar_one() == 0
    assert names == [ERASED]
    assert list(read_ledger(tmp_path / "new" / "keys" / LEDGER)) == [person]
    assert CANARY.encode() not in everything(tmp_path / "new")
    assert dossier


@pytest.mark.embedded
def test_an_older_ledger_from_outside_takes_nobody_out_of_the_one_in_the_backup(
    township: Township, tmp_path: Path
) -> None:
    person, _ = withdrawn(township)
    erased(township, person)
    older = tmp_path / "older.log"
    older.write_text('{"person": "01HZZZZZZZZZZZZZZZZZZZZZZZ", "at": 1}\n', encoding="utf-8")
    file = tmp_path / "after.backup"
    take_backup(township.record.folder, file, passphrase=PASSPHRASE, now=LONG_AFTER)

    restore_backup(file, tmp_path / "new", passphrase=PASSPHRASE, now=LONG_AFTER, ledger=older)

    kept = read_ledger(tmp_path / "new" / "keys" / LEDGER)
    assert list(kept) == [person, "01HZZZZZZZZZZZZZZZZZZZZZZZ"]

"""Checkpoints: what is signed is kept for good, and nothing is signed that does not extend it."""

import sqlite3
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from recruit.commands.checkpoints import enqueue_checkpoint, keep_checkpoint
from recruit.errors import BadNote, KeysMissing, NotExtending, NotFound
from recruit.guards.sqlite import guards
from recruit.log.merkle import is_consistent, is_included, leaf_hash
from recruit.log.notes import Checkpoint, Signer, Verifier
from recruit.log.signing import KEY, STATE, read_last_signed, read_signer
from recruit.queries.checkpoints import (
    Signed,
    consistency_proof,
    inclusion_proof,
    present_checkpoint,
    unsigned_age,
)
from recruit.record import Record
from tests.homes import ask
from tests.recruit.builders import Township, at, reopened

NOON = at("2016-03-01", 12)
SEED = bytes(range(32))


def signed(township: Township) -> Signed:
    keep_checkpoint(township.record, now=NOON)
    return present_checkpoint(township.record)


def forge(folder: Path, *statements: str) -> None:
    foreign = sqlite3.connect(folder / "recruit.db", isolation_level=None)
    for name in guards():
        foreign.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        foreign.execute(statement)
    for made in guards().values():
        foreign.execute(made)
    foreign.close()


def test_a_checkpoint_is_the_c2sp_text_signed_by_the_logs_key(township: Township) -> None:
    one = signed(township)

    signer = read_signer(township.record.keys_folder, epoch=1)
    lines = one.note.split("\n")
    assert lines[:2] == [signer.name, str(one.size)]
    assert lines[3] == ""
    assert lines[4].startswith(f"— {signer.name} ")
    assert signer.verifier.has_signed(one.note)
    assert Verifier.read(signer.verifier.text) == signer.verifier


def test_the_key_is_its_owners_alone_and_made_once(township: Township, folder: Path) -> None:
    before = (folder / "keys" / KEY).read_text()
    township.record.close()

    Record.create(folder).close()

    assert (folder / "keys" / KEY).read_text() == before
    for name in (KEY, STATE):
        assert stat.S_IMODE((folder / "keys" / name).stat().st_mode) == 0o600


def test_a_key_that_has_signed_is_never_replaced_by_a_new_one(township: Township, folder: Path) -> None:
    signed(township)
    township.record.close()
    (folder / "keys" / KEY).unlink()

    with Record.create(folder) as record:
        reopened(record).open()
        with pytest.raises(KeysMissing):
            keep_checkpoint(record, now=NOON)


def test_a_tree_is_signed_once_for_each_size(township: Township) -> None:
    first = keep_checkpoint(township.record, now=NOON)
    again = keep_checkpoint(township.record, now=NOON)
    township.open()
    grown = keep_checkpoint(township.record, now=NOON)

    assert first is not None
    assert again is None
    assert grown == first + 1


def test_each_checkpoint_extends_the_one_before(township: Township) -> None:
    old = signed(township).head
    for number in range(1, 6):
        township.open(on=f"2014-07-0{number}")
    new = signed(township).head

    path = consistency_proof(township.record, old.size, new.size)

    assert is_consistent(old.size, old.root, new.size, new.root, path)


def test_every_act_under_a_checkpoint_has_its_proof(township: Township) -> None:
    dossier = township.open()
    township.act(dossier, "talk_held", "2014-07-20")
    head = signed(township).head
    township.open()

    proof = inclusion_proof(township.record, dossier, 2)
    with township.record.reading() as connection:
        canonical = connection.exec_driver_sql("SELECT canonical FROM act WHERE seq = 2").scalar_one()

    assert proof.signed.head == head
    assert is_included(leaf_hash(canonical), proof.index, head.size, proof.path, head.root)


def test_an_act_that_is_not_signed_yet_has_no_proof(township: Township) -> None:
    signed(township)
    dossier = township.open()

    with pytest.raises(NotFound):
        inclusion_proof(township.record, dossier, 1)


def test_no_proof_reaches_beyond_the_log(township: Township) -> None:
    size = signed(township).size

    with pytest.raises(NotExtending):
        consistency_proof(township.record, 1, size + 1)


@pytest.mark.parametrize(
    "forgery",
    [
        'DELETE FROM leaf WHERE "index" = (SELECT max("index") FROM leaf)',
        'UPDATE leaf SET hash = zeroblob(32) WHERE "index" = 3',
    ],
)
def test_a_tree_that_lost_or_changed_what_was_signed_is_never_signed(
    township: Township, folder: Path, forgery: str
) -> None:
    last = signed(township)
    township.record.close()
    forge(folder, forgery)

    with Record.open(folder) as record:
        reopened(record).open()
        with pytest.raises(NotExtending):
            keep_checkpoint(record, now=NOON)
        assert present_checkpoint(record) == last


def test_nothing_is_signed_where_the_last_signature_is_unknown(township: Township, folder: Path) -> None:
    signed(township)
    township.open()
    (folder / "keys" / STATE).write_text("{")

    with pytest.raises(NotExtending):
        keep_checkpoint(township.record, now=NOON)


def test_a_signature_of_which_the_row_was_lost_is_released_again(township: Township, folder: Path) -> None:
    """The process died after the state was written and before the commit."""
    last = signed(township)
    township.record.close()
    forge(folder, "DELETE FROM checkpoint")

    with Record.open(folder) as record:
        assert keep_checkpoint(record, now=NOON) == last.size
        assert present_checkpoint(record).note == last.note


def test_the_state_is_written_before_the_checkpoint_is_released(township: Township) -> None:
    last = signed(township)

    kept = read_last_signed(township.record.keys_folder)

    assert kept is not None
    assert (kept.epoch, kept.note) == (last.epoch, last.note)


@pytest.mark.parametrize("statement", ["UPDATE checkpoint SET note = ''", "DELETE FROM checkpoint"])
def test_a_checkpoint_is_never_changed(township: Township, folder: Path, statement: str) -> None:
    signed(township)
    foreign = sqlite3.connect(folder / "recruit.db", isolation_level=None)

    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        foreign.execute(statement)
    foreign.close()


@pytest.mark.parametrize("seconds", [0, 59, 60, 61])
def test_the_age_of_what_is_not_signed_is_that_of_the_oldest_act(township: Township, seconds: int) -> None:
    signed(township)
    assert unsigned_age(township.record, now=NOON) is None
    dossier = township.open(on="2014-07-01")
    township.act(dossier, "talk_held", "2014-07-20")

    age = unsigned_age(township.record, now=at("2014-07-01") + timedelta(seconds=seconds))

    assert age == timedelta(seconds=seconds)


def test_the_days_checkpoint_waits_once_for_each_auditor_and_superior(township: Township) -> None:
    last = signed(township)

    counts = [enqueue_checkpoint(township.record, now=NOON + timedelta(hours=hours)) for hours in (0, 1, 12)]

    with township.record.reading() as connection:
        rows = ask(
            connection,
            'SELECT subject, template, state, u.login FROM outbox JOIN "user" u ON u.id = recipient',
        ).all()
    assert counts == [3, 0, 3]
    assert {row[:3] for row in rows} == {(f"checkpoint/1/{last.size}", "daily_checkpoint", "waiting")}
    assert {row[3] for row in rows} == {"auditor", "audit_admin", "county"}


def test_nothing_waits_to_be_sent_before_something_is_signed(township: Township) -> None:
    assert enqueue_checkpoint(township.record, now=NOON) == 0


NOTE = Signer(name="recruit/test", seed=SEED).sign(
    Checkpoint(origin="recruit/test", size=7, root=b"r" * 32).text
)


@pytest.mark.parametrize("place", range(len(NOTE)))
def test_a_note_with_any_character_changed_is_not_signed(place: int) -> None:
    key = Signer(name="recruit/test", seed=SEED).verifier
    changed = NOTE[:place] + ("x" if NOTE[place] != "x" else "y") + NOTE[place + 1 :]

    try:
        found = key.has_signed(changed)
    except BadNote:
        found = False

    assert key.has_signed(NOTE)
    assert not found


@pytest.mark.parametrize("text", ["", "name", "name+00000000+AAAA", "a+b+c"])
def test_what_is_no_public_key_is_refused(text: str) -> None:
    with pytest.raises(BadNote):
        Verifier.read(text)


@pytest.mark.parametrize("lines", ["", "recruit/test\n07\nAAAA\n", "recruit/test\n7\nAAAA\n", "log\n7\n"])
def test_what_is_no_checkpoint_is_refused(lines: str) -> None:
    with pytest.raises(BadNote):
        Checkpoint.read(Signer(name="recruit/test", seed=SEED).sign(lines or "\n"))


def test_a_cosignature_is_bound_to_its_time_and_is_no_signature_of_the_log() -> None:
    witness = Signer(name="county", seed=bytes(32))

    note = witness.cosign(NOTE, seconds=1_700_000_000)

    assert witness.cosigner.has_signed(note)
    assert not witness.verifier.has_signed(note)
    assert Signer(name="recruit/test", seed=SEED).verifier.has_signed(note)
    assert Checkpoint.read(note) == Checkpoint.read(NOTE)

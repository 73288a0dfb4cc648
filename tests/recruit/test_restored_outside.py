"""A restore beside a signed checkpoint that was kept outside: what is lost, and what is not this log."""

import shutil
from pathlib import Path

import pytest

from recruit.backups.outside import Outside
from recruit.backups.restoring import restore_backup
from recruit.backups.taking import take_backup
from recruit.commands.checkpoints import keep_checkpoint
from recruit.errors import BadNote, RestoredAnother
from recruit.log.notes import Checkpoint
from recruit.log.signing import STATE
from recruit.log.witness import extension_text
from recruit.queries.checkpoints import consistency_proof, present_checkpoint
from recruit.record import Record
from tests.recruit.builders import Township, at, reopened

pytestmark = pytest.mark.embedded

PASSPHRASE = "seven made-up words for one backup"
NOW = at("2016-03-05")


def signed(township: Township) -> str:
    keep_checkpoint(township.record, now=NOW)
    return present_checkpoint(township.record).note


def backup(township: Township, file: Path) -> Path:
    take_backup(township.record.folder, file, passphrase=PASSPHRASE, now=NOW)
    return file


def compared(file: Path, folder: Path, checkpoint: str) -> Outside:
    found = restore_backup(file, folder, passphrase=PASSPHRASE, now=NOW, checkpoint=checkpoint).outside
    assert found is not None
    return found


def test_a_backup_as_long_as_the_checkpoint_loses_nothing(township: Township, tmp_path: Path) -> None:
    township.open()
    note = signed(township)
    size = Checkpoint.read(note).size

    found = compared(backup(township, tmp_path / "a"), tmp_path / "new", note)

    assert found == Outside(size=size, missing=0, proved=size)


def test_a_backup_longer_than_the_checkpoint_holds_it(township: Township, tmp_path: Path) -> None:
    note = signed(township)
    township.open()

    found = compared(backup(township, tmp_path / "a"), tmp_path / "new", note)

    assert (found.missing, found.proved) == (0, Checkpoint.read(note).size)


@pytest.mark.parametrize("lost", [1, 3])
def test_an_older_backup_says_how_many_acts_and_events_are_lost(
    township: Township, tmp_path: Path, lost: int
) -> None:
    file = backup(township, tmp_path / "a")
    for _ in range(lost):
        township.open()

    found = compared(file, tmp_path / "new", signed(township))

    assert (found.missing, found.proved) == (lost, 0)
    assert (tmp_path / "new" / "recruit.db").is_file()


def test_a_proof_brought_with_the_checkpoint_shows_that_an_older_backup_lies_below_it(
    township: Township, tmp_path: Path
) -> None:
    old = Checkpoint.read(signed(township)).size
    file = backup(township, tmp_path / "a")
    township.open()
    note = signed(township)
    proof = consistency_proof(township.record, old, Checkpoint.read(note).size)

    found = compared(file, tmp_path / "new", extension_text(old, proof, note))

    assert (found.missing, found.proved) == (1, old)


def another_history(township: Township, folder: Path) -> Township:
    """The same keys, and from here on other acts, signed as if nothing had been before: a stolen key."""
    shutil.copytree(township.record.folder, folder)
    (folder / "lock").unlink()
    return reopened(Record.open(folder))


@pytest.mark.parametrize("more", [0, 2])
def test_a_log_as_long_that_does_not_hold_the_checkpoint_is_not_restored(
    township: Township, tmp_path: Path, more: int
) -> None:
    forged = another_history(township, tmp_path / "forged")
    township.open()
    note = signed(township)
    for _ in range(1 + more):
        forged.open()
    file = backup(forged, tmp_path / "a")
    forged.record.close()

    with pytest.raises(RestoredAnother) as refusal:
        compared(file, tmp_path / "new", note)

    assert not (tmp_path / "new").exists()
    assert str(Checkpoint.read(note).size) in refusal.value.message("zh")


def test_a_shorter_log_that_the_proof_contradicts_is_not_restored(township: Township, tmp_path: Path) -> None:
    forged = another_history(township, tmp_path / "forged")
    township.open()
    old = Checkpoint.read(signed(township)).size
    township.open()
    note = signed(township)
    proof = consistency_proof(township.record, old, Checkpoint.read(note).size)
    forged.open()
    file = backup(forged, tmp_path / "a")
    forged.record.close()

    with pytest.raises(RestoredAnother):
        compared(file, tmp_path / "new", extension_text(old, proof, note))

    assert not (tmp_path / "new").exists()


def test_a_checkpoint_of_another_log_is_not_compared(township: Township, tmp_path: Path) -> None:
    file = backup(township, tmp_path / "a")
    with Record.create(tmp_path / "other") as other:
        foreign = other.keys_folder
        for name in ("log.key", STATE):
            shutil.copy(foreign / name, township.record.keys_folder / name)
    note = signed(township)

    with pytest.raises(BadNote):
        compared(file, tmp_path / "new", note)

    assert not (tmp_path / "new").exists()

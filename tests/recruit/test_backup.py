"""Backups: consistent while the record is written to, sealed, and restored only when they verify."""

import os
import sqlite3
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruit.backups import taking
from recruit.backups.restoring import confirm_restore, restore_backup
from recruit.backups.sealed import CHUNK, seal, unseal
from recruit.backups.taking import KEYS, take_backup
from recruit.commands.checkpoints import keep_checkpoint
from recruit.commands.epochs import DeclareEpoch, declare_epoch
from recruit.commands.sessions import actor_of_login
from recruit.errors import (
    AwaitingConfirmation,
    BadBackup,
    BadInput,
    NoDatabase,
    NotAllowed,
    NotExtending,
    RecordError,
)
from recruit.log.rebuild import check_projections
from recruit.log.verify import verify
from recruit.record import Record
from tests.recruit.builders import Township, at

pytestmark = pytest.mark.embedded

PASSPHRASE = "seven made-up words for one backup"
NOW = at("2016-03-05")
PASSWORD = "a-made-up-password"


@pytest.fixture
def backed_up(township: Township, tmp_path: Path) -> Path:
    township.open()
    file = tmp_path / "out" / "recruit.backup"
    file.parent.mkdir()
    take_backup(township.record.folder, file, passphrase=PASSPHRASE, now=NOW)
    return file


def restored(file: Path, folder: Path) -> Path:
    restore_backup(file, folder, passphrase=PASSPHRASE, now=NOW + timedelta(days=1))
    return folder


def test_a_backup_gives_back_every_act_and_verifies(
    township: Township, backed_up: Path, tmp_path: Path
) -> None:
    before = verify(township.record)

    folder = restored(backed_up, tmp_path / "new")

    with Record.open(folder, write=False) as record:
        assert verify(record) == before
        assert check_projections(record).ok


def test_a_backup_taken_while_the_record_is_written_to_is_consistent(
    township: Township, tmp_path: Path
) -> None:
    is_over = False

    def write() -> None:
        while not is_over:
            township.open()

    writer = Thread(target=write)
    writer.start()
    try:
        taken = [
            take_backup(township.record.folder, tmp_path / f"{n}.backup", passphrase=PASSPHRASE, now=NOW)
            for n in range(3)
        ]
    finally:
        is_over = True
        writer.join()

    assert taken[0].acts <= taken[1].acts <= taken[2].acts
    for number, one in enumerate(taken):
        with Record.open(restored(one.file, tmp_path / f"new-{number}"), write=False) as record:
            assert verify(record).acts == one.acts
            assert check_projections(record).ok


def test_no_key_lies_in_the_sealed_file_and_nothing_clear_in_either(
    township: Township, backed_up: Path
) -> None:
    master = (township.record.folder / "keys" / "master.key").read_bytes()
    for file in (backed_up, backed_up.with_name(backed_up.name + KEYS)):
        content = file.read_bytes()
        assert master not in content
        assert "演示".encode() not in content
        assert b"SQLite format" not in content


def test_the_keyring_is_for_its_owner_alone(backed_up: Path) -> None:
    assert backed_up.with_name(backed_up.name + KEYS).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("passphrase", ["", "short", PASSPHRASE.upper()])
def test_a_wrong_passphrase_restores_nothing(backed_up: Path, tmp_path: Path, passphrase: str) -> None:
    with pytest.raises(BadBackup) as refusal:
        restore_backup(backed_up, tmp_path / "new", passphrase=passphrase, now=NOW)

    assert not (tmp_path / "new").exists()
    assert "recruit.backup" in refusal.value.message("zh")


def test_a_short_passphrase_takes_no_backup(township: Township, tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        take_backup(township.record.folder, tmp_path / "a", passphrase="eleven char", now=NOW)

    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize("place", [0, 20, 60, 200, -40, -1])
def test_a_flipped_bit_anywhere_is_found(backed_up: Path, tmp_path: Path, place: int) -> None:
    content = bytearray(backed_up.read_bytes())
    content[place] ^= 1
    backed_up.write_bytes(content)

    with pytest.raises(RecordError):
        restore_backup(backed_up, tmp_path / "new", passphrase=PASSPHRASE, now=NOW)

    assert list(tmp_path.glob("new*")) == list(tmp_path.glob("restore-*")) == []


@pytest.mark.parametrize("cut", [1, 100, 5000])
def test_a_file_that_was_cut_off_is_found(backed_up: Path, tmp_path: Path, cut: int) -> None:
    backed_up.write_bytes(backed_up.read_bytes()[:-cut])

    with pytest.raises(BadBackup):
        restore_backup(backed_up, tmp_path / "new", passphrase=PASSPHRASE, now=NOW)


@given(size=st.sampled_from([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 7]))
def test_what_is_sealed_comes_back_and_no_chunk_can_be_left_out(
    size: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("sealed")
    clear, sealed, key = folder / "clear", folder / "sealed", os.urandom(32)
    clear.write_bytes(os.urandom(size))
    with sealed.open("wb") as target:
        seal(clear, target, key=key, header={"acts": 1})

    with sealed.open("rb") as source:
        assert unseal(source, folder / "back", key=key, name="sealed") == {"acts": 1}
    assert (folder / "back").read_bytes() == clear.read_bytes()
    if size > CHUNK:
        head = len(sealed.read_bytes()) - size - 16 * -(-size // CHUNK)
        sealed.write_bytes(sealed.read_bytes()[: head + CHUNK + 16])
        with sealed.open("rb") as source, pytest.raises(BadBackup):
            unseal(source, folder / "again", key=key, name="sealed")


def test_a_folder_in_use_is_never_overwritten(township: Township, backed_up: Path) -> None:
    before = verify(township.record)

    with pytest.raises(BadInput):
        restore_backup(backed_up, township.record.folder, passphrase=PASSPHRASE, now=NOW)

    assert verify(township.record) == before


def test_there_is_no_backup_of_nothing(tmp_path: Path) -> None:
    with pytest.raises(NoDatabase):
        take_backup(tmp_path / "nothing", tmp_path / "a", passphrase=PASSPHRASE, now=NOW)


def test_a_record_that_does_not_verify_gives_no_backup(township: Township, tmp_path: Path) -> None:
    township.open()
    township.record.close()
    with sqlite3.connect(township.record.folder / "recruit.db") as database:
        database.execute("DROP TRIGGER act_no_update")
        database.execute("UPDATE act SET \"on\" = '2014-07-02'")
    database.close()

    with pytest.raises(BadBackup):
        take_backup(township.record.folder, tmp_path / "a", passphrase=PASSPHRASE, now=NOW)

    assert list(tmp_path.iterdir()) == [township.record.folder] or not (tmp_path / "a").exists()


def test_a_restored_record_is_read_only_until_two_administrators_confirm(
    backed_up: Path, tmp_path: Path
) -> None:
    folder = restored(backed_up, tmp_path / "new")
    later = NOW + timedelta(days=2)

    with pytest.raises(AwaitingConfirmation):
        Record.open(folder, write=True)
    confirm_restore(folder, [("system_admin", PASSWORD), ("audit_admin", PASSWORD)], now=later)

    with Record.open(folder, write=True) as record:
        found = verify(record)
        assert found.ok
        with record.reading() as connection:
            events = connection.exec_driver_sql(
                "SELECT canonical FROM event WHERE do = 'record_restored'"
            ).all()
    assert len(events) == 1
    assert b'"taken_at":1457139600000000' in bytes(events[0][0])


@pytest.mark.parametrize(
    "log_ins",
    [
        [("system_admin", PASSWORD)],
        [("system_admin", PASSWORD), ("system_admin", PASSWORD)],
        [("system_admin", PASSWORD), ("audit_admin", "another-password")],
        [("system_admin", PASSWORD), ("secretary", PASSWORD)],
        [],
    ],
)
def test_one_person_alone_or_no_administrator_confirms_nothing(
    backed_up: Path, tmp_path: Path, log_ins: list[tuple[str, str]]
) -> None:
    folder = restored(backed_up, tmp_path / "new")

    with pytest.raises(NotAllowed):
        confirm_restore(folder, log_ins, now=NOW + timedelta(days=2))
    with pytest.raises(AwaitingConfirmation):
        Record.open(folder, write=True)


def test_nothing_waits_for_confirmation_where_nothing_was_restored(township: Township) -> None:
    with pytest.raises(NotAllowed):
        confirm_restore(township.record.folder, [], now=NOW)


def test_a_backup_that_the_disk_refuses_leaves_the_old_one(
    township: Township, backed_up: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = backed_up.read_bytes()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", str(backed_up))

    monkeypatch.setattr(taking, "seal", full)
    with pytest.raises(RecordError):
        take_backup(township.record.folder, backed_up, passphrase=PASSPHRASE, now=NOW)

    assert backed_up.read_bytes() == before


def test_a_restored_log_is_not_signed_before_a_new_epoch_is_declared(
    township: Township, tmp_path: Path
) -> None:
    township.open()
    keep_checkpoint(township.record, now=NOW)
    file = tmp_path / "recruit.backup"
    take_backup(township.record.folder, file, passphrase=PASSPHRASE, now=NOW)
    folder = restored(file, tmp_path / "new")
    later = NOW + timedelta(days=2)
    confirm_restore(folder, [("security_admin", PASSWORD), ("audit_admin", PASSWORD)], now=later)

    with Record.open(folder, write=True) as record:
        with pytest.raises(NotExtending):
            keep_checkpoint(record, now=later)
        security, audit = (
            actor_of_login(record, login, now=later) for login in ("security_admin", "audit_admin")
        )
        assert security is not None
        assert audit is not None
        declared = DeclareEpoch(reason="restored", paper="演示〔2016〕1号")
        assert declare_epoch(record, declared, security=security, audit=audit, now=later) == 2
        assert verify(record).ok

"""`recruit audit`: sign, export, verify, witness, and begin anew after a restore."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from recruit.commands.checkpoints import keep_checkpoint
from recruit.lately import TAKEN_OUT, VERIFIED, last
from recruit.log.notes import Checkpoint
from recruit.record import Record
from tests.web.township import PASSWORD, Township
from web.cli import main


def run(*arguments: object, typed: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=typed)


@pytest.fixture
def folder(town: Township) -> Path:
    """Nobody serves it."""
    town.record.close()
    return town.record.folder


@pytest.fixture
def checkpoint(folder: Path, tmp_path: Path) -> Path:
    assert run("--data", folder, "audit", "checkpoint", "-o", tmp_path / "one.txt").exit_code == 0
    return tmp_path / "one.txt"


def another_event(folder: Path) -> None:
    """An export is one."""
    assert run("--data", folder, "audit", "export", "-o", folder / "more.zip").exit_code == 0


def test_the_present_checkpoint_is_written_and_its_key_said_beside_it(folder: Path) -> None:
    done = run("--data", folder, "audit", "checkpoint", "-o", "-")

    head = Checkpoint.read(done.stdout)
    assert done.exit_code == 0
    assert head.size > 0
    assert f"key {head.origin}+" in done.stderr
    assert "fingerprint " in done.stderr


def test_beside_a_serving_process_the_last_signed_one_is_written(town: Township, tmp_path: Path) -> None:
    size = keep_checkpoint(town.record, now=town.clock.now())

    done = run("--data", town.record.folder, "audit", "checkpoint", "-o", "-")

    assert Checkpoint.read(done.stdout).size == size


def test_beside_a_serving_process_that_has_signed_nothing_there_is_none(town: Township) -> None:
    assert run("--data", town.record.folder, "audit", "checkpoint", "-o", "-").exit_code == 2


def test_the_live_log_is_verified_against_a_checkpoint_kept_outside(folder: Path, checkpoint: Path) -> None:
    done = run("--data", folder, "audit", "verify", "--checkpoint", checkpoint, "--json")

    answer = json.loads(done.stdout)
    assert done.exit_code == 0
    assert set(answer) == {"ok", "acts", "events", "links", "leaves", "checkpoints", "first_bad", "problems"}
    assert answer["leaves"] == answer["acts"] + answer["events"]
    assert answer["checkpoints"] == 3


def test_a_checkpoint_of_another_log_does_not_hold(folder: Path, checkpoint: Path) -> None:
    lines = checkpoint.read_text().split("\n")
    checkpoint.write_text("\n".join([lines[0], "3", *lines[2:]]))

    done = run("--data", folder, "audit", "verify", "--checkpoint", checkpoint)

    assert done.exit_code == 1
    assert "BAD the checkpoint kept outside" in done.stdout


def test_what_was_verified_and_taken_out_is_noted_for_the_doctor(folder: Path, checkpoint: Path) -> None:
    head = Checkpoint.read(checkpoint.read_text())

    run("--data", folder, "audit", "verify")

    taken_out, verified = last(folder, TAKEN_OUT), last(folder, VERIFIED)
    assert taken_out is not None
    assert taken_out.counts == {"epoch": 1, "size": head.size}
    assert verified is not None
    assert verified.ok
    assert verified.counts["acts"] == 7


def test_a_verification_that_found_something_is_noted_as_such(folder: Path, checkpoint: Path) -> None:
    lines = checkpoint.read_text().split("\n")
    checkpoint.write_text("\n".join([lines[0], "3", *lines[2:]]))

    run("--data", folder, "audit", "verify", "--checkpoint", checkpoint)

    verified = last(folder, VERIFIED)
    assert verified is not None
    assert not verified.ok


def test_a_log_without_a_checkpoint_says_that_nothing_outside_proves_it(folder: Path) -> None:
    assert "no checkpoint is signed yet" in run("--data", folder, "audit", "verify").stdout


def test_a_bundle_is_exported_and_verified_with_the_checkpoint(
    folder: Path, checkpoint: Path, tmp_path: Path
) -> None:
    exported = run("--data", folder, "audit", "export", "-o", tmp_path / "all.zip")
    done = run("audit", "verify", tmp_path / "all.zip", "--checkpoint", checkpoint, "--json")

    answer = json.loads(done.stdout)
    assert exported.exit_code == 0
    assert done.exit_code == 0
    assert set(answer) == {"ok", "acts", "events", "links", "leaves", "checkpoints", "first_bad", "problems"}
    assert (answer["ok"], answer["acts"], answer["first_bad"]) == (True, 7, None)


def test_single_dossiers_are_exported_for_one_reader_with_contents(
    town: Township, folder: Path, tmp_path: Path
) -> None:
    dossier = town.dossiers["王秀兰"]
    options = ("--for", "wu", "--contents", "-o", tmp_path / "one.zip")

    exported = run("--data", folder, "audit", "export", dossier, *options)
    done = run("audit", "verify", tmp_path / "one.zip")

    assert exported.exit_code == 0
    assert "6 acts, 0 events, 6 links, 6 leaves" in done.stdout
    assert done.exit_code == 0


def test_a_broken_bundle_ends_with_1_and_no_bundle_with_2(folder: Path, tmp_path: Path) -> None:
    run("--data", folder, "audit", "export", "-o", tmp_path / "all.zip")
    shutil.unpack_archive(tmp_path / "all.zip", tmp_path / "open")
    acts = tmp_path / "open" / "acts.jsonl"
    acts.write_bytes(acts.read_bytes().replace(b"talk_held", b"talk_hold"))
    (tmp_path / "no.zip").write_text("no")

    broken, none = run("audit", "verify", tmp_path / "open"), run("audit", "verify", tmp_path / "no.zip")

    assert broken.exit_code == 1
    assert broken.stdout.startswith("BAD ")
    assert none.exit_code == 2


@pytest.mark.parametrize("arguments", [("--contents",), ("--for", "nobody"), ("01ARZ3NDEKTSV4RRFFQ69G5FAV",)])
def test_an_export_that_cannot_be_ends_with_2(
    folder: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    done = run("--data", folder, "audit", "export", *arguments, "-o", tmp_path / "x.zip")

    assert done.exit_code == 2
    assert not (tmp_path / "x.zip").exists()


def test_a_witness_follows_the_log_with_proofs(folder: Path, checkpoint: Path, tmp_path: Path) -> None:
    state, key = tmp_path / "witness.json", key_of(folder)
    seen = run("audit", "witness", "--checkpoint", checkpoint, "--state", state, "--key", key)
    another_event(folder)
    proved = tmp_path / "proved.txt"
    run("--data", folder, "audit", "checkpoint", "--since", checkpoint, "-o", proved)

    followed = run("audit", "witness", "--checkpoint", proved, "--state", state)
    back = run("audit", "witness", "--checkpoint", checkpoint, "--state", state)
    bundle = run("audit", "witness", "--bundle", folder / "more.zip", "--state", state)

    assert [one.exit_code for one in (seen, followed, back, bundle)] == [0, 0, 1, 0]
    assert followed.stdout.count("— ") == 2
    assert back.stdout == ""


def key_of(folder: Path) -> str:
    said = run("--data", folder, "audit", "checkpoint", "-o", "-").stderr
    return next(line.removeprefix("key ") for line in said.splitlines() if line.startswith("key "))


def test_a_witness_is_shown_one_thing(checkpoint: Path, tmp_path: Path) -> None:
    assert run("audit", "witness", "--state", tmp_path / "w").exit_code == 2
    assert run("audit", "witness", "--bundle", checkpoint, "--state", tmp_path / "w").exit_code == 2


def restored(folder: Path) -> None:
    """An older database under the keys of a newer one."""
    shutil.copy(folder / "recruit.db", folder / "backup.db")
    another_event(folder)
    for name in ("recruit.db-wal", "recruit.db-shm"):
        (folder / name).unlink(missing_ok=True)
    (folder / "backup.db").replace(folder / "recruit.db")


def test_after_a_restore_two_administrators_declare_an_epoch(folder: Path, checkpoint: Path) -> None:
    restored(folder)
    refused = run("--data", folder, "audit", "export", "-o", folder / "x.zip")
    typed = f"secadmin\n{PASSWORD}\naudadmin\n{PASSWORD}\n"

    declared = run("--data", folder, "audit", "epoch", "--reason", "restored", "--paper", "3", typed=typed)

    signed = run("--data", folder, "audit", "checkpoint", "-o", "-")
    verified = run("--data", folder, "audit", "verify", "--checkpoint", checkpoint)
    assert (refused.exit_code, declared.exit_code, verified.exit_code) == (2, 0, 0)
    assert "epoch" in refused.stderr
    assert signed.stdout.split("\n")[0].endswith("/epoch2")


@pytest.mark.parametrize(
    "typed",
    [
        f"secadmin\n{PASSWORD}\naudadmin\nwrong\n",
        f"secadmin\n{PASSWORD}\nsecadmin\n{PASSWORD}\n",
        f"sysadmin\n{PASSWORD}\naudadmin\n{PASSWORD}\n",
    ],
)
def test_one_administrator_alone_declares_nothing(folder: Path, checkpoint: Path, typed: str) -> None:
    restored(folder)

    done = run("--data", folder, "audit", "epoch", "--reason", "restored", "--paper", "3", typed=typed)

    assert done.exit_code == 2
    with Record.open(folder, write=False) as record, record.reading() as connection:
        declared = connection.exec_driver_sql("SELECT count(*) FROM event WHERE do = 'epoch_declared'")
        assert declared.scalar_one() == 0

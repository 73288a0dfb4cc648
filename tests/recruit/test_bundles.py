"""Bundles: checked away from the house, by two programs that share no code, and against an outside copy."""

import ast
import json
import os
import random
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from recruit.commands.acts import record_act
from recruit.commands.checkpoints import keep_checkpoint
from recruit.commands.exports import Exported, ExportLog, console, export_log
from recruit.context import Context
from recruit.errors import NotAllowed, NotFound
from recruit.log.canonical import FIELDS
from recruit.log.offline import chains, program
from recruit.log.offline.check import check_bundle, read_bundle
from recruit.log.offline.main import main
from recruit.log.offline.proofs import is_signed
from recruit.log.verify import verify
from recruit.queries.checkpoints import present_checkpoint
from recruit.record import Record
from tests.homes import Home
from tests.recruit.builders import at, make_township, reopened
from tests.recruit.mutations import mutated
from tests.recruit.second_verifier import accepts

NOON = at("2016-03-01", 12)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three dossiers of two branches, a late entry, a checkpoint a month; the last one lies beside it."""
    folder = tmp_path_factory.mktemp("kept") / "data"
    make_township(Home(folder))
    with Record.open(folder) as record:
        township = reopened(record)
        dossier = ""
        for number, branch in enumerate(("first", "first", "second"), 1):
            dossier = township.open(on=f"2014-07-0{number}", branch=branch)
            by = "secretary" if branch == "first" else "neighbour"
            keep_checkpoint(record, now=at(f"2014-0{number + 6}-28"))
            township.act(dossier, "talk_held", "2014-07-20", by=by, talker=f"演示谈话人{number}")
        late = township.command(dossier, "recommended", "2015-01-10", source="members")
        record_act(township.context("neighbour", at("2015-03-10")), late)
        keep_checkpoint(record, now=at("2015-03-10"))
        (folder / "outside.txt").write_text(present_checkpoint(record).note)
    return folder


@pytest.fixture
def open_kept(kept: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(kept, tmp_path / "data"))


def exported(
    folder: Path,
    path: Path,
    *,
    reader: str | None = None,
    dossiers: tuple[str, ...] = (),
    contents: bool = False,
) -> Exported:
    with Record.open(folder) as record:
        township = reopened(record)
        context = (
            township.context(reader, NOON)
            if reader
            else Context(record=record, actor=console(record), now=NOON)
        )
        return export_log(context, ExportLog(path=path, dossiers=dossiers, has_contents=contents))


@pytest.fixture
def whole(open_kept: Path, tmp_path: Path) -> Path:
    exported(open_kept, tmp_path / "whole.zip", reader="auditor", contents=True)
    return tmp_path / "whole.zip"


def dossiers_of(folder: Path) -> list[str]:
    with Record.open(folder, write=False) as record, record.reading() as connection:
        return list(connection.exec_driver_sql("SELECT id FROM dossier ORDER BY id").scalars())


def test_a_whole_bundle_is_accepted_by_both_programs_and_counts_what_the_log_counts(
    open_kept: Path, whole: Path
) -> None:
    files = read_bundle(whole)
    outside = (open_kept / "outside.txt").read_bytes()

    report = check_bundle(files, outside)
    with Record.open(open_kept, write=False) as record:
        live = verify(record)

    assert report.problems == []
    assert (report.acts, report.events, report.links) == (live.acts, live.events, live.links)
    assert report.leaves == report.acts + report.events
    assert (report.contents, report.late, report.hidden) == (3, 1, 0)
    assert report.checkpoints == 6
    assert accepts(files, outside)


def test_a_bundle_of_one_dossier_proves_its_acts_and_shows_no_other(open_kept: Path, tmp_path: Path) -> None:
    one, *others = dossiers_of(open_kept)
    exported(open_kept, tmp_path / "one.zip", reader="auditor", dossiers=(one,), contents=True)

    files = read_bundle(tmp_path / "one.zip")
    report = check_bundle(files)

    assert report.problems == []
    assert (report.acts, report.links, report.leaves, report.contents) == (2, 2, 2, 1)
    assert report.checkpoints == 5
    assert "leaves.txt" not in files
    assert not any(other.encode() in b"".join(files.values()) for other in others)


def test_a_checkpoint_kept_outside_is_found_in_a_bundle_of_one_dossier(
    open_kept: Path, tmp_path: Path
) -> None:
    exported(open_kept, tmp_path / "one.zip", dossiers=(dossiers_of(open_kept)[0],))
    files = read_bundle(tmp_path / "one.zip")

    assert check_bundle(files, (open_kept / "outside.txt").read_bytes()).ok


def test_a_branch_is_shown_its_own_acts_and_how_many_it_is_not_shown(open_kept: Path, tmp_path: Path) -> None:
    done = exported(open_kept, tmp_path / "branch.zip", reader="secretary", contents=True)

    report = check_bundle(read_bundle(tmp_path / "branch.zip"))

    assert report.problems == []
    assert (report.acts, report.contents) == (4, 2)
    assert report.hidden == done.hidden == report.leaves - report.acts - report.events
    assert report.hidden > 0


def test_a_branch_is_shown_an_objection_without_its_text(open_kept: Path, tmp_path: Path) -> None:
    one = dossiers_of(open_kept)[0]
    with Record.open(open_kept) as record:
        objection = {"by": "organizer", "purpose": "letter", "note": "演示：来信反映的情况"}
        reopened(record).act(one, "objection_received", "2015-04-01", **objection)

    for reader, shown in (("secretary", 1), ("auditor", 2)):
        exported(open_kept, tmp_path / "one.zip", reader=reader, dossiers=(one,), contents=True)
        report = check_bundle(read_bundle(tmp_path / "one.zip"))
        assert (report.problems, report.acts, report.contents) == ([], 3, shown)


def test_nobody_exports_a_dossier_out_of_reach(open_kept: Path, tmp_path: Path) -> None:
    foreign = dossiers_of(open_kept)[2]

    with pytest.raises(NotFound):
        exported(open_kept, tmp_path / "one.zip", reader="secretary", dossiers=(foreign,))

    assert not (tmp_path / "one.zip").exists()


def test_the_console_exports_every_act_and_no_content(open_kept: Path, tmp_path: Path) -> None:
    exported(open_kept, tmp_path / "all.zip")

    report = check_bundle(read_bundle(tmp_path / "all.zip"))

    assert (report.ok, report.acts, report.contents, report.hidden) == (True, 7, 0, 0)


def test_an_export_is_an_event_with_every_dossier_in_it(open_kept: Path, whole: Path) -> None:
    events = [json.loads(line) for line in read_bundle(whole)["events.jsonl"].splitlines()]

    logged = [one["details"] for one in events if one["do"] == "exported"]

    assert sorted(one for details in logged for one in details["dossiers"]) == dossiers_of(open_kept)
    assert all(details["has_contents"] for details in logged)


def test_contents_of_as_many_persons_as_are_exported_are_on_record(open_kept: Path, whole: Path) -> None:
    files = read_bundle(whole)
    events = [json.loads(line) for line in files["events.jsonl"].splitlines()]
    acts = {one["id"]: one for one in map(json.loads, files["acts.jsonl"].splitlines())}

    logged = [one for one in events if one["do"] == "revealed"]

    assert sorted(one["dossier"] for one in logged) == dossiers_of(open_kept)
    assert len({one["details"]["person"] for one in logged}) == len(logged) == 3
    shown = [acts[json.loads(line)["act"]] for line in files["contents.jsonl"].splitlines()]
    assert sorted((one["dossier"], one["seq"]) for one in shown) == sorted(
        (one["dossier"], seq) for one in logged for seq in one["details"]["acts"]
    )


def test_an_export_without_contents_is_no_reading_of_any(open_kept: Path, tmp_path: Path) -> None:
    exported(open_kept, tmp_path / "acts.zip", reader="auditor")

    events = [json.loads(line) for line in read_bundle(tmp_path / "acts.zip")["events.jsonl"].splitlines()]

    assert [one for one in events if one["do"] == "revealed"] == []


def test_who_may_not_read_contents_exports_none_and_nothing_is_logged(
    open_kept: Path, tmp_path: Path
) -> None:
    with Record.open(open_kept, write=False) as record:
        before = verify(record).events

    with pytest.raises(NotAllowed):
        exported(open_kept, tmp_path / "all.zip", reader="audit_admin", contents=True)

    assert not (tmp_path / "all.zip").exists()
    with Record.open(open_kept, write=False) as record:
        assert verify(record).events == before


def test_an_erased_content_is_left_out_and_its_act_still_verifies(open_kept: Path, tmp_path: Path) -> None:
    with Record.open(open_kept) as record, record.reading() as connection:
        person = connection.exec_driver_sql("SELECT person FROM content LIMIT 1").scalar_one()
        record.keys.destroy(person)
    exported(open_kept, tmp_path / "all.zip", reader="auditor", contents=True)

    report = check_bundle(read_bundle(tmp_path / "all.zip"))

    assert (report.ok, report.acts, report.contents) == (True, 7, 2)


def test_late_entries_are_marked_and_a_mark_on_an_act_in_time_is_found(whole: Path) -> None:
    files = read_bundle(whole)
    act = json.loads(files["acts.jsonl"].splitlines()[0])["id"]

    forged = {**files, "marks.jsonl": b'{"act":"%s"}\n' % act.encode()}

    assert check_bundle(files).late == 1
    assert "no late entry" in check_bundle(forged).problems[0]


@pytest.mark.parametrize("form", ["zip", "folder"])
@pytest.mark.parametrize("version", ["3.8", "here"])
def test_the_one_file_checks_without_anything_of_ours(
    whole: Path, tmp_path: Path, form: str, version: str
) -> None:
    python = sys.executable if version == "here" else oldest_python()
    folder = tmp_path / "unpacked"
    with zipfile.ZipFile(whole) as bundle:
        bundle.extractall(folder)
    arguments = [str(whole)] if form == "zip" else []

    def run(*more: str) -> subprocess.CompletedProcess[str]:
        command = [python, "-I", str(folder / "verify.py"), *arguments, *more]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    good, answer = run(), json.loads(run("--json").stdout)
    outside = run("--checkpoint", str(folder / "README.txt"))

    assert (good.returncode, good.stdout.splitlines()[-1]) == (0, "OK")
    assert (answer["ok"], answer["acts"]) == (True, 7)
    assert outside.returncode == 1
    assert "not a checkpoint" in outside.stdout or "no checkpoint" in outside.stdout


def oldest_python() -> str:
    """Python 3.8 where the machine has one, on the path or among the versions of pyenv."""
    kept = sorted(str(one) for one in Path.home().glob(".pyenv/versions/3.8.*/bin/python3.8"))
    for found in [*kept, shutil.which("python3.8")]:
        if found and not subprocess.run([found, "-V"], capture_output=True, check=False).returncode:
            return found
    pytest.skip("no Python 3.8 here")


def test_the_one_file_is_written_for_python_3_8_and_its_own_library() -> None:
    tree = ast.parse(program(), feature_version=(3, 8))

    imported = {
        name.partition(".")[0]
        for one in ast.walk(tree)
        for name in (
            [one.module or ""] if isinstance(one, ast.ImportFrom)
            else [alias.name for alias in one.names] if isinstance(one, ast.Import)
            else []
        )
    }  # fmt: skip
    assert imported <= sys.stdlib_module_names
    assert frozenset(chains.FIELDS) == FIELDS


@pytest.mark.parametrize("damage", ["no.zip", "broken.zip"])
def test_what_is_no_bundle_is_a_failure(
    tmp_path: Path, damage: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "broken.zip").write_bytes(b"PK")

    assert main([str(tmp_path / damage)]) == 1
    assert capsys.readouterr().out.startswith("BAD ")


def test_nothing_checked_is_a_failure(whole: Path) -> None:
    files = dict.fromkeys(read_bundle(whole), b"")

    assert not check_bundle({}).ok
    assert not check_bundle(files).ok
    assert check_bundle({}).problems != []


@pytest.mark.parametrize("count", [100, pytest.param(1000, marks=pytest.mark.slow)])
def test_every_random_change_is_found_by_both_programs(whole: Path, count: int) -> None:
    seed = int(os.environ.get("RECRUIT_SEED", "0")) or random.randrange(2**32)
    rng, files = random.Random(seed), read_bundle(whole)
    assert check_bundle(files).ok
    assert accepts(files)

    for _ in range(count):
        name, data = mutated(files, rng)
        changed = {**files, name: data}
        assert not check_bundle(changed).ok, f"RECRUIT_SEED={seed}: {name} {data!r}"
        assert not accepts(changed), f"RECRUIT_SEED={seed}: {name} {data!r}"


def test_every_random_change_of_a_bundle_of_one_dossier_is_found(open_kept: Path, tmp_path: Path) -> None:
    exported(open_kept, tmp_path / "one.zip", reader="auditor", dossiers=tuple(dossiers_of(open_kept)[1:]))
    seed = int(os.environ.get("RECRUIT_SEED", "0")) or random.randrange(2**32)
    rng, files = random.Random(seed), read_bundle(tmp_path / "one.zip")
    assert check_bundle(files).ok

    for _ in range(100):
        name, data = mutated(files, rng)
        assert not check_bundle({**files, name: data}).ok, f"RECRUIT_SEED={seed}: {name} {data!r}"


def test_a_changed_last_act_that_no_link_follows_is_named_by_its_leaf(whole: Path) -> None:
    files = read_bundle(whole)
    *acts, last = files["acts.jsonl"].splitlines(keepends=True)
    read = json.loads(last)
    forged = b"".join([*acts, last.replace(read["actor"].encode(), json.loads(acts[0])["actor"].encode())])

    report = check_bundle({**files, "acts.jsonl": forged})

    assert report.first_bad == f"{read['dossier']}/{read['seq']}"
    assert "not a leaf" in report.problems[0]


FORGERIES: dict[str, Callable[[dict[str, bytes]], dict[str, bytes]]] = {
    "a file is missing": lambda files: {name: data for name, data in files.items() if name != "leaves.txt"},
    "a file too many": lambda files: {**files, "proofs.jsonl": b""},
    "a content of nobody": lambda files: {
        **files,
        "contents.jsonl": b'{"act":"x","content":"{}","salt":"%s"}\n' % (b"0" * 64),
    },
    "another key": lambda files: {**files, "key.txt": b"a+b+c\n"},
    "deep nesting": lambda files: {**files, "acts.jsonl": b"[" * 100_000 + b"\n"},
    "a number that is none": lambda files: {
        **files,
        "acts.jsonl": files["acts.jsonl"].replace(b'"seq":1', b'"seq":true', 1),
    },
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_bundle_that_is_put_together_wrongly_is_a_finding_and_no_crash(whole: Path, forgery: str) -> None:
    report = check_bundle(FORGERIES[forgery](read_bundle(whole)))

    assert not report.ok
    assert report.problems != []


def test_a_salt_in_capitals_is_another_file_to_both_programs(whole: Path) -> None:
    files = read_bundle(whole)
    salt = json.loads(files["contents.jsonl"].splitlines()[0])["salt"].encode()
    assert salt.upper() != salt
    changed = {**files, "contents.jsonl": files["contents.jsonl"].replace(salt, salt.upper())}

    assert not check_bundle(changed).ok
    assert not accepts(changed)


def test_a_signature_is_checked_as_the_standard_says() -> None:
    """RFC 8032, 7.1, test 2; and none of its bits may change, nor may it be grown by the group's order."""
    public = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
    signature = bytes.fromhex(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )
    order = 2**252 + 27742317777372353535851937790883648493
    grown = int.from_bytes(signature[32:], "little") + order

    assert is_signed(public, b"\x72", signature)
    assert not is_signed(public, b"\x73", signature)
    assert not is_signed(public, b"\x72", signature[:32] + grown.to_bytes(32, "little"))
    assert not is_signed(public, b"\x72", signature[:-1])
    for place in range(0, 512, 37):
        flipped = bytearray(signature)
        flipped[place // 8] ^= 1 << place % 8
        assert not is_signed(public, b"\x72", bytes(flipped))

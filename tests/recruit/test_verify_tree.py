"""What a person with write access can do to the tree, and what finds it."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from recruit.commands.checkpoints import keep_checkpoint
from recruit.guards.sqlite import guards
from recruit.log.canonical import canonical_bytes
from recruit.log.merkle import leaf_hash, root, root_of_complete, subtrees_of
from recruit.log.notes import Checkpoint, Signer
from recruit.log.signing import STATE, read_log_key
from recruit.log.verify import Verified, verify
from recruit.queries.checkpoints import present_checkpoint
from recruit.record import Record
from tests.homes import Home
from tests.recruit.builders import at, make_township, reopened
from tests.recruit.test_tree import more_events

DAYS = ("2014-07-20", "2014-08-20", "2014-09-20")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kept") / "data"
    make_kept(Home(folder))
    return folder


def make_kept(home: Home) -> None:
    """Two dossiers, three hundred events, three checkpoints; the second one was kept outside."""
    make_township(home)
    with home.open() as record:
        township = reopened(record)
        dossiers = [township.open(on="2014-07-01"), township.open(on="2014-07-02")]
        more_events(township, 300)
        for day in DAYS:
            for dossier in dossiers:
                township.act(dossier, "talk_held", day)
            keep_checkpoint(record, now=at(day))
            if day == DAYS[1]:
                (home.folder / "outside.txt").write_text(present_checkpoint(record).note)


@pytest.fixture
def copy(kept: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(kept, tmp_path / "copy"))


def outside_of(folder: Path) -> str:
    return (folder / "outside.txt").read_text()


def verified(folder: Path, *, with_outside: bool = False) -> Verified:
    with Record.open(folder, write=False) as record:
        return verify(record, outside=outside_of(folder) if with_outside else None)


def forge(folder: Path, change: Callable[[sqlite3.Connection], object]) -> None:
    """As somebody with the file in hand would: the guards are dropped and put back."""
    foreign = sqlite3.connect(folder / "recruit.db", isolation_level=None)
    for name in guards():
        foreign.execute(f"DROP TRIGGER {name}")
    change(foreign)
    for made in guards().values():
        foreign.execute(made)
    foreign.close()


def test_a_sound_tree_verifies_with_all_its_leaves_and_checkpoints(copy: Path) -> None:
    found = verified(copy, with_outside=True)

    assert found.problems == ()
    assert found.leaves == found.acts + found.events == found.links
    assert found.leaves > 300
    assert found.checkpoints == len(DAYS) + 2  # with the signer's own and the one kept outside


@pytest.mark.parametrize(
    ("statement", "where", "what"),
    [
        ("UPDATE act SET canonical = replace(canonical, '2014-08', '2014-07') WHERE seq = 3", "/3", "hash"),
        ("UPDATE act SET \"on\" = 'no day' WHERE seq = 3", "/3", "column on"),
        ("UPDATE act SET recorded_at = 'never' WHERE seq = 3", "/3", "column recorded_at"),
        ("UPDATE act SET seq = 'x' WHERE seq = 3", "/x", "missing"),
        ("UPDATE act SET canonical = '{}', hash = 'x' WHERE seq = 3", "/3", "hash"),
        ("UPDATE leaf SET hash = 'x' WHERE \"index\" = 3", "/", "other bytes"),
        ("UPDATE checkpoint SET note = x'ff'", "checkpoint 1/", "no checkpoint"),
        ('DELETE FROM leaf WHERE "index" = 40', "leaf 0", "missing"),
        ('DELETE FROM leaf WHERE "index" = (SELECT max("index") FROM leaf)', "/4", "no leaf"),
        ('UPDATE leaf SET hash = zeroblob(32) WHERE "index" = 3', "/", "other bytes"),
        ("INSERT INTO leaf SELECT max(\"index\") + 1, 'x', 0, zeroblob(32) FROM leaf", "leaf", "no act"),
        ("DELETE FROM node", "node 8", "kept nodes"),
        ("UPDATE node SET hash = zeroblob(32)", "node 8", "kept nodes"),
        ("INSERT INTO node VALUES (24, 0, zeroblob(32))", "node 16", "not there"),
        ("UPDATE checkpoint SET note = replace(note, 'recruit', 'other')", "checkpoint 1/", "key"),
        ("UPDATE checkpoint SET note = ''", "checkpoint 1/", "no checkpoint"),
        ("UPDATE checkpoint SET size = size - 1", "checkpoint 1/", "another size"),
        ("UPDATE checkpoint SET epoch = 2", "epoch 2", "declared"),
    ],
)
def test_a_change_of_a_stored_row_is_found_where_it_is(
    copy: Path, statement: str, where: str, what: str
) -> None:
    forge(copy, lambda foreign: foreign.execute(statement))

    found = verified(copy)

    assert not found.ok
    assert any(where in one.partition(":")[0] and what in one for one in found.problems), found.problems


def test_a_row_edited_by_hand_names_the_first_bad_act(copy: Path) -> None:
    foreign = sqlite3.connect(copy / "recruit.db")
    dossier, seq = foreign.execute("SELECT dossier, seq FROM act WHERE seq = 2 ORDER BY dossier").fetchone()
    foreign.close()
    statement = "UPDATE act SET canonical = replace(canonical, 'talk', 'walk') WHERE dossier = ? AND seq = ?"

    forge(copy, lambda foreign: foreign.execute(statement, (dossier, seq)))

    assert verified(copy).first_bad == f"{dossier}/{seq}"


def rehashed(foreign: sqlite3.Connection) -> None:
    """Move a talk to another day and make everything agree with it again: chains, dossiers, leaves, nodes."""
    for (dossier,) in foreign.execute("SELECT id FROM dossier").fetchall():
        before = "0" * 64
        for id_, stored in foreign.execute(
            "SELECT id, canonical FROM act WHERE dossier = ? ORDER BY seq", (dossier,)
        ).fetchall():
            read = json.loads(stored)
            on = "2014-07-19" if read["seq"] == 2 else read["on"]
            canonical = canonical_bytes({**read, "on": on, "prev": before})
            before = sha256(canonical).hexdigest()
            values = (canonical, bytes.fromhex(before), on, id_)
            foreign.execute('UPDATE act SET canonical = ?, hash = ?, "on" = ? WHERE id = ?', values)
            leaf = (leaf_hash(canonical), id_)
            foreign.execute("UPDATE leaf SET hash = ? WHERE id = ?", leaf)
        last = (bytes.fromhex(before), dossier)
        foreign.execute("UPDATE dossier SET last_hash = ? WHERE id = ?", last)
    leaves = [row[0] for row in foreign.execute('SELECT hash FROM leaf ORDER BY "index"')]
    foreign.execute("UPDATE node SET hash = ?", (root_of_complete(leaves[:256]),))


def signed_again(folder: Path, foreign: sqlite3.Connection) -> None:
    """Every checkpoint anew, with the stolen key, and the signer's state with it."""
    signer: Signer = read_log_key(folder / "keys")
    tree = subtrees_of([row[0] for row in foreign.execute('SELECT hash FROM leaf ORDER BY "index"')])
    note = ""
    for (size,) in foreign.execute("SELECT size FROM checkpoint ORDER BY size").fetchall():
        note = signer.sign(Checkpoint(origin=signer.name, size=size, root=root(tree, size)).text)
        foreign.execute("UPDATE checkpoint SET note = ? WHERE size = ?", (note, size))
    state = json.dumps({"epoch": 1, "note": note}, ensure_ascii=False)
    (folder / "keys" / STATE).write_text(state, "utf-8")


def test_a_log_that_was_hashed_anew_is_found_by_its_own_checkpoints(copy: Path) -> None:
    forge(copy, rehashed)

    found = verified(copy)

    assert not found.ok
    assert {one.partition(":")[0].partition(" ")[0] for one in found.problems} == {"checkpoint", "log.state"}


def test_a_log_hashed_and_signed_anew_with_the_stolen_key_is_found_by_a_checkpoint_kept_outside(
    copy: Path,
) -> None:
    forge(copy, rehashed)
    forge(copy, lambda foreign: signed_again(copy, foreign))

    alone, compared = verified(copy), verified(copy, with_outside=True)

    assert alone.ok
    assert not compared.ok
    assert compared.first_bad == "the checkpoint kept outside"


@pytest.mark.parametrize("statement", ["DELETE FROM checkpoint", ""])
def test_a_log_cut_below_what_was_signed_is_found_by_the_signers_memory(copy: Path, statement: str) -> None:
    def cut(foreign: sqlite3.Connection) -> None:
        foreign.execute("CREATE TEMP TABLE gone AS SELECT id FROM act WHERE seq = 4")
        foreign.execute("DELETE FROM act WHERE seq = 4")
        foreign.execute("DELETE FROM leaf WHERE id IN gone")
        foreign.execute("UPDATE dossier SET version = 3, last_hash = (SELECT hash FROM act WHERE seq = 3"
                        " AND act.dossier = dossier.id)")  # fmt: skip
        foreign.execute(statement or "SELECT 1")

    forge(copy, cut)

    found = verified(copy)
    assert any(one.startswith("log.state: the log has") for one in found.problems)


def test_checkpoints_without_a_memory_of_what_was_signed_are_not_ok(copy: Path) -> None:
    (copy / "keys" / STATE).unlink()

    assert verified(copy).first_bad == STATE


@pytest.mark.parametrize("note", ["", "x\n1\nAAAA\n\n— x AAAA\n", "other/epoch2\n1\n\n"])
def test_what_is_no_checkpoint_of_this_log_is_not_ok(copy: Path, note: str) -> None:
    with Record.open(copy, write=False) as record:
        found = verify(record, outside=note)

    assert found.first_bad == "the checkpoint kept outside"

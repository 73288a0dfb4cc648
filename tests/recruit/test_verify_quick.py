"""The first look of a verification: it passes what is sound, and never what the second look would not."""

import re
import shutil
import sqlite3
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from recruit.commands.checkpoints import keep_checkpoint
from recruit.log import verify_chains, verify_quick
from recruit.log.canonical import FIELDS
from recruit.log.merkle import leaf_hash
from recruit.log.tree import tree_root, tree_size
from recruit.log.verify import verify
from recruit.log.verify_leaves import BATCH, Leaves
from recruit.log.verify_quick import Looked, look
from recruit.record import Record
from recruit.tables import Act, Event
from tests.homes import Home
from tests.recruit.builders import Township, at, make_township, reopened
from tests.recruit.test_tree import more_events
from tests.recruit.test_verify_tree import forge


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three dossiers of three acts, more events than one batch holds."""
    folder = tmp_path_factory.mktemp("kept") / "data"
    make_township(Home(folder))
    with Record.open(folder) as record:
        township = reopened(record)
        dossiers = [township.open(on=f"2014-07-0{number}") for number in (1, 2, 3)]
        for day in ("2014-07-20", "2014-08-20"):
            for dossier in dossiers:
                township.act(dossier, "talk_held", day)
        more_events(township, 300)
    return folder


@pytest.fixture
def copy(kept: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(kept, tmp_path / "copy"))


def looked(folder: Path) -> tuple[Looked, Looked]:
    with Record.open(folder, write=False) as record, record.reading() as connection:
        leaves = Leaves(connection, ())
        found = look(connection, Act, leaves), look(connection, Event, leaves)
        leaves.finish()
        return found


def doubt_all(connection: Any, table: Any, leaves: Any) -> Looked:
    found = look(connection, table, leaves)
    return Looked({}, set(found.ends), found.rows)


def changed(old: bytes, new: bytes) -> Callable[[sqlite3.Connection], None]:
    """The last act of a dossier with other bytes, and its hash, leaf and dossier made to agree with them."""

    def change(foreign: sqlite3.Connection) -> None:
        id_, dossier, stored = foreign.execute(
            "SELECT id, dossier, canonical FROM act WHERE seq = 3 ORDER BY dossier LIMIT 1"
        ).fetchone()
        assert old in stored
        canonical = stored.replace(old, new, 1)
        hashed = sha256(canonical).digest()
        foreign.execute("UPDATE act SET canonical = ?, hash = ? WHERE id = ?", (canonical, hashed, id_))
        foreign.execute("UPDATE leaf SET hash = ? WHERE id = ?", (leaf_hash(canonical), id_))
        foreign.execute("UPDATE dossier SET last_hash = ? WHERE id = ?", (hashed, dossier))

    return change


def test_a_sound_record_needs_no_second_look(kept: Path) -> None:
    acts, events = looked(kept)

    assert acts.doubtful == events.doubtful == set()
    assert acts.rows == 9
    assert events.rows > 300
    assert [seq for seq, _ in acts.ends.values()] == [3, 3, 3]


def test_no_act_needs_a_second_look_on_either_database(township: Township) -> None:
    dossier = township.open()
    township.act(dossier, "talk_held", "2014-07-20")
    keep_checkpoint(township.record, now=at("2014-08-01"))

    with township.record.reading() as connection:
        leaves = Leaves(connection, ())
        acts, events = look(connection, Act, leaves), look(connection, Event, leaves)
        leaves.finish()

    assert acts.doubtful == events.doubtful == set()
    assert (acts.rows, events.rows > 0) == (2, True)
    assert verify(township.record).ok


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"v":1}', b'"v":1} '),
        (b'"v":1}', b'"v":01}'),
        (b'"v":1}', b'"v":1,"w":1}'),
        (b'"v":1}', b'"w":1}'),
        (b'"seq":3', b'"seq":03'),
        (b'"seq":3', b'"seq":3.0'),
        (b'"role":"', b'"role":"\x01'),
        (b'"role":"', b'"role":"\n'),
        (b'"role":"', b'"role":"\xff'),
        (b'"role":"', b'"role":"\\'),
        (b'"role":"', b'"role":""'),
        (b'"details":{', b'"details":{"a":nothing'),
        (b'"details":{', b'"details":{"meeting":"other"},"details":{'),
        (b'"details":{}', b'"details":{"meeting":"other"}'),
        (b'"details":{}', b'"details":[]'),
        (b'"details":{}', b'"details":{"a":' + b"[" * 600 + b"]" * 600 + b"}"),
        (b'"do":"talk_held"', b'"do":"withdrawn"'),
        (b'"prev":"', b'"prev":"0'),
        (b'{"actor"', b'\n{"actor"'),
    ],
)
def test_bytes_that_are_not_those_of_this_act_in_its_one_form_are_doubted(
    copy: Path, old: bytes, new: bytes
) -> None:
    forge(copy, changed(old, new))

    acts, events = looked(copy)

    assert len(acts.doubtful) == 1
    assert events.doubtful == set()


def test_two_acts_in_the_bytes_of_one_do_not_stand_in_for_the_next(copy: Path) -> None:
    def change(foreign: sqlite3.Connection) -> None:
        rows = foreign.execute(
            "SELECT id, dossier, canonical FROM act WHERE seq = 1 ORDER BY rowid LIMIT 2"
        ).fetchall()
        both = rows[0][2] + b"\n" + rows[1][2]
        for (id_, _, _), canonical in zip(rows, (both, b""), strict=True):
            hashed = sha256(canonical).digest()
            foreign.execute("UPDATE act SET canonical = ?, hash = ? WHERE id = ?", (canonical, hashed, id_))
            foreign.execute("UPDATE leaf SET hash = ? WHERE id = ?", (leaf_hash(canonical), id_))

    forge(copy, change)

    assert len(looked(copy)[0].doubtful) == 2


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT 1",
        "UPDATE act SET canonical = replace(canonical, '2014-08', '2014-07') WHERE seq = 3",
        "UPDATE act SET hash = zeroblob(32) WHERE seq = 2",
        "UPDATE act SET hash = 'x', canonical = 'y' WHERE seq = 2",
        "UPDATE act SET canonical = '' WHERE seq = 1",
        "UPDATE act SET seq = 'x' WHERE seq = 3",
        "UPDATE act SET seq = 5 WHERE seq = 3",
        "UPDATE act SET \"on\" = '2014-01-01' WHERE seq = 2",
        "UPDATE act SET do = x'00' WHERE seq = 2",
        "UPDATE act SET recorded_at = 1.5 WHERE seq = 2",
        "UPDATE act SET meeting = 'm' WHERE seq = 2",
        "DELETE FROM act WHERE seq = 1",
        'DELETE FROM leaf WHERE "index" % 7 = 0',
        "UPDATE leaf SET hash = 'x' WHERE \"index\" % 7 = 0",
        "UPDATE leaf SET id = 'x' || \"index\"",
        "UPDATE event SET seq = seq + 1000 WHERE seq > 200",
        "UPDATE event SET do = 'other' WHERE seq = 200",
    ],
)
def test_both_looks_together_find_what_the_second_finds_alone(
    copy: Path, monkeypatch: pytest.MonkeyPatch, statement: str
) -> None:
    forge(copy, lambda foreign: foreign.execute(statement))

    with Record.open(copy, write=False) as record:
        together = verify(record)
        monkeypatch.setattr(verify_chains, "look", doubt_all)
        alone = verify(record)

    assert together == alone
    assert together.ok == (statement == "SELECT 1")


def test_acts_that_do_not_lie_in_the_order_of_their_numbers_are_right_all_the_same(copy: Path) -> None:
    forge(copy, lambda foreign: foreign.execute("UPDATE act SET rowid = 1000 - rowid"))

    with Record.open(copy, write=False) as record:
        found = verify(record)

    assert found.problems == ()
    assert found.links == found.acts + found.events
    assert looked(copy)[0].doubtful != set()


def test_the_roots_over_the_leaves_are_those_of_the_stored_tree_at_every_size(kept: Path) -> None:
    with Record.open(kept, write=False) as record, record.reading() as connection:
        size = tree_size(connection)
        leaves = Leaves(connection, range(size + 2))
        leaves.finish()

        assert size > BATCH
        assert leaves.roots() == {count: tree_root(connection, count) for count in range(size + 1)}


def test_a_second_leaf_of_an_act_is_found(copy: Path) -> None:
    def double(foreign: sqlite3.Connection) -> None:
        foreign.execute("CREATE TABLE other AS SELECT * FROM leaf")
        foreign.execute(
            'INSERT INTO other SELECT max("index") + 1, id, is_event, hash FROM leaf WHERE "index" = 5'
        )
        foreign.execute("DROP TABLE leaf")
        foreign.execute("ALTER TABLE other RENAME TO leaf")

    forge(copy, double)

    with Record.open(copy, write=False) as record:
        assert any("another leaf" in one for one in verify(record).problems)


def test_the_pattern_names_every_field_once_in_its_order() -> None:
    names = re.findall(r'"([a-z_]+)":', verify_quick._PATTERNS["dossier"].pattern)

    assert names == sorted(FIELDS)

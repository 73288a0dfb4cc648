"""What whoever owns the server can do to the log, with its own shell, and what finds it."""

import json
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import psycopg
import pytest

from recruit.guards import drop_guards
from recruit.log.canonical import canonical_bytes
from recruit.log.merkle import leaf_hash, root, root_of_complete, subtrees_of
from recruit.log.notes import Checkpoint
from recruit.log.signing import STATE, read_log_key
from recruit.log.verify import Verified, verify
from tests.homes import Home
from tests.postgres import Server
from tests.recruit.test_faults import writer_of
from tests.recruit.test_verify_tree import DAYS, make_kept

MOVED = (
    "UPDATE act SET canonical = replace(convert_from(canonical, 'UTF8'), '2014-08', '2014-07')::bytea "
    "WHERE seq = 3"
)
Foreign = psycopg.Connection[tuple[object, ...]]


@pytest.fixture(scope="module")
def kept(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("kept") / "data", url=postgres.url(postgres.make()))
    make_kept(home)
    return home


@pytest.fixture
def copy(kept: Home, postgres: Server, tmp_path: Path) -> Home:
    name = postgres.make(like=kept.name)
    return Home(shutil.copytree(kept.folder, tmp_path / "copy"), url=postgres.url(name))


def verified(home: Home, *, with_outside: bool = False) -> Verified:
    with home.open(write=False) as record:
        return verify(record, outside=(home.folder / "outside.txt").read_text() if with_outside else None)


def forge(home: Home, change: Callable[[Foreign], object]) -> None:
    """The guards are dropped and put back, so that nothing shows there."""
    assert home.url is not None
    with home.open() as record, writer_of(record).begin() as connection:
        drop_guards(connection)
    with psycopg.connect(home.url) as foreign:
        change(foreign)
    with home.create() as record, record.reading():
        pass


def test_a_sound_log_verifies_with_all_its_leaves_and_checkpoints(copy: Home) -> None:
    found = verified(copy, with_outside=True)

    assert found.problems == ()
    assert found.leaves == found.acts + found.events == found.links
    assert found.checkpoints == len(DAYS) + 2  # with the signer's own and the one kept outside


@pytest.mark.parametrize(
    ("statement", "where", "what"),
    [
        (MOVED, "/3", "hash"),
        ("UPDATE act SET \"on\" = '2014-01-01' WHERE seq = 3", "/3", "column on"),
        ("UPDATE act SET recorded_at = 1 WHERE seq = 3", "/3", "column recorded_at"),
        ('DELETE FROM leaf WHERE "index" = 40', "leaf 0", "missing"),
        ("UPDATE leaf SET hash = 'x' WHERE \"index\" = 3", "/", "other bytes"),
        ("DELETE FROM node", "node 8", "kept nodes"),
        ("UPDATE checkpoint SET note = ''", "checkpoint 1/", "no checkpoint"),
        ("UPDATE checkpoint SET size = size - 1", "checkpoint 1/", "another size"),
    ],
)  # fmt: skip
def test_a_change_of_a_stored_row_is_found_where_it_is(
    copy: Home, statement: str, where: str, what: str
) -> None:
    forge(copy, lambda foreign: foreign.execute(statement.encode()))

    found = verified(copy)

    assert not found.ok
    assert any(where in one.partition(":")[0] and what in one for one in found.problems), found.problems


def test_a_row_edited_by_hand_names_the_first_bad_act(copy: Home) -> None:
    named: list[str] = []

    def edit(foreign: Foreign) -> None:
        row = foreign.execute("SELECT dossier, seq FROM act WHERE seq = 2 ORDER BY dossier").fetchone()
        assert row is not None
        foreign.execute("UPDATE act SET canonical = canonical || ' ' WHERE dossier = %s AND seq = %s", row)
        named.append(f"{row[0]}/{row[1]}")

    forge(copy, edit)

    assert verified(copy).first_bad == named[0]


def test_a_log_that_was_hashed_anew_is_found_by_its_own_checkpoints(copy: Home) -> None:
    forge(copy, rehash)

    found = verified(copy)

    assert {one.partition(":")[0].partition(" ")[0] for one in found.problems} == {"checkpoint", "log.state"}


def test_a_log_hashed_and_signed_anew_with_the_stolen_key_is_found_by_a_checkpoint_kept_outside(
    copy: Home,
) -> None:
    forge(copy, rehash)
    forge(copy, lambda foreign: sign_again(copy.folder, foreign))

    alone, compared = verified(copy), verified(copy, with_outside=True)

    assert alone.ok
    assert compared.first_bad == "the checkpoint kept outside"


def rehash(foreign: Foreign) -> None:
    """Move a talk to another day and make everything agree with it again: chains, dossiers, leaves, nodes."""
    for (dossier,) in foreign.execute("SELECT id FROM dossier").fetchall():
        before = "0" * 64
        acts = foreign.execute("SELECT id, canonical FROM act WHERE dossier = %s ORDER BY seq", (dossier,))
        for id_, stored in acts.fetchall():
            assert isinstance(stored, bytes)
            read = json.loads(stored)
            on = "2014-07-19" if read["seq"] == 2 else read["on"]
            canonical = canonical_bytes({**read, "on": on, "prev": before})
            before = sha256(canonical).hexdigest()
            foreign.execute(
                'UPDATE act SET canonical = %s, hash = %s, "on" = %s WHERE id = %s',
                (canonical, bytes.fromhex(before), on, id_),
            )
            foreign.execute("UPDATE leaf SET hash = %s WHERE id = %s", (leaf_hash(canonical), id_))
        foreign.execute("UPDATE dossier SET last_hash = %s WHERE id = %s", (bytes.fromhex(before), dossier))
    foreign.execute("UPDATE node SET hash = %s", (root_of_complete(leaves(foreign)[:256]),))


def sign_again(folder: Path, foreign: Foreign) -> None:
    """Every checkpoint anew, with the stolen key, and the signer's state with it."""
    signer = read_log_key(folder / "keys")
    tree = subtrees_of(leaves(foreign))
    note = ""
    for (size,) in foreign.execute("SELECT size FROM checkpoint ORDER BY size").fetchall():
        assert isinstance(size, int)
        note = signer.sign(Checkpoint(origin=signer.name, size=size, root=root(tree, size)).text)
        foreign.execute("UPDATE checkpoint SET note = %s WHERE size = %s", (note, size))
    state = json.dumps({"epoch": 1, "note": note}, ensure_ascii=False)
    (folder / "keys" / STATE).write_text(state, "utf-8")


def leaves(foreign: Foreign) -> list[bytes]:
    rows = foreign.execute('SELECT hash FROM leaf ORDER BY "index"').fetchall()
    return [row[0] for row in rows if isinstance(row[0], bytes)]

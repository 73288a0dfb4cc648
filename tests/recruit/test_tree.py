"""The stored tree: every act and event is a leaf, in order and without a gap, and its roots recompute."""

from pathlib import Path

import pytest
from pymerkle import InmemoryTree
from sqlalchemy import Connection

from recruit.engine import writer_engine
from recruit.log.events import NewEvent, append_event
from recruit.log.merkle import Growing, inclusion_path, is_included, leaf_hash
from recruit.log.tree import append, is_sequenced, sequence, subtrees, tree_root, tree_size
from recruit.migrate import downgrade, upgrade
from recruit.record import Record
from tests.recruit.builders import Township


def stored(connection: Connection) -> list[tuple[str, bytes]]:
    """Id and bytes of every leaf, in the order of the tree."""
    rows = connection.exec_driver_sql(
        "SELECT leaf.id, coalesce(act.canonical, event.canonical) FROM leaf LEFT JOIN act ON act.id = leaf.id"
        ' LEFT JOIN event ON event.id = leaf.id ORDER BY leaf."index"'
    )
    return [(row[0], bytes(row[1])) for row in rows]


def other_root(entries: list[bytes]) -> bytes:
    tree = InmemoryTree(algorithm="sha256")
    for entry in entries:
        tree.append_entry(entry)
    return bytes(tree.get_root())


def append_and_fail(township: Township) -> None:
    with township.record.writing() as connection:
        append(connection, [("lost", True, b"x" * 32)])
        raise LookupError


def more_events(township: Township, count: int) -> None:
    context = township.context("organizer")
    with township.record.writing() as connection:
        for number in range(count):
            new = NewEvent(org=township.places["county"], do="tested", details={"number": number})
            append_event(connection, context, new)
    number_all(township)


def number_all(township: Township) -> None:
    """Where many write, the sequencer gives the places after the commit."""
    with township.record.writing() as connection:
        while sequence(connection):
            pass


def test_an_act_an_event_and_a_refusal_are_leaves_in_the_order_of_recording(township: Township) -> None:
    dossier = township.open()
    township.act(dossier, "talk_held", "2014-07-20")
    assert township.refused(dossier, "activist_decided", "2014-08-01")

    number_all(township)
    with township.record.reading() as connection:
        kinds = connection.exec_driver_sql(
            'SELECT is_event FROM leaf ORDER BY "index" DESC LIMIT 3'
        ).scalars()
        counted = connection.exec_driver_sql(
            "SELECT (SELECT count(*) FROM act) + (SELECT count(*) FROM event)"
        ).scalar_one()

        assert list(kinds) == [1, 0, 0]
        assert tree_size(connection) == counted


@pytest.mark.parametrize("count", [0, 255, 256, 257, 600])
def test_every_root_is_the_one_of_another_implementation_over_the_same_bytes(
    township: Township, count: int
) -> None:
    more_events(township, count)

    with township.record.reading() as connection:
        entries = [canonical for _, canonical in stored(connection)]
        for size in {1, 2, len(entries) // 2, len(entries) - 1, len(entries)}:
            assert tree_root(connection, size) == other_root(entries[:size])


def test_every_leaf_of_a_large_tree_is_proved_from_the_kept_nodes(township: Township) -> None:
    more_events(township, 600)

    with township.record.reading() as connection:
        entries = [canonical for _, canonical in stored(connection)]
        size, kept = len(entries), subtrees(connection)
        head = tree_root(connection, size)
        for index in range(0, size, 7):
            path = inclusion_path(kept, index, size)
            assert is_included(leaf_hash(entries[index]), index, size, path, head)


@pytest.mark.embedded
def test_a_node_is_kept_over_every_sixty_five_thousand_leaves(township: Township) -> None:
    number_all(township)
    growing = Growing()
    with township.record.writing() as connection:
        for hashed in connection.exec_driver_sql('SELECT hash FROM leaf ORDER BY "index"').scalars():
            growing.add(hashed)
        more = [leaf_hash(str(number).encode()) for number in range(2**16)]
        append(connection, ((f"{number:026d}", True, hashed) for number, hashed in enumerate(more)))
        for hashed in more:
            growing.add(hashed)

        levels = connection.exec_driver_sql(
            "SELECT level, count(*) FROM node GROUP BY level ORDER BY level"
        ).fetchall()

        assert [tuple(row) for row in levels] == [(8, 256), (16, 1)]
        assert tree_root(connection, growing.size) == growing.root()


def test_a_subtree_with_a_missing_leaf_is_not_computed(township: Township) -> None:
    with township.record.reading() as connection, pytest.raises(LookupError, match="gap"):
        subtrees(connection)(8, 0)


def test_what_was_rolled_back_is_no_leaf(township: Township) -> None:
    with township.record.reading() as connection:
        before = tree_size(connection)

    with pytest.raises(LookupError):
        append_and_fail(township)

    with township.record.reading() as connection:
        assert tree_size(connection) == before


@pytest.mark.embedded
def test_committed_rows_that_wait_get_their_places_in_the_order_of_their_ids(township: Township) -> None:
    """As where many processes write: their leaves are taken away here and given by the sequencer."""
    for number in range(3):
        township.open(on=f"2014-07-0{number + 1}")
    folder = township.record.folder
    township.record.close()
    engine = writer_engine(folder / "recruit.db")
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER leaf_no_delete")
        connection.exec_driver_sql("INSERT INTO unsequenced SELECT id, is_event FROM leaf")
        connection.exec_driver_sql("DELETE FROM leaf")
        assert not is_sequenced(connection)

        given = sequence(connection)

        ids = [id_ for id_, _ in stored(connection)]
        assert ids == sorted(ids)
        assert len(ids) == given == tree_size(connection)
        assert is_sequenced(connection)
        assert sequence(connection) == 0
        entries = [canonical for _, canonical in stored(connection)]
        assert tree_root(connection, given) == other_root(entries)
    engine.dispose()


def test_an_older_record_gets_its_tree_when_it_is_brought_up_to_date(
    township: Township, folder: Path
) -> None:
    township.open()
    more_events(township, 300)
    township.record.close()
    engine = writer_engine(folder / "recruit.db")
    roots, entries = [], list[bytes]()
    for _ in range(2):
        with engine.begin() as connection:
            downgrade(connection, "0001")
            upgrade(connection)
            entries = [canonical for _, canonical in stored(connection)]
            roots.append(tree_root(connection, tree_size(connection)))
    engine.dispose()

    assert roots == [other_root(entries)] * 2
    with Record.open(folder) as record, record.reading() as connection:
        assert tree_size(connection) == len(entries)

"""The stored tree over all acts and events: leaves appended in order, nodes kept at every eighth level."""

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from recruit.log.merkle import Subtrees, leaf_hash, root, root_of_complete
from recruit.prepared import Prepared
from recruit.tables import Act, Event, Leaf, Node, Unsequenced

STEP = 8  # a kept node stands over 256 leaves or over 256 kept nodes
AT_ONCE = 1000
_SEQUENCER = 7_236_962  # names the advisory lock of the one that gives numbers

_LAST = Prepared(select(func.max(Leaf.index)))
_LEAF = Prepared(insert(Leaf))
_NODE = Prepared(insert(Node))
_UNSEQUENCED = Prepared(insert(Unsequenced))
_LEAVES = Prepared(
    select(Leaf.hash)
    .where(Leaf.index >= bindparam("begin"), Leaf.index < bindparam("end"))
    .order_by(Leaf.index)
)
_NODES = Prepared(
    select(Node.hash)
    .where(
        Node.level == bindparam("level"), Node.number >= bindparam("begin"), Node.number < bindparam("end")
    )
    .order_by(Node.number)
)


def add_leaf(connection: Connection, *, id: str, canonical: bytes, is_event: bool) -> None:  # noqa: A002 - the word of the whole project
    """The leaf of an act or event within the transaction that writes it.

    Where many processes write, commits do not come in the order of numbers: there it only waits for
    `sequence`.
    """
    if connection.dialect.name == "sqlite":
        append(connection, [(id, is_event, leaf_hash(canonical))])
    else:
        _UNSEQUENCED.run(connection, {"id": id, "is_event": is_event})


def sequence(connection: Connection) -> int:
    """Give committed acts and events their places, in the order of their ids; how many.

    One process at a time: the others find the lock held and leave the work to it.
    """
    if not lock_sequencer(connection):
        return 0
    waiting = connection.execute(select(Unsequenced).order_by(Unsequenced.id).limit(AT_ONCE)).all()
    if not waiting:
        return 0
    ids = [row.id for row in waiting]
    hashed = {
        id_: leaf_hash(canonical)
        for table in (Act, Event)
        for id_, canonical in connection.execute(select(table.id, table.canonical).where(table.id.in_(ids)))
    }
    append(connection, [(row.id, row.is_event, hashed[row.id]) for row in waiting])
    connection.execute(delete(Unsequenced).where(Unsequenced.id.in_(ids)))
    return len(waiting)


def lock_sequencer(connection: Connection) -> bool:
    """Whether this transaction is the one that may give numbers and sign; on SQLite every writer is."""
    if connection.dialect.name == "sqlite":
        return True
    held = select(func.pg_try_advisory_xact_lock(_SEQUENCER))
    return bool(connection.execute(held).scalar_one())


def append(connection: Connection, leaves: Iterable[tuple[str, bool, bytes]]) -> None:
    """(id, is an event, leaf hash), each after the last leaf."""
    size = tree_size(connection)
    for id_, is_event, hashed in leaves:
        _LEAF.run(connection, {"index": size, "id": id_, "is_event": is_event, "hash": hashed})
        size += 1
        _keep_nodes(connection, size)


def tree_size(connection: Connection) -> int:
    """How many leaves there are; 0 is the first index."""
    row = _LAST.run(connection, {}).fetchone()
    return 0 if row is None or row[0] is None else int(row[0]) + 1


def tree_root(connection: Connection, size: int) -> bytes:
    """The head over the first `size` leaves, from the kept nodes."""
    return root(subtrees(connection), size)


def subtrees(connection: Connection) -> Subtrees:
    """Any complete subtree, from at most 128 rows each."""

    def subtree(level: int, number: int) -> bytes:
        above = level % STEP
        hashes = _kept(connection, level - above, number << above, (number + 1) << above)
        if len(hashes) != 1 << above:
            raise LookupError(f"the tree has a gap below node {level}/{number}")
        return root_of_complete(hashes)

    return subtree


def is_sequenced(connection: Connection) -> bool:
    """Whether every committed act and event has its leaf."""
    return connection.execute(select(Unsequenced.id).limit(1)).first() is None


def _keep_nodes(connection: Connection, size: int) -> None:
    level = STEP
    while not size & ((1 << level) - 1):
        number = (size >> level) - 1
        below = _kept(connection, level - STEP, number << STEP, (number + 1) << STEP)
        _NODE.run(connection, {"level": level, "number": number, "hash": root_of_complete(below)})
        level += STEP


def _kept(connection: Connection, level: int, begin: int, end: int) -> list[bytes]:
    if level == 0:
        rows = _LEAVES.run(connection, {"begin": begin, "end": end})
    else:
        rows = _NODES.run(connection, {"level": level, "begin": begin, "end": end})
    return [bytes(row[0]) for row in rows.fetchall()]

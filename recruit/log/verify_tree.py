"""Verification of the tree: dense leaves, kept nodes, and the root of every checkpoint ever signed."""

import json
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path

from sqlalchemy import Connection, exists, func, select

from recruit.errors import BadNote, KeysMissing
from recruit.log.notes import Checkpoint as Head
from recruit.log.notes import Verifier
from recruit.log.signing import STATE, LastSigned, origin, read_log_key
from recruit.log.tally import Tally
from recruit.log.tree import STEP
from recruit.log.verify_leaves import Leaves
from recruit.tables import Act, Checkpoint, Event, Leaf, Node

OUTSIDE = "the checkpoint kept outside"


def read_heads(
    connection: Connection, keys: Path, tally: Tally, *, last: LastSigned | None, outside: str | None
) -> list[tuple[str, Head]]:
    """Every signed head, where it stands.

    `last`: what the signer says it signed last, read before this view of the record was opened.
    """
    heads = _signed_heads(connection, keys, tally)
    if last is None and heads:
        tally.bad(STATE, "what was signed last is not known")
    if last is not None and last.note is not None:
        heads += _read([(STATE, last.epoch, last.note)], _key(keys), tally)
    if outside is not None:
        heads += _outside(keys, outside, tally)
    return heads


def check_tree(
    connection: Connection, leaves: Leaves, heads: Sequence[tuple[str, Head]], tally: Tally
) -> None:
    """`leaves` were read with the sizes of these `heads`."""
    leaves.finish()
    tally.leaves = leaves.size
    for first in leaves.gaps:
        tally.bad(f"leaf {first}", "a leaf is missing after it")
    _check_nodes(connection, leaves, tally)
    roots = leaves.roots()
    for where, head in heads:
        if head.size > tally.leaves:
            tally.bad(where, f"the log has {tally.leaves} leaves, it was signed with {head.size}")
        elif roots[head.size] != head.root:
            tally.bad(where, f"the first {head.size} leaves have another root")
    tally.checkpoints = len(heads)


def check_strays(connection: Connection, matched: int, tally: Tally) -> None:
    """Leaves beside the `matched` ones of acts and events: what they stood for was taken away."""
    if matched == tally.leaves:
        return
    twice = select(func.max(Leaf.index)).group_by(Leaf.id).having(func.count() > 1)
    for index in connection.execute(twice.order_by(func.max(Leaf.index)).limit(10)).scalars():
        tally.bad(f"leaf {index}", "what it belongs to has another leaf")
    stray = select(Leaf.index).where(~exists().where(Act.id == Leaf.id), ~exists().where(Event.id == Leaf.id))
    for index in connection.execute(stray.order_by(Leaf.index).limit(10)).scalars():
        tally.bad(f"leaf {index}", "it belongs to no act or event")


def _signed_heads(connection: Connection, keys: Path, tally: Tally) -> list[tuple[str, Head]]:
    rows = connection.execute(
        select(Checkpoint.epoch, Checkpoint.size, Checkpoint.note).order_by(Checkpoint.epoch, Checkpoint.size)
    ).all()
    key = _key(keys)
    heads = _read([(f"checkpoint {row.epoch}/{row.size}", row.epoch, row.note) for row in rows], key, tally)
    for where, head in heads:
        if where.rpartition("/")[2] != str(head.size):
            tally.bad(where, "the note is that of another size")
    _check_epochs(connection, {row.epoch for row in rows}, tally)
    return heads


def _read(
    notes: Iterable[tuple[str, int, str]], key: Verifier | None, tally: Tally
) -> list[tuple[str, Head]]:
    """The heads in notes that the log's key has signed under the origin of their epoch."""
    heads = []
    for where, epoch, note in notes:
        try:
            head = Head.read(str(note))
            is_right = key is not None and _named(key, epoch).has_signed(str(note))
        except BadNote:
            tally.bad(where, "no checkpoint")
            continue
        if not is_right or key is None or head.origin != origin(key.name, epoch):
            tally.bad(where, "the signature is not that of the log's key")
        heads.append((where, head))
    return heads


def _outside(keys: Path, note: str, tally: Tally) -> list[tuple[str, Head]]:
    """Of whatever epoch: its origin says which."""
    try:
        epoch = Head.read(note).origin.rpartition("/epoch")[2]
    except BadNote:
        epoch = ""
    return _read([(OUTSIDE, int(epoch) if epoch.isdigit() else 1, note)], _key(keys), tally)


def _check_epochs(connection: Connection, epochs: AbstractSet[int], tally: Tally) -> None:
    """Every epoch after the first was declared in the log itself."""
    declared = connection.execute(select(Event.canonical).where(Event.do == "epoch_declared")).scalars()
    known = {json.loads(canonical)["details"].get("epoch") for canonical in declared}
    for epoch in sorted(epochs - known - {1}):
        tally.bad(f"epoch {epoch}", "nobody declared it")


def _check_nodes(connection: Connection, leaves: Leaves, tally: Tally) -> None:
    """The kept nodes of every level are those over the level below."""
    levels = leaves.levels()
    level = STEP
    for over in filter(None, levels[::STEP]):
        wanted = select(Node.number, Node.hash).where(Node.level == level).order_by(Node.number)
        kept = [(number, hashed) for number, hashed in connection.execute(wanted)]
        if kept != list(enumerate(over)):
            tally.bad(f"node {level}", "the kept nodes are not those over the leaves")
        level += STEP
    higher = connection.execute(select(func.count()).where(Node.level >= level)).scalar_one()
    if higher:
        tally.bad(f"node {level}", "there are nodes over leaves that are not there")


def _key(keys: Path) -> Verifier | None:
    try:
        return read_log_key(keys).verifier
    except KeysMissing:
        return None


def _named(key: Verifier, epoch: int) -> Verifier:
    return Verifier(name=origin(key.name, epoch), algorithm=key.algorithm, public=key.public)

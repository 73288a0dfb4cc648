"""Verification of the chains: every stored byte against its hash, its link, its columns and its leaf.

The second look: row by row, it says what is wrong where the first look finds no match.
"""

import json
from collections.abc import Sequence
from hashlib import sha256
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Connection, Select, String, cast, literal, select, type_coerce

from recruit.log.canonical import FIELDS
from recruit.log.merkle import leaf_hash
from recruit.log.tally import Tally
from recruit.log.verify_leaves import Leaves, as_bytes
from recruit.log.verify_quick import BEFORE_ALL, Ends, look
from recruit.tables import Act, Event, Leaf, Unsequenced

_decode = json.JSONDecoder().decode
_AT_ONCE = 500


class Link(NamedTuple):
    """A row as it is stored, unconverted: whatever a forger wrote there must be read without a stumble."""

    chain: str
    seq: object
    hash: object
    canonical: object
    leaf: object
    id: str
    do: str
    on: str
    recorded_at: object
    meeting: str | None


def check_acts(connection: Connection, leaves: Leaves, tally: Tally) -> tuple[Ends, int]:
    """The last number and hash of each dossier's chain, and how many acts there are."""
    return _check_all(connection, Act, leaves, tally)


def check_events(connection: Connection, leaves: Leaves, tally: Tally) -> int:
    """How many events there are."""
    return _check_all(connection, Event, leaves, tally)[1]


def check_chain(connection: Connection, dossier: str, tally: Tally) -> tuple[Ends, int]:
    """As `check_acts`, of one dossier."""
    return _check(connection, Act, [dossier], tally)


def _check_all(
    connection: Connection, table: type[Act] | type[Event], leaves: Leaves, tally: Tally
) -> tuple[Ends, int]:
    ends, doubtful, count = look(connection, table, leaves)
    if not all(isinstance(chain, str) for chain in doubtful):
        return _check(connection, table, None, tally)
    tally.links += sum(seq for chain, (seq, _) in ends.items() if chain not in doubtful)
    chains = iter(sorted(doubtful))
    while some := list(islice(chains, _AT_ONCE)):
        ends.update(_check(connection, table, some, tally)[0])
    return ends, count


def _rows(table: type[Act] | type[Event], chains: Sequence[str] | None) -> Select[Any]:
    chain, meeting = (Act.dossier, Act.meeting) if table is Act else (Event.org, literal(None))
    columns: tuple[Any, ...] = (
        chain,
        table.seq,
        table.hash,
        table.canonical,
        Leaf.hash,
        table.id,
        table.do,
        cast(table.on, String),
        type_coerce(table.recorded_at, BigInteger),
        meeting,
    )
    found = select(*columns).outerjoin(Leaf, Leaf.id == table.id).order_by(chain, table.seq)
    return found if chains is None else found.where(chain.in_(chains))


def _check(
    connection: Connection, table: type[Act] | type[Event], chains: Sequence[str] | None, tally: Tally
) -> tuple[Ends, int]:
    """`chains` None: all."""
    ends: Ends = {}
    count = 0
    name = "org" if table is Event else "dossier"
    for row in connection.execute(_rows(table, chains)).yield_per(1000):
        count += 1
        link = Link(*row)
        seq, prev = ends.get(link.chain, BEFORE_ALL)
        canonical, hashed = as_bytes(link.canonical), as_bytes(link.hash)
        problem = _problem(link, canonical, name, seq=seq, prev=prev)
        if problem is None and link.leaf != leaf_hash(canonical):
            problem = _leaf_problem(connection, link)
        if problem is None:
            tally.links += 1
        else:
            tally.bad(f"{link.chain}/{link.seq}", problem)
        ends[link.chain] = (link.seq if isinstance(link.seq, int) else seq + 1, hashed)
    return ends, count


def _problem(link: Link, canonical: bytes, name: str, *, seq: int, prev: bytes) -> str | None:
    if sha256(canonical).digest() != link.hash:
        return "the bytes do not match their hash"
    if link.seq != seq + 1:
        return f"number {seq + 1} is missing"
    read = _read(canonical)
    if read is None:
        return "the bytes are not those of an act"
    if read["prev"] != prev.hex():
        return "the link to the one before is broken"
    if read[name] != link.chain or read["seq"] != link.seq:
        return "the bytes belong to another place"
    return _column_problem(read, link, is_event=name == "org")


def _leaf_problem(connection: Connection, link: Link) -> str | None:
    """None for one that is committed and waits for its place."""
    if link.leaf is not None:
        return "its leaf in the tree is that of other bytes"
    waiting = select(Unsequenced.id).where(Unsequenced.id == link.id)
    return "it has no leaf in the tree" if connection.execute(waiting).first() is None else None


def _read(canonical: bytes) -> dict[str, object] | None:
    try:
        read = _decode(str(canonical, "utf-8"))
    except (ValueError, RecursionError):
        return None
    return read if isinstance(read, dict) and read.keys() == FIELDS else None


def _column_problem(read: dict[str, object], link: Link, *, is_event: bool) -> str | None:
    for column in ("id", "do", "on", "recorded_at"):
        if read[column] != getattr(link, column):
            return f"the column {column} differs from the bytes"
    details = read["details"]
    if not isinstance(details, dict):
        return "the details are not those of an act"
    is_elsewhere = not is_event and details.get("meeting") != link.meeting
    return "the column meeting differs from the bytes" if is_elsewhere else None

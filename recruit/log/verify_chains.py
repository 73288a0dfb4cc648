"""Verification of the chains: every stored byte against its hash, its link, its columns and its leaf."""

import json
from collections.abc import Iterable
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Connection, String, cast, literal, select, type_coerce

from recruit.log.canonical import FIELDS, NO_HASH
from recruit.log.merkle import leaf_hash
from recruit.log.tally import Tally
from recruit.tables import Act, Event, Leaf, Unsequenced

_decode = json.JSONDecoder().decode
Ends = dict[str, tuple[int, bytes]]


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


def check_acts(connection: Connection, tally: Tally, dossier: str | None = None) -> tuple[Ends, int]:
    """The last number and hash of each dossier's chain, and how many acts there are."""
    wanted = (
        select(Act.dossier, *_columns(Act), Act.meeting)
        .outerjoin(Leaf, Leaf.id == Act.id)
        .order_by(Act.dossier, Act.seq)
    )
    if dossier is not None:
        wanted = wanted.where(Act.dossier == dossier)
    return _check(connection, connection.execute(wanted).yield_per(1000), "dossier", tally)


def check_events(connection: Connection, tally: Tally) -> int:
    """How many events there are."""
    wanted = (
        select(Event.org, *_columns(Event), literal(None))
        .outerjoin(Leaf, Leaf.id == Event.id)
        .order_by(Event.org, Event.seq)
    )
    return _check(connection, connection.execute(wanted).yield_per(1000), "org", tally)[1]


def as_bytes(stored: object) -> bytes:
    """What SQLite holds in a column of bytes, where somebody may have written a text."""
    return stored if isinstance(stored, bytes) else str(stored).encode("utf-8", "surrogatepass")


def _columns(table: type[Act] | type[Event]) -> tuple[Any, ...]:
    return (
        table.seq,
        table.hash,
        table.canonical,
        Leaf.hash,
        table.id,
        table.do,
        cast(table.on, String),
        type_coerce(table.recorded_at, BigInteger),
    )


def _check(connection: Connection, rows: Iterable[Any], name: str, tally: Tally) -> tuple[Ends, int]:
    ends: Ends = {}
    count = 0
    for row in rows:
        count += 1
        link = Link(*row)
        seq, prev = ends.get(link.chain, (0, bytes.fromhex(NO_HASH)))
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

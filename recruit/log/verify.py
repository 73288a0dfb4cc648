"""Verification: every stored byte of every act and event against its hash, its chain and its columns."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from sqlalchemy import Connection, select

from recruit.content import is_committed
from recruit.errors import KeysMissing
from recruit.ids import instant
from recruit.log.canonical import FIELDS, NO_HASH
from recruit.record import Record
from recruit.tables import Act, Content, Dossier, Event

MOST_PROBLEMS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """`ok` only if something was checked and nothing was found; `first_bad` is "dossier/seq" or "org/seq"."""

    ok: bool
    acts: int
    events: int
    links: int
    contents: int
    first_bad: str | None
    problems: tuple[str, ...]


@dataclass(slots=True)
class _Tally:
    links: int = 0
    problems: list[str] = field(default_factory=list)
    first_bad: str | None = None

    def bad(self, where: str, what: str) -> None:
        self.first_bad = self.first_bad or where
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(f"{where}: {what}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A link as stored; `columns` are those that repeat a part of the hashed bytes."""

    chain: str
    seq: int
    hash: bytes
    canonical: bytes
    columns: dict[str, object]


def verify(record: Record) -> Verified:
    """Check the whole log; nothing to check is not ok."""
    tally = _Tally()
    with record.reading() as connection:
        ends, acts = _check_chains(_acts(connection), "dossier", tally)
        _check_ends(connection, ends, tally)
        _, events = _check_chains(_events(connection), "org", tally)
        contents = _check_contents(connection, record, tally)
    return _verified(tally, acts=acts, events=events, contents=contents)


def verify_dossier(record: Record, dossier: str) -> Verified:
    """Check the chain of one dossier alone, with its columns, its contents and its last act."""
    tally = _Tally()
    with record.reading() as connection:
        ends, acts = _check_chains(_acts(connection, dossier), "dossier", tally)
        _check_ends(connection, ends, tally, dossier)
        contents = _check_contents(connection, record, tally, dossier)
    return _verified(tally, acts=acts, events=0, contents=contents)


def _verified(tally: _Tally, *, acts: int, events: int, contents: int) -> Verified:
    return Verified(
        ok=not tally.problems and acts + events > 0,
        acts=acts,
        events=events,
        links=tally.links,
        contents=contents,
        first_bad=tally.first_bad,
        problems=tuple(tally.problems) or (() if acts + events else ("nothing was checked",)),
    )


def _acts(connection: Connection, dossier: str | None = None) -> Iterator[_Row]:
    wanted = select(
        Act.dossier,
        Act.seq,
        Act.hash,
        Act.canonical,
        Act.id,
        Act.do,
        Act.on,
        Act.recorded_at,
        Act.meeting,
    ).order_by(Act.dossier, Act.seq)
    if dossier is not None:
        wanted = wanted.where(Act.dossier == dossier)
    for row in connection.execute(wanted).yield_per(1000):
        columns = {
            "id": row.id,
            "do": row.do,
            "on": row.on,
            "recorded_at": row.recorded_at,
            "meeting": row.meeting,
        }
        yield _Row(chain=row.dossier, seq=row.seq, hash=row.hash, canonical=row.canonical, columns=columns)


def _events(connection: Connection) -> Iterator[_Row]:
    rows = connection.execute(
        select(
            Event.org, Event.seq, Event.hash, Event.canonical, Event.id, Event.do, Event.on, Event.recorded_at
        ).order_by(Event.org, Event.seq),
    ).yield_per(1000)
    for row in rows:
        columns = {"id": row.id, "do": row.do, "on": row.on, "recorded_at": row.recorded_at}
        yield _Row(chain=row.org, seq=row.seq, hash=row.hash, canonical=row.canonical, columns=columns)


def _check_chains(rows: Iterator[_Row], name: str, tally: _Tally) -> tuple[dict[str, tuple[int, bytes]], int]:
    """The last number and hash of each chain, and how many links were read."""
    ends: dict[str, tuple[int, bytes]] = {}
    count = 0
    for row in rows:
        count += 1
        where = f"{row.chain}/{row.seq}"
        seq, prev = ends.get(row.chain, (0, bytes.fromhex(NO_HASH)))
        problem = _problem(row, name, seq=seq, prev=prev)
        if problem is None:
            tally.links += 1
        else:
            tally.bad(where, problem)
        ends[row.chain] = (row.seq, row.hash)
    return ends, count


def _problem(row: _Row, name: str, *, seq: int, prev: bytes) -> str | None:
    if sha256(row.canonical).digest() != row.hash:
        return "the bytes do not match their hash"
    if row.seq != seq + 1:
        return f"number {seq + 1} is missing"
    read = _read(row.canonical)
    if read is None:
        return "the bytes are not those of an act"
    if read["prev"] != prev.hex():
        return "the link to the one before is broken"
    if (read[name], read["seq"]) != (row.chain, row.seq):
        return "the bytes belong to another place"
    return _column_problem(read, row)


def _read(canonical: bytes) -> dict[str, object] | None:
    try:
        read = json.loads(canonical)
    except ValueError:
        return None
    return read if isinstance(read, dict) and read.keys() == FIELDS else None


def _column_problem(read: dict[str, object], row: _Row) -> str | None:
    details = read["details"]
    stated = {
        "id": read["id"],
        "do": read["do"],
        "on": _day(read["on"]),
        "recorded_at": instant(read["recorded_at"]) if isinstance(read["recorded_at"], int) else None,
        "meeting": details.get("meeting") if isinstance(details, dict) else None,
    }
    wrong = [column for column, value in row.columns.items() if stated[column] != value]
    return f"the column {wrong[0]} differs from the bytes" if wrong else None


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def _check_ends(
    connection: Connection, ends: dict[str, tuple[int, bytes]], tally: _Tally, dossier: str | None = None
) -> None:
    """Each dossier's row names the last act: a tail that was cut off shows here."""
    wanted = select(Dossier.id, Dossier.version, Dossier.last_hash)
    if dossier is not None:
        wanted = wanted.where(Dossier.id == dossier)
    known = set()
    for id_, version, last in connection.execute(wanted):
        known.add(id_)
        if ends.get(id_) != (version, last):
            tally.bad(f"{id_}/{version}", "the dossier names another last act")
    for id_ in sorted(ends.keys() - known):
        tally.bad(f"{id_}/1", "the acts have no dossier")


def _check_contents(connection: Connection, record: Record, tally: _Tally, dossier: str | None = None) -> int:
    """Content that is still there is the one committed to; a destroyed key leaves nothing to compare."""
    wanted = select(
        Content.act, Content.person, Content.salt, Content.sealed, Act.dossier, Act.seq, Act.canonical
    ).join(Act, Act.id == Content.act)
    if dossier is not None:
        wanted = wanted.where(Act.dossier == dossier)
    count = 0
    for row in connection.execute(wanted):
        try:
            commitment = json.loads(row.canonical)["content"]
            right = is_committed(
                record.keys,
                person=row.person,
                act=row.act,
                salt=row.salt,
                sealed=row.sealed,
                commitment=commitment,
            )
        except (KeysMissing, ValueError, KeyError, TypeError):
            right = False
        count += 1
        if not right:
            tally.bad(
                f"{row.dossier}/{row.seq}", "the content is not the one that the act committed itself to"
            )
    return count

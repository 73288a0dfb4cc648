"""The first look of a verification: stored rows compared by the batch; the second look judges the rest.

Where it says yes it is exact: no bytes but those of an act in its one form fit the pattern. It may say no to
what is right, an act out of its order or with a rare character, which then costs time and nothing else.
"""

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, String, cast, null, select, type_coerce
from sqlalchemy.types import NullType

from recruit.log.canonical import FIELDS, NO_HASH
from recruit.log.verify_leaves import Leaves
from recruit.tables import Act, Event

Ends = dict[str, tuple[int, bytes]]
Columns = tuple[tuple[Any, ...], ...]
BEFORE_ALL = (0, bytes.fromhex(NO_HASH))
AT_ONCE = 64  # acts, so that a batch and what is made of it stay close to the processor
LONGEST = 1000  # details of more characters than any form asks for
_COMPARED = frozenset(("details", "do", "id", "on", "prev", "recorded_at", "seq"))
_ID = 4  # its place among the columns
_NUMBERS = frozenset(("recorded_at", "seq", "v"))
_CONTROLS = bytes(range(32))


class Looked(NamedTuple):
    """`doubtful`: the chains that the second look must judge; the `ends` of the others are right."""

    ends: Ends
    doubtful: set[str]
    rows: int


def look(connection: Connection, table: type[Act] | type[Event], leaves: Leaves) -> Looked:
    """In whatever order the rows lie: mostly that of recording, which is that of the leaves."""
    name = "org" if table is Event else "dossier"
    ends: Ends = {}
    doubtful: set[str] = set()
    count = 0
    for rows in connection.execute(_stored(table)).partitions():
        count += len(rows)
        columns: Columns = tuple(zip(*rows, strict=True))
        before = _advance(ends, columns)
        found = leaves.of(columns[_ID])
        if not _matches(name, columns, before, found):
            each = zip(rows, before, found, strict=True)
            doubtful |= {row[0] for row, end, leaf in each if not _matches(name, _alone(row), [end], [leaf])}
    return Looked(ends, doubtful, count)


def _stored(table: type[Act] | type[Event]) -> Select[Any]:
    """Unconverted but for the day."""
    chain, meeting = (Act.dossier, Act.meeting) if table is Act else (Event.org, null())
    plain = (chain, table.seq, table.hash, table.canonical, table.id, table.do)
    columns: tuple[Any, ...] = (
        *(type_coerce(column, NullType()) for column in plain),
        cast(table.on, String),
        type_coerce(table.recorded_at, NullType()),
        meeting,
    )
    return select(*columns).execution_options(yield_per=AT_ONCE)


def _advance(ends: Ends, columns: Columns) -> list[tuple[int, bytes]]:
    """What each row should follow on."""
    before = []
    for chain, end in zip(columns[0], zip(columns[1], columns[2], strict=True), strict=True):
        before.append(ends.get(chain, BEFORE_ALL))
        ends[chain] = end
    return before


def _alone(row: Sequence[Any]) -> Columns:
    return tuple((value,) for value in row)


def _matches(
    name: str, columns: Columns, before: Sequence[tuple[int, bytes]], leaves: Sequence[object]
) -> bool:
    chains, seqs, hashes, canonicals, ids, dos, days, instants, meetings = columns
    last, prevs = zip(*before, strict=True)
    try:
        read = _read(name, canonicals)
        said = tuple(map(_meeting_in, read["details"]))
        return (
            tuple([sha256(one).digest() for one in canonicals]) == hashes
            and [sha256(b"\0" + one).digest() for one in canonicals] == leaves
            and [one + 1 for one in last] == list(seqs)
            and tuple(map(bytes.hex, prevs)) == read["prev"]
            and tuple(map(int.__repr__, seqs)) == read["seq"]
            and tuple(map(int.__repr__, instants)) == read["recorded_at"]
            and (read[name], read["id"], read["do"], read["on"]) == (chains, ids, dos, days)
            and (name == "org" or said == meetings)
        )
    except (TypeError, ValueError):  # also where a forger wrote another type into a column
        return False


def _read(name: str, canonicals: Sequence[bytes]) -> dict[str, tuple[str, ...]]:
    """The fields that are compared, as they are written. Raises `ValueError` where one act is in doubt.

    As many matches as lines: each match is one line, so none lends a part of itself to another.
    """
    joined = b"\n".join(canonicals)
    controls = len(joined) - len(joined.translate(None, _CONTROLS))
    if controls != len(canonicals) - 1 or b"\\" in joined:
        raise ValueError(name)
    found = _PATTERNS[name].findall(joined.decode())
    if len(found) != len(canonicals):
        raise ValueError(name)
    return dict(zip(_PATTERNS[name].groupindex, zip(*found, strict=True), strict=True))


@lru_cache(maxsize=4096)
def _meeting_in(details: str) -> object:
    """Raises `ValueError` for what is no JSON object."""
    if len(details) > LONGEST:
        raise ValueError(details[:20])
    read = json.loads(details)
    if not isinstance(read, dict):
        raise TypeError(details[:20])
    return read.get("meeting")


def _pattern(chain: str) -> re.Pattern[str]:
    """A line of all fields in their order; texts without a quote, as there is no backslash in any."""
    fields = []
    for name in sorted(FIELDS):
        form = r"\{.*?\}" if name == "details" else "0|-?[1-9][0-9]*+" if name in _NUMBERS else '[^"]*+'
        kept = f"(?P<{name}>{form})" if name in _COMPARED | {chain} else f"(?:{form})"
        fields.append(f'"{name}":{kept}' if name in _NUMBERS | {"details"} else f'"{name}":"{kept}"')
    return re.compile(r"^\{" + ",".join(fields) + r"\}$", re.MULTILINE)


_PATTERNS = {"dossier": _pattern("dossier"), "org": _pattern("org")}

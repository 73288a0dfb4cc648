"""Verification: every stored byte of every act and event against its hash, its chain and its columns."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select, type_coerce
from sqlalchemy.types import NullType

from recruit.content import is_committed
from recruit.errors import KeysMissing
from recruit.log.signing import read_last_signed
from recruit.log.tally import Tally
from recruit.log.verify_chains import check_acts, check_chain, check_events
from recruit.log.verify_files import check_files
from recruit.log.verify_leaves import Leaves, as_bytes
from recruit.log.verify_tree import check_strays, check_tree, read_heads
from recruit.record import Record
from recruit.tables import Act, Content, Dossier


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """`ok` only if something was checked and nothing was found; `first_bad` is the first place of a problem.

    `contents`: those still there, each the one that its act committed itself to; `files`: those kept.
    """

    ok: bool
    acts: int
    events: int
    links: int
    leaves: int
    checkpoints: int
    contents: int
    first_bad: str | None
    problems: tuple[str, ...]
    files: int = 0


def verify(record: Record, *, outside: str | None = None, has_files: bool = True) -> Verified:
    """Check the whole log, and that it extends a checkpoint kept outside; nothing to check is not ok.

    `has_files` False: of a copy beside which no files lie.
    """
    tally, later = Tally(), Tally()
    last = read_last_signed(record.keys_folder)
    with record.reading() as connection:
        heads = read_heads(connection, record.keys_folder, later, last=last, outside=outside)
        leaves = Leaves(connection, {head.size for _, head in heads})
        ends, acts = check_acts(connection, leaves, tally)
        _check_ends(connection, ends, tally)
        events = check_events(connection, leaves, tally)
        contents = _check_contents(connection, record, tally)
        files = check_files(connection, record, tally) if has_files else 0
        tally.take(later)
        check_tree(connection, leaves, heads, tally)
        check_strays(connection, acts + events, tally)
    return _verified(tally, acts=acts, events=events, contents=contents, files=files)


def verify_dossier(record: Record, dossier: str) -> Verified:
    """Check the chain of one dossier alone, with its columns, leaves, contents and its last act."""
    tally = Tally()
    with record.reading() as connection:
        ends, acts = check_chain(connection, dossier, tally)
        _check_ends(connection, ends, tally, dossier)
        contents = _check_contents(connection, record, tally, dossier)
        files = check_files(connection, record, tally, dossier)
    return _verified(tally, acts=acts, events=0, contents=contents, files=files)


def _verified(tally: Tally, *, acts: int, events: int, contents: int, files: int) -> Verified:
    return Verified(
        ok=not tally.problems and acts + events > 0,
        acts=acts,
        events=events,
        links=tally.links,
        leaves=tally.leaves,
        checkpoints=tally.checkpoints,
        contents=contents,
        first_bad=tally.first_bad,
        files=files,
        problems=tuple(tally.problems) or (() if acts + events else ("nothing was checked",)),
    )


def _check_ends(
    connection: Connection, ends: dict[str, tuple[int, bytes]], tally: Tally, dossier: str | None = None
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


def _check_contents(connection: Connection, record: Record, tally: Tally, dossier: str | None = None) -> int:
    """Content that is still there is the one committed to; a destroyed key leaves nothing to compare."""
    own = (Content.act, Content.person, Content.salt, Content.sealed)
    columns: list[Any] = [type_coerce(one, NullType()) for one in (*own, Act.dossier, Act.seq, Act.canonical)]
    wanted = select(*columns).join_from(Content, Act, Act.id == Content.act)
    if dossier is not None:
        wanted = wanted.where(Act.dossier == dossier)
    count = 0
    for act, person, salt, sealed, chain, seq, canonical in connection.execute(wanted).yield_per(1 << 8):
        try:
            commitment = _commitment(as_bytes(canonical))
            right = is_committed(
                record.keys, person=person, act=act, salt=salt, sealed=sealed, commitment=commitment
            )
        except (KeysMissing, ValueError, TypeError):
            right = False
        count += 1
        if not right:
            tally.bad(f"{chain}/{seq}", "the content is not the one that the act committed itself to")
    return count


def _commitment(canonical: bytes) -> str:
    """Read without parsing: no quote inside a text of JSON stands without its backslash."""
    return canonical.partition(b'"content":"')[2][:64].decode("ascii", "replace")

"""Files against the log: each that is kept is whole, and each that an act names is kept."""

import json
from collections.abc import Iterator
from hashlib import sha256

from sqlalchemy import Connection, Row, select

from recruit.errors import KeysMissing
from recruit.files import store
from recruit.log.tally import Tally
from recruit.record import Record
from recruit.tables import Act, Dossier, File

_NAMED = b'"attachments"'


def check_files(connection: Connection, record: Record, tally: Tally, dossier: str | None = None) -> int:
    """How many were looked at; what an erased person's acts name is gone with the key."""
    wanted = select(File.id, File.owner, File.sealed_for, File.sha256, File.stored).order_by(File.id)
    if dossier is not None:
        wanted = wanted.where(File.owner == dossier)
    rows = connection.execute(wanted).all()
    kept: dict[str, set[str]] = {}
    for row in rows:
        kept.setdefault(row.owner, set()).add(row.sha256)
        path = store.path_of(record.folder, row.stored)
        if not path.is_file():
            tally.bad(f"file {row.id}", "the file is missing")
        elif not store.is_whole(path) or not _is_as_named(record, row):
            tally.bad(f"file {row.id}", "the file was changed")
    for chain, seq, named in _named(connection, record, dossier):
        if named not in kept.get(chain, ()):
            tally.bad(f"{chain}/{seq}", f"the file that the act names is missing: {named[:12]}")
    return len(rows)


def _is_as_named(record: Record, row: Row[str, str, str, str, str]) -> bool:
    try:
        sealed = store.get(record.folder, row.stored)
        clear = record.keys.unseal(row.sealed_for, store.data_place(row.id), sealed)
    except KeysMissing:
        return not record.keys.has(row.sealed_for)
    hashed: str = row.sha256
    return sha256(clear).hexdigest() == hashed


def _named(connection: Connection, record: Record, dossier: str | None) -> Iterator[tuple[str, int, str]]:
    """Dossier, number of the act and hash of each file that an act, or its replacement, names."""
    wanted = select(Act.dossier, Act.seq, Act.canonical, Dossier.person).join(
        Dossier, Dossier.id == Act.dossier
    )
    if dossier is not None:
        wanted = wanted.where(Act.dossier == dossier)
    for row in connection.execute(wanted).yield_per(1 << 8):
        canonical = row.canonical.encode() if isinstance(row.canonical, str) else bytes(row.canonical)
        if _NAMED not in canonical or not record.keys.has(row.person):
            continue
        try:
            details = json.loads(canonical)["details"]
            replaced = details.get("replacement", {}).get("details", {})
            found = [*details.get("attachments", ()), *replaced.get("attachments", ())]
        except (ValueError, KeyError, AttributeError, TypeError):
            continue  # such bytes are told of by their hash
        for named in found:
            yield str(row.dossier), int(row.seq), str(named)

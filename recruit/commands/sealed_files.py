"""A file at rest: sealed on the disk before its row is written, the row and its event in one transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, insert

from recruit.addresses import ensure_key
from recruit.context import Context
from recruit.files import store
from recruit.files.checks import tidy_name
from recruit.files.kinds import Fit
from recruit.log.events import NewEvent, append_event
from recruit.record import Record
from recruit.tables import File

FileValues = dict[str, Any]  # the columns of a row


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Whose it is, whose key seals it, with which person it is erased, and where its event stands.

    `kind`: dossier, notice or objection. `person` None: the key is the owner's own, and made where it lacks.
    """

    kind: str
    id: str
    sealed_for: str
    organization: str
    person: str | None
    dossier: str
    role: str


def put_sealed(
    context: Context, owner: Owner, fit: Fit, *, id_: str, name: str, data: bytes, is_withheld: bool
) -> FileValues:
    """The row of what lies safe on the disk now; without it housekeeping takes the bytes away after a day."""
    keys = context.record.keys
    if owner.person is None:
        ensure_key(keys, owner.sealed_for)
    sealed = keys.seal(owner.sealed_for, store.data_place(id_), data)
    return {
        "id": id_,
        "owner_kind": owner.kind,
        "owner": owner.id,
        "organization": owner.organization,
        "sealed_for": owner.sealed_for,
        "person": owner.person,
        "name_sealed": keys.seal(owner.sealed_for, store.name_place(id_), tidy_name(name).encode()),
        "kind": fit.kind,
        "size": len(data),
        "pages": fit.pages,
        "sha256": sha256(data).hexdigest(),
        "stored": store.put(context.record.folder, sealed, now=context.now),
        "is_withheld": is_withheld,
        "kept_by": context.actor.user_id or None,
        "kept_at": context.now,
        "used_at": None,
    }


def enter_file(connection: Connection, context: Context, owner: Owner, row: FileValues) -> None:
    """The row, and that it was kept: by its hash and size, never by its name."""
    connection.execute(insert(File).values(**row))
    details = {"file": row["id"], "sha256": row["sha256"], "size": row["size"], "owner": owner.id}
    event = NewEvent(
        org=owner.organization, do="file_kept", details=details, role=owner.role, dossier=owner.dossier
    )
    append_event(connection, context, event)


def take_away(record: Record, rows: Iterable[FileValues]) -> None:
    """The sealed bytes of rows that were never written."""
    for row in rows:
        store.drop(record.folder, row["stored"])

"""An entry in the office's register of opinions: sealed, written once for its form, and the office told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, insert, select

from recruit.commands.enclosures import Enclosed, ensure_room, enter_all, owner_of, put_all
from recruit.commands.news import tell_office
from recruit.commands.sealed_files import FileValues, Owner, take_away
from recruit.context import Context
from recruit.errors import BadInput, Collided, KeyReused
from recruit.ids import new_id
from recruit.log.events import NewEvent, append_event
from recruit.places import Place
from recruit.queries.noticed import Noticed
from recruit.record import Record
from recruit.repeat import repeated
from recruit.serial import one_at_a_time
from recruit.submissions import LETTER, NEW, OFFICE, contact_owner, seal_parts
from recruit.tables import Submission


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What came, ready to be sealed. `received_on` None: today."""

    persons: tuple[str, ...]
    text: str
    contact: Mapping[str, str] | None
    form_digest: bytes
    channel: str = "web"
    received_on: date | None = None
    enclosed: tuple[Enclosed, ...] = ()

    @property
    def body(self) -> str:
        """What makes it another one, whatever form it came by."""
        files = [one.hashed for one in self.enclosed]
        return repr((self.persons, self.text, self.contact, *([files] if files else [])))


@repeated
def enter(
    context: Context,
    written: Written,
    office: Place,
    notice: Noticed | None,
    *,
    due: date,
    receipt: bytes | None,
) -> str:
    """The id of the entry, of the earlier one where this form made one already.

    It is sealed before the transaction, so that nothing slow happens while others wait to write. Raises
    `BadInput` where its files do not fit any more, `KeyReused`.
    """
    keys = context.record.keys
    body = keys.keyed("submission body", written.body)
    with context.record.reading() as connection:
        earlier = _earlier(connection, written.form_digest, body)
        if earlier is not None:
            return earlier
        ensure_room(connection, context, written.enclosed, notice=notice.id if notice else None)
    id_ = new_id(context.now)
    row = _row(context, id_, written, office, notice) | {
        "due": due, "body_digest": body, "receipt_digest": receipt,
    }  # fmt: skip
    held = context.actor.held(OFFICE, office.path)
    owner = owner_of(id_, organization=office.id, role=held.role if held else "")
    files = put_all(context, owner, written.enclosed)
    try:
        with context.record.writing() as connection:
            one_at_a_time(connection, f"submission:{written.form_digest.hex()}", *_room_of(row, files))
            earlier = _earlier(connection, written.form_digest, body)
            if earlier is None:
                ensure_room(connection, context, written.enclosed, notice=row["notice"])
                connection.execute(insert(Submission).values(**row))
                append_event(connection, context, _event(row, owner))
                enter_all(connection, context, owner, files)
                tell_office(connection, context, id_, office.id)
    except (BadInput, KeyReused, Collided):  # nothing was written for certain; else housekeeping finds out
        _take_back(context.record, id_, files)
        raise
    if earlier is not None:  # somebody pressed twice at once: what was sealed for the second is of no use
        _take_back(context.record, id_, files)
    return earlier or id_


def _row(
    context: Context, id_: str, written: Written, office: Place, notice: Noticed | None
) -> dict[str, Any]:
    sealed = seal_parts(
        context.record.keys, id_, persons=written.persons, text=written.text, contact=written.contact
    )
    return {
        "id": id_,
        "organization": office.id,
        "notice": notice.id if notice else None,
        "purpose": notice.purpose if notice else LETTER,
        "channel": written.channel,
        "received_on": written.received_on or context.on,
        "received_at": context.now,
        "form_digest": written.form_digest,
        "state": NEW,
        **sealed,
    }


def _room_of(row: Mapping[str, Any], files: Sequence[FileValues]) -> tuple[str, ...]:
    """What is counted against by whoever sends photos about the same notice at the same time."""
    return (f"photos:{row['notice']}",) if files and row["notice"] else ()


def _take_back(record: Record, id_: str, files: Sequence[FileValues]) -> None:
    take_away(record, files)
    for owner in (id_, contact_owner(id_)):
        record.keys.destroy(owner)


def _event(row: Mapping[str, object], owner: Owner) -> NewEvent:
    details = {
        "submission": row["id"],
        "channel": row["channel"],
        "purpose": row["purpose"],
        "named": row["contact_sealed"] is not None,
        **({"notice": row["notice"]} if row["notice"] else {}),
    }
    return NewEvent(org=owner.organization, do="submission_received", details=details, role=owner.role)


def _earlier(connection: Connection, form: bytes, body: bytes) -> str | None:
    """The submission that this form already made. Raises `KeyReused` where it said something else."""
    wanted = select(Submission.id, Submission.body_digest).where(Submission.form_digest == form)
    row = connection.execute(wanted).one_or_none()
    if row is None:
        return None
    if row.body_digest != body:
        raise KeyReused
    return str(row.id)

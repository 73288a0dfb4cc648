"""Declaring a new epoch of the log after a restore: two administrators say that acts were lost, and why."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from recruit.commands.checkpoints import keep_checkpoint
from recruit.context import Actor, Context, Held
from recruit.errors import BadInput, BadNote, NotAllowed, NotExtending, problem
from recruit.log.events import NewEvent, append_event
from recruit.log.notes import Checkpoint
from recruit.log.signing import (
    LastSigned,
    ensure_extends,
    origin,
    read_last_signed,
    read_log_key,
    read_signer,
    write_last_signed,
)
from recruit.log.tree import subtrees, tree_root, tree_size
from recruit.queries.checkpoints import latest_signed
from recruit.record import Record
from recruit.repeat import repeated
from recruit.tables import Organization

REASONS = ("restored", "disk_failed", "moved")
_LONGEST_PAPER = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclareEpoch:
    """`paper`: the number of the document that decided it. `outside`: a newer checkpoint held elsewhere."""

    reason: str
    paper: str
    outside: str | None = None


@repeated
def declare_epoch(
    record: Record, declare: DeclareEpoch, *, security: Actor, audit: Actor, now: datetime
) -> int:
    """Begin an epoch whose first leaf holds the old checkpoint, the reason and both approvals; sign it.

    What is left of the old tree stays in the new one, so that every checkpoint up to there still holds.
    Raises `NotAllowed`, and `BadInput` where the log still extends what was signed: nothing was lost.
    """
    root, held = _approved(record, security=security, audit=audit)
    _ensure_readable(declare)
    keys = record.keys_folder
    last = _last_known(record, declare)
    name = read_log_key(keys).name
    with record.writing() as connection:
        _ensure_lost(record, connection, last)
        size, old = tree_size(connection), last.checkpoint
        details = {
            "epoch": last.epoch + 1,
            "origin": origin(name, last.epoch + 1),
            "reason": declare.reason,
            "paper": declare.paper.strip(),
            "kept_count": size,
            "kept_root": tree_root(connection, size).hex(),
            "last_count": old.size if old else 0,
            "last_checkpoint": last.note or "",
        }
        context = Context(record=record, actor=security, now=now)
        new = NewEvent(
            org=root, do="epoch_declared", details=details, role=held.role, confirmed_by=audit.user_id
        )
        append_event(connection, context, new)
    write_last_signed(keys, LastSigned(epoch=last.epoch + 1, note=None))
    keep_checkpoint(record, now=now)
    return last.epoch + 1


def _approved(record: Record, *, security: Actor, audit: Actor) -> tuple[str, Held]:
    with record.reading() as connection:
        root = connection.execute(select(Organization.id).where(Organization.parent.is_(None))).scalar_one()
    held = security.held(("security_admin",), f"/{root}/")
    if held is None or audit.held(("audit_admin",), f"/{root}/") is None or security.user_id == audit.user_id:
        raise NotAllowed(what="epoch", needed="security_admin + audit_admin")
    return root, held


def _ensure_readable(declare: DeclareEpoch) -> None:
    if declare.reason not in REASONS:
        raise BadInput(problem("reason", "not_one_of", found=declare.reason, choices=", ".join(REASONS)))
    if not 0 < len(declare.paper.strip()) <= _LONGEST_PAPER:
        raise BadInput(problem("paper", "missing"))


def _last_known(record: Record, declare: DeclareEpoch) -> LastSigned:
    """The longest head of the newest epoch that anybody knows of: signer, table, or a copy held outside."""
    known = [read_last_signed(record.keys_folder) or LastSigned(epoch=1, note=None)]
    with record.reading() as connection:
        row = latest_signed(connection)
    if row is not None:
        known.append(LastSigned(epoch=row.epoch, note=row.note))
    if declare.outside is not None:
        known.append(_held_outside(record, declare.outside))
    return max(known, key=lambda one: (one.epoch, one.checkpoint.size if one.checkpoint else 0))


def _held_outside(record: Record, note: str) -> LastSigned:
    name = read_log_key(record.keys_folder).name
    text = Checkpoint.read(note).origin.removeprefix(f"{name}/epoch")
    epoch = int(text) if text.isdigit() else 1
    if not read_signer(record.keys_folder, epoch=epoch).verifier.has_signed(note):
        raise BadNote(detail="the signature is not that of this log")
    return LastSigned(epoch=epoch, note=note)


def _ensure_lost(record: Record, connection: Connection, last: LastSigned) -> None:
    """Where the signer knows what it signed and the tree still extends it there is nothing to declare."""
    if read_last_signed(record.keys_folder) is None:
        return
    head, size = last.checkpoint, tree_size(connection)
    if head is not None:
        present = Checkpoint(origin=head.origin, size=size, root=tree_root(connection, size))
        try:
            ensure_extends(head, present, subtrees(connection))
        except NotExtending:
            return
    raise BadInput(problem("checkpoint", "nothing_lost"))

"""Signing the head of the tree, and its daily copy to those who keep one outside."""

from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from recruit.clock import civil_day
from recruit.ids import new_id
from recruit.log.notes import Checkpoint as Head
from recruit.log.signing import LastSigned, sign_tree
from recruit.log.tree import lock_sequencer, sequence, subtrees, tree_root, tree_size
from recruit.queries.checkpoints import latest_signed
from recruit.record import Record
from recruit.repeat import repeated
from recruit.tables import Checkpoint, Grant, Outbox, User

WITNESSES = ("auditor", "audit_admin", "department")
TEMPLATE = "daily_checkpoint"
_CHANNEL = "mail"


@repeated
def keep_checkpoint(record: Record, *, now: datetime) -> int | None:
    """Sign the tree as it stands committed, if it has grown; the size newly signed.

    Raises `NotExtending` where the tree does not begin with the last one signed, `KeysMissing`.
    """
    while _sequence(record):
        pass
    with record.reading() as connection:
        latest, size = latest_signed(connection), tree_size(connection)
        if size == 0 or (latest is not None and latest.head == _head(connection, latest.head.origin, size)):
            return None
    with record.writing() as connection:
        if not lock_sequencer(connection):
            return None
        size = tree_size(connection)
        signed = sign_tree(record.keys_folder, subtrees(connection), size)
        return size if _keep(connection, signed, now) else None


@repeated
def enqueue_checkpoint(record: Record, *, now: datetime) -> int:
    """The day's checkpoint for each auditor and for the superior committee, once a day and recipient."""
    day = civil_day(now)
    with record.reading() as connection:
        latest = latest_signed(connection)
        wanted = [f"checkpoint:{day}:{user}" for user in _witnesses(connection, now)]
        if latest is None or not wanted:
            return 0
        known = set(connection.execute(select(Outbox.key).where(Outbox.key.in_(wanted))).scalars())
    keys = [key for key in wanted if key not in known]
    if not keys:
        return 0
    with record.writing() as connection:
        for key in keys:
            values = {
                "id": new_id(now),
                "subject": f"checkpoint/{latest.epoch}/{latest.size}",
                "channel": _CHANNEL,
                "recipient": key.rsplit(":", 1)[1],
                "template": TEMPLATE,
                "key": key,
                "not_before": now,
            }
            connection.execute(insert(Outbox).values(values))
    return len(keys)


def _sequence(record: Record) -> int:
    """Committed before anything is signed over it."""
    with record.reading() as connection:
        if connection.dialect.name == "sqlite":
            return 0
    with record.writing() as connection:
        return sequence(connection)


def _head(connection: Connection, origin: str, size: int) -> Head:
    return Head(origin=origin, size=size, root=tree_root(connection, size))


def _keep(connection: Connection, signed: LastSigned, now: datetime) -> bool:
    """Whether the row is new: after a crash between state and row the row is made good here."""
    head = signed.checkpoint
    assert head is not None
    known = select(Checkpoint.size).where(Checkpoint.epoch == signed.epoch, Checkpoint.size == head.size)
    if connection.execute(known).first() is not None:
        return False
    connection.execute(
        insert(Checkpoint).values(epoch=signed.epoch, size=head.size, at=now, note=signed.note)
    )
    return True


def _witnesses(connection: Connection, now: datetime) -> list[str]:
    on = civil_day(now)
    seated = (
        select(Grant.user)
        .join(User, User.id == Grant.user)
        .where(
            Grant.role.in_(WITNESSES),
            Grant.from_on <= on,
            func.coalesce(Grant.to_on, on) >= on,
            User.disabled_at.is_(None),
        )
        .distinct()
        .order_by(Grant.user)
    )
    return list(connection.execute(seated).scalars())

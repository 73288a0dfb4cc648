"""The signed heads of the tree, what is not under one yet, and proofs from the tree."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select, union_all

from recruit.commands.standing import find_standing
from recruit.context import Context
from recruit.errors import NotExtending, NotFound
from recruit.log.merkle import consistency_path, inclusion_path, leaf_hash
from recruit.log.notes import Checkpoint as Head
from recruit.log.tree import subtrees
from recruit.record import Record
from recruit.tables import Act, Checkpoint, Event, Leaf, Unsequenced

OVERDUE = timedelta(seconds=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    epoch: int
    size: int
    at: datetime
    note: str

    @property
    def head(self) -> Head:
        return Head.read(self.note)


@dataclass(frozen=True, slots=True, kw_only=True)
class InclusionProof:
    """Leads from the act's leaf hash to the root of the signed head."""

    index: int
    leaf: bytes
    path: Sequence[bytes]
    signed: Signed


def latest_signed(connection: Connection) -> Signed | None:
    wanted = (
        select(Checkpoint.epoch, Checkpoint.size, Checkpoint.at, Checkpoint.note)
        .order_by(Checkpoint.epoch.desc(), Checkpoint.size.desc())
        .limit(1)
    )
    row = connection.execute(wanted).one_or_none()
    return None if row is None else Signed(epoch=row.epoch, size=row.size, at=row.at, note=row.note)


def present_checkpoint(record: Record) -> Signed:
    """Raises `NotFound` where nothing is signed yet."""
    with record.reading() as connection:
        found = latest_signed(connection)
    if found is None:
        raise NotFound(what="checkpoint")
    return found


def unsigned_age(record: Record, *, now: datetime) -> timedelta | None:
    """How long the oldest act or event has waited for a signed checkpoint; None where none waits."""
    with record.reading() as connection:
        latest = latest_signed(connection)
        since = recorded_after(connection, 0 if latest is None else latest.size)
    return None if since is None else max(now - since, timedelta())


def recorded_after(connection: Connection, size: int) -> datetime | None:
    """When the first act or event was recorded that a tree of `size` leaves lacks; None: it lacks none."""
    waiting = union_all(
        select(Leaf.id).where(Leaf.index == size), select(func.min(Unsequenced.id))
    ).subquery()
    since = [
        at
        for table in (Act, Event)
        for at in connection.execute(
            select(table.recorded_at).where(table.id.in_(select(waiting.c.id)))
        ).scalars()
    ]
    return min(since, default=None)


def inclusion_proof(record: Record, dossier: str, seq: int) -> InclusionProof:
    """That this act stands in the log, against the newest signed head.

    Raises `NotFound` for an act that is not there or not yet under a checkpoint.
    """
    with record.reading() as connection:
        latest = latest_signed(connection)
        wanted = (
            select(Leaf.index.label("number"), Act.canonical)
            .join(Act, Act.id == Leaf.id)
            .where(Act.dossier == dossier, Act.seq == seq)
        )
        row = connection.execute(wanted).one_or_none()
        if latest is None or row is None or row.number >= latest.size:
            raise NotFound(what="proof")
        path = inclusion_path(subtrees(connection), row.number, latest.size)
    return InclusionProof(index=row.number, leaf=leaf_hash(bytes(row.canonical)), path=path, signed=latest)


def proof_of_act(context: Context, dossier: str, seq: int) -> InclusionProof:
    """The same for whoever reaches the dossier. Raises `NotFound`."""
    with context.record.reading() as connection:
        find_standing(connection, context, dossier)
    return inclusion_proof(context.record, dossier, seq)


def consistency_proof(record: Record, old: int, new: int) -> list[bytes]:
    """That the tree of `new` leaves begins with the one of `old`. Raises `NotExtending`."""
    with record.reading() as connection:
        size = connection.execute(select(func.coalesce(func.max(Leaf.index) + 1, 0))).scalar_one()
        if not 0 <= old <= new <= size:
            raise NotExtending(detail=f"{old}, {new}, {size}")
        return consistency_path(subtrees(connection), old, new)

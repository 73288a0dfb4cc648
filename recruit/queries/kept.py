"""The first signed checkpoint that holds some acts: what a printed paper names, the same on every copy."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from recruit.clock import civil_day
from recruit.log.notes import Checkpoint as Head
from recruit.tables import Act, Checkpoint, Leaf


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A signed checkpoint: its size, its day, its root."""

    size: int
    on: date
    root: bytes


def kept_of(connection: Connection, acts: Sequence[tuple[str, int]]) -> Kept | None:
    """By dossier and number; None where one is not in the tree yet, or no checkpoint reaches it."""
    indices = [
        connection.execute(
            select(Leaf.index).join(Act, Act.id == Leaf.id).where(Act.dossier == dossier, Act.seq == seq)
        ).scalar_one_or_none()
        for dossier, seq in acts
    ]
    reached = [index for index in indices if index is not None]
    if not reached or len(reached) != len(indices):
        return None
    wanted = (
        select(Checkpoint.size, Checkpoint.at, Checkpoint.note)
        .where(Checkpoint.size > max(reached))
        .order_by(Checkpoint.epoch, Checkpoint.size)
        .limit(1)
    )
    row = connection.execute(wanted).one_or_none()
    if row is None:
        return None
    return Kept(size=row.size, on=civil_day(row.at), root=Head.read(row.note).root)

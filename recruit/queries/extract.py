"""The very bytes of acts, and refused attempts, of the dossiers that are taken out."""

import json
from collections.abc import Iterator, Sequence

from sqlalchemy import select

from recruit.context import Context, reach
from recruit.ids import microseconds
from recruit.tables import Act, Attempt, Dossier, Organization

_AT_ONCE = 500


def canonical_acts(context: Context, dossiers: Sequence[str]) -> Iterator[tuple[str, bytes, bytes]]:
    """(dossier/seq, bytes, hash) in the order of the chains, of dossiers within reach."""
    for some in _portions(dossiers):
        wanted = (
            select(Act.dossier, Act.seq, Act.canonical, Act.hash)
            .join(Dossier, Dossier.id == Act.dossier)
            .join(Organization, Organization.id == Dossier.branch)
            .where(Act.dossier.in_(some), reach(Organization.path, context.paths()))
            .order_by(Act.dossier, Act.seq)
        )
        with context.record.reading() as connection:
            for row in connection.execute(wanted).yield_per(_AT_ONCE):
                yield f"{row.dossier}/{row.seq}", bytes(row.canonical), bytes(row.hash)


def refused_attempts(context: Context, dossiers: Sequence[str]) -> Iterator[dict[str, object]]:
    """In values that JSON knows, findings as they were kept."""
    for some in _portions(dossiers):
        wanted = (
            select(Attempt)
            .join(Organization, Organization.id == Attempt.branch)
            .where(Attempt.dossier.in_(some), reach(Organization.path, context.paths()))
            .order_by(Attempt.dossier, Attempt.id)
        )
        with context.record.reading() as connection:
            for row in connection.execute(wanted):
                yield {
                    "dossier": row.dossier,
                    "do": row.do,
                    "on": row.on.isoformat(),
                    "at": microseconds(row.at),
                    "actor": row.actor,
                    "role": row.role,
                    "org": row.org,
                    "findings": json.loads(row.findings),
                }


def _portions(dossiers: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(dossiers), _AT_ONCE):
        yield dossiers[start : start + _AT_ONCE]

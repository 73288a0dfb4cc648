"""Dossiers by their ids or by a name: for pages whose addresses must hold ids alone."""

from collections.abc import Iterable

from sqlalchemy import func, select

from recruit.context import Context
from recruit.queries.dossiers import dossiers
from recruit.queries.rows import DossierRow, dossier_row, within_reach
from recruit.tables import Dossier

_AT_ONCE = 500


def dossiers_by_id(context: Context, ids: Iterable[str]) -> dict[str, DossierRow]:
    """Those within reach; the others are left out."""
    wanted, found = sorted(set(ids)), dict[str, DossierRow]()
    with context.record.reading() as connection:
        for start in range(0, len(wanted), _AT_ONCE):
            some = within_reach(context).where(Dossier.id.in_(wanted[start : start + _AT_ONCE]))
            found |= {row.id: dossier_row(row) for row in connection.execute(some)}
    return found


def find_dossiers(context: Context, text: str, *, most: int) -> tuple[DossierRow, ...]:
    """By part of a name or pinyin, or a whole ID number; one more than `most` where there are more."""
    return dossiers(context, q=text, limit=most + 1).items if text.strip() else ()


def dossier_count(context: Context, *, most: int) -> int:
    """How many lie within reach, counted up to `most`."""
    some = within_reach(context, Dossier.id).limit(most).subquery()
    with context.record.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(some)).scalar_one())

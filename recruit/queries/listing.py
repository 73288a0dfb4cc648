"""Which dossiers a page of a list shows: one walk along one index, however many there are elsewhere."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, func, select, tuple_

from recruit.context import Context, reach
from recruit.queries.rows import unindexed
from recruit.tables import Dossier

# So many are read and sorted at once; more are walked in the order of the list.
FEW = 5_000
Place = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Dossiers within reach by strokes, name and id; `after`: where the page before ended.

    `sought`: what else is asked of the row of the dossier.
    """

    context: Context
    branch: str | None = None
    stage: str | None = None
    phase: str | None = None
    sought: ColumnElement[bool] | None = None
    after: Place | None = None

    def ids(self, connection: Connection, limit: int) -> list[str]:
        """The next ones in order: counted first, so that the indexes that lead astray are not used."""
        are_few = self._are_few(connection)
        listed = unindexed(Dossier.listed) if are_few else Dossier.listed
        wanted = select(Dossier.id).where(self._within(is_driving=are_few))
        for column, value in ((Dossier.stage, self.stage), (Dossier.phase, self.phase)):
            if value is not None:
                wanted = wanted.where((unindexed(column) if are_few else column) == value)
        if self.sought is not None:
            wanted = wanted.where(self.sought)
        if self.after is not None:
            wanted = wanted.where(tuple_(listed, Dossier.id) > tuple_(*self.after))
        return list(connection.execute(wanted.order_by(listed, Dossier.id).limit(limit)).scalars())

    def _are_few(self, connection: Connection) -> bool:
        some = select(Dossier.id).where(self._within(is_driving=True)).limit(FEW + 1).subquery()
        return connection.execute(select(func.count()).select_from(some)).scalar_one() <= FEW

    def _within(self, *, is_driving: bool) -> ColumnElement[bool]:
        path = Dossier.path if is_driving else unindexed(Dossier.path)
        clause = reach(path, self.context.paths())
        return clause if self.branch is None else and_(clause, Dossier.branch == self.branch)

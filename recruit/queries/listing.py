"""Which dossiers a page of a list shows: one walk along one index, however many there are elsewhere."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Select, and_, literal, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from recruit.context import Context, reach
from recruit.queries.rows import unindexed
from recruit.tables import Dossier, Person

# So many are read and sorted at once; more are walked in the order of the list.
FEW = 5_000
_Column = ColumnElement[str] | InstrumentedAttribute[str]


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody stands in a list, whichever way it is ordered."""

    listed: str
    pinyin: str
    name: str
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Dossiers within reach by strokes, name and id; `after`: where the page before ended.

    `also`: what else is asked of the dossier. `is_search`: by pinyin, as far as there are few.
    """

    context: Context
    branch: str | None = None
    stage: str | None = None
    phase: str | None = None
    also: tuple[ColumnElement[bool], ...] = ()
    is_search: bool = False
    after: Place | None = None

    @property
    def order(self) -> tuple[_Column, ...]:
        """Of those that were found, for whoever reads them; by no index, which would walk through all."""
        return self._order(are_few=True)[0]

    def found(self, connection: Connection, limit: int) -> Select[str]:
        """The ids of the next ones: counted first, so that the indexes that lead astray are not used."""
        are_few = self._are_few(connection)
        wanted = select(Dossier.id).where(self._within(is_driving=are_few), *self.also)
        for column, value in ((Dossier.stage, self.stage), (Dossier.phase, self.phase)):
            if value is not None:
                wanted = wanted.where((unindexed(column) if are_few else column) == value)
        order, after = self._order(are_few=are_few)
        if Person.pinyin in order:
            wanted = wanted.join(Person, Person.id == Dossier.person)
        if after is not None:
            wanted = wanted.where(tuple_(*order) > tuple_(*after))
        return wanted.order_by(*order).limit(limit)

    def _order(self, *, are_few: bool) -> tuple[tuple[_Column, ...], tuple[str, ...] | None]:
        """The columns of the order, and where the page before ended in it."""
        one = self.after
        if are_few and self.is_search:
            after = (one.pinyin, one.name, one.id) if one else None
            return (Person.pinyin, Person.name, Dossier.id), after
        listed = unindexed(Dossier.listed) if are_few else Dossier.listed
        return (listed, Dossier.id), (one.listed, one.id) if one else None

    def _are_few(self, connection: Connection) -> bool:
        """Those that were many stay many: no dossier is deleted, and a wrong guess only takes longer."""
        where = (self.context.paths(), self.branch)
        if where in self.context.record.crowds:
            return False
        one_more = select(literal(1)).select_from(Dossier).where(self._within(is_driving=True))
        if connection.execute(one_more.offset(FEW).limit(1)).first() is None:
            return True
        self.context.record.crowds.add(where)
        return False

    def _within(self, *, is_driving: bool) -> ColumnElement[bool]:
        path = Dossier.path if is_driving else unindexed(Dossier.path)
        clause = reach(path, self.context.paths())
        return clause if self.branch is None else and_(clause, Dossier.branch == self.branch)

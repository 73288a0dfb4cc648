"""The law as it holds for one organization, kept until a setting or the calendar changes."""

import json
from functools import lru_cache

from sqlalchemy import Connection, func, select

from recruit.places import Place, organization_or_none
from recruit.prepared import Prepared
from recruit.tables import CalendarRow, CalendarYear, FormerName, SettingValue
from workflows.calendar import Calendar, china_calendar
from workflows.calendar import CalendarRow as Row
from workflows.facts import Facts
from workflows.ground import Ground
from workflows.settings import SettingRow

_MOST_REMEMBERED = 2000
_SEEN = "recruit_law_seen"
_COUNTS = Prepared(
    select(
        *(
            select(func.count()).select_from(table).scalar_subquery()
            for table in (SettingValue, CalendarRow, CalendarYear, FormerName)
        )
    )
)
Stamp = tuple[int, ...]


class Remembered:
    """The facts of the dossiers met last, each good for one hash only."""

    def __init__(self) -> None:
        self._facts: dict[str, tuple[bytes, Facts]] = {}

    def facts(self, dossier: str, last_hash: bytes, text: str) -> Facts:
        known = self._facts.get(dossier)
        if known is not None and known[0] == last_hash:
            return known[1]
        facts = Facts.from_json(json.loads(text))
        self.keep(dossier, last_hash, facts)
        return facts

    def keep(self, dossier: str, last_hash: bytes, facts: Facts) -> None:
        if len(self._facts) >= _MOST_REMEMBERED:
            self._facts = {}
        self._facts[dossier] = (last_hash, facts)


class Laws:
    """One `Ground` per path. Whoever writes a setting or a calendar row calls `forget` after its commit.

    Where other processes write too, each transaction asks once which rows it sees.
    """

    def __init__(self) -> None:
        self._grounds: dict[tuple[Stamp, str], Ground] = {}
        self._lines: dict[tuple[Stamp, str], tuple[Place, ...]] = {}

    def line(self, connection: Connection, path: str) -> tuple[Place, ...]:
        """The organizations on a path, the root first."""
        stamp = () if connection.dialect.name == "sqlite" else _stamp(connection)
        known = self._lines.get((stamp, path))
        if known is None:
            found = (organization_or_none(connection, one) for one in organizations_of(path))
            known = tuple(place for place in found if place is not None)
            if len(self._lines) >= _MOST_REMEMBERED:
                self._lines = {}
            self._lines[stamp, path] = known
        return known

    def ground(self, connection: Connection, path: str) -> Ground:
        stamp = () if connection.dialect.name == "sqlite" else _stamp(connection)
        known = self._grounds.get((stamp, path))
        if known is None:
            known = Ground(calendar=calendar(connection), settings_rows=setting_rows(connection, path))
            if len(self._grounds) >= _MOST_REMEMBERED:
                self._grounds = {}
            self._grounds[stamp, path] = known
        return known

    def forget(self) -> None:
        self._grounds = {}
        self._lines = {}


def _stamp(connection: Connection) -> Stamp:
    """Rows of the law are only ever added: how many this transaction sees names them."""
    transaction = connection.get_transaction()
    known = connection.info.get(_SEEN)
    if known is None or known[0] is not transaction:
        known = (transaction, _COUNTS.run(connection, {}).fetchone() or ())
        connection.info[_SEEN] = known
    stamp: Stamp = known[1]
    return stamp


def setting_rows(connection: Connection, path: str) -> tuple[SettingRow, ...]:
    """What the organizations of the path have set, the root's first."""
    organizations = organizations_of(path)
    rows = connection.execute(
        select(SettingValue.organization, SettingValue.name, SettingValue.value, SettingValue.valid_from)
        .where(SettingValue.organization.in_(organizations))
        .order_by(SettingValue.valid_from, SettingValue.id),
    )
    found = [
        SettingRow(organizations.index(organization), name, json.loads(value), valid_from)
        for organization, name, value, valid_from in rows
    ]
    return tuple(sorted(found, key=lambda row: row.organization_level))


def calendar(connection: Connection) -> Calendar:
    """The packaged notices under the rows of this record; of several rows for a day the last one counts."""
    return calendar_with(connection, ())


def calendar_with(connection: Connection, more: tuple[Row, ...], published: int | None = None) -> Calendar:
    """As `calendar`, with rows that nobody has entered yet and a year that nobody has published."""
    rows = connection.execute(
        select(CalendarRow.on, CalendarRow.is_working, CalendarRow.name, CalendarRow.source).order_by(
            CalendarRow.on, CalendarRow.version
        ),
    )
    entered = tuple(Row(on, working, name, source) for on, working, name, source in rows)
    through = connection.execute(select(func.max(CalendarYear.year))).scalar()
    return _calendar((*entered, *more), max(through or 0, published or 0) or None)


def organizations_of(path: str) -> list[str]:
    """The ids on a path, the root first."""
    return path.strip("/").split("/")


@lru_cache(maxsize=4)
def _calendar(rows: tuple[Row, ...], published_through: int | None) -> Calendar:
    return china_calendar(rows, published_through)

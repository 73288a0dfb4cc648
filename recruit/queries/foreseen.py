"""What a change of the local law would move, computed before it is saved and written nowhere."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from recruit.commands.calendar import AddCalendarRow
from recruit.commands.law import SetSetting
from recruit.commands.projections import HORIZON, projected_until, wanted_deadlines
from recruit.context import Context, past
from recruit.find import find_organization, topmost
from recruit.law import calendar_with, setting_rows
from recruit.tables import Dossier, Organization
from workflows.calendar import CalendarRow as Row
from workflows.facts import Facts
from workflows.ground import Ground
from workflows.settings import SettingRow

MOST = 2000
_DUE, _GRACE, _CLOSED, _DROPPED, _PROVISIONAL = 3, 4, 5, 6, 7
Changed = Callable[[Connection, str], Ground]


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """Open dossiers looked at, those of which a deadline moves, and how many deadlines.

    `settled`: deadlines whose day stays and is provisional no more. `is_whole`: no dossier was left out.
    """

    looked_at: int
    dossiers: int
    deadlines: int
    settled: int
    is_whole: bool


def foreseen_setting(context: Context, change: SetSetting) -> Foreseen:
    """Raises `NotFound`."""
    with context.record.reading() as connection:
        place = find_organization(connection, context, change.organization)
        row = SettingRow(place.path.count("/") - 2, change.name, change.value, change.valid_from)

        def changed(connection: Connection, path: str) -> Ground:
            now = context.record.laws.ground(connection, path)
            return Ground(calendar=now.calendar, settings_rows=(*setting_rows(connection, path), row))

        return _compared(connection, context, place.path, changed)


def foreseen_calendar(
    context: Context, rows: Sequence[AddCalendarRow], *, published: int | None = None
) -> Foreseen:
    """With these rows entered, and with that year published."""
    entered = tuple(Row(one.on, one.is_working, one.name, one.source) for one in rows)
    with context.record.reading() as connection:
        then = calendar_with(connection, entered, published)

        def changed(connection: Connection, path: str) -> Ground:
            return Ground(calendar=then, settings_rows=setting_rows(connection, path))

        return _compared(connection, context, topmost(connection).path, changed)


def _compared(connection: Connection, context: Context, path: str, changed: Changed) -> Foreseen:
    wanted = (
        select(Dossier.id, Dossier.last_hash, Dossier.facts, Organization.path)
        .join(Organization, Organization.id == Dossier.branch)
        .where(Organization.path >= path, Organization.path < past(path), Dossier.phase != "ended")
        .order_by(Dossier.id)
        .limit(MOST + 1)
    )
    rows = connection.execute(wanted).all()
    grounds: dict[str, tuple[Ground, Ground]] = {}
    moved: list[tuple[int, int]] = []
    for dossier, last_hash, text, branch in rows[:MOST]:
        if branch not in grounds:
            now = context.record.laws.ground(connection, branch)
            grounds[branch] = (now, changed(connection, branch))
        facts = context.record.remembered.facts(dossier, bytes(last_hash), text)
        moved.append(_moved(facts, *grounds[branch], context.on))
    return Foreseen(
        looked_at=len(moved),
        dossiers=sum(count > 0 for count, _settled in moved),
        deadlines=sum(count for count, _settled in moved),
        settled=sum(settled for _count, settled in moved),
        is_whole=len(rows) <= MOST,
    )


def _moved(facts: Facts, now: Ground, then: Ground, on: date) -> tuple[int, int]:
    """How many open deadlines come, go or have another day; and how many are only provisional no more."""
    until = max(projected_until(facts), on + HORIZON)  # as far as the clock projects
    before, after = (_open(wanted_deadlines(facts, ground, until=until)) for ground in (now, then))
    both = before.keys() & after.keys()
    moved = [key for key in both if before[key][:2] != after[key][:2]]
    settled = [key for key in both if before[key][2] and not after[key][2] and key not in moved]
    return len(moved) + len(before.keys() ^ after.keys()), len(settled)


def _open(rows: Sequence[tuple[object, ...]]) -> dict[object, tuple[object, object, object]]:
    return {
        row[0]: (row[_DUE], row[_GRACE], row[_PROVISIONAL])
        for row in rows
        if row[_CLOSED] is None and row[_DROPPED] is None
    }

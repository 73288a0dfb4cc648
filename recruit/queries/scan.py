"""The register scanned for irregularities: each dossier as a file of the past, then all of them together.

Dossiers are read one by one; of each only its irregularities and a small summary stay in memory.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select

from recruit.clock import civil_day
from recruit.context import Context
from recruit.law import calendar
from recruit.queries.handed_in import HandedIn, kin_of, units_of
from recruit.queries.scan_around import plans_within, seats_within
from recruit.queries.scan_files import Reading, Within, files_of
from recruit.record import Record
from recruit.tables import Act, Event, Heartbeat, Organization, Person, User
from workflows.ground import Ground
from workflows.scan.files import judge_file, summary_of
from workflows.scan.register import Known, Register, Summary
from workflows.scan.registry import Irregularity
from workflows.scan.whole import in_order, judge_register, not_checked

_AT_ONCE = 500
NOTHING_HANDED_IN = HandedIn()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanned:
    """`on`: the day as of which it was judged; `not_checked`: rules that lacked something to judge by.

    `units` and `names`: of the organizations, members and users whom the irregularities name, by id.
    """

    on: date
    dossiers: int
    irregularities: tuple[Irregularity, ...]
    not_checked: tuple[str, ...]
    units: Mapping[str, str]
    names: Mapping[str, str]


def _nobody(_count: int) -> None:
    """Nobody waits to be told."""


def scan(
    context: Context, *, handed_in: HandedIn = NOTHING_HANDED_IN, told: Callable[[int], None] = _nobody
) -> Scanned:
    """What lies within the actor's reach, as of today. `told` hears how many dossiers have been read."""
    with context.record.reading() as connection:
        within = Within(paths=context.paths())
        return _scan(connection, context.record, within, on=context.on, handed_in=handed_in, told=told)


def scan_record(
    record: Record, *, on: date | None = None, handed_in: HandedIn = NOTHING_HANDED_IN
) -> Scanned:
    """The whole record, for whoever holds its folder; as of its own last day where no other is asked for."""
    with record.reading() as connection:
        day = on or last_day(connection)
        return _scan(connection, record, Within(paths=("/",)), on=day, handed_in=handed_in)


def last_day(connection: Connection) -> date:
    """The civil day on which the record was last written or ticked: today, for one that is served."""
    moments = (Act.recorded_at, Event.recorded_at, Heartbeat.at)
    found = [connection.execute(select(func.max(moment))).scalar() for moment in moments]
    return max((civil_day(moment) for moment in found if moment), default=date.min)


def _scan(
    connection: Connection,
    record: Record,
    within: Within,
    *,
    on: date,
    handed_in: HandedIn,
    told: Callable[[int], None] = _nobody,
) -> Scanned:
    reading = Reading(connection, record, within)
    found: list[Irregularity] = []
    summaries: list[Summary] = []
    for count, (file, ground) in enumerate(files_of(reading), start=1):
        told(count)
        found += judge_file(file, ground, reading.around_of(file))
        summary = summary_of(file, ground, reading.units_of)
        if summary is not None:
            summaries.append(summary)
    register = Register(
        on=on,
        ground=Ground(calendar=calendar(connection)),
        summaries=tuple(summaries),
        known=_known(connection, within, handed_in),
    )
    irregularities = in_order((*found, *judge_register(register)))
    return Scanned(
        on=on,
        dossiers=len(summaries),
        irregularities=irregularities,
        not_checked=not_checked(register),
        units=_named(connection, Organization, {one.unit for one in irregularities if one.unit}),
        names=_names(connection, irregularities),
    )


def _known(connection: Connection, within: Within, handed_in: HandedIn) -> Known:
    return Known(
        kin=kin_of(connection, within, handed_in),
        elections=units_of(connection, within, handed_in),
        seats=seats_within(connection, within),
        plans=plans_within(connection, within),
        thresholds=handed_in.thresholds,
    )


def _names(connection: Connection, found: Iterable[Irregularity]) -> Mapping[str, str]:
    """Of members and users alike: their ids are never the same."""
    ids = {id_ for one in found if isinstance(one.finding.found, tuple) for id_ in one.finding.found}
    return {**_named(connection, Person, ids), **_named(connection, User, ids)}


def _named(
    connection: Connection, table: type[Organization | Person | User], ids: Iterable[str]
) -> dict[str, str]:
    wanted, found = sorted(ids), dict[str, str]()
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        rows = connection.execute(select(table.id, table.name).where(table.id.in_(some)))
        found |= {row.id: row.name for row in rows}
    return found

"""A user's calendar: the days that concern the own work, and when the phone is to ring; no names."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from notifications.ladder import rungs
from recruit.commands.projections import HORIZON
from recruit.commands.standing import committee_over
from recruit.context import Context, Held
from recruit.places import Place
from recruit.queries.agenda import DatedRow, LawStamp, OwedRow, dated, law_stamp, owed, staffed
from recruit.queries.seats import SEATS
from workflows.acts import SHANGHAI
from workflows.ground import Ground
from workflows.ladders import Audience
from workflows.plans.duties import duty_kinds

BACK = timedelta(days=30)
_SEATED = frozenset(role for roles in SEATS.values() for role in roles)
_ADMINISTRATOR = "system_admin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One day of the calendar.

    `name`: "dossier/key" or "organization/key", the same however often the day moves; `kind`: "deadline" or
    that of an obligation; `place`: the organization that it concerns; `acts`: what would settle a milestone.
    `revision` and `changed_at` rise with whatever may have moved it. `alarms`: the days to be reminded of it.
    """

    name: str
    kind: str
    id: str
    dossier: str | None
    place: str
    due: date
    is_provisional: bool
    is_done: bool
    acts: tuple[str, ...]
    alarms: tuple[date, ...]
    revision: int
    changed_at: datetime


def agenda(context: Context) -> tuple[Entry, ...]:
    """What the actor's seats are told of, by due day: open ones up to the horizon, overdue ones included.

    What was met stays for 30 days. A committee sees what its branches have to do once it is told of it.
    """
    seats = [held for held in context.actor.grants if held.role in _SEATED]
    window = {"first": context.on - BACK, "last": context.on + HORIZON}
    stamp = law_stamp(context)
    found = [*_of_dossiers(context, seats, stamp, window), *_of_organizations(context, seats, stamp, window)]
    return tuple(sorted(found, key=lambda entry: (entry.due, entry.name)))


def _of_dossiers(
    context: Context, seats: list[Held], stamp: LawStamp, window: dict[str, date]
) -> Iterator[Entry]:
    if not seats:
        return
    record, served = context.record, staffed(context, SEATS["branch"])
    rows = dated(context, context.paths(_SEATED), **window)
    with record.reading() as connection:
        for row in rows:
            line = record.laws.line(connection, row.path)
            mine = _audiences(seats, line, is_served=line[-1].id in served)
            ground = record.laws.ground(connection, row.path)
            entry = _entry(row, mine, ground, stamp, context.on) if mine else None
            if entry is not None:
                yield entry


def _audiences(seats: Iterable[Held], line: tuple[Place, ...], *, is_served: bool) -> frozenset[Audience]:
    """In which of its two audiences a deadline of the branch concerns one of the seats."""
    branch, committee = line[-1], committee_over(line)
    found: set[Audience] = set()
    for held in seats:
        if held.role in SEATS["branch"] and held.organization == branch.id:
            found.add("branch")
        if held.role in SEATS["committee"] and committee is not None and held.organization == committee.id:
            found.update(("committee",) if is_served else ("committee", "branch"))
    return frozenset(found)


def _entry(
    row: DatedRow, mine: frozenset[Audience], ground: Ground, stamp: LawStamp, on: date
) -> Entry | None:
    """None where it is the work of others and this seat has not been told of it."""
    due = row.deadline
    kind = ground.edition_on(due.opened_on).deadlines.get(due.id)
    if kind is None:
        return None
    ladder = [rung for rung in rungs(kind, due, ground.calendar) if rung.audience in mine]
    is_own = kind.by in mine or (kind.by == "poster" and bool(ladder))
    if not is_own and not (due.is_running and any(rung.on <= on for rung in ladder)):
        return None
    return Entry(
        name=f"{row.dossier}/{due.key}",
        kind="deadline",
        id=due.id,
        dossier=row.dossier,
        place=row.place,
        due=due.due,
        is_provisional=due.is_provisional,
        is_done=not due.is_running,
        acts=(),
        alarms=tuple(sorted({rung.on for rung in ladder if rung.on >= on})) if due.is_running else (),
        revision=row.version + stamp.count,
        changed_at=max(row.changed_at, stamp.at or row.changed_at),
    )


def _of_organizations(
    context: Context, seats: list[Held], stamp: LawStamp, window: dict[str, date]
) -> Iterator[Entry]:
    administered = {held.organization for held in context.actor.own if held.role == _ADMINISTRATOR}
    own = {held.organization for held in seats}
    above = set()
    with context.record.reading() as connection:
        for held in seats:
            committee = committee_over(context.record.laws.line(connection, held.path))
            if held.role in SEATS["branch"] and committee is not None:
                above.add(committee.id)
    for row in owed(context, own | above | administered, **window):
        concerned = {"calendar": administered, "milestone": own | above}.get(row.kind, own)
        if row.organization in concerned:
            yield _owed_entry(row, stamp, context)


def _owed_entry(row: OwedRow, stamp: LawStamp, context: Context) -> Entry:
    due = row.deadline
    opened_at = datetime.combine(due.opened_on, time(), SHANGHAI).astimezone(UTC)
    return Entry(
        name=f"{row.organization}/{due.key}",
        kind=row.kind,
        id=due.id,
        dossier=None,
        place=row.place,
        due=due.due,
        is_provisional=due.is_provisional,
        is_done=not due.is_running,
        acts=row.acts,
        alarms=tuple(day for day in _ringing(row) if day >= context.on) if due.is_running else (),
        revision=stamp.count,
        changed_at=max(opened_at, stamp.at or opened_at),
    )


def _ringing(row: OwedRow) -> list[date]:
    """A duty by its ladder, everything else on its own day."""
    kind = duty_kinds().get(row.deadline.id) if row.kind == "duty" else None
    return [row.deadline.due + timedelta(days=days) for days in sorted(kind.ladder if kind else (0,))]

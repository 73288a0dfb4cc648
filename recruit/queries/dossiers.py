"""Lists of dossiers, one dossier with what it waits for, and how many are where."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, Connection, Label, and_, false, func, or_, select

from recruit.commands.around import load_whole_around
from recruit.commands.reveals import COLUMNS as SEALED
from recruit.commands.reveals import REVEALERS, Hidden
from recruit.commands.standing import find_standing
from recruit.context import Context, reach
from recruit.errors import BadInput, problem
from recruit.identity import is_id_number
from recruit.queries.listing import Listed, Place
from recruit.queries.rows import COLUMNS, DossierRow, dossier_row, within_reach
from recruit.tables import Deadline as DeadlineRow
from recruit.tables import Dossier, Organization, Person
from workflows.around import Around
from workflows.case import case_of
from workflows.deadlines import SOON_DAYS, Deadline, deadlines_of, expiry
from workflows.facts import Facts
from workflows.ground import Ground
from workflows.occasions import OCCASIONS
from workflows.steps import Check, Step, checklist, main_step, next_steps, supposed

MOST = 200
Pressing = Literal["overdue", "soon"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """`next_cursor` None: the last page. `pressing`: by dossier, where a deadline is over or near."""

    items: tuple[DossierRow, ...]
    next_cursor: str | None
    pressing: Mapping[str, Pressing]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonView:
    """What a page shows of a person, and what is kept sealed: of that only that it is on record."""

    id: str
    name: str
    sex: str | None
    birth_month: str | None
    education: str | None
    category: str | None
    kept: tuple[Hidden, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Probation:
    """`last` is the last printed day, `expires` the day after it, from which membership counts."""

    first: date
    last: date
    expires: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierView:
    """`main`: the awaited act with its purpose ("meeting_voted conversion"); `checks` are its checklist.

    `may_reveal`: this actor may have shown what is sealed.
    """

    row: DossierRow
    person: PersonView
    facts: Facts
    steps: tuple[Step, ...]
    main: str | None
    checks: tuple[Check, ...]
    deadlines: tuple[Deadline, ...]
    probation: Probation | None
    membership_from: date | None
    ground: Ground
    around: Around
    may_reveal: bool


def dossiers(
    context: Context,
    *,
    stage: str | None = None,
    phase: str | None = None,
    branch: str | None = None,
    due: Pressing | None = None,
    falls: tuple[str, date] | None = None,
    is_open: bool = False,
    q: str | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> Page:
    """By the surnames' strokes, then name; what is searched for (`q`) by pinyin.

    `q`: part of a name, of its pinyin or of a branch's name, or a whole ID number. `due`: with a deadline
    that is over, or one that ends within ten days; `falls`: with a deadline of that name that is due on that
    day. `is_open`: without those that have ended. Raises `BadInput` for a cursor that is none.
    """
    limit = max(1, min(limit, MOST))
    sought = q.strip() if q and q.strip() else None
    also = [_matches(context, sought)] if sought else []
    if is_open:
        also.append(Dossier.phase != "ended")
    if due is not None:
        also.append(_has_due(due, context.on))
    if falls is not None:
        also.append(_falls(*falls, context.on))
    with context.record.reading() as connection:
        listed = Listed(
            context=context,
            branch=branch,
            stage=stage,
            phase=phase,
            also=tuple(also),
            is_search=sought is not None,
            after=_place_of(connection, context, cursor) if cursor is not None else None,
        )
        wanted = (
            within_reach(context, *COLUMNS, _first_due(context.on), is_driving=False)
            .where(Dossier.id.in_(listed.found(connection, limit + 1)))
            .order_by(*listed.order)
        )
        rows = connection.execute(wanted).all()
    pressing: dict[str, Pressing] = {
        row.id: "overdue" if row.first_due < context.on else "soon" for row in rows if row.first_due
    }
    items = tuple(map(dossier_row, rows[:limit]))
    return Page(items=items, next_cursor=items[-1].id if len(rows) > limit else None, pressing=pressing)


def _first_due(on: date) -> Label[date]:
    """The earliest day of the deadlines that are over, or that end within ten days."""
    return (
        select(func.min(DeadlineRow.due))
        .where(DeadlineRow.dossier == Dossier.id, *_runs_until(on, on + timedelta(days=SOON_DAYS)))
        .correlate(Dossier)
        .scalar_subquery()
        .label("first_due")
    )


def _has_due(due: Pressing, on: date) -> ColumnElement[bool]:
    last = on - timedelta(days=1) if due == "overdue" else on + timedelta(days=SOON_DAYS)
    running = _runs_until(on, last) if due == "overdue" else (*_runs_until(on, last), DeadlineRow.due >= on)
    return (
        select(DeadlineRow.key).where(DeadlineRow.dossier == Dossier.id, *running).correlate(Dossier).exists()
    )


def _falls(name: str, day: date, on: date) -> ColumnElement[bool]:
    running = (
        DeadlineRow.closed_on.is_(None), DeadlineRow.dropped_on.is_(None), DeadlineRow.opened_on <= on
    )  # fmt: skip
    return (
        select(DeadlineRow.key)
        .where(DeadlineRow.dossier == Dossier.id, DeadlineRow.id == name, DeadlineRow.due == day, *running)
        .correlate(Dossier)
        .exists()
    )


def _runs_until(on: date, last: date) -> tuple[ColumnElement[bool], ...]:
    """Deadlines that run today and are due by `last`; over, but met by its end or muted, presses nobody."""
    return (
        DeadlineRow.closed_on.is_(None),
        DeadlineRow.dropped_on.is_(None),
        DeadlineRow.opened_on <= on,
        DeadlineRow.due <= last,
        or_(DeadlineRow.due >= on, and_(DeadlineRow.ends_met.is_(False), DeadlineRow.is_muted.is_(False))),
        DeadlineRow.id.not_in(OCCASIONS),
    )


def dossier_view(context: Context, dossier: str) -> DossierView:
    """Everything that the page of one dossier shows. Raises `NotFound`."""
    with context.record.reading() as connection:
        standing = find_standing(connection, context, dossier)
        row = dossier_row(connection.execute(within_reach(context).where(Dossier.id == dossier)).one())
        person = connection.execute(
            within_reach(
                context, Person.education, Person.category, *(_is_kept(what) for what in SEALED)
            ).where(Dossier.id == dossier),
        ).one()
        facts = standing.facts
        assert facts is not None
        around = load_whole_around(connection, context, standing)
    main = main_step(facts, standing.ground, context.on)
    return DossierView(
        row=row,
        person=PersonView(
            id=row.person,
            name=row.name,
            sex=row.sex,
            birth_month=row.birth_month,
            education=person.education,
            category=facts.category or person.category,
            kept=tuple(what for what in SEALED if getattr(person, what)),
        ),
        facts=facts,
        steps=next_steps(facts, standing.ground, around, context.on),
        main=main,
        checks=checks_of(context, facts, standing.ground, around, main),
        deadlines=deadlines_of(facts, standing.ground, context.on),
        probation=probation_of(facts, standing.ground),
        membership_from=expiry(facts, standing.ground) if facts.stage == "full_member" else None,
        ground=standing.ground,
        around=around,
        may_reveal=context.actor.held(REVEALERS, standing.path) is not None,
    )


def checks_of(
    context: Context, facts: Facts, ground: Ground, around: Around, name: str | None
) -> tuple[Check, ...]:
    """The checklist of an act, named with its purpose."""
    if name is None:
        return ()
    do, _, purpose = name.partition(" ")
    return checklist(case_of(facts, supposed(do, purpose or None, context.on), ground, around))


def probation_of(facts: Facts, ground: Ground) -> Probation | None:
    expires = expiry(facts, ground)
    if expires is None or facts.admitted_on is None or facts.probation_on is None:
        return None
    return Probation(first=facts.admitted_on, last=date.fromordinal(expires.toordinal() - 1), expires=expires)


def counts(context: Context) -> dict[str, int]:
    """How many dossiers of the reach are in each stage."""
    is_mine = reach(Dossier.path, context.paths())
    wanted = select(Dossier.stage, func.count()).where(is_mine).group_by(Dossier.stage)
    with context.record.reading() as connection:
        return {stage: count for stage, count in connection.execute(wanted)}  # noqa: C416 - rows are not pairs


def _is_kept(what: Hidden) -> ColumnElement[bool]:
    column: ColumnElement[bytes | None] = getattr(Person, SEALED[what])
    return column.is_not(None).label(what)


def _matches(context: Context, q: str) -> ColumnElement[bool]:
    """A name, or from two signs on a branch; letters may be pinyin, an ID number is looked for whole."""
    if is_id_number(q.upper()):
        return Dossier.person.in_(
            select(Person.id).where(Person.id_index == context.record.keys.blind_index(q))
        )
    place = Organization.name.contains(q, autoescape=True) if len(q) > 1 else false()
    there = Dossier.branch.in_(select(Organization.id).where(place))
    if q.isascii():
        readings = Person.pinyin.contains(q.lower(), autoescape=True)
        named = or_(readings, Person.name.contains(q, autoescape=True))
        return or_(Dossier.person.in_(select(Person.id).where(named)), there)
    return or_(Dossier.listed.contains(q, autoescape=True), there)


def _place_of(connection: Connection, context: Context, cursor: str) -> Place:
    """Where the last page ended: a cursor is a dossier's id, so that no name stands in an address."""
    columns = (Dossier.listed, Person.pinyin, Person.name, Dossier.id)
    row = connection.execute(within_reach(context, *columns).where(Dossier.id == cursor)).one_or_none()
    if row is None:
        raise BadInput(problem("cursor", "not_a_number", value=cursor[:40]))
    return Place(*row)

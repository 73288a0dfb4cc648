"""Who may be erased, what that would destroy and leave, and what waits for a second administrator."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, or_, select

from recruit.commands.erasable import ERASED, GROUNDS, refusal_of, waiting_erasure
from recruit.commands.erasures import CONFIRMERS, ERASERS
from recruit.commands.reveals import COLUMNS, Hidden
from recruit.context import Context, reach
from recruit.errors import NotFound, Problem
from recruit.tables import Act, Attempt, Content, Dossier, Erasure, Organization, Person, Proposal, User

MOST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    id: str
    name: str
    birth_month: str | None
    organization_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierOf:
    id: str
    branch_name: str
    stage: str
    opened_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """`kept`, `contents`, `attempts`, `proposals` would go, `acts` stay. `refusals`: by ground.

    `waits`: the proposal that waits already.
    """

    person: PersonRow
    dossiers: tuple[DossierOf, ...]
    kept: tuple[Hidden, ...]
    contents: int
    attempts: int
    proposals: int
    acts: int
    refusals: Mapping[str, Problem]
    waits: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureRow:
    """`may_confirm`: this actor holds a role that may, and did not propose it."""

    id: str
    person: str
    name: str
    organization_name: str
    ground: str
    ticket: str
    proposed_by_name: str
    proposed_at: datetime
    may_confirm: bool


_PERSON: tuple[Any, ...] = (
    Person.id,
    Person.name,
    Person.birth_month,
    Organization.name.label("organization_name"),
)
_WAITING: tuple[Any, ...] = (
    Erasure.id,
    Erasure.person,
    Person.name,
    Organization.name.label("organization_name"),
    Organization.path,
    Erasure.ground,
    Erasure.ticket,
    Erasure.proposed_by,
    User.name.label("proposed_by_name"),
    Erasure.proposed_at,
)


def find_persons(context: Context, q: str) -> tuple[PersonRow, ...]:
    """By the whole name, or by the number of a dossier or of the person; at most `MOST`.

    Only what a paper names is found: this is no list to browse.
    """
    wanted = q.strip()
    if not wanted or wanted == ERASED:
        return ()
    of_dossier = select(Dossier.person).where(Dossier.id == wanted.upper())
    matching = or_(Person.name == wanted, Person.id == wanted.upper(), Person.id.in_(of_dossier))
    found = _persons(context, ERASERS).where(matching).order_by(Person.name, Person.id).limit(MOST)
    with context.record.reading() as connection:
        return tuple(_person(row) for row in connection.execute(found))


def preview_erasure(context: Context, person: str) -> Preview:
    """What an erasure would destroy and what stays, as things are now. Raises `NotFound`."""
    with context.record.reading() as connection:
        row = connection.execute(
            _persons(context, (*ERASERS, *CONFIRMERS)).where(Person.id == person)
        ).one_or_none()
        if row is None:
            raise NotFound(what="person")
        dossiers = _dossiers(connection, person)
        ids = [one.id for one in dossiers]
        found = {ground: refusal_of(connection, person, ground=ground, on=context.on) for ground in GROUNDS}
        return Preview(
            person=_person(row),
            dossiers=dossiers,
            kept=_kept(connection, person),
            contents=_count(connection, select(func.count()).where(Content.person == person)),
            attempts=_count(connection, select(func.count()).where(Attempt.dossier.in_(ids))),
            proposals=_count(connection, select(func.count()).where(Proposal.dossier.in_(ids))),
            acts=_count(connection, select(func.count()).where(Act.dossier.in_(ids))),
            refusals={ground: why for ground, why in found.items() if why is not None},
            waits=waiting_erasure(connection, person),
        )


def erasures(context: Context) -> tuple[ErasureRow, ...]:
    """Those that wait within the actor's reach, the oldest first."""
    wanted = (
        select(*_WAITING)
        .select_from(Erasure)
        .join(Person, Person.id == Erasure.person)
        .join(Organization, Organization.id == Person.organization)
        .join(User, User.id == Erasure.proposed_by)
        .where(Erasure.done_at.is_(None), reach(Organization.path, context.paths((*ERASERS, *CONFIRMERS))))
        .order_by(Erasure.proposed_at, Erasure.id)
    )
    with context.record.reading() as connection:
        return tuple(_erasure(context, row) for row in connection.execute(wanted))


def find_erasure(context: Context, erasure: str) -> ErasureRow:
    """Raises `NotFound` for one that is settled, unknown or out of reach."""
    found = next((row for row in erasures(context) if row.id == erasure), None)
    if found is None:
        raise NotFound(what="erasure")
    return found


def _persons(context: Context, roles: tuple[str, ...]) -> Select[Any]:
    return (
        select(*_PERSON)
        .select_from(Person)
        .join(Organization, Organization.id == Person.organization)
        .where(reach(Organization.path, context.paths(roles)))
    )


def _person(row: Row[Any]) -> PersonRow:
    return PersonRow(
        id=row.id, name=row.name, birth_month=row.birth_month, organization_name=row.organization_name
    )


def _dossiers(connection: Connection, person: str) -> tuple[DossierOf, ...]:
    rows = connection.execute(
        select(Dossier.id, Organization.name, Dossier.stage, Dossier.opened_on)
        .join(Organization, Organization.id == Dossier.branch)
        .where(Dossier.person == person)
        .order_by(Dossier.opened_on, Dossier.id)
    )
    return tuple(
        DossierOf(id=row.id, branch_name=row.name, stage=row.stage, opened_on=row.opened_on) for row in rows
    )


def _kept(connection: Connection, person: str) -> tuple[Hidden, ...]:
    columns = [getattr(Person, column).is_not(None).label(what) for what, column in COLUMNS.items()]
    row = connection.execute(select(*columns).where(Person.id == person)).one()
    return tuple(what for what in COLUMNS if getattr(row, what))


def _count(connection: Connection, wanted: Select[int]) -> int:
    return connection.execute(wanted).scalar_one()


def _erasure(context: Context, row: Row[Any]) -> ErasureRow:
    is_another = context.actor.user_id != row.proposed_by
    return ErasureRow(
        id=row.id,
        person=row.person,
        name=row.name,
        organization_name=row.organization_name,
        ground=row.ground,
        ticket=row.ticket,
        proposed_by_name=row.proposed_by_name,
        proposed_at=row.proposed_at,
        may_confirm=is_another and context.actor.held(CONFIRMERS, row.path) is not None,
    )

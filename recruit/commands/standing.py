"""Where a dossier stands when a command begins: one row, found within the actor's reach."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select

from recruit.context import READING_ROLES, Context
from recruit.errors import NotFound
from recruit.log.canonical import NO_HASH
from recruit.places import Place
from recruit.prepared import Prepared
from recruit.record import Record
from recruit.serial import is_shared_writer, one_at_a_time
from recruit.tables import Dossier, Organization, Person
from workflows.facts import Facts
from workflows.ground import Ground

APPROVING = ("township", "subdistrict", "leading_group", "county")
COMMITTEES = (*APPROVING, "primary_under_township", "temporary", "general_branch")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """`facts` None, `version` 0: about to begin. `line` leads from the root to the branch."""

    id: str
    person: str
    branch: str
    path: str
    line: tuple[Place, ...]
    ground: Ground
    stage: str
    phase: str
    version: int
    facts: Facts | None
    prev: str
    category: str | None
    born_sealed: bytes | None
    listed: str

    @property
    def committee(self) -> Place | None:
        return committee_over(self.line)


def committee_over(line: tuple[Place, ...]) -> Place | None:
    """Who approves for the last place of a line: the nearest with the power, else the nearest of any kind."""
    above = [place for place in reversed(line[:-1]) if place.kind in COMMITTEES]
    return next((place for place in above if place.kind in APPROVING), above[0] if above else None)


_WANTED = (
    select(
        Dossier.person,
        Dossier.branch,
        Organization.path,
        Dossier.stage,
        Dossier.phase,
        Dossier.version,
        Dossier.facts,
        Dossier.last_hash,
        Person.category,
        Person.born_sealed,
        Dossier.listed,
    )
    .join(Organization, Organization.id == Dossier.branch)
    .join(Person, Person.id == Dossier.person)
    .where(Dossier.id == bindparam("dossier"))
)
_FIND = Prepared(_WANTED)
_LOCK = Prepared(_WANTED.with_for_update(of=Dossier.__table__, key_share=True))


def find_standing(connection: Connection, context: Context, dossier: str) -> Standing:
    """Whoever writes has the dossier to himself from here on.

    Raises `NotFound` for a dossier that is not there or lies outside the actor's grants.
    """
    wanted = _LOCK if is_shared_writer(connection) else _FIND
    row = wanted.run(connection, {"dossier": dossier}).fetchone()
    if row is None or not any(
        held.role in READING_ROLES and held.covers(row[2]) for held in context.actor.grants
    ):
        raise NotFound(what="dossier")
    return _standing(connection, context.record, dossier, row)


def own_standing(connection: Connection, record: Record, dossier: str) -> Standing:
    """For the person alone, whose own code has opened it: no grants are asked. Raises `NotFound`."""
    row = _FIND.run(connection, {"dossier": dossier}).fetchone()
    if row is None:
        raise NotFound(what="dossier")
    return _standing(connection, record, dossier, row)


def _standing(connection: Connection, record: Record, dossier: str, row: tuple[Any, ...]) -> Standing:
    person, branch, path, stage, phase, version, facts, last_hash, category, born_sealed, listed = row
    laws = record.laws
    return Standing(
        id=dossier,
        person=person,
        branch=branch,
        path=path,
        line=laws.line(connection, path),
        ground=laws.ground(connection, path),
        stage=stage,
        phase=phase,
        version=version,
        facts=record.remembered.facts(dossier, bytes(last_hash), facts),
        prev=bytes(last_hash).hex(),
        category=category,
        born_sealed=born_sealed,
        listed=listed,
    )


_PERSON = Prepared(
    select(Person.category, Person.born_sealed, Organization.path, Person.strokes, Person.name)
    .join(Organization, Organization.id == Person.organization)
    .where(Person.id == bindparam("person")),
)
_PATH = Prepared(
    select(Organization.path, Organization.kind).where(Organization.id == bindparam("organization"))
)


def beginning(connection: Connection, context: Context, *, id_: str, person: str, branch: str) -> Standing:
    """Where a dossier begins. Raises `NotFound` for a person or a branch out of reach."""
    one_at_a_time(connection, f"person:{person}")
    found = _PERSON.run(connection, {"person": person}).fetchone()
    if found is None or not any(
        held.covers(found[2]) or found[2] in _paths_above(held.path) for held in context.actor.grants
    ):
        raise NotFound(what="person")
    place = _PATH.run(connection, {"organization": branch}).fetchone()
    if place is None or not any(
        held.role in READING_ROLES and held.covers(place[0]) for held in context.actor.grants
    ):
        raise NotFound(what="branch")
    laws = context.record.laws
    return Standing(
        id=id_,
        person=person,
        branch=branch,
        path=place[0],
        line=laws.line(connection, place[0]),
        ground=laws.ground(connection, place[0]),
        stage="",
        phase="",
        version=0,
        facts=None,
        prev=NO_HASH,
        category=found[0],
        born_sealed=found[1],
        listed=listed_as(found[3], found[4]),
    )


def listed_as(strokes: str, name: str) -> str:
    """Where a name stands in a list: by its strokes, then by itself."""
    return f"{strokes} {name}"


def path_of(connection: Connection, organization: str) -> str:
    """Of an organization that is there."""
    found = _PATH.run(connection, {"organization": organization}).fetchone()
    assert found is not None
    return str(found[0])


def _paths_above(path: str) -> tuple[str, ...]:
    """A person listed with the township may be received by each of its branches."""
    parts = path.strip("/").split("/")
    return tuple(f"/{'/'.join(parts[:count])}/" for count in range(1, len(parts)))

"""Dossiers read one by one for a scan, each with what lies around its acts on their days."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Row, select

from recruit.commands.around import ASKS_ROLL, roll_of
from recruit.commands.standing import committee_over
from recruit.commands.writing import acts_of
from recruit.context import reach
from recruit.errors import KeysMissing
from recruit.identity import born_of
from recruit.places import Place, organization_or_none
from recruit.record import Record
from recruit.tables import Dossier, Membership, Organization, Person
from workflows.acts import Act
from workflows.around import Around, Member, Roll
from workflows.facts import Facts
from workflows.ground import Ground
from workflows.past import AroundOf
from workflows.scan.files import File
from workflows.scan.register import Identity, Traits

_AT_ONCE = 200
_BRANCHES_REMEMBERED = 256
_COLUMNS: tuple[Any, ...] = (
    Dossier.id,
    Dossier.person,
    Dossier.branch,
    Dossier.opened_on,
    Organization.path,
    Person.name,
    Person.sex,
    Person.education,
    Person.category,
    Person.id_index,
    Person.id_sealed,
    Person.born_sealed,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """The roots of the subtrees that are scanned; "/" is the whole record."""

    paths: tuple[str, ...]

    def covers(self, path: str) -> bool:
        return any(path.startswith(root) for root in self.paths)


class Reading:
    """One reading of the register: its branches are remembered while their dossiers are read."""

    def __init__(self, connection: Connection, record: Record, within: Within) -> None:
        self.connection = connection
        self.record = record
        self.within = within
        self._line = lru_cache(maxsize=_BRANCHES_REMEMBERED)(self._read_line)
        self._roll = lru_cache(maxsize=_BRANCHES_REMEMBERED)(self._read_roll)

    def units_of(self, branch: str) -> tuple[tuple[str, ...], str | None]:
        """The branch and all above it within reach, the nearest first; the committee that approves for it."""
        line = self._line(branch)
        committee = committee_over(line) if line else None
        known = tuple(place.id for place in reversed(line) if self.within.covers(place.path))
        return known, committee.id if committee and committee.id in known else None

    def around_of(self, file: File) -> AroundOf:
        """What lay around the branch in charge on the day of each act."""
        born = file.traits.born

        def around(facts: Facts | None, act: Act) -> Around:
            branch = (facts.branch_at(act.on) if facts else act.org) or file.branch
            line = self._line(branch) if branch else ()
            committee = committee_over(line) if line else None
            return Around(
                roll=self._roll(branch) if branch and act.do in ASKS_ROLL else None,
                is_roll_expected=True,
                committee_kind=committee.kind if committee else None,
                superiors=frozenset(place.id for place in line[:-1]),
                born=born,
            )

        return around

    def _read_line(self, branch: str) -> tuple[Place, ...]:
        place = organization_or_none(self.connection, branch)
        return self.record.laws.line(self.connection, place.path) if place else ()

    def _read_roll(self, branch: str) -> Roll | None:
        """The roll as the branch knew it: membership counts from expiry, a vote only from the decision."""
        roll = roll_of(self.connection, branch)
        if roll is None:
            return None
        decided = _converted_on(self.connection, branch)
        members = roll.members.values()
        return Roll({one.id: _as_known(one, decided.get(one.id)) for one in members})


def files_of(reading: Reading) -> Iterator[tuple[File, Ground]]:
    """Each dossier within reach with the law of its branch, branch by branch."""
    wanted = (
        select(*_COLUMNS)
        .select_from(Dossier)
        .join(Organization, Organization.id == Dossier.branch)
        .join(Person, Person.id == Dossier.person)
        .where(reach(Organization.path, reading.within.paths))
        .order_by(Organization.path, Dossier.id)
    )
    for row in reading.connection.execute(wanted).yield_per(_AT_ONCE):
        ground = reading.record.laws.ground(reading.connection, row.path)
        yield _file(reading, row), ground


def _converted_on(connection: Connection, branch: str) -> Mapping[str, date]:
    """The day of the committee's decision on conversion, of members who came by a dossier."""
    rows = connection.execute(
        select(Dossier.person, Dossier.facts)
        .join(Membership, Membership.person == Dossier.person)
        .where(Membership.branch == branch, Dossier.stage == "full_member"),
    )
    return {
        row.person: decision.on
        for row in rows
        for decision in Facts.from_json(json.loads(row.facts)).decisions
        if decision.purpose == "conversion" and decision.approved
    }


def _as_known(member: Member, decided_on: date | None) -> Member:
    if decided_on is None or member.full_since is None:
        return member
    return replace(member, full_since=max(member.full_since, decided_on))


def _file(reading: Reading, row: Row[Any]) -> File:
    born = _day(_unsealed(reading.record, row, "born_sealed"))
    return File(
        dossier=row.id,
        person=row.person,
        branch=row.branch,
        acts=acts_of(reading.connection, row.id),
        traits=Traits(sex=row.sex, born=born, education=row.education, category=row.category),
        identities=_identities(reading.record, row, born),
    )


def _identities(record: Record, row: Row[Any], born: date | None) -> tuple[Identity, ...]:
    """What the directory says and what the identity number says; without a number nothing is compared."""
    number = _unsealed(record, row, "id_sealed")
    if row.id_index is None or number is None:
        return ()
    digest = bytes(row.id_index).hex()
    return (
        Identity(digest=digest, paper="id_number", born=born_of(number), seen_on=row.opened_on),
        Identity(digest=digest, paper="directory", born=born, name=row.name),
    )


def _unsealed(record: Record, row: Row[Any], column: str) -> str | None:
    """None where nothing is on record, or the person was erased."""
    sealed = getattr(row, column)
    if sealed is None:
        return None
    try:
        return record.keys.unseal(row.person, f"person:{column}:{row.person}", sealed).decode()
    except KeysMissing:
        return None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

"""The smallest crew that the procedure needs at each organization, and which of its seats are vacant."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from recruit.commands.standing import committee_over
from recruit.context import Context
from recruit.places import Place
from recruit.queries.settings import READERS
from recruit.stand_ins import granted
from recruit.tables import Grant, Organization, User

OF_BRANCH = ("branch_secretary",)
OF_COMMITTEE = ("organizer", "committee_secretary", "committee_member")


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """Of a branch, or of a committee that approves for one. `vacant`: roles that nobody holds.

    `is_one_person`: who records and who decides are the same user, where two persons are needed.
    """

    organization: str
    path: str
    name: str
    needed: tuple[str, ...]
    vacant: tuple[str, ...]
    is_one_person: bool

    @property
    def is_complete(self) -> bool:
        return not self.vacant and not self.is_one_person


def crews(connection: Connection, on: date) -> tuple[Crew, ...]:
    """Every branch that is not closed, and every committee that approves for one; by their paths."""
    places = _places(connection)
    seats = _seats(connection, on)
    by_path = {place.path: place for place in places}
    committees: dict[str, Place] = {}
    for place in places:
        if place.kind == "branch":
            committee = committee_over(_line(place.path, by_path))
            if committee is not None:
                committees[committee.id] = committee
    found = [_crew(place, OF_BRANCH, seats) for place in places if place.kind == "branch"]
    found += [_crew(place, OF_COMMITTEE, seats) for place in committees.values()]
    return tuple(sorted(found, key=lambda crew: crew.path))


def crews_in_reach(context: Context) -> tuple[Crew, ...]:
    """Those of the organizations that this actor administers, audits or leads."""
    with context.record.reading() as connection:
        found = crews(connection, context.on)
    return tuple(one for one in found if context.actor.held(READERS, one.path) is not None)


def _crew(place: Place, needed: tuple[str, ...], seats: Mapping[tuple[str, str], frozenset[str]]) -> Crew:
    held = {role: seats.get((place.id, role), frozenset()) for role in needed}
    users = frozenset[str]().union(*held.values())
    vacant = tuple(role for role in needed if not held[role])
    return Crew(
        organization=place.id,
        path=place.path,
        name=place.name,
        needed=needed,
        vacant=vacant,
        is_one_person=not vacant and len(needed) > 1 and len(users) == 1,
    )


def _line(path: str, by_path: Mapping[str, Place]) -> tuple[Place, ...]:
    ids = path.strip("/").split("/")
    above = (f"/{'/'.join(ids[:count])}/" for count in range(1, len(ids) + 1))
    return tuple(by_path[one] for one in above if one in by_path)


def _places(connection: Connection) -> tuple[Place, ...]:
    rows = connection.execute(
        select(
            Organization.id,
            Organization.kind,
            Organization.level,
            Organization.parent,
            Organization.path,
            Organization.name,
        ).where(Organization.closed_on.is_(None))
    )
    return tuple(
        Place(id=id_, kind=kind, level=level, parent=parent, path=path, name=name)
        for id_, kind, level, parent, path, name in rows
    )


def _seats(connection: Connection, on: date) -> Mapping[tuple[str, str], frozenset[str]]:
    rows: Iterable[tuple[str, str, str]] = (
        (organization, role, user)
        for organization, role, user in connection.execute(
            select(Grant.organization, Grant.role, Grant.user)
            .join(User, User.id == Grant.user)
            .where(granted(on), User.disabled_at.is_(None), Grant.role.in_((*OF_BRANCH, *OF_COMMITTEE)))
        )
    )
    found: dict[tuple[str, str], frozenset[str]] = {}
    for organization, role, user in rows:
        found[organization, role] = found.get((organization, role), frozenset()) | {user}
    return found

"""Members of a branch by name: those whom a form may offer, and those whom a dossier names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from recruit.commands.around import roll_of
from recruit.commands.standing import Standing, find_standing
from recruit.commands.writing import acts_of
from recruit.context import READING_ROLES, Context
from recruit.errors import NotFound
from recruit.places import organization_or_none
from recruit.tables import Membership, Person
from workflows.acts import Act
from workflows.fields import FIELDS

_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRow:
    """`full_since` None: probationary. `is_barred`: on probation within the Party, no vote that day."""

    id: str
    name: str
    full_since: date | None
    is_barred: bool


def members_of(context: Context, branch: str, on: date) -> tuple[MemberRow, ...]:
    """Who is on the branch's roll on that day, by the strokes of the surname.

    Raises `NotFound` for a branch that is not there or out of reach.
    """
    with context.record.reading() as connection:
        place = organization_or_none(connection, branch)
        if place is None or context.actor.held(READING_ROLES, place.path) is None:
            raise NotFound(what="branch")
        roll = roll_of(connection, branch)
        here = [one for one in roll.members.values() if one.is_here(on)] if roll else []
        names = _names(connection, [one.id for one in here])
    rows = {
        one.id: MemberRow(
            id=one.id,
            name=names[one.id],
            full_since=one.full_since if one.is_full(on) else None,
            is_barred=one.is_barred(on),
        )
        for one in here
    }
    return tuple(rows[id_] for id_ in names)


def member_names(context: Context, dossier: str) -> Mapping[str, str]:
    """The names behind the ids in a dossier: its person, whom its acts name, whoever was on the roll.

    Raises `NotFound`.
    """
    with context.record.reading() as connection:
        standing = find_standing(connection, context, dossier)
        return _names(connection, _wanted(connection, standing))


def _wanted(connection: Connection, standing: Standing) -> set[str]:
    ever = select(Membership.person).where(Membership.branch == standing.branch)
    acts = acts_of(connection, standing.id)
    return {standing.person, *connection.execute(ever).scalars(), *(id_ for act in acts for id_ in _ids(act))}


def _ids(act: Act) -> Iterable[str]:
    for name, value in act.details.items():
        if name in FIELDS and FIELDS[name].type == "ids" and isinstance(value, tuple):
            yield from value
    if act.replacement is not None:
        yield from _ids(act.replacement)


def _names(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """By strokes, then name."""
    wanted = sorted(ids)
    found: list[tuple[str, str, str]] = []
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        rows = connection.execute(select(Person.strokes, Person.name, Person.id).where(Person.id.in_(some)))
        found += [(strokes, name, id_) for strokes, name, id_ in rows]
    return {id_: name for _strokes, name, id_ in sorted(found)}

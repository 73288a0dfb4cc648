"""For whom somebody acted: derived from the substitutes of that instant, for the log holds one person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from recruit.context import Actor, Held
from recruit.stand_ins import grants_at, stints_of
from recruit.tables import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What a user did: in one of these roles, on a dossier at `path`; `org`: whose act it is, where known."""

    user: str
    at: datetime
    roles: tuple[str, ...]
    path: str
    org: str = ""


def acted_for(connection: Connection, deeds: Iterable[Deed]) -> Mapping[Deed, str]:
    """The name of the absent user behind each deed that was done as a stand-in; the others are left out."""
    wanted = tuple(deeds)
    stints = stints_of(connection, {one.user for one in wanted}) if wanted else ()
    found: dict[Deed, str] = {}
    for deed in wanted:
        if any(one.stand_in == deed.user and one.ran(deed.at) for one in stints):
            used = _used(deed, grants_at(connection, deed.user, deed.at))
            if used is not None and used.instead_of is not None:
                found[deed] = used.instead_of
    names = _names(connection, found.values())
    return {deed: names[absent] for deed, absent in found.items()}


def _used(deed: Deed, grants: tuple[Held, ...]) -> Held | None:
    """The grant that the command took: at the act's own organization, else the nearest."""
    there = tuple(held for held in grants if held.organization == deed.org)
    return _nearest(deed, there) or _nearest(deed, grants)


def _nearest(deed: Deed, grants: tuple[Held, ...]) -> Held | None:
    return Actor(user_id=deed.user, name="", grants=grants).held(deed.roles, deed.path)


def _names(connection: Connection, users: Iterable[str]) -> Mapping[str, str]:
    ids = tuple(set(users))
    rows = connection.execute(select(User.id, User.name).where(User.id.in_(ids))) if ids else ()
    return {id_: name for id_, name in rows}  # noqa: C416 - rows are not pairs to the type checker

"""Who a recipient of messages is: a user by name, a robot by its organization, or a person."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, select

from recruit.tables import Organization, Person, Robot, User


@dataclass(frozen=True, slots=True)
class Named:
    """`name` of a robot is that of its organization; of a person it is empty: the reader may not know it."""

    kind: Literal["user", "robot", "person"]
    name: str


def named(connection: Connection, recipients: Collection[str]) -> Mapping[str, Named]:
    """Whoever is gone is missing."""
    users = select(User.id, User.name).where(User.id.in_(recipients))
    robots = (
        select(Robot.id, Organization.name)
        .join(Organization, Organization.id == Robot.organization)
        .where(Robot.id.in_(recipients))
    )
    persons = select(Person.id).where(Person.id.in_(recipients))
    return {
        **{id_: Named("user", name) for id_, name in connection.execute(users)},
        **{id_: Named("robot", name) for id_, name in connection.execute(robots)},
        **{id_: Named("person", "") for id_ in connection.execute(persons).scalars()},
    }

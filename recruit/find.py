"""Finding one thing within reach; what is out of reach is not found."""

from sqlalchemy import Connection, select

from recruit.context import Context
from recruit.errors import NotFound
from recruit.places import Place, organization_or_none
from recruit.tables import Organization


def find_organization(connection: Connection, context: Context, organization: str) -> Place:
    """Raises `NotFound` for an organization that is not there or out of the actor's reach."""
    place = organization_or_none(connection, organization)
    if place is None or not any(held.covers(place.path) for held in context.actor.grants):
        raise NotFound(what="organization")
    return place


def topmost(connection: Connection) -> Place:
    """The organization above all others. Raises `NotFound` where nothing is founded."""
    root = connection.execute(select(Organization.id).where(Organization.parent.is_(None))).scalars().first()
    place = None if root is None else organization_or_none(connection, root)
    if place is None:
        raise NotFound(what="organization")
    return place

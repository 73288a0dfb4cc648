"""Organizations as the record's rows give them."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from recruit.tables import Organization


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An organization's row."""

    id: str
    kind: str
    level: int
    parent: str | None
    path: str
    name: str


def organization_or_none(connection: Connection, organization: str) -> Place | None:
    row = connection.execute(
        select(
            Organization.id,
            Organization.kind,
            Organization.level,
            Organization.parent,
            Organization.path,
            Organization.name,
        ).where(Organization.id == organization),
    ).one_or_none()
    return None if row is None else Place(**row._mapping)  # noqa: SLF001 - the documented way to a row's mapping


def is_closed(connection: Connection, organization: str) -> bool:
    """Whether a day is set from which it is closed: from then on it takes nobody."""
    closed = select(Organization.id).where(
        Organization.id == organization, Organization.closed_on.is_not(None)
    )
    return connection.execute(closed).first() is not None

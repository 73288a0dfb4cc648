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

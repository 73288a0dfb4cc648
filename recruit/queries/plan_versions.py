"""The versions of a committee's plans, for whoever enters them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from recruit.clock import civil_day
from recruit.commands.plans import PLANNERS
from recruit.commands.standing import COMMITTEES
from recruit.context import Context
from recruit.errors import NotFound
from recruit.places import Place, organization_or_none
from recruit.tables import Organization, Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedYear:
    """`version`: how often it was entered, 0 never."""

    committee: str
    name: str
    year: int
    total: int | None
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanVersion:
    version: int
    total: int
    on: date
    document: Mapping[str, object]


def planned_years(context: Context) -> tuple[PlannedYear, ...]:
    """Each committee whose plans this actor enters, with its plans, and this year and the next."""
    newest = (
        select(Plan.committee, Plan.year, func.max(Plan.version).label("version"))
        .group_by(Plan.committee, Plan.year)
        .subquery()
    )
    with context.record.reading() as connection:
        places = connection.execute(
            select(Organization.id, Organization.name, Organization.path)
            .where(Organization.kind.in_(COMMITTEES), Organization.closed_on.is_(None))
            .order_by(Organization.level, Organization.name)
        ).all()
        rows = connection.execute(
            select(Plan.committee, Plan.year, Plan.version, Plan.total).join(
                newest,
                (newest.c.committee == Plan.committee)
                & (newest.c.year == Plan.year)
                & (newest.c.version == Plan.version),
            )
        ).all()
    known = {(row.committee, row.year): row for row in rows}
    found = []
    for place in places:
        if context.actor.held(PLANNERS, place.path) is None:
            continue
        years = {year for committee, year in known if committee == place.id}
        for year in sorted(years | {context.on.year, context.on.year + 1}, reverse=True):
            row = known.get((place.id, year))
            found.append(
                PlannedYear(
                    committee=place.id,
                    name=place.name,
                    year=year,
                    total=row.total if row else None,
                    version=row.version if row else 0,
                )
            )
    return tuple(found)


def plan_versions(context: Context, committee: str, year: int) -> tuple[Place, tuple[PlanVersion, ...]]:
    """The newest first. Raises `NotFound` for what is no committee whose plans this actor enters."""
    with context.record.reading() as connection:
        place = organization_or_none(connection, committee)
        if place is None or place.kind not in COMMITTEES or context.actor.held(PLANNERS, place.path) is None:
            raise NotFound(what="organization")
        rows = connection.execute(
            select(Plan.version, Plan.total, Plan.added_at, Plan.document)
            .where(Plan.committee == committee, Plan.year == year)
            .order_by(Plan.version.desc())
        ).all()
    return place, tuple(
        PlanVersion(
            version=row.version,
            total=row.total,
            on=civil_day(row.added_at),
            document=json.loads(row.document),
        )
        for row in rows
    )

"""The year's plan that holds where the actor works."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from recruit.commands.standing import APPROVING, COMMITTEES
from recruit.context import Context
from recruit.places import Place
from recruit.tables import Plan

NO_PLAN: Mapping[str, object] = {}


def plan_of(context: Context, year: int) -> Mapping[str, object]:
    """The newest version of the approving committee's plan, at or above the actor's organizations.

    Empty where there is none; where several organizations have one, the nearest above the first.
    """
    found = placed_plan_of(context, year)
    return found.document if found else NO_PLAN


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedPlan:
    """A plan and the committee whose it is."""

    place: Place
    document: Mapping[str, object]


def placed_plan_of(context: Context, year: int) -> PlacedPlan | None:
    """As `plan_of`, with the committee; None where there is no plan."""
    with context.record.reading() as connection:
        for path in context.paths():
            for place in _nearest_first(context.record.laws.line(connection, path)):
                document = _newest(connection, place.id, year)
                if document is not None:
                    return PlacedPlan(place=place, document=document)
    return None


def _nearest_first(line: tuple[Place, ...]) -> list[Place]:
    """Those with the power to approve before the other committees."""
    upwards = [place for place in reversed(line) if place.kind in COMMITTEES]
    return sorted(upwards, key=lambda place: place.kind not in APPROVING)


def _newest(connection: Connection, committee: str, year: int) -> Mapping[str, object] | None:
    text = connection.execute(
        select(Plan.document)
        .where(Plan.committee == committee, Plan.year == year)
        .order_by(Plan.version.desc())
        .limit(1),
    ).scalar_one_or_none()
    return None if text is None else json.loads(text)

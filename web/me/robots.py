"""The robots of groups, for whoever names them."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from recruit.context import Context
from recruit.queries.addresses import robot_places, robots
from recruit.recipients import ROBOTS
from web import dates
from web.language import language
from web.messages.sent import channel_name
from web.words import joined


@dataclass(frozen=True, slots=True)
class Running:
    place: str
    kind: str
    since: str
    end: str


@dataclass(frozen=True, slots=True)
class RobotPage:
    """`hosts`: where robots may stand, in words; empty where none may."""

    running: Sequence[Running]
    places: Sequence[tuple[str, str]]
    kinds: Sequence[tuple[str, str]]
    hosts: str
    problem: str


def robot_page(context: Context, hosts: Sequence[str], problem: str) -> RobotPage:
    return RobotPage(
        running=[
            Running(
                place=row.organization_name,
                kind=channel_name(row.kind),
                since=dates.long_day(dates.local(row.added_at).date(), language()),
                end=url_for("me.end", robot=row.id),
            )
            for row in robots(context)
        ],
        places=robot_places(context),
        kinds=[(kind, channel_name(kind)) for kind in ROBOTS],
        hosts=joined(hosts),
        problem=problem,
    )

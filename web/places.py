"""Where the visitor works: the organization's name and its calendar."""

from recruit.context import Context
from recruit.places import Place
from workflows.calendar import Calendar


def line_of(context: Context) -> tuple[Place, ...]:
    """The organizations from the root to the visitor's own."""
    paths = sorted((held.path for held in context.actor.own), key=len)
    if not paths:
        return ()
    with context.record.reading() as connection:
        return context.record.laws.line(connection, paths[-1])


def place_name(context: Context) -> str:
    """青河镇党委 · 柳树村党支部."""
    return " · ".join(place.name for place in line_of(context)[-2:])


def calendar_of(context: Context) -> Calendar:
    """The calendar that holds where the visitor works."""
    with context.record.reading() as connection:
        return context.record.laws.ground(connection, line_of(context)[-1].path).calendar

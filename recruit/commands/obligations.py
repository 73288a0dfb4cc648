"""Obligations of organizations as rows: a plan's milestones, and the calendar year that is published."""

from dataclasses import fields
from datetime import date
from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.orm import InstrumentedAttribute

from recruit.context import Context
from recruit.places import Place
from recruit.tables import Obligation
from workflows.deadlines import Deadline as Due
from workflows.plans.milestones import StoredYear, milestone_deadlines

MILESTONE, DUTY, CALENDAR = "milestone", "duty", "calendar"
CALENDAR_YEAR = "calendar_year"
# What an obligation shares with a deadline of floor 1, in the order of its fields.
OBLIGATION_COLUMNS: tuple[InstrumentedAttribute[Any], ...] = tuple(
    getattr(Obligation, field.name) for field in fields(Due) if hasattr(Obligation, field.name)
)


def write_milestones(
    connection: Connection, context: Context, place: Place, *, plan: str, year: StoredYear
) -> None:
    """Bring the year's milestones to what the plan says; one that it no longer names is dropped, and stays.

    A milestone that is kept keeps the day on which it was adopted first.
    """
    calendar = context.record.laws.ground(connection, place.path).calendar
    of_year = (
        Obligation.organization == place.id,
        Obligation.kind == MILESTONE,
        Obligation.key.startswith(f"{year.year}:", autoescape=True),
    )
    adopted = select(Obligation.key, Obligation.opened_on).where(*of_year)
    known = {key: opened_on for key, opened_on in connection.execute(adopted)}  # noqa: C416 - rows are not pairs
    wanted = milestone_deadlines(year, context.on, calendar)
    gone = known.keys() - {due.key for due in wanted}
    dropped = update(Obligation).where(*of_year, Obligation.key.in_(gone), Obligation.dropped_on.is_(None))
    connection.execute(dropped.values(dropped_on=context.on))
    for due in wanted:
        values = {**columns_of(due), "plan": plan, "kind": MILESTONE, "next_rung_on": date.min}
        if due.key not in known:
            connection.execute(insert(Obligation).values(organization=place.id, **values))
            continue
        same = update(Obligation).where(Obligation.organization == place.id, Obligation.key == due.key)
        connection.execute(same.values({**values, "opened_on": known[due.key]}))


def columns_of(due: Due) -> dict[str, Any]:
    """A deadline as the columns of an obligation."""
    return {column.key: getattr(due, column.key) for column in OBLIGATION_COLUMNS}


def calendar_key(year: int) -> str:
    return f"{CALENDAR_YEAR}:{year}"


def close_calendar_year(connection: Connection, context: Context, root: str, year: int) -> None:
    """The notice of that year is entered: nobody has to be told any more."""
    waiting = update(Obligation).where(
        Obligation.organization == root,
        Obligation.key == calendar_key(year),
        Obligation.closed_on.is_(None),
    )
    done = {"closed_on": context.on, "done_by": context.actor.user_id, "done_at": context.now}
    connection.execute(waiting.values(done))

"""Days and years of the official notice, as a system administrator enters them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, insert, select

from recruit.commands.obligations import close_calendar_year
from recruit.commands.projections import project_again
from recruit.context import Context, ensure_role
from recruit.errors import BadInput, NotFound, problem
from recruit.log.events import NewEvent, append_event
from recruit.repeat import repeated
from recruit.tables import CalendarRow, CalendarYear, Organization
from workflows.calendar import LAST_PUBLISHED_YEAR


@dataclass(frozen=True, slots=True, kw_only=True)
class AddCalendarRow:
    """A day that is worked or free after all: its name, the notice that says so, and why it is entered.

    A day entered before is entered again, with a reason; the later row counts and both stay.
    """

    on: date
    is_working: bool
    source: str
    name: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishCalendarYear:
    """The notice of that year is entered whole: its days are no longer provisional."""

    year: int
    source: str


@repeated
def add_calendar_row(context: Context, add: AddCalendarRow) -> None:
    """One day for the whole record; every open deadline is counted anew.

    Raises `BadInput` without a source, or without a reason for a day entered before; `NotAllowed`.
    """
    if not add.source.strip():
        raise BadInput(problem("source", "missing"))
    with context.record.writing() as connection:
        root, path, role = _root(connection, context, what="add_calendar_row")
        version = _version(connection, add)
        values = {"name": add.name, "source": add.source, "reason": add.reason, "added_at": context.now}
        connection.execute(
            insert(CalendarRow).values(on=add.on, version=version, is_working=add.is_working, **values),
        )
        details = {"day": add.on, "version": version, "is_working": add.is_working}
        append_event(
            connection, context, NewEvent(org=root, do="calendar_row_added", details=details, role=role)
        )
        project_again(connection, path)
    context.record.laws.forget()


@repeated
def publish_calendar_year(context: Context, publish: PublishCalendarYear) -> None:
    """Raises `BadInput` unless the year follows the last published one, or without a source; `NotAllowed`."""
    if not publish.source.strip():
        raise BadInput(problem("source", "missing"))
    with context.record.writing() as connection:
        root, path, role = _root(connection, context, what="publish_calendar_year")
        last = connection.execute(select(func.max(CalendarYear.year))).scalar() or LAST_PUBLISHED_YEAR
        if publish.year != last + 1:
            raise BadInput(problem("year", "not_the_next_year", found=publish.year, needed=last + 1))
        connection.execute(
            insert(CalendarYear).values(year=publish.year, source=publish.source, added_at=context.now)
        )
        new = NewEvent(org=root, do="calendar_year_published", details={"year": publish.year}, role=role)
        append_event(connection, context, new)
        project_again(connection, path)
        close_calendar_year(connection, context, root, publish.year)
    context.record.laws.forget()


def _version(connection: Connection, add: AddCalendarRow) -> int:
    """1 for a day that is new, one more for a day entered before."""
    last: int = (
        connection.execute(select(func.max(CalendarRow.version)).where(CalendarRow.on == add.on)).scalar()
        or 0
    )
    if last and not add.reason.strip():
        raise BadInput(problem("reason", "entered_before", found=add.on.isoformat()))
    return last + 1


def _root(connection: Connection, context: Context, *, what: str) -> tuple[str, str, str]:
    """The topmost organization and its path, and the role in which the calendar is kept."""
    root = connection.execute(
        select(Organization.id, Organization.path).where(Organization.parent.is_(None))
    ).first()
    if root is None:
        raise NotFound(what="organization")
    held = ensure_role(context, ("system_admin",), path=root.path, what=what)
    return root.id, root.path, held.role

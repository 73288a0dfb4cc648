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

FIRST_YEAR, LAST_YEAR = 1990, 2060
LONGEST_NAME, LONGEST_SOURCE = 40, 120


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


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterCalendarYear:
    """Days of one year at once; `is_whole`: with them the notice of that year is entered whole."""

    year: int
    source: str
    rows: tuple[AddCalendarRow, ...]
    is_whole: bool


@repeated
def add_calendar_row(context: Context, add: AddCalendarRow) -> None:
    """One day for the whole record; every open deadline is counted anew.

    Raises `BadInput` without a source, or without a reason for a day entered before; `NotAllowed`.
    """
    with context.record.writing() as connection:
        root, path, role = _root(connection, context, what="add_calendar_row")
        _ensure_rows(connection, (add,))
        _insert_row(connection, context, add, root=root, role=role)
        project_again(connection, path)
    context.record.laws.forget()


@repeated
def publish_calendar_year(context: Context, publish: PublishCalendarYear) -> None:
    """Raises `BadInput` unless the year follows the last published one, or without a source; `NotAllowed`."""
    with context.record.writing() as connection:
        root, path, role = _root(connection, context, what="publish_calendar_year")
        _publish(connection, context, publish, root=root, role=role)
        project_again(connection, path)
    context.record.laws.forget()


@repeated
def enter_calendar_year(context: Context, enter: EnterCalendarYear) -> None:
    """All days or none, in one transaction with the publishing. Raises `BadInput`, `NotAllowed`."""
    with context.record.writing() as connection:
        root, path, role = _root(connection, context, what="enter_calendar_year")
        _ensure_year(connection, enter)
        for row in enter.rows:
            _insert_row(connection, context, row, root=root, role=role)
        if enter.is_whole:
            publish = PublishCalendarYear(year=enter.year, source=enter.source)
            _publish(connection, context, publish, root=root, role=role)
        project_again(connection, path)
    context.record.laws.forget()


def check_calendar_year(context: Context, enter: EnterCalendarYear) -> None:
    """Raises what `enter_calendar_year` would raise; nothing is written."""
    with context.record.reading() as connection:
        _root(connection, context, what="enter_calendar_year")
        _ensure_year(connection, enter)


def next_year(connection: Connection) -> int:
    """The year that is to be published next."""
    last: int = connection.execute(select(func.max(CalendarYear.year))).scalar() or LAST_PUBLISHED_YEAR
    return last + 1


def _ensure_year(connection: Connection, enter: EnterCalendarYear) -> None:
    if not enter.rows and not enter.is_whole:
        raise BadInput(problem("rows", "missing"))
    other = next((row.on for row in enter.rows if row.on.year != enter.year), None)
    if other is not None:
        raise BadInput(problem("rows", "of_another_year", found=other.isoformat(), needed=enter.year))
    days = [row.on for row in enter.rows]
    twice = next((day for day in days if days.count(day) > 1), None)
    if twice is not None:
        raise BadInput(problem("rows", "day_twice", found=twice.isoformat()))
    _ensure_rows(connection, enter.rows)
    if enter.is_whole:
        _ensure_next(connection, PublishCalendarYear(year=enter.year, source=enter.source))


def _ensure_rows(connection: Connection, rows: tuple[AddCalendarRow, ...]) -> None:
    for row in rows:
        _ensure_source(row.source)
        if not FIRST_YEAR <= row.on.year <= LAST_YEAR:
            raise BadInput(problem("on", "not_within", least=FIRST_YEAR, most=LAST_YEAR))
        if len(row.name) > LONGEST_NAME:
            raise BadInput(problem("name", "too_long", most=LONGEST_NAME))
        _version(connection, row)


def _ensure_source(source: str) -> None:
    if not source.strip():
        raise BadInput(problem("source", "missing"))
    if len(source) > LONGEST_SOURCE:
        raise BadInput(problem("source", "too_long", most=LONGEST_SOURCE))


def _ensure_next(connection: Connection, publish: PublishCalendarYear) -> None:
    _ensure_source(publish.source)
    needed = next_year(connection)
    if publish.year != needed:
        raise BadInput(problem("year", "not_the_next_year", found=publish.year, needed=needed))


def _insert_row(
    connection: Connection, context: Context, add: AddCalendarRow, *, root: str, role: str
) -> None:
    version = _version(connection, add)
    values = {"name": add.name, "source": add.source, "reason": add.reason, "added_at": context.now}
    connection.execute(
        insert(CalendarRow).values(on=add.on, version=version, is_working=add.is_working, **values),
    )
    details = {"day": add.on, "version": version, "is_working": add.is_working}
    new = NewEvent(org=root, do="calendar_row_added", details=details, role=role)
    append_event(connection, context, new)


def _publish(
    connection: Connection, context: Context, publish: PublishCalendarYear, *, root: str, role: str
) -> None:
    _ensure_next(connection, publish)
    connection.execute(
        insert(CalendarYear).values(year=publish.year, source=publish.source, added_at=context.now)
    )
    new = NewEvent(org=root, do="calendar_year_published", details={"year": publish.year}, role=role)
    append_event(connection, context, new)
    close_calendar_year(connection, context, root, publish.year)


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

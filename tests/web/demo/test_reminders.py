"""What the clock told in the demonstration's year: the whole list, and what no list may hold."""

from recruit.clock import civil_day
from recruit.ids import instant
from tests.homes import ask
from tests.web.demo.conftest import Reading
from tests.web.demo.golden import LIST, YEAR, listed
from workflows.calendar import china_calendar


def test_the_year_sends_exactly_the_reminders_of_the_reviewed_list(year: Reading) -> None:
    assert listed(year.record, YEAR) == LIST.read_text("utf-8")


def test_no_reminder_calls_overdue_what_is_due_that_day(year: Reading) -> None:
    with year.record.reading() as connection:
        rows = ask(connection, 'SELECT at, rung, "values" FROM reminder').all()
    late = [(civil_day(instant(at)), values) for at, rung, values in rows if rung.startswith("+")]

    assert late
    assert all(f'"due":"{on}"' not in values for on, values in late)


def test_every_reminder_came_on_a_working_day(year: Reading) -> None:
    calendar = china_calendar()
    with year.record.reading() as connection:
        days = {civil_day(instant(at)) for at in ask(connection, "SELECT at FROM reminder").scalars()}

    assert [on for on in sorted(days) if not calendar.is_working(on)] == []

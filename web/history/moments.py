"""Days and moments as the address of a page names them, in the time of the wall clock in Shanghai."""

from datetime import date, datetime, time, timedelta

from recruit.errors import BadInput, problem
from web import dates
from web.language import language
from workflows.acts import SHANGHAI

_FORMAT = "%Y-%m-%dT%H:%M"
_SECONDS_OF = len("2016-06-20T08:30")


def read_day(text: str, *, field: str) -> date | None:
    """None for an empty text. Raises `BadInput`."""
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as unreadable:
        raise BadInput(problem(field, "not_a_date", value=text[:40])) from unreadable


def read_moment(text: str, *, field: str) -> datetime | None:
    """A minute with its last second, or a day with its last moment: what was known by then counts.

    Raises `BadInput`.
    """
    given = text.strip().replace(" ", "T")
    if not given:
        return None
    try:
        if "T" not in given:
            return evening(date.fromisoformat(given))
        minute = datetime.strptime(given[:_SECONDS_OF], _FORMAT)  # noqa: DTZ007 - a wall clock has no zone
    except ValueError as unreadable:
        raise BadInput(problem(field, "not_a_date", value=text[:40])) from unreadable
    return minute.replace(tzinfo=SHANGHAI) + timedelta(minutes=1) - timedelta(microseconds=1)


def evening(day: date) -> datetime:
    """The last moment of the day."""
    try:
        midnight = datetime.combine(day + timedelta(days=1), time(0), tzinfo=SHANGHAI)
    except OverflowError:
        midnight = datetime.combine(date(9999, 12, 31), time(0), tzinfo=SHANGHAI)
    return midnight - timedelta(microseconds=1)


def moment_value(moment: datetime) -> str:
    """For the box of a form."""
    return dates.local(moment).strftime(_FORMAT)


def moment_text(moment: datetime) -> str:
    """2016年6月20日 08:30; 20 June 2016 08:30."""
    return f"{dates.long_day(dates.local(moment).date(), language())} {dates.clock_time(moment)}"

"""A notice's days as lines: 2月5日至11日 休 春节, 2月20日 班."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _

from recruit.commands.calendar import AddCalendarRow
from web.pasted import lines_of

_DAY = r"(?:(\d{4})\s*[-./年]\s*)?(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?"
_END = r"(?:(?:(\d{4})\s*[-./年]\s*)?(\d{1,2})\s*[-./月]\s*)?(\d{1,2})\s*日?"
_LINE = re.compile(
    rf"{_DAY}(?:\s*(?:至|到|—|~|～|\bto\b)\s*{_END})?[\s,，、：:]*"
    r"(?P<what>调休上班|上班|班|放假|休息|休|work|rest)[\s,，、]*(?P<name>.*)",
    re.ASCII | re.IGNORECASE,
)
_WORKING = frozenset(("调休上班", "上班", "班", "work"))
_LONGEST = 31  # days in one line
_ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Line:
    """`days` empty: the line could not be read, as `problem` says."""

    number: int
    text: str
    days: tuple[date, ...]
    is_working: bool
    name: str
    problem: str


def read_lines(text: str, year: int) -> list[Line]:
    """Days without a year are of `year`."""
    return [_read(number, line.strip(), year) for number, line in lines_of(text)]


def rows_of(lines: list[Line], *, source: str, reason: str) -> tuple[AddCalendarRow, ...]:
    return tuple(
        AddCalendarRow(
            on=day, is_working=line.is_working, source=source.strip(), name=line.name, reason=reason.strip()
        )
        for line in lines
        for day in line.days
    )


def _read(number: int, text: str, year: int) -> Line:
    found = _LINE.fullmatch(text)
    if found is None:
        said = _("Write a day or two days, then 休 or 班, then the holiday: 2月5日至11日 休 春节.")
        return Line(number, text, (), is_working=False, name="", problem=said)
    own, month, day, other, last_month, last_day = found.groups()[:6]
    try:
        first = date(int(own or year), int(month), int(day))
        last = date(int(other or own or year), int(last_month or month), int(last_day)) if last_day else first
    except ValueError:
        return Line(number, text, (), is_working=False, name="", problem=_("There is no such day."))
    count = (last - first).days + 1
    if not 1 <= count <= _LONGEST:
        return Line(
            number,
            text,
            (),
            is_working=False,
            name="",
            problem=_("The last day comes first, or it is more than a month."),
        )
    days = tuple(first + _ONE * step for step in range(count))
    working = found["what"].lower() in _WORKING
    return Line(number, text, days, is_working=working, name=found["name"].strip(), problem="")

"""A calendar year as it is known, and what is odd about the days that somebody wants to enter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from recruit.commands.calendar import AddCalendarRow
from recruit.context import Context
from recruit.queries.calendar import entered_days, entered_year, entered_years
from web import dates
from web.language import language
from web.words import clauses
from workflows.calendar import FIRST_PUBLISHED_YEAR, LAST_PUBLISHED_YEAR, Calendar, statutory_days
from workflows.recounted import EnteredDay

_WEEKDAYS = 5


@dataclass(frozen=True, slots=True)
class Year:
    year: int
    state: str
    is_known: bool
    href: str


@dataclass(frozen=True, slots=True)
class Day:
    """`css`: ho for a rest day, mk for a make-up day."""

    text: str
    what: str
    css: str
    source: str


@dataclass(frozen=True, slots=True)
class Page:
    year: int
    state: str
    is_known: bool
    days: tuple[Day, ...]
    entered: tuple[Day, ...]
    statutory: tuple[str, ...]


def years_of(context: Context, calendar: Calendar, waiting: dict[int, int]) -> list[Year]:
    """From the next year back to the last one that the package knows, and every year in which a day lies."""
    entered = [one.year for one in entered_years(context.record)]
    newest = max(LAST_PUBLISHED_YEAR + 1, context.on.year + 1, *entered, *waiting)
    oldest = min(context.on.year - 2, LAST_PUBLISHED_YEAR - 1)
    return [
        Year(
            year,
            _state(context, calendar, year, waiting.get(year, 0)),
            not calendar.is_provisional(date(year, 1, 1), date(year, 12, 31)),
            url_for("years.one", year=year),
        )
        for year in range(newest, oldest - 1, -1)
    ]


def page_of(context: Context, calendar: Calendar, year: int) -> Page:
    mine = [one for one in entered_days(context.record) if one.row.day.year == year]
    shown = [
        (day, kind)
        for day, kind in calendar.explain(date(year, 1, 1), date(year, 12, 31))
        if kind.name or kind.reason in {"make_up", "added"}
    ]
    return Page(
        year=year,
        state=_state(context, calendar, year, 0),
        is_known=not calendar.is_provisional(date(year, 1, 1), date(year, 12, 31)),
        days=tuple(
            Day(_day(day), _what(kind.working, kind.name), _css(kind.working), "") for day, kind in shown
        ),
        entered=tuple(map(_entered, mine)),
        statutory=tuple(f"{_day(day)} {name}" for day, name in statutory_days(year).items()),
    )  # fmt: skip


def _entered(one: EnteredDay) -> Day:
    day = dates.long_day(one.on, language())
    source = _("%(source)s, entered %(day)s", source=one.row.source, day=day)
    if one.reason:
        source = clauses([source, one.reason])
    return Day(_day(one.row.day), _what(one.row.working, one.row.name), _css(one.row.working), source)


def remarks_on(rows: Sequence[AddCalendarRow], calendar: Calendar, year: int, *, is_whole: bool) -> list[str]:
    """What a notice would hardly say; none of it refuses."""
    said = []
    by_day = {row.on: row for row in rows}
    for day, name in statutory_days(year).items():
        row = by_day.get(day)
        if row is not None and row.is_working:
            said.append(_("%(day)s is %(name)s by law, and is entered as worked.", day=_day(day), name=name))
        elif row is None and is_whole and calendar.is_working(day):
            said.append(
                _("%(day)s is %(name)s by law, and is not among the rest days.", day=_day(day), name=name)
            )
    said.extend(
        _("%(day)s is worked anyway; it needs no entry.", day=_day(row.on))
        for row in rows
        if row.is_working and row.on.weekday() < _WEEKDAYS
    )
    exchanged = [
        row for row in rows
        if not row.is_working and row.on.weekday() < _WEEKDAYS and row.on not in statutory_days(year)
    ]  # fmt: skip
    worked = [row for row in rows if row.is_working and row.on.weekday() >= _WEEKDAYS]
    if is_whole and len(exchanged) != len(worked):
        said.append(
            _(
                "Weekdays exchanged: %(free)s, weekends worked for them: %(worked)s; the notice has as many.",
                free=len(exchanged), worked=len(worked),
            )
        )  # fmt: skip
    return said


def preview_of(rows: Sequence[AddCalendarRow], calendar: Calendar) -> list[tuple[Day, str]]:
    """Each day with what it was before."""
    return [
        (
            Day(_day(row.on), _what(row.is_working, row.name), _css(row.is_working), ""),
            _what(calendar.day_kind(row.on).working, calendar.day_kind(row.on).name),
        )
        for row in sorted(rows, key=lambda row: row.on)
    ]


def _state(context: Context, calendar: Calendar, year: int, waiting: int) -> str:
    if FIRST_PUBLISHED_YEAR <= year <= LAST_PUBLISHED_YEAR:
        return _("known: the State Council's notice is part of this version")
    entered = entered_year(context.record, year)
    if entered is not None:
        return _(
            "published here on %(day)s: %(source)s",
            day=dates.long_day(entered.on, language()),
            source=entered.source,
        )
    said = _("provisional: only weekends and the solar holidays are counted")
    if waiting:
        said += ngettext("; %(num)s deadline waits for it", "; %(num)s deadlines wait for it", waiting)
    del calendar
    return said


def _what(working: bool, name: str) -> str:  # noqa: FBT001 - the calendar's own pair
    what = _("worked") if working else _("free")
    return f"{what} {name}".strip()


def _css(working: bool) -> str:  # noqa: FBT001 - as above
    return "mk" if working else "ho"


def _day(day: date) -> str:
    return dates.short_day(day, language())

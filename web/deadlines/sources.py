"""Which calendar was counted by: the packaged notice or entered rows, and what a later row has changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from recruit.queries.calendar import EnteredYear, entered_days, entered_year
from recruit.record import Record
from web import dates
from web.deadlines.answers import Note, Reason
from web.deadlines.strip import holiday
from web.language import language
from web.words import joined
from workflows.calendar import FIRST_PUBLISHED_YEAR, LAST_PUBLISHED_YEAR, Calendar
from workflows.recounted import CalendarChange, EnteredDay

_MOST_ROWS = 6


@dataclass(frozen=True, slots=True)
class Sources:
    """`days`: every entered row in the order of entry; `years`: those of the period that were entered."""

    days: tuple[EnteredDay, ...]
    years: tuple[EnteredYear, ...]


def sources_of(record: Record, first: date, last: date) -> Sources:
    years = [entered_year(record, year) for year in range(first.year, last.year + 1)]
    return Sources(entered_days(record), tuple(one for one in years if one is not None))


def calendar_reason(sources: Sources, calendar: Calendar, first: date, last: date) -> Reason:
    """A sentence for each year of the period, and one for each of its days that was entered."""
    entered = {one.year: one for one in sources.years}
    years = range(first.year, last.year + 1)
    packaged = [year for year in years if FIRST_PUBLISHED_YEAR <= year <= LAST_PUBLISHED_YEAR]
    sentences = [_packaged(packaged)] if packaged else []
    sentences += [_year(year, entered.get(year), calendar) for year in years if year not in packaged]
    newest = {one.row.day: one for one in sources.days if first <= one.row.day <= last}
    sentences += [_row(newest[day]) for day in sorted(newest)[:_MOST_ROWS]]
    if len(newest) > _MOST_ROWS:
        sentences.append(_("%(n)s more days were entered.", n=len(newest) - _MOST_ROWS))
    return Reason(_("Calendar"), _space().join(sentences))


def change_notes(changes: Sequence[CalendarChange]) -> list[Note]:
    """A day entered while it ran, and what that did."""
    return [Note(_("The calendar changed meanwhile"), _change(one)) for one in changes]


def _packaged(years: Sequence[int]) -> str:
    return _(
        "The State Council's holiday notice for %(years)s, with its make-up working days; "
        "it comes with the programme.",
        years=joined(str(year) for year in years),
    )


def _year(year: int, entered: EnteredYear | None, calendar: Calendar) -> str:
    if entered is not None:
        return _(
            "%(source)s, entered on %(day)s.",
            source=entered.source,
            day=dates.long_day(entered.on, language()),
        )
    if year > LAST_PUBLISHED_YEAR and calendar.is_provisional(date(year, 1, 1)):
        return _("Provisional: the calendar of %(year)s is not published yet.", year=year)
    return _("%(year)s: weekends and fixed holidays.", year=year)


def _row(one: EnteredDay) -> str:
    return _(
        "%(day)s %(state)s: %(source)s, entered on %(entered)s.",
        day=dates.short_day(one.row.day, language()), source=one.row.source,
        entered=dates.long_day(one.on, language()), state=_state(one),
    )  # fmt: skip


def _state(one: EnteredDay) -> str:
    if one.row.working:
        return _("is worked")
    return _("is free (%(holiday)s)", holiday=holiday(one.row.name)) if one.row.name else _("is free")


def _change(one: CalendarChange) -> str:
    entered = _(
        "Entered on %(entered)s: %(day)s %(state)s (%(source)s).",
        entered=dates.short_day(one.entered.on, language()),
        day=dates.short_day(one.entered.row.day, language()), source=one.entered.row.source,
        state=_state(one.entered),
    )  # fmt: skip
    parts = [entered]
    if one.entered.reason:
        parts.append(_("Reason: %(reason)s.", reason=one.entered.reason.rstrip("。.")))
    if one.before.due != one.after.due:
        parts.append(
            _("The last day was %(before)s and is now %(after)s.", **_days(one.before.due, one.after.due))
        )
    elif one.before.worked != one.after.worked:
        parts.append(
            _(
                "The last day stays; it had %(before)s working days and has %(after)s.",
                before=one.before.worked, after=one.after.worked,
            )
        )  # fmt: skip
    else:
        parts.append(
            _(
                "Grace ended on %(before)s and now ends on %(after)s.",
                **_days(one.before.grace, one.after.grace),
            )
        )
    return _space().join(parts)


def _days(before: date, after: date) -> dict[str, str]:
    return {"before": dates.short_day(before, language()), "after": dates.short_day(after, language())}


def _space() -> str:
    return "" if language() == "zh" else " "

"""A month as a wall calendar, and its days with something on them as a list: the phone shows the list."""

import calendar as weeks
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from flask import url_for
from flask_babel import gettext as _

from recruit.context import Context
from recruit.queries.schedule import due_days, meeting_days, notice_days
from web import dates
from web.deadlines.strip import css_of, kind_of
from web.desk.plan import Milestone, title_of
from web.language import language
from web.meetings.names import READERS as MEETING_READERS
from web.places import calendar_of
from web.words import choice_name, edition_of_today, labelled, word

_ONE = timedelta(days=1)
_MOST_IN_A_CELL = 3


@dataclass(frozen=True, slots=True)
class Item:
    """`css`: p plan, m meeting, n notice, d deadline."""

    css: str
    text: str
    href: str = ""


@dataclass(slots=True)
class Day:
    day: date
    css: str
    kind: str
    is_today: bool
    number: int
    name: str
    items: list[Item] = field(default_factory=list)

    @property
    def shown(self) -> list[Item]:
        return self.items[:_MOST_IN_A_CELL]

    @property
    def more(self) -> list[Item]:
        return self.items[_MOST_IN_A_CELL:]


@dataclass(frozen=True, slots=True)
class Month:
    title: str
    weekdays: tuple[str, ...]
    weeks: tuple[tuple[Day | None, ...], ...]
    listed: tuple[Day, ...]


def month_of(context: Context, year: int, month: int, planned: Iterable[Milestone]) -> Month:
    """Every day of the month, with what falls on it."""
    first = date(year, month, 1)
    last = date(year, month, weeks.monthrange(year, month)[1])
    days = _days(context, first, last)
    _put_milestones(days, planned)
    _put_notices(context, days, first, last)
    may_open = bool(context.paths(MEETING_READERS))
    for held in meeting_days(context, first, last):
        text = labelled(held.organization, meeting_word(held.kind))
        href = url_for("meetings.listed", _anchor=f"d{held.on}") if held.is_within_reach and may_open else ""
        days[held.on].items.append(Item("m", text, href))
    for due in due_days(context, first, last):
        name = word("deadline", due.id, edition_of_today())
        text = _("%(what)s: %(n)s due", what=name, n=due.count)
        whom = url_for("dossiers.roll", deadline=due.id, on=due.on.isoformat())
        days[due.on].items.append(Item("d", text, whom))
    return Month(
        title=dates.month(first, language()),
        weekdays=tuple(dates.weekday(date(2024, 1, 1) + _ONE * n, language()) for n in range(7)),  # a Monday
        weeks=_in_weeks(list(days.values())),
        listed=tuple(day for day in days.values() if day.items or day.css in {"ho", "mk"}),
    )


def meeting_word(kind: str) -> str:
    return {
        "general_meeting": _("general meeting"),
        "branch_committee": _("branch committee meeting"),
        "committee": _("committee meeting"),
    }.get(kind, kind)


def _days(context: Context, first: date, last: date) -> dict[date, Day]:
    calendar = calendar_of(context)
    found = {}
    for number in range((last - first).days + 1):
        day = first + _ONE * number
        kind = calendar.shown_kind(day)
        css = css_of(day, kind)
        found[day] = Day(
            day=day,
            css=css,
            kind=kind_of(day, kind) if css in {"ho", "mk"} else "",
            is_today=day == context.on,
            number=day.day,
            name=dates.short_day(day, language()),
        )
    return found


def _put_milestones(days: dict[date, Day], planned: Iterable[Milestone]) -> None:
    for one in planned:
        title = title_of(one, edition_of_today())
        for number in range((one.last - one.first).days + 1):
            day = days.get(one.first + _ONE * number)
            if day is not None:
                day.items.append(Item("p", title, f"#m-{one.id}"))


def _put_notices(context: Context, days: dict[date, Day], first: date, last: date) -> None:
    for one in notice_days(context, first, last):
        text = _(
            "Notice hangs: %(purpose)s, %(n)s people",
            purpose=choice_name("purpose", one.purpose),
            n=one.people,
        )
        for number in range((one.last - one.first).days + 1):
            day = days.get(one.first + _ONE * number)
            if day is not None:
                day.items.append(Item("n", text, url_for("notices.hanging")))


def _in_weeks(days: list[Day]) -> tuple[tuple[Day | None, ...], ...]:
    before: list[Day | None] = [None] * days[0].day.weekday()
    after: list[Day | None] = [None] * (6 - days[-1].day.weekday())
    cells = [*before, *days, *after]
    return tuple(tuple(cells[at : at + 7]) for at in range(0, len(cells), 7))

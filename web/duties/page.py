"""The year's list: what the visitor's own organizations owe, the plan's milestones, everybody below."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from flask import url_for
from flask_babel import gettext as _

from recruit.commands.obligations import CALENDAR, MILESTONE
from recruit.context import Context
from recruit.queries.obligations import ObligationRow, obligations, years_owed
from web import dates
from web.deadlines.when import day_of, level_of, when
from web.duties.names import days_of, href_of, provisional_note, row_title, state_of
from web.language import language
from web.words import clauses, sentence, word

_OPEN = frozenset({"open", "due_soon", "overdue"})


@dataclass(frozen=True, slots=True)
class Line:
    level: str
    when: str
    day: str
    title: str
    text: str
    href: str
    verb: str


@dataclass(frozen=True, slots=True)
class Below:
    organization: str
    title: str
    due: str
    state: str
    level: str
    href: str


@dataclass(slots=True)
class Page:
    year: int
    before_href: str
    after_href: str
    provisional: str
    own: list[Line] = field(default_factory=list)
    milestones: list[Line] = field(default_factory=list)
    below: list[Below] = field(default_factory=list)
    may_call: bool = False


def duties_page(context: Context, year: int) -> Page:
    """What is done stays listed, behind what is open."""
    rows = obligations(context, year)
    (first, last), this = years_owed(context), context.on.year
    own = {one.organization for one in context.actor.grants}
    today = context.on
    mine = [row for row in rows if row.kind != MILESTONE and row.organization in own]
    return Page(
        year=year,
        before_href=url_for("duties.listed", year=year - 1) if year > min(first, this) else "",
        after_href=url_for("duties.listed", year=year + 1) if year < max(last, this) else "",
        provisional=provisional_note(_provisional_years(rows)),
        own=[_line(row, today) for row in _open_first(mine, today)],
        milestones=[_line(row, today) for row in rows if row.kind == MILESTONE],
        below=[_below(row, today) for row in rows if row.kind != MILESTONE and row.organization not in own],
    )


def _provisional_years(rows: Sequence[ObligationRow]) -> set[int]:
    """Of the days that are shown; a missing year is itself what is asked for."""
    waited = {row.deadline.due.year + 1 for row in rows if row.kind == CALENDAR and row.deadline.is_running}
    return waited | {row.deadline.due.year for row in rows if row.deadline.is_provisional}


def _open_first(rows: Sequence[ObligationRow], today: date) -> list[ObligationRow]:
    return sorted(rows, key=lambda row: (row.status(today) not in _OPEN, row.deadline.due))


def _line(row: ObligationRow, today: date) -> Line:
    due, status = row.deadline.due, row.status(today)
    is_open = status in _OPEN
    return Line(
        level=level_of(due, today) if is_open else "",
        when=when(due, today) if is_open else _settled(row, status),
        day=day_of(due, today) if is_open else dates.list_day(due, today, language()),
        title=row_title(row),
        text=_text(row, today),
        href=href_of(row),
        verb=_("Record") if row.may_record and row.deadline.is_running else _("Show"),
    )


def _settled(row: ObligationRow, status: str) -> str:
    """A milestone that concerns nobody is no deed of anybody."""
    return _("Nobody left") if row.kind == MILESTONE else word("status", status)


def _text(row: ObligationRow, today: date) -> str:
    done = ""
    if row.deadline.closed_on is not None:
        done = _("done on %(day)s", day=dates.list_day(row.deadline.closed_on, today, language()))
    span = days_of(row.milestone) if row.milestone and row.milestone.span.days > 1 else ""
    state = state_of(row, today) if row.kind == MILESTONE else ""
    return sentence(clauses([row.organization_name, span, state, done, row.paper or ""]))


def _below(row: ObligationRow, today: date) -> Below:
    status = row.status(today)
    return Below(
        organization=row.organization_name,
        title=row_title(row),
        due=dates.list_day(row.deadline.due, today, language()),
        state=when(row.deadline.due, today) if status in {"due_soon", "overdue"} else word("status", status),
        level={"overdue": "bad", "due_soon": "warn", "met": "ok"}.get(status, ""),
        href=href_of(row),
    )

"""A register as sheets of A4, each with its head and its foot, so that every printer numbers the pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from recruit.context import Context
from recruit.errors import NotFound
from recruit.queries.checkpoints import present_checkpoint
from recruit.queries.organizations import places
from recruit.queries.registers import REGISTERS, Register, RegisterRow, register_rows
from web import dates
from web.dossiers.roll import sex_word
from web.language import language
from web.places import place_name
from web.sayings import check_text
from web.visitors import visitor
from web.words import choice_name, joined

PER_SHEET = 14
_FIRST_YEAR = 2014


@dataclass(frozen=True, slots=True)
class Choice:
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    number: int
    first: int
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Page:
    title: str
    unit: str
    as_of: str
    on: str
    register: str
    branch: str
    year: str
    registers: tuple[Choice, ...]
    branches: tuple[Choice, ...]
    years: tuple[Choice, ...]
    heads: tuple[str, ...]
    sheets: tuple[Sheet, ...]
    count: int
    printed: str
    code: str
    problem: str


def registers_page(context: Context, asked: Mapping[str, str]) -> Page:
    """What was asked for; of what cannot be read the nearest that can."""
    register: Register = next((one for one in REGISTERS if one == asked.get("register")), "applicants")
    on, problem = _day(context, asked.get("on", ""))
    branches = places(context, kind="branch")
    branch = next((one for one in branches if one.id == asked.get("branch")), None)
    year = asked.get("year", "") if asked.get("year", "").isdecimal() else ""
    listed = register_rows(
        context, register, on=on, branch=branch.id if branch else None, year=int(year) if year else None
    )
    if listed.is_cut:
        problem = _("Too many people for one register. Choose a branch.")
    rows = [_cells(register, row) for row in listed.rows]
    return Page(
        title=register_title(register),
        unit=branch.name if branch else place_name(context),
        as_of=dates.long_day(on, language()),
        on=on.isoformat(),
        register=register,
        branch=branch.id if branch else "",
        year=year,
        registers=tuple(Choice(one, register_title(one)) for one in REGISTERS),
        branches=tuple(Choice(one.id, one.name) for one in branches),
        years=tuple(
            Choice(str(one), dates.year(date(one, 1, 1), language()))
            for one in range(context.on.year, _FIRST_YEAR - 1, -1)
        ),
        heads=_heads(register),
        sheets=_sheets(rows),
        count=len(rows),
        printed=_printed(context),
        code=_code(context),
        problem=problem,
    )


def register_title(register: Register) -> str:
    return {
        "applicants": _("Register of applicants"),
        "activists": _("Register of activists"),
        "targets": _("Register of development targets"),
        "probationary": _("Register of probationary members"),
    }[register]


def _day(context: Context, text: str) -> tuple[date, str]:
    if not text:
        return context.on, ""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return context.on, _("This day cannot be read; the register of today is shown.")
    if day > context.on:
        return context.on, _("That day is still to come; the register of today is shown.")
    return day, ""


def _heads(register: Register) -> tuple[str, ...]:
    common = (_("Name"), _("Sex"), _("Born"), _("Education"), _("Branch"), _("Applied"))
    return (
        *common,
        *{
            "applicants": (_("Talk held"),),
            "activists": (_("Activist since"), _("Contact persons")),
            "targets": (_("Activist since"), _("Target since"), _("Sponsors")),
            "probationary": (_("Admitted"), _("Sponsors")),
        }[register],
    )


def _cells(register: Register, row: RegisterRow) -> tuple[str, ...]:
    facts = row.facts
    common = (
        row.name,
        sex_word(row.sex),
        _month(row.birth_month),
        choice_name("education", row.education) if row.education else "",
        row.branch_name,
        _written(facts.received_on or facts.opened_on),
    )
    people = joined(row.names)
    return (
        *common,
        *{
            "applicants": (_written(facts.talk_on),),
            "activists": (_written(facts.activist_on), people),
            "targets": (_written(facts.activist_on), _written(row.since), people),
            "probationary": (_written(facts.admitted_on), people),
        }[register],
    )


def _sheets(rows: Sequence[tuple[str, ...]]) -> tuple[Sheet, ...]:
    starts = range(0, max(len(rows), 1), PER_SHEET)
    return tuple(
        Sheet(number, start + 1, tuple(rows[start : start + PER_SHEET]))
        for number, start in enumerate(starts, start=1)
    )


def _written(day: date | None) -> str:
    return dates.long_day(day, language()) if day else ""


def _month(month: str | None) -> str:
    return dates.month(date.fromisoformat(f"{month}-01"), language()) if month else ""


def _printed(context: Context) -> str:
    seen = visitor()
    moment = dates.local(context.now)
    return _(
        "Printed %(day)s %(time)s by %(name)s",
        day=dates.long_day(moment.date(), language()), time=dates.clock_time(moment),
        name=seen.name if seen else "",
    )  # fmt: skip


def _code(context: Context) -> str:
    """Of the newest signed head: whoever holds the log can find what it covered."""
    try:
        signed = present_checkpoint(context.record)
    except NotFound:
        return _("No check code: nothing is signed yet.")
    return _(
        "Check code %(code)s, kept as number %(size)s on %(day)s",
        code=check_text(signed.head.root), size=f"{signed.size:,}",
        day=dates.long_day(dates.local(signed.at).date(), language()),
    )  # fmt: skip

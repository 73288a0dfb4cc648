"""Rows of people with the bar of seven phases, and the page that lists them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from recruit.context import Context
from recruit.queries.dossiers import Page, Pressing
from recruit.queries.organizations import branches_to_choose
from recruit.queries.rows import DossierRow
from web import dates
from web.dossiers.rights import several_links
from web.dossiers.steps import PHASES, marks, position
from web.language import language
from web.visitors import RECEIVERS, visitor
from web.words import clauses, edition_of_today, word

CHOICES = 100  # a list of more is searched for the branch's name instead
_VIEWED_PHASES = ("development target", "vetting", "approval", "probation")


@dataclass(frozen=True, slots=True)
class PersonRow:
    name: str
    about: str
    marks: list[str]
    position: str
    level: str
    pill: str
    href: str


@dataclass(frozen=True, slots=True)
class Choice:
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class View:
    """A question that is asked often, as an address without a name."""

    text: str
    href: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class RollPage:
    """`kept`: the filters of this list, for the next page of a search; `next_cursor` empty: the last page."""

    title: str
    rows: list[PersonRow]
    nothing: str
    note: str
    q: str
    phase: str
    branch: str
    due: str
    phases: list[Choice]
    branches: list[Choice]
    views: list[View]
    kept: list[tuple[str, str]]
    first_href: str
    next_href: str
    next_cursor: str
    new_href: str
    several: list[tuple[str, str]]
    only: str = ""


def roll_page(context: Context, page: Page, wanted: Mapping[str, str | None]) -> RollPage:
    """The list as asked for; the next page of a search is a form, of a filter an address."""
    seen = visitor()
    assert seen is not None
    edition = edition_of_today()
    filters: dict[str, Any] = {
        name: value for name, value in wanted.items() if value and name not in {"cursor", "q"}
    }
    q = wanted.get("q") or ""
    next_href = url_for("dossiers.roll", cursor=page.next_cursor, **filters) if page.next_cursor else ""
    return RollPage(
        title=seen.roll_name,
        rows=[person_row(row, context.on, pill(page.pressing.get(row.id))) for row in page.items],
        nothing=_("Nobody was found. Look for part of the name, or choose another phase."),
        note=_("In the order of the pinyin") if q else _("In the order of the surname's strokes"),
        q=q,
        phase=wanted.get("phase") or "",
        branch=wanted.get("branch") or "",
        due=wanted.get("due") or "",
        phases=[Choice(phase, word("phase", phase, edition)) for phase in (*PHASES, "ended")],
        branches=_branches(context, wanted.get("branch")),
        views=_views(filters),
        kept=[(name, str(value)) for name, value in filters.items()],
        first_href=url_for("dossiers.roll", **filters) if wanted.get("cursor") and not q else "",
        next_href="" if q else next_href,
        next_cursor=(page.next_cursor or "") if q else "",
        new_href=url_for("dossiers.new") if seen.roles & RECEIVERS else "",
        several=several_links(context),
        only=_only(context, wanted),
    )


def _only(context: Context, wanted: Mapping[str, str | None]) -> str:
    name, on = wanted.get("deadline"), wanted.get("on")
    if not name or not on:
        return ""
    day = dates.list_day(date.fromisoformat(on), context.on, language())
    return _("Only: %(what)s, due %(day)s.", what=word("deadline", name, edition_of_today()), day=day)


def pill(pressed: Pressing | None) -> tuple[str, str]:
    """The level and the word of somebody's mark; empty where nothing presses."""
    match pressed:
        case "overdue":
            return "bad", _("late")
        case "soon":
            return "warn", _("due soon")
    return "", ""


def _views(filters: Mapping[str, Any]) -> list[View]:
    edition = edition_of_today()
    asked: list[tuple[str, dict[str, Any]]] = [
        (_("everybody"), {}),
        (_("something is overdue"), {"due": "overdue"}),
        (_("due soon"), {"due": "soon"}),
        *((word("stage", stage, edition), {"stage": stage}) for stage in ("applicant", "activist")),
        *((word("phase", phase, edition), {"phase": phase}) for phase in _VIEWED_PHASES),
    ]
    return [View(text, url_for("dossiers.roll", **given), given == dict(filters)) for text, given in asked]


def _branches(context: Context, chosen: str | None) -> list[Choice]:
    """The branches by which the list may be narrowed; where there are too many to choose from, the chosen."""
    found = branches_to_choose(context, chosen, most=CHOICES)
    return [Choice(place.id, place.name) for place in found]


def person_row(row: DossierRow, today: date, pill: tuple[str, str] = ("", "")) -> PersonRow:
    """One person; `pill` is a level and a word about the next step."""
    edition = edition_of_today()
    return PersonRow(
        name=row.name,
        about=about(row, today),
        marks=marks(row.stage, edition),
        position=position(row.stage, edition),
        level=pill[0],
        pill=pill[1],
        href=url_for("dossiers.page", dossier=row.id),
    )


def about(row: DossierRow, today: date) -> str:
    """男，27岁，柳树村党支部，补录2条."""
    late = _("%(n)s recorded late", n=row.late_count) if row.late_count else ""
    return clauses([sex_word(row.sex), age(row.birth_month, today), row.branch_name, late])


def sex_word(sex: str | None) -> str:
    match sex:
        case "female":
            return _("female")
        case "male":
            return _("male")
    return ""


def age(birth_month: str | None, today: date) -> str:
    """Whole years, from the month alone: in the month of birth the birthday counts as still to come."""
    if not birth_month:
        return ""
    year, month = (int(part) for part in birth_month.split("-"))
    years = today.year - year - (today.month <= month)
    return _("%(n)s years old", n=years)

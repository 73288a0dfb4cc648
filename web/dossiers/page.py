"""One dossier as its page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from recruit.commands.own import MAKERS
from recruit.context import Context
from recruit.queries.dossiers import DossierView
from recruit.queries.files import by_hash, files_of
from recruit.queries.history import history
from recruit.queries.notices import notices_of
from recruit.queries.postings import walls_of
from recruit.queries.proposals import ProposalRow, proposals
from web import dates
from web.deadlines.when import level_of, when
from web.dossiers.next import Next, next_of
from web.dossiers.rights import openable_acts
from web.dossiers.roll import age, sex_word
from web.dossiers.steps import Step, marks, position, steps
from web.dossiers.timeline import Item, timeline
from web.language import language
from web.notices.page import Notice, notice_of
from web.people import names_of
from web.reveals.forms import Form, contents_form, kept_name, values_form
from web.sayings import for_whom
from web.visitors import visitor
from web.words import act_name, choice_name, clauses, sentence, value_text, word
from workflows.deadlines import Deadline
from workflows.edition import Edition
from workflows.explained import explain_cultivation


@dataclass(frozen=True, slots=True)
class Link:
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Due:
    title: str
    text: str
    css: str
    href: str


@dataclass(frozen=True, slots=True)
class Fact:
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    name: str
    phase: str
    roll: str
    about: str
    overlay: str
    marks: list[str]
    position: str
    steps: list[Step]
    proposals: list[Link]
    notices: list[Notice]
    next: Next | None
    timeline: list[Item]
    only_stages: bool
    deadlines: list[Due]
    facts: list[Fact]
    values_form: Form | None
    contents_form: Form | None
    acts: list[Link]
    history_href: str
    stages_href: str
    all_href: str
    papers_href: str
    correct_href: str
    own_code_href: str


def dossier_page(context: Context, view: DossierView, *, only_stages: bool) -> Page:
    """Everything in the language of this answer."""
    seen = visitor()
    assert seen is not None
    row, edition = view.row, view.ground.edition_on(context.on)
    openable = openable_acts(context, view)
    people = names_of(context, row.id)
    entries = history(context, row.id, attempts=False)
    here: dict[str, Any] = {"dossier": row.id}
    return Page(
        name=row.name,
        phase=word("stage", row.stage, edition),
        roll=seen.roll_name,
        about=_about(view, context.on),
        overlay=_overlay(view),
        marks=marks(row.stage, edition),
        position=_("Now: %(place)s", place=position(row.stage, edition)),
        steps=steps(view.facts, edition, view.ground.settings_on(context.on)),
        proposals=[_waiting(one, edition) for one in proposals(context, dossier=row.id)],
        notices=[notice_of(context, one) for one in notices_of(context, row.id)],
        next=next_of(view, context.on, openable=openable, people=people),
        timeline=timeline(
            entries,
            view.ground,
            people,
            only_stages=only_stages,
            files=by_hash(files_of(context, row.id)),
            walls=walls_of(context, row.id),
        ),
        only_stages=only_stages,
        deadlines=_deadlines(view, context.on, edition),
        facts=_facts(view, context.on, people),
        values_form=values_form(view),
        contents_form=contents_form(view, entries),
        acts=_acts(view, edition, openable),
        history_href=url_for("history.page", **here),
        stages_href=url_for("dossiers.page", only="stages", **here),
        all_href=url_for("dossiers.page", **here),
        papers_href=url_for("dossiers.papers", **here),
        correct_href=url_for("acts.form", do="corrected", **here) if "corrected" in openable else "",
        own_code_href=_own_code_href(view),
    )


def _own_code_href(view: DossierView) -> str:
    """For whoever hands the person the code, while the dossier is open."""
    seen = visitor()
    assert seen is not None
    may_make = bool(seen.roles & set(MAKERS)) and view.row.phase != "ended"
    return url_for("own.make", dossier=view.row.id) if may_make else ""


def _about(view: DossierView, today: date) -> str:
    education = choice_name("education", view.person.education) if view.person.education else ""
    category = choice_name("category", view.person.category) if view.person.category else ""
    row = view.row
    return clauses([sex_word(row.sex), age(row.birth_month, today), education, category, row.branch_name])


def _overlay(view: DossierView) -> str:
    if view.facts.is_suspended:
        return _("Suspended since %(day)s.", day=dates.long_day(view.facts.pauses[-1].on, language()))
    return ""


def _waiting(one: ProposalRow, edition: Edition) -> Link:
    text = _(
        "“%(act)s” waits for a second person; recorded by %(name)s.",
        act=act_name(one.do, str(one.details.get("purpose") or "") or None, edition),
        name=for_whom(one.proposed_by_name, one.proposed_instead_of),
    )  # fmt: skip
    return Link(text, url_for("proposals.waiting", _anchor=f"p{one.id}"))


def _deadlines(view: DossierView, today: date, edition: Edition) -> list[Due]:
    running = [
        one
        for one in view.deadlines
        if one.is_running and one.status(today) in {"open", "due_soon", "overdue"}
    ]
    listed = [_due(view, one, today, edition) for one in sorted(running, key=lambda one: one.due)]
    return [*listed, *_minimum_periods(view, today)]


def _minimum_periods(view: DossierView, today: date) -> list[Due]:
    """From which day the next step may be taken, as long as that is still to come."""
    full_on = {
        "cultivation": (_("Cultivation"), _cultivated_on(view, today)),
        "probation": (_("Probation"), view.probation.expires if view.probation else None),
    }
    return [
        Due(
            title,
            _("full on %(day)s", day=dates.list_day(day, today, language())) + " ",
            "",
            url_for("deadlines.why", dossier=view.row.id, deadline=name),
        )
        for name, (title, day) in full_on.items()
        if day is not None and day > today
    ]


def _cultivated_on(view: DossierView, today: date) -> date | None:
    if view.row.stage != "activist":
        return None
    found = explain_cultivation(view.facts, view.ground, today)
    return found.due if found else None


def _due(view: DossierView, one: Deadline, today: date, edition: Edition) -> Due:
    late = one.status(today) == "overdue"
    css = "q" if late else "now" if level_of(one.due, today) == "warn" else ""
    text = sentence(clauses([when(one.due, today), dates.list_day(one.due, today, language())]))
    if one.is_provisional:
        text += _("Provisional: the calendar of %(year)s is not published yet.", year=one.due.year)
    href = url_for("deadlines.why", dossier=view.row.id, deadline=one.key)
    return Due(word("deadline", one.id, edition), text, css, href)


def _facts(view: DossierView, today: date, people: Mapping[str, str]) -> list[Fact]:
    person, facts = view.person, view.facts
    born = ""
    if person.birth_month:
        year, month = (int(part) for part in person.birth_month.split("-"))
        born = _(
            "%(month)s (%(age)s)",
            month=dates.month(date(year, month, 1), language()),
            age=age(person.birth_month, today),
        )
    probation = ""
    if view.probation:
        first, last = (dates.long_day(day, language()) for day in (view.probation.first, view.probation.last))
        probation = _("%(first)s to %(last)s", first=first, last=last)
    listed = [
        (_("Born"), born),
        *((kept_name(what), _("●●●●●● sealed")) for what in person.kept),
        (_("Education"), choice_name("education", person.education) if person.education else ""),
        (_("Category"), choice_name("category", person.category) if person.category else ""),
        (_("Contact persons"), value_text("contacts", facts.contacts, people) if facts.contacts else ""),
        (_("Sponsors"), value_text("sponsors", facts.sponsors, people) if facts.sponsors else ""),
        (_("Application form"), facts.form or ""),
        (_("Probation"), probation),
        (
            _("Full member from"),
            dates.long_day(view.membership_from, language()) if view.membership_from else "",
        ),
    ]
    return [Fact(title, text) for title, text in listed if text]


def _acts(view: DossierView, edition: Edition, openable: frozenset[str]) -> list[Link]:
    """What else may be recorded in this stage, the awaited step apart."""
    links = []
    for step in view.steps:
        if step.name in openable and step.name != view.main:
            extra: dict[str, Any] = {"purpose": step.purpose} if step.purpose else {}
            href = url_for("acts.form", dossier=view.row.id, do=step.do, **extra)
            links.append(Link(act_name(step.do, step.purpose, edition), href))
    return links

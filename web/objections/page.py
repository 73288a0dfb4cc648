"""The register of opinions and letters in words: what waits, what is open and by when, what is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from recruit.commands.handling import READING_REASONS, WHY_SET_ASIDE, Opened
from recruit.context import Context
from recruit.queries.submissions import InDossier, SubmissionRow
from web import dates
from web.acts.fields import Choice
from web.deadlines.when import level_of, when
from web.desk.rows import Row
from web.desk.sections import Section
from web.language import language
from web.objections.files import Enclosure
from web.public.form import with_branch
from web.public.page import title_of
from web.words import choice_name, clauses, sentence


@dataclass(frozen=True, slots=True)
class Person:
    """`conclude_href`, `why_href` empty where nothing is open."""

    name: str
    branch: str
    state: str
    href: str
    conclude_href: str
    why_href: str


@dataclass(frozen=True, slots=True)
class Page:
    """One entry: `opens_text`, `opens_contact`: what may be read, each with its reasons."""

    id: str
    title: str
    state: str
    level: str
    facts: list[Choice]
    persons: list[Person]
    is_new: bool
    is_named: bool
    answer: str
    text_reasons: list[Choice]
    contact_reasons: list[Choice]
    aside_reasons: list[Choice]


@dataclass(frozen=True, slots=True)
class Read:
    """What was opened, shown once. `people`: whom it may be about, those whom it names ticked.

    `reason`: for which it was opened, and for which a file is saved.
    """

    page: Page
    noted: str
    is_lost: bool
    text: str
    contact: list[Choice]
    people: list[tuple[Choice, bool]]
    files: list[Enclosure]
    reason: str


def list_sections(context: Context, rows: Sequence[SubmissionRow]) -> list[Section]:
    groups = (
        (_("Nobody has looked at it yet"), ("new",)),
        (_("Being examined"), ("taken_up",)),
        (_("Done"), ("concluded", "set_aside")),
    )
    return [
        Section(
            title,
            "rows.html",
            [row_of(context, one) for one in rows if one.state in states],
            nothing=_("None."),
        )
        for title, states in groups
    ]


def row_of(context: Context, one: SubmissionRow) -> Row:
    is_open = one.state in {"new", "taken_up"}
    level = level_of(one.due, context.on) if is_open else "soon"
    about = [names(one.dossiers), channel(one), _("received %(day)s", day=_list(one.received_on, context.on))]
    return Row(
        level=level,
        when=when(one.due, context.on) if is_open else state_word(one),
        day=dates.list_day(one.due, context.on, language()) if is_open else "",
        title=about_what(one),
        text=sentence(clauses(about)),
        href=url_for("objections.entry", submission=one.id),
        verb=_("Open"),
    )


def page_of(context: Context, one: SubmissionRow) -> Page:
    facts = [
        (_("Number"), one.reference),
        (_("About"), about_what(one)),
        (_("How it came"), channel(one)),
        (_("Received on"), dates.long_day(one.received_on, language())),
        (_("Dealt with by"), dates.long_day(one.due, language())),
        (_("Notice ends on"), dates.long_day(one.notice_ends_on, language()) if one.notice_ends_on else ""),
        (_("Photos and files with it"), str(one.file_count) if one.file_count else ""),
        (_("Handled by"), one.handled_by),
        (_("Why it was set aside"), aside_word(one.reason) if one.reason else ""),
    ]
    return Page(
        id=one.id,
        title=_("Opinion %(number)s", number=one.reference),
        state=state_word(one),
        level="idle" if one.state in {"concluded", "set_aside"} else level_of(one.due, context.on),
        facts=[Choice(name, text) for name, text in facts if text],
        persons=[_person(person) for person in one.dossiers],
        is_new=one.state == "new",
        is_named=one.is_named,
        answer=one.answer,
        text_reasons=[Choice(reason, reason_word(reason)) for reason in READING_REASONS["text"]],
        contact_reasons=[Choice(reason, reason_word(reason)) for reason in READING_REASONS["contact"]],
        aside_reasons=[Choice(reason, aside_word(reason)) for reason in WHY_SET_ASIDE],
    )


def read_of(
    page: Page, opened: Opened, files: list[Enclosure], noted: str, *, part: str, reason: str
) -> Read:
    contact = opened.contact or {}
    labelled = ((_("Name"), contact.get("name", "")), (_("Telephone or other way"), contact.get("reach", "")))
    people = [(Choice(one.dossier, with_branch(one.name, one.branch)), True) for one in opened.persons]
    return Read(
        page=page,
        noted=noted,
        is_lost=not (opened.text or opened.contact),
        text=opened.text or "",
        contact=[Choice(name, text) for name, text in labelled if text] if part == "contact" else [],
        people=people,
        files=files,
        reason=reason,
    )


def about_what(one: SubmissionRow) -> str:
    return _("A letter, not about a notice") if one.notice is None else title_of(one.purpose)


def channel(one: SubmissionRow) -> str:
    named = _("with a name") if one.is_named else _("anonymous")
    return clauses([choice_name("channel", one.channel), named])


def names(people: Sequence[InDossier]) -> str:
    return ("、" if language() == "zh" else ", ").join(one.name for one in people)


def state_word(one: SubmissionRow) -> str:
    return {
        "new": _("not looked at"),
        "taken_up": _("being examined"),
        "concluded": _("concluded"),
        "set_aside": _("set aside"),
    }[one.state]


def reason_word(reason: str) -> str:
    return {
        "handling": _("to deal with it"),
        "inspection": _("inspection or audit"),
        "ask_back": _("to ask back"),
        "answer": _("to tell what came of it"),
    }[reason]


def aside_word(reason: str) -> str:
    return {
        "nobody_meant": _("nobody on the notice is meant"),
        "sent_twice": _("the same was handed in before"),
        "abuse": _("abuse"),
        "nothing_said": _("nothing is said that could be examined"),
    }[reason]


def _person(one: InDossier) -> Person:
    if one.is_open:
        state = _("being examined")
    elif one.concluded_on:
        state = _("concluded on %(day)s", day=dates.long_day(one.concluded_on, language()))
    else:
        state = _("the dossier has ended")
    here: dict[str, Any] = {"dossier": one.dossier}
    conclude = url_for("acts.form", do="objection_concluded", objection=one.number, **here)
    return Person(
        name=one.name,
        branch=one.branch,
        state=state,
        href=url_for("dossiers.page", **here),
        conclude_href=conclude if one.is_open else "",
        why_href=url_for("deadlines.why", deadline=f"objection:{one.seq}", **here) if one.is_open else "",
    )


def _list(day: date, today: date) -> str:
    return dates.list_day(day, today, language())

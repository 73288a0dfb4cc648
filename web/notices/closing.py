"""The result of a notice for several people: one look at each, one button, an act for each."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from recruit.queries.notices import HungNotice, HungPerson
from web import dates
from web.acts.page import new_key
from web.language import language
from web.notices.page import objections_text
from web.public.page import title_of


@dataclass(frozen=True, slots=True)
class Person:
    """`why`: what keeps this one person's result back."""

    dossier: str
    version: int
    name: str
    branch: str
    href: str
    line: str
    why: str


@dataclass(frozen=True, slots=True)
class Page:
    title: str
    about: str
    missing: str
    people: list[Person]
    action: str
    key: str
    has_any: bool
    problem: str = ""


def closing_page(hung: HungNotice, *, sees: bool, photo: str, problem: str = "") -> Page:
    days = (hung.last - hung.first).days + 1
    people = [_person(one, days, sees=sees) for one in hung.people]
    return Page(
        title=title_of(hung.purpose),
        about=_(
            "%(organization)s, %(days)s (%(n)s days).", organization=hung.organization,
            days=dates.span(hung.first, hung.last, language()), n=days,
        ),
        missing=photo,
        people=people,
        action=url_for("notices.close", notice=hung.id),
        key=new_key(),
        has_any=any(not one.why for one in people),
        problem=problem,
    )  # fmt: skip


def _person(one: HungPerson, days: int, *, sees: bool) -> Person:
    line = ngettext(
        "Hung for %(days)s days, %(num)s objection, all concluded",
        "Hung for %(days)s days, %(num)s objections, all concluded",
        one.objections, days=days,
    )  # fmt: skip
    return Person(
        dossier=one.dossier,
        version=one.version,
        name=one.name,
        branch=one.branch,
        href=url_for("dossiers.page", dossier=one.dossier),
        line="" if one.open_objections else line,
        why=objections_text(one.open_objections, sees=sees),
    )

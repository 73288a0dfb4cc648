"""Notices as the office sees them: what is over first, then what hangs, then what comes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from recruit.context import Context
from recruit.queries.notices import HungNotice, HungPerson, Paper
from web import dates
from web.deadlines.strip import ONE
from web.dossiers.rights import acts_of_roles
from web.language import language
from web.public.page import left_of, title_of
from web.visitors import COMMITTEE, visitor
from web.words import edition_of_today


@dataclass(frozen=True, slots=True)
class Person:
    """`close_href` empty: the result is not to be recorded now, or not by this visitor."""

    name: str
    branch: str
    href: str
    why_href: str
    close_href: str
    objections: str


@dataclass(frozen=True, slots=True)
class Notice:
    """`public_href` only while everybody may read it."""

    id: str
    title: str
    organization: str
    days: str
    state: str
    level: str
    due: str
    public_href: str
    paper_href: str
    people: list[Person]
    wall_href: str = ""
    close_href: str = ""
    photos: str = ""
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    notices: list[Notice]


@dataclass(frozen=True, slots=True)
class Page:
    groups: list[Group]
    new_href: str = ""


def notices_page(
    context: Context, found: Sequence[HungNotice], photos: Mapping[str, int], *, new_href: str
) -> Page:
    """`photos`: how many each notice has."""
    groups = (
        (_("Over: the result is not on record"), [one for one in found if one.last < context.on]),
        (_("Hanging now"), [one for one in found if one.first <= context.on <= one.last]),
        (_("To come"), [one for one in found if one.first > context.on]),
    )
    return Page(
        [
            Group(title, [notice_of(context, one, photos.get(one.id, 0)) for one in listed])
            for title, listed in groups
            if listed
        ],
        new_href,
    )


def notice_of(context: Context, one: HungNotice, photos: int | None = None) -> Notice:
    """`photos` None: they are not told of here."""
    today = context.on
    days = (one.last - one.first).days + 1
    hangs = one.first <= today <= one.last
    people = [_person(one, person, today) for person in one.people]
    return Notice(
        id=one.id,
        title=title_of(one.purpose),
        organization=one.organization,
        days=_("%(days)s (%(n)s days)", days=dates.span(one.first, one.last, language()), n=days),
        state=state_of(one, today),
        level=_level(one, today),
        due=_due(one, today),
        public_href=url_for("public.notice", code=one.code) if hangs else "",
        paper_href=url_for("notices.paper", notice=one.id),
        people=people,
        wall_href=url_for("notices.wall", notice=one.id),
        close_href=url_for("notices.closing", notice=one.id)
        if sum(bool(person.close_href) for person in people) > 1
        else "",
        photos=photos_text(photos) if photos else "",
        missing="" if photos is None else photo_line(photos, has_begun=one.first <= today),
    )


def photo_line(count: int, *, has_begun: bool) -> str:
    """A warning that stays until there is one, and holds nothing up."""
    if count:
        return ""
    if not has_begun:
        return _("Take a photo when it hangs: it is the proof.")
    return _("There is no photo of the posting yet. It can still be closed, and the remark stays.")


def photos_text(count: int) -> str:
    return ngettext("%(num)s photo of the posting", "%(num)s photos of the posting", count)


def state_of(one: HungNotice, today: date) -> str:
    """What there is to do with it today."""
    if today < one.first:
        return _("It is posted from %(day)s.", day=dates.short_day(one.first, language()))
    if today <= one.last:
        return left_of(one.last, today)
    days = (one.last - one.first).days + 1
    if today == one.last + ONE:
        return _("It hung for %(n)s days; from today the result may be recorded.", n=days)
    return _(
        "It hung for %(n)s days; the result may be recorded since %(day)s.",
        n=days, day=dates.short_day(one.last + ONE, language()),
    )  # fmt: skip


def use_of(paper: Paper) -> str:
    """Only a whole paper is for the wall."""
    if not paper.hidden_count:
        return _("Print this page on A4 for the wall.")
    return ngettext(
        "%(num)s more person stands on the notice, of another branch. "
        "The whole paper is printed by %(place)s.",
        "%(num)s more persons stand on the notice, of other branches. "
        "The whole paper is printed by %(place)s.",
        paper.hidden_count, place=paper.organization,
    )  # fmt: skip


def seen_by_whom(paper: Paper, today: date) -> str:
    """Whether everybody can read it today."""
    if today < paper.first:
        return _("Everybody can read it from %(day)s.", day=dates.short_day(paper.first, language()))
    if today > paper.last:
        return _("It is over: nobody outside can read it any more.")
    return _("Everybody can read it now.")


def _level(one: HungNotice, today: date) -> str:
    if today <= one.last:
        return "act" if today >= one.first else "idle"
    return "bad" if today > one.due else "warn"


def _due(one: HungNotice, today: date) -> str:
    day = dates.list_day(one.due, today, language())
    if today > one.due:
        return _("The result was due on %(day)s.", day=day)
    return _("The result is due by %(day)s. A person records it; nothing moves on by itself.", day=day)


def _person(one: HungNotice, person: HungPerson, today: date) -> Person:
    seen = visitor()
    assert seen is not None
    is_over = today > one.last and not person.open_objections
    may_close = f"notice_closed {one.purpose}" in acts_of_roles(seen.roles, edition_of_today())
    close = url_for("acts.form", dossier=person.dossier, do="notice_closed", purpose=one.purpose)
    return Person(
        name=person.name,
        branch=person.branch,
        href=url_for("dossiers.page", dossier=person.dossier),
        why_href=url_for("deadlines.why", dossier=person.dossier, deadline=f"publicity:{person.seq}"),
        close_href=close if is_over and may_close else "",
        objections=objections_text(person.open_objections, sees=bool(seen.roles & COMMITTEE)),
    )


def objections_text(count: int, *, sees: bool) -> str:
    """The committee sees how many are open, the branch that the committee is at work."""
    if not count:
        return ""
    if not sees:
        return _("The committee is dealing with it.")
    return ngettext(
        "%(num)s objection is open: it cannot be closed.",
        "%(num)s objections are open: it cannot be closed.",
        count,
    )

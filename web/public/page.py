"""A public notice in words: the paper as it hangs on the wall, and around it what helps to read it."""

from dataclasses import dataclass
from datetime import date

from flask import request
from flask_babel import gettext as _
from flask_babel import ngettext

from recruit.queries.kept import Kept
from recruit.queries.notices import Paper, PostedPerson
from web import dates
from web.config import Config
from web.deadlines.strip import Strip
from web.deadlines.window import notice_strip
from web.dossiers.roll import sex_word
from web.language import LANGUAGES, is_big, language
from web.sayings import check_text
from web.words import choice_name, joined


@dataclass(frozen=True, slots=True)
class Switch:
    """`value`: what a form with entries sends instead of going to the address."""

    text: str
    href: str
    language: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    sex: str
    born: str
    education: str
    branch: str
    sponsors: str


@dataclass(frozen=True, slots=True)
class Page:
    """`names_sponsors`: the table has a column for them."""

    organization: str
    title: str
    text: str
    people: list[Row]
    names_sponsors: bool
    period: str
    contact: str
    left: str
    ends: str
    first: str
    kept: str
    strip: Strip


def notice_page(paper: Paper, today: date, config: Config) -> Page:
    """Everything in the language of this answer; nothing but what a notice may show."""
    people = [_row(one) for one in paper.people]
    days = (paper.last - paper.first).days + 1
    worked = paper.calendar.count(paper.first, paper.last)
    return Page(
        organization=paper.organization,
        title=title_of(paper.purpose),
        text=_text(paper),
        people=people,
        names_sponsors=any(one.sponsors for one in people),
        period=_(
            "Posted from %(first)s to %(last)s: %(n)s days, %(worked)s of them working days.",
            first=dates.long_day(paper.first, language()), last=_last_day(paper), n=days, worked=worked,
        ),
        contact=contact_line(paper.organization, config),
        left=left_of(paper.last, today),
        ends=_(
            "It ends on %(day)s at 24:00. %(n)s days in all, %(worked)s of them working days.",
            day=dates.short_day(paper.last, language()), n=days, worked=worked,
        ),
        first=dates.long_day(paper.first, language()),
        kept=kept_line(paper.kept),
        strip=notice_strip(paper.first, paper.last, paper.calendar),
    )  # fmt: skip


def title_of(purpose: str) -> str:
    match purpose:
        case "target":
            return _("Public notice of intended development targets")
        case "conversion":
            return _("Public notice of the conversion of probationary members")
        case _:
            return _("Public notice of intended admissions as probationary members")


def left_of(last: date, today: date) -> str:
    """How long it hangs, today included."""
    left = (last - today).days + 1
    if left == 1:
        return _("Posted; today is its last day.")
    return _("Posted; %(n)s days are left.", n=left)


def contact_line(organization: str, config: Config) -> str:
    """How to object today: by telephone where the installation names one, by letter, in person."""
    if not config.help_phone:
        return _(
            "Whoever has an opinion may give it while the notice hangs, with or without a name: "
            "by letter or in person to %(place)s.",
            place=organization,
        )
    return _(
        "Whoever has an opinion may give it while the notice hangs, with or without a name: "
        "by letter or in person to %(place)s, or by telephone: %(name)s %(phone)s.",
        place=organization, name=config.help_name, phone=config.help_phone,
    )  # fmt: skip


def kept_line(kept: Kept | None) -> str:
    """The first signed state of the log that holds the posting: it cannot be changed unseen after it."""
    if kept is None:
        return _("There is no check code yet: the log has not been signed since the posting.")
    return _(
        "Check code %(code)s, kept as number %(size)s on %(day)s",
        code=check_text(kept.root), size=f"{kept.size:,}", day=dates.long_day(kept.on, language()),
    )  # fmt: skip


def switches() -> list[Switch]:
    """Large type and the other language, as addresses."""
    other = next(one for one in LANGUAGES if one != language())
    text = _("Normal type") if is_big() else _("Large type")
    size = Switch(text, _here(language(), big=not is_big()), value="big")
    return [size, Switch("English" if other == "en" else "中文", _here(other, big=is_big()), other, other)]


def _here(chosen: str, *, big: bool) -> str:
    return f"{request.path}?language={chosen}" + ("&big=1" if big else "")


def _last_day(paper: Paper) -> str:
    """Without its year where the first day says it."""
    is_same_year = paper.first.year == paper.last.year and language() == "zh"
    return (dates.month_day if is_same_year else dates.long_day)(paper.last, language())


def _text(paper: Paper) -> str:
    count = len(paper.people)
    match paper.purpose:
        case "target":
            return ngettext(
                "The following person is to be listed as a development target. "
                "Members and the public are asked for their opinion.",
                "The following %(num)s persons (by the strokes of their surnames) are to be listed as "
                "development targets. Members and the public are asked for their opinion.",
                count,
            )
        case "conversion":
            return ngettext(
                "The following probationary member is to become a full member. "
                "Members and the public are asked for their opinion.",
                "The following %(num)s probationary members (by the strokes of their surnames) are to become "
                "full members. Members and the public are asked for their opinion.",
                count,
            )
        case _:
            return ngettext(
                "The following person is to be admitted as a probationary member. "
                "Members and the public are asked for their opinion.",
                "The following %(num)s persons (by the strokes of their surnames) are to be admitted as "
                "probationary members. Members and the public are asked for their opinion.",
                count,
            )


def _row(one: PostedPerson) -> Row:
    born = ""
    if one.birth_month:
        year, month = (int(part) for part in one.birth_month.split("-"))
        born = dates.month(date(year, month, 1), language())
    return Row(
        name=one.name,
        sex=sex_word(one.sex),
        born=born,
        education=choice_name("education", one.education) if one.education else "",
        branch=one.branch,
        sponsors=joined(one.sponsors),
    )

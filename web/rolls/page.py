"""A roll as a page: its counts, each member with standing, vote and penalties, and who was on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from recruit.commands.rolls import KEEPERS
from recruit.context import BUSINESS_ROLES, Context
from recruit.queries.rolls import RollOf, RollRow, RollView
from web import dates
from web.language import language
from web.rolls.words import ending_name, month_of, penalty_text, sex_name, standing_of, vote_of
from web.words import clauses, sentence


@dataclass(frozen=True, slots=True)
class Row:
    """`no_vote`: why there is none today, empty where there is one. `about`: where from, penalties."""

    number: int
    name: str
    sex: str
    born: str
    since: str
    standing: str
    full_since: str
    no_vote: str
    about: tuple[str, ...]
    href: str


@dataclass(frozen=True, slots=True)
class Page:
    id: str
    title: str
    lede: str
    is_closed: bool
    may_keep: bool
    full: int
    probationary: int
    entitled: int
    half: str
    rows: tuple[Row, ...]
    former: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    name: str
    committee: str
    counts: str
    is_empty: bool
    is_closed: bool
    href: str


def listed(found: Sequence[RollOf]) -> list[Listed]:
    return [
        Listed(
            name=one.name,
            committee=one.committee,
            counts=clauses(
                [
                    ngettext("%(num)s full member", "%(num)s full members", one.full_count),
                    _("%(n)s probationary", n=one.probationary_count),
                ]
            ),
            is_empty=not one.full_count and not one.is_closed,
            is_closed=one.is_closed,
            href=url_for("rolls.roll", organization=one.id),
        )
        for one in found
    ]


def may_keep(context: Context, path: str) -> bool:
    """Whether this visitor enters anything on that roll."""
    return context.actor.held(KEEPERS & BUSINESS_ROLES, path) is not None


def roll_page(context: Context, view: RollView) -> Page:
    on = context.on
    full = sum(row.member.is_full(on) for row in view.present)
    entitled = sum(row.is_entitled(on) for row in view.present)
    return Page(
        id=view.place.id,
        title=_("Roll of %(branch)s", branch=view.place.name),
        lede=_("As of %(day)s, in the order of the strokes of the surname.", day=_day(on)),
        is_closed=view.is_closed,
        may_keep=may_keep(context, view.place.path) and not view.is_closed,
        full=full,
        probationary=len(view.present) - full,
        entitled=entitled,
        half=_half(entitled),
        rows=tuple(row_of(row, number, on) for number, row in enumerate(view.present, start=1)),
        former=tuple(former_of(row, number) for number, row in enumerate(view.former, start=1)),
    )


def row_of(row: RollRow, number: int, on: date) -> Row:
    until = row.member.penalized_until(on)
    about = [penalty_text(one, until) for one in row.member.penalties]
    if row.moved_from:
        about.append(sentence(_("came from %(branch)s", branch=row.moved_from)))
    if row.member.until is not None:
        about.append(sentence(_("leaves on %(day)s", day=_day(row.member.until))))
    return Row(
        number=number,
        name=row.name,
        sex=sex_name(row.sex),
        born=month_of(row.birth_month),
        since=_day(row.member.since) if row.member.since else "—",
        standing=standing_of(row, on),
        full_since=_day(row.member.full_since) if row.member.full_since else "—",
        no_vote=vote_of(row, on),
        about=tuple(about),
        href=url_for("rolls.member", membership=row.id),
    )


def former_of(row: RollRow, number: int) -> Row:
    assert row.member.until is not None
    how = ending_name(row.ended_by)
    if row.moved_to:
        how = _("moved to %(branch)s", branch=row.moved_to)
    return Row(
        number=number,
        name=row.name,
        sex=sex_name(row.sex),
        born=month_of(row.birth_month),
        since=_day(row.member.since) if row.member.since else "—",
        standing=_day(row.member.until),
        full_since=_day(row.member.full_since) if row.member.full_since else "—",
        no_vote=how,
        about=(),
        href=url_for("rolls.member", membership=row.id),
    )


def _half(entitled: int) -> str:
    """The arithmetic of a general meeting, so that nobody has to look for it."""
    if not entitled:
        return _("Nobody has a vote: no general meeting can be held.")
    return _(
        "More than half of %(n)s is %(needed)s: so many must be present, and so many votes pass.",
        n=entitled, needed=entitled // 2 + 1,
    )  # fmt: skip


def _day(day: date) -> str:
    return dates.long_day(day, language())

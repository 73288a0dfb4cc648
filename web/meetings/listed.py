"""The list of meetings, and the form that opens one, its agenda proposed from who waits for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from flask import url_for
from flask_babel import gettext as _

from recruit.commands.agenda import NewItem
from recruit.context import Context
from recruit.queries.agendas import INSTEAD, Candidate, bodies, candidates, last_seats
from recruit.queries.meetings import MeetingLine
from recruit.queries.members import members_of
from recruit.queries.organizations import PlaceRow
from web import dates
from web.acts.page import new_key
from web.acts.refusal import REFUSING
from web.language import language
from web.meetings.names import ballot_name, kind_name, people, state_of
from web.words import act_name, clauses, edition_of_today
from workflows.rules.probation import LEAST_EXTENSION, MOST_EXTENSION
from workflows.words import finding_sentence

CHOSEN_BY_HAND = frozenset(("activist_decided", "target_proposed"))  # nobody must name or propose anybody
INSTEAD_OF = frozenset(name for names in INSTEAD.values() for name in names)
MONTHS = tuple(str(one) for one in range(LEAST_EXTENSION, MOST_EXTENSION + 1))  # of an extension


@dataclass(frozen=True, slots=True)
class Line:
    """`anchor`: the day, for the first meeting of it."""

    anchor: str
    title: str
    about: str
    level: str
    state: str
    href: str
    printable: str


@dataclass(frozen=True, slots=True)
class Body:
    value: str
    title: str
    href: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """A person for the agenda; `value` names dossier, act and purpose. `why`: what stands in the way.

    `months`: the box that asks for them, in an extension; `chosen_months` what it says.
    """

    value: str
    name: str
    about: str
    why: str
    is_chosen: bool
    months: str = ""
    chosen_months: str = ""


@dataclass(frozen=True, slots=True)
class Sitter:
    value: str
    name: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ListPage:
    lines: list[Line]
    bodies: list[Body]


@dataclass(frozen=True, slots=True)
class NewPage:
    kind: str
    organization: str
    title: str
    place: str
    on: str
    time: str
    where: str
    ballots: list[tuple[str, str, bool]]
    offers: list[Offer]
    instead: list[Offer]
    sitters: list[Sitter]
    bodies: list[Body]
    key: str
    problem: str = ""
    months: tuple[str, ...] = MONTHS


def list_page(context: Context, found: Sequence[MeetingLine]) -> ListPage:
    first = {one.on: one.id for one in reversed(found)}
    lines = [_line(context, one, anchor=f"d{one.on}" if first[one.on] == one.id else "") for one in found]
    return ListPage(lines, _bodies(context))


def body_of(context: Context, value: str) -> tuple[str, PlaceRow] | None:
    """The body that the address names, or the first; None where there is none."""
    known = bodies(context)
    named = [one for one in known if _value(*one) == value]
    return (named or list(known) or [None])[0]  # type: ignore[list-item]


def new_page(
    context: Context, kind: str, organization: PlaceRow, *, sent: "Sent | None" = None, problem: str = ""
) -> NewPage:
    """`sent`: what was entered, where it was not saved."""
    on = (sent.on if sent else None) or context.on
    offered = candidates(context, kind, organization.id, on)
    ballots = ("secret",) if kind == "general_meeting" else ("named", "counts", "secret")
    ballot = sent.ballot if sent else ballots[0]
    return NewPage(
        kind=kind,
        organization=organization.id,
        title=kind_name(kind),
        place=organization.name,
        on=on.isoformat(),
        time=sent.time if sent else "",
        where=sent.where if sent else "",
        ballots=[(one, ballot_name(one), one == ballot) for one in ballots],
        offers=[offer_of(one, on, sent) for one in offered if one.name not in INSTEAD_OF],
        instead=[offer_of(one, on, sent) for one in offered if one.name in INSTEAD_OF],
        sitters=_sitters(context, organization, on, sent) if kind == "branch_committee" else [],
        bodies=[
            Body(one.value, one.title, one.href, one.value == _value(kind, organization))
            for one in _bodies(context)
        ],
        key=new_key(),
        problem=problem,
    )


@dataclass(frozen=True, slots=True)
class Sent:
    """The form of a new meeting as it came."""

    on: date | None
    time: str
    where: str
    ballot: str
    items: frozenset[str]
    seats: frozenset[str]
    months: Mapping[str, str] = field(default_factory=dict)


def item_of(value: str, months: Mapping[str, str]) -> NewItem:
    """What a box of the agenda names; `months` of the extensions, by their boxes."""
    dossier, _sep, rest = value.partition(".")
    do, _sep, purpose = rest.partition(".")
    chosen = months.get(_months(dossier), MONTHS[0]) if purpose == "extension" else ""
    return NewItem(dossier=dossier, do=do, purpose=purpose, months=int(chosen) if chosen in MONTHS else None)


def _months(dossier: str) -> str:
    return f"months.{dossier}"


def value_of(dossier: str, do: str, purpose: str) -> str:
    return f"{dossier}.{do}.{purpose}"


def _line(context: Context, one: MeetingLine, *, anchor: str) -> Line:
    level, state = state_of(one)
    day = dates.list_day(one.on, context.on, language())
    is_kept = one.state != "recorded"
    return Line(
        anchor=anchor,
        title=f"{kind_name(one.kind)} · {one.organization}",
        about=clauses([f"{day} {one.time or ''}".strip(), one.place or "", people(one.items)]),
        level=level,
        state=state,
        href=url_for("meetings.page", meeting=one.id) if is_kept else "",
        printable=url_for("meetings.resolution", meeting=one.id) if one.state == "confirmed" else "",
    )


def _bodies(context: Context) -> list[Body]:
    known = bodies(context)
    is_one_place = len({place.id for _kind, place in known}) == 1
    return [
        Body(
            _value(kind, place),
            kind_name(kind) if is_one_place else f"{kind_name(kind)} · {place.name}",
            url_for("meetings.new", body=_value(kind, place)),
            is_on=False,
        )
        for kind, place in known
    ]


def _value(kind: str, place: PlaceRow) -> str:
    return f"{kind}.{place.id}"


def offer_of(one: Candidate, on: date, sent: Sent | None) -> Offer:
    """Chosen as it was sent; of a new meeting whoever waits for it and can be decided on."""
    value, box = value_of(one.row.id, one.do, one.purpose), _months(one.row.id)
    found = [each for each in one.eligible.findings if each.severity in REFUSING]
    why = finding_sentence(found[0], language()) if found else ""
    if found and not found[0].earliest and one.eligible.earliest and one.eligible.earliest > on:
        day = _("At the earliest on %(day)s.", day=dates.long_day(one.eligible.earliest, language()))
        why = f"{why} {day}"
    return Offer(
        value=value,
        name=one.row.name,
        about=clauses([act_name(one.do, one.purpose or None, edition_of_today()), one.row.branch_name]),
        why=why,
        is_chosen=value in sent.items
        if sent
        else not found and one.do not in CHOSEN_BY_HAND and one.name not in INSTEAD_OF,
        months=box if one.purpose == "extension" else "",
        chosen_months=sent.months.get(box, "") if sent else "",
    )


def _sitters(context: Context, place: PlaceRow, on: date, sent: Sent | None) -> list[Sitter]:
    before = sent.seats if sent else last_seats(context, place.id)
    return [
        Sitter(one.id, one.name, one.id in before)
        for one in members_of(context, place.id, on)
        if one.full_since is not None
    ]

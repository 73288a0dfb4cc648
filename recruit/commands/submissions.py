"""What comes from outside: handed in on the public form, or entered by the office from a letter or a call."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from recruit.clock import civil_day
from recruit.commands.enclosures import (
    Enclosed,
    Sent,
    photos_of,
    scans_of,
)
from recruit.commands.entering import Written, enter
from recruit.commands.reading import read_day
from recruit.commands.standing import APPROVING, committee_over, find_standing
from recruit.context import Actor, Context, ensure_role
from recruit.errors import BadInput, Problem, problem
from recruit.keys import Keys
from recruit.places import Place
from recruit.queries.noticed import noticed
from recruit.record import Record
from recruit.submissions import OFFICE, code_of, read_code
from workflows.deadlines import OBJECTION_WORKING_DAYS

MOST_TEXT = 4000
MOST_CONTACT = 200
CHANNELS = ("letter", "telephone", "visit", "other")
_CODE_LENGTH = 16
_LEAST_KEY, _MOST_KEY = 20, 64
_ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandIn:
    """`persons`: tokens of people on the notice; empty with `is_about_all`. `contact` None: anonymous.

    `key`: made for the rendered form and known to nobody else: the receipt is derived from it.
    """

    notice: str
    text: str
    key: str
    persons: tuple[str, ...] = ()
    is_about_all: bool = False
    contact: Mapping[str, str] | None = None
    photos: tuple[Sent, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """`code` is told once and stored nowhere; `due`: the day by which it is dealt with."""

    code: str
    due: date
    is_provisional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterLetter:
    """`persons`: their dossiers. `channel`: one of CHANNELS."""

    persons: tuple[str, ...]
    channel: str
    received_on: date | str
    text: str
    key: str
    contact: Mapping[str, str] | None = None
    scans: tuple[Sent, ...] = ()


def hand_in(record: Record, new: HandIn, *, now: datetime) -> Receipt:
    """Keep an opinion on a notice that hangs; the same form sent again gives the same receipt.

    Raises `NotFound` where no such notice hangs that day, `BadInput`, and `KeyReused` where the form was sent
    before with something else in it.
    """
    found = noticed(record, new.notice, on=civil_day(now))
    known = {one.token: one.dossier for one in found.people}
    photos = _ensure_readable(new, known)
    persons = tuple(known.values()) if new.is_about_all else tuple(known[token] for token in new.persons)
    written = Written(
        persons=persons,
        text=new.text.strip(),
        contact=new.contact,
        form_digest=record.keys.keyed("submission form", new.key),
        enclosed=photos,
    )
    context = Context(record=record, actor=Actor(user_id="", name=""), now=now)
    code = code_of(record.keys.keyed("submission receipt", new.key), length=_CODE_LENGTH)
    with record.reading() as connection:
        office = office_over(connection, record, found.path)
        due = _due(connection, record, office.path, context.on)
    enter(context, written, office, found, due=due, receipt=receipt_digest(record.keys, code))
    return Receipt(code=code, due=due, is_provisional=found.calendar.is_provisional(due))


def enter_letter(context: Context, new: EnterLetter) -> str:
    """Enter what came to the office by letter, telephone or in person; gives its id.

    Raises `BadInput`, `NotFound` for a person out of reach, `NotAllowed`, `KeyReused`.
    """
    received_on = read_day(new.received_on, field="received_on")
    scans = _ensure_letter(new, received_on, context.on)
    with context.record.reading() as connection:
        lines = {find_standing(connection, context, dossier).line for dossier in new.persons}
        offices = {(committee_over(line) or line[-1]).id: committee_over(line) or line[-1] for line in lines}
        if len(offices) != 1:
            raise BadInput(problem("persons", "of_one_committee"))
        (office,) = offices.values()
        due = _due(connection, context.record, office.path, received_on)
    ensure_role(context, OFFICE, path=office.path, what="enter_letter")
    written = Written(
        persons=new.persons,
        text=new.text.strip(),
        contact=new.contact,
        form_digest=context.record.keys.keyed("submission form", f"{context.actor.user_id}:{new.key}"),
        channel=new.channel,
        received_on=received_on,
        enclosed=scans,
    )
    return enter(context, written, office, None, due=due, receipt=None)


def receipt_digest(keys: Keys, code: str) -> bytes:
    """What is stored of a receipt."""
    return keys.keyed("submission receipt digest", read_code(code))


def office_over(connection: Connection, record: Record, path: str) -> Place:
    """The approving committee at the path or above it."""
    line = record.laws.line(connection, path)
    return line[-1] if line[-1].kind in APPROVING else committee_over(line) or line[-1]


def _due(connection: Connection, record: Record, path: str, on: date) -> date:
    """As the deadline of an objection is counted: fifteen working days after the day it came."""
    calendar = record.laws.ground(connection, path).calendar
    return calendar.nth_working_day(on + _ONE, OBJECTION_WORKING_DAYS)


def _ensure_readable(new: HandIn, known: Mapping[str, str]) -> tuple[Enclosed, ...]:
    """The photos as they are kept."""
    problems = _problems_of(new.text, new.contact)
    if not new.is_about_all and not new.persons:
        problems.append(problem("persons", "whom_missing"))
    if any(token not in known for token in new.persons):
        problems.append(problem("persons", "not_on_the_notice"))
    if not _LEAST_KEY <= len(new.key) <= _MOST_KEY:
        problems.append(problem("key", "missing"))
    photos, unfit = photos_of(new.photos)
    if problems or unfit:
        raise BadInput(*problems, *unfit)
    return photos


def _ensure_letter(new: EnterLetter, received_on: date, today: date) -> tuple[Enclosed, ...]:
    """The scans as they are kept."""
    problems = _problems_of(new.text, new.contact)
    if not new.persons:
        problems.append(problem("persons", "whom_missing"))
    if new.channel not in CHANNELS:
        problems.append(problem("channel", "not_one_of", found=new.channel[:20], choices=", ".join(CHANNELS)))
    if received_on > today:
        problems.append(problem("received_on", "not_yet_done", found=received_on))
    if not new.key:
        problems.append(problem("key", "missing"))
    scans, unfit = scans_of(new.scans)
    if problems or unfit:
        raise BadInput(*problems, *unfit)
    return scans


def _problems_of(text: str, contact: Mapping[str, str] | None) -> list[Problem]:
    problems = []
    if not text.strip():
        problems.append(problem("text", "text_missing"))
    if len(text) > MOST_TEXT:
        problems.append(problem("text", "too_long", most=MOST_TEXT))
    if contact is not None and not contact.get("reach", "").strip():
        problems.append(problem("contact", "contact_missing"))
    if contact is not None and any(len(part) > MOST_CONTACT for part in contact.values()):
        problems.append(problem("contact", "too_long", most=MOST_CONTACT))
    return problems

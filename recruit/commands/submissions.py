"""What comes from outside: handed in on the public form, or entered by the office from a letter or a call."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, insert, select

from recruit.clock import civil_day
from recruit.commands.reading import read_day
from recruit.commands.standing import APPROVING, committee_over, find_standing
from recruit.context import Actor, Context, ensure_role
from recruit.errors import BadInput, KeyReused, Problem, problem
from recruit.ids import new_id
from recruit.keys import Keys
from recruit.log.events import NewEvent, append_event
from recruit.places import Place
from recruit.queries.noticed import Noticed, noticed
from recruit.record import Record
from recruit.repeat import repeated
from recruit.serial import one_at_a_time
from recruit.submissions import LETTER, NEW, OFFICE, code_of, contact_owner, read_code, seal_parts
from recruit.tables import Submission
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


@repeated
def hand_in(record: Record, new: HandIn, *, now: datetime) -> Receipt:
    """Keep an opinion on a notice that hangs; the same form sent again gives the same receipt.

    Raises `NotFound` where no such notice hangs that day, `BadInput`, and `KeyReused` where the form was sent
    before with something else in it.
    """
    found = noticed(record, new.notice, on=civil_day(now))
    known = {one.token: one.dossier for one in found.people}
    _ensure_readable(new, known)
    persons = tuple(known.values()) if new.is_about_all else tuple(known[token] for token in new.persons)
    written = _Written(
        persons=persons,
        text=new.text.strip(),
        contact=new.contact,
        form_digest=record.keys.keyed("submission form", new.key),
    )
    context = Context(record=record, actor=Actor(user_id="", name=""), now=now)
    code = code_of(record.keys.keyed("submission receipt", new.key), length=_CODE_LENGTH)
    with record.reading() as connection:
        office = office_over(connection, record, found.path)
        due = _due(connection, record, office.path, context.on)
    _keep(context, written, office, found, due=due, receipt=receipt_digest(record.keys, code))
    return Receipt(code=code, due=due, is_provisional=found.calendar.is_provisional(due))


@repeated
def enter_letter(context: Context, new: EnterLetter) -> str:
    """Enter what came to the office by letter, telephone or in person; gives its id.

    Raises `BadInput`, `NotFound` for a person out of reach, `NotAllowed`, `KeyReused`.
    """
    received_on = read_day(new.received_on, field="received_on")
    _ensure_letter(new, received_on, context.on)
    with context.record.reading() as connection:
        lines = {find_standing(connection, context, dossier).line for dossier in new.persons}
        offices = {(committee_over(line) or line[-1]).id: committee_over(line) or line[-1] for line in lines}
        if len(offices) != 1:
            raise BadInput(problem("persons", "of_one_committee"))
        (office,) = offices.values()
        due = _due(connection, context.record, office.path, received_on)
    ensure_role(context, OFFICE, path=office.path, what="enter_letter")
    written = _Written(
        persons=new.persons,
        text=new.text.strip(),
        contact=new.contact,
        form_digest=context.record.keys.keyed("submission form", f"{context.actor.user_id}:{new.key}"),
        channel=new.channel,
        received_on=received_on,
    )
    return _keep(context, written, office, None, due=due, receipt=None)


def receipt_digest(keys: Keys, code: str) -> bytes:
    """What is stored of a receipt."""
    return keys.keyed("submission receipt digest", read_code(code))


def office_over(connection: Connection, record: Record, path: str) -> Place:
    """The approving committee at the path or above it."""
    line = record.laws.line(connection, path)
    return line[-1] if line[-1].kind in APPROVING else committee_over(line) or line[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Written:
    persons: tuple[str, ...]
    text: str
    contact: Mapping[str, str] | None
    form_digest: bytes
    channel: str = "web"
    received_on: date | None = None


def _keep(
    context: Context,
    written: _Written,
    office: Place,
    notice: Noticed | None,
    *,
    due: date,
    receipt: bytes | None,
) -> str:
    """Seal it before the transaction, so that nothing slow happens while others wait to write."""
    keys = context.record.keys
    body = keys.keyed("submission body", repr((written.persons, written.text, written.contact)))
    with context.record.reading() as connection:
        earlier = _earlier(connection, written.form_digest, body)
    if earlier is not None:
        return earlier
    id_ = new_id(context.now)
    sealed = seal_parts(keys, id_, persons=written.persons, text=written.text, contact=written.contact)
    row = {
        "id": id_,
        "organization": office.id,
        "notice": notice.id if notice else None,
        "purpose": notice.purpose if notice else LETTER,
        "channel": written.channel,
        "received_on": written.received_on or context.on,
        "received_at": context.now,
        "due": due,
        "form_digest": written.form_digest,
        "body_digest": body,
        "receipt_digest": receipt,
        "state": NEW,
        **sealed,
    }
    with context.record.writing() as connection:
        one_at_a_time(connection, f"submission:{written.form_digest.hex()}")
        earlier = _earlier(connection, written.form_digest, body)
        if earlier is None:
            connection.execute(insert(Submission).values(**row))
            append_event(connection, context, _event(context, row, office))
    if earlier is not None:  # somebody pressed twice at once: what was sealed for the second is of no use
        for owner in (id_, contact_owner(id_)):
            keys.destroy(owner)
    return earlier or id_


def _event(context: Context, row: Mapping[str, object], office: Place) -> NewEvent:
    held = context.actor.held(OFFICE, office.path)
    details = {
        "submission": row["id"],
        "channel": row["channel"],
        "purpose": row["purpose"],
        "named": row["contact_sealed"] is not None,
        **({"notice": row["notice"]} if row["notice"] else {}),
    }
    return NewEvent(org=office.id, do="submission_received", details=details, role=held.role if held else "")


def _earlier(connection: Connection, form: bytes, body: bytes) -> str | None:
    """The submission that this form already made. Raises `KeyReused` where it said something else."""
    wanted = select(Submission.id, Submission.body_digest).where(Submission.form_digest == form)
    row = connection.execute(wanted).one_or_none()
    if row is None:
        return None
    if row.body_digest != body:
        raise KeyReused
    return str(row.id)


def _due(connection: Connection, record: Record, path: str, on: date) -> date:
    """As the deadline of an objection is counted: fifteen working days after the day it came."""
    calendar = record.laws.ground(connection, path).calendar
    return calendar.nth_working_day(on + _ONE, OBJECTION_WORKING_DAYS)


def _ensure_readable(new: HandIn, known: Mapping[str, str]) -> None:
    problems = _problems_of(new.text, new.contact)
    if not new.is_about_all and not new.persons:
        problems.append(problem("persons", "whom_missing"))
    if any(token not in known for token in new.persons):
        problems.append(problem("persons", "not_on_the_notice"))
    if not _LEAST_KEY <= len(new.key) <= _MOST_KEY:
        problems.append(problem("key", "missing"))
    if problems:
        raise BadInput(*problems)


def _ensure_letter(new: EnterLetter, received_on: date, today: date) -> None:
    problems = _problems_of(new.text, new.contact)
    if not new.persons:
        problems.append(problem("persons", "whom_missing"))
    if new.channel not in CHANNELS:
        problems.append(problem("channel", "not_one_of", found=new.channel[:20], choices=", ".join(CHANNELS)))
    if received_on > today:
        problems.append(problem("received_on", "not_yet_done", found=received_on))
    if not new.key:
        problems.append(problem("key", "missing"))
    if problems:
        raise BadInput(*problems)


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

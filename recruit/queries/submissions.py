"""What came from outside, as the office lists it and as its receipt tells it; nothing is opened."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, Select, func, select
from sqlalchemy.orm import aliased

from recruit.commands.submissions import receipt_digest
from recruit.context import Context, reach
from recruit.errors import NotAllowed, NotFound
from recruit.record import Record
from recruit.submissions import IS_NEW, NEW, OFFICE, SET_ASIDE, open_answer, reference_of
from recruit.tables import Dossier, File, Notice, Organization, Person, Submission, SubmissionAct, User
from workflows.facts import Objection

State = Literal["new", "taken_up", "concluded", "set_aside"]
Told = Literal["received", "examining", "concluded"]
MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class InDossier:
    """How it stands in the dossier of one person: `number` is the objection's; 0: taken back or over."""

    dossier: str
    seq: int
    name: str
    branch: str
    number: int
    concluded_on: date | None
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionRow:
    """`notice`: its last day, None where there is none. `reason`: why it was set aside."""

    id: str
    reference: str
    purpose: str
    channel: str
    is_named: bool
    received_on: date
    received_at: datetime
    due: date
    state: State
    reason: str | None
    notice: str | None
    notice_ends_on: date | None
    handled_by: str
    handled_at: datetime | None
    answer: str
    file_count: int
    dossiers: tuple[InDossier, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptView:
    """All that a receipt tells: never who was meant, nor what was found beyond the answer."""

    state: Told
    received_on: date
    due: date
    answer: str


def submissions(context: Context) -> tuple[SubmissionRow, ...]:
    """Within the office's reach: what nobody has looked at, what is open, then what is done, newest first.

    Raises `NotAllowed` for whoever is no committee's office.
    """
    paths = context.paths(OFFICE)
    if not paths:
        raise NotAllowed(what="submissions", needed=", ".join(OFFICE))
    wanted = _wanted().where(reach(Organization.path, paths)).order_by(Submission.id.desc()).limit(MOST)
    with context.record.reading() as connection:
        rows = _rows(connection, context.record, connection.execute(wanted).all())
    order = ("new", "taken_up", "concluded", "set_aside")
    return tuple(sorted(rows, key=lambda row: (order.index(row.state), row.due)))


def find_submission(context: Context, submission: str) -> SubmissionRow:
    """Raises `NotFound`; `NotAllowed` for somebody of the committee without the role."""
    with context.record.reading() as connection:
        row = connection.execute(_wanted().where(Submission.id == submission)).one_or_none()
        if row is None or not any(held.covers(row.path) for held in context.actor.grants):
            raise NotFound(what="submission")
        if context.actor.held(OFFICE, row.path) is None:
            raise NotAllowed(what="submissions", needed=", ".join(OFFICE))
        return _rows(connection, context.record, [row])[0]


def unread_submissions(context: Context) -> int:
    """How many nobody has looked at; none for whoever is no office."""
    paths = context.paths(OFFICE)
    if not paths:
        return 0
    wanted = (
        select(func.count())
        .select_from(Submission)
        .join(Organization, Organization.id == Submission.organization)
        .where(IS_NEW, reach(Organization.path, paths))
    )
    with context.record.reading() as connection:
        return int(connection.execute(wanted).scalar_one())


def receipt_view(record: Record, code: str) -> ReceiptView:
    """By the code that was told once. Raises `NotFound`."""
    digest = receipt_digest(record.keys, code)
    with record.reading() as connection:
        row = connection.execute(_wanted().where(Submission.receipt_digest == digest)).one_or_none()
        if row is None:
            raise NotFound(what="receipt")
        found = _rows(connection, record, [row])[0]
    told: dict[State, Told] = {"new": "received", "taken_up": "examining"}
    return ReceiptView(
        state=told.get(found.state, "concluded"),
        received_on=found.received_on,
        due=found.due,
        answer=found.answer,
    )


def _wanted() -> Select[*tuple[Any, ...]]:
    handler = aliased(User)
    return (
        select(
            Submission.__table__,
            Organization.path,
            Notice.last_on.label("notice_ends_on"),
            handler.name.label("handler"),
            select(func.count()).where(File.owner == Submission.id).scalar_subquery().label("file_count"),
        )
        .join(Organization, Organization.id == Submission.organization)
        .outerjoin(Notice, Notice.id == Submission.notice)
        .outerjoin(handler, handler.id == Submission.handled_by)
    )


def _rows(connection: Connection, record: Record, rows: Iterable[Row[Any]]) -> list[SubmissionRow]:
    listed = list(rows)
    links = _links(connection, record, [row.id for row in listed])
    return [_row(record, row, links.get(row.id, ())) for row in listed]


def _row(record: Record, row: Row[Any], links: tuple[InDossier, ...]) -> SubmissionRow:
    state: State = row.state
    if row.state not in {NEW, SET_ASIDE} and not any(one.is_open for one in links):
        state = "concluded"
    return SubmissionRow(
        id=row.id,
        reference=reference_of(row.id),
        purpose=row.purpose,
        channel=row.channel,
        is_named=row.contact_sealed is not None,
        received_on=row.received_on,
        received_at=row.received_at,
        due=row.due,
        state=state,
        reason=row.reason,
        notice=row.notice,
        notice_ends_on=row.notice_ends_on,
        handled_by=row.handler or "",
        handled_at=row.handled_at,
        answer=open_answer(record.keys, row.id, row.answer_sealed),
        file_count=row.file_count,
        dossiers=links,
    )


def _links(connection: Connection, record: Record, ids: list[str]) -> dict[str, tuple[InDossier, ...]]:
    wanted = (
        select(
            SubmissionAct.submission, SubmissionAct.dossier, SubmissionAct.seq, Dossier.facts,
            Dossier.last_hash, Person.name, Organization.name.label("branch"),
        )
        .join(Dossier, Dossier.id == SubmissionAct.dossier)
        .join(Person, Person.id == Dossier.person)
        .join(Organization, Organization.id == Dossier.branch)
        .where(SubmissionAct.submission.in_(ids))
        .order_by(Person.strokes, Person.name, Dossier.id)
    )  # fmt: skip
    found: dict[str, tuple[InDossier, ...]] = {}
    for row in connection.execute(wanted):
        facts = record.remembered.facts(row.dossier, bytes(row.last_hash), row.facts)
        one = next((one for one in facts.objections if one.seq == row.seq), None)
        found[row.submission] = (
            *found.get(row.submission, ()),
            _in_dossier(row, one, has_ended=facts.ended_on is not None),
        )
    return found


def _in_dossier(row: Row[*tuple[Any, ...]], one: Objection | None, *, has_ended: bool) -> InDossier:
    concluded_on = one.concluded_on if one else None
    return InDossier(
        dossier=row.dossier,
        seq=row.seq,
        name=row.name,
        branch=row.branch,
        number=one.number if one else 0,
        concluded_on=concluded_on,
        is_open=one is not None and concluded_on is None and not has_ended,
    )

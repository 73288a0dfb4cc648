"""What the committee's office does with what came from outside: read, take up, set aside, answer."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Row, insert, select, update

from recruit.commands.acts import write
from recruit.commands.files import Opened as File
from recruit.commands.files import read_file
from recruit.commands.judging import judge_act
from recruit.commands.reading import Read, kind_of, read_act
from recruit.commands.rights import ensure_recorder
from recruit.commands.standing import find_standing
from recruit.commands.submissions import MOST_TEXT
from recruit.context import Context, Held, ensure_role
from recruit.errors import BadInput, KeysMissing, NotFound, problem
from recruit.log.events import NewEvent, append_event
from recruit.queries.files import FileRow, file_of, files_of
from recruit.repeat import repeated
from recruit.submissions import (
    LETTER,
    NEW,
    OFFICE,
    SET_ASIDE,
    TAKEN_UP,
    open_contact,
    open_persons,
    open_text,
    reference_of,
    seal_answer,
)
from recruit.tables import Dossier, Organization, Person, Submission, SubmissionAct

Part = Literal["text", "contact"]
READING_REASONS: Mapping[str, tuple[str, ...]] = {
    "text": ("handling", "inspection"),
    "contact": ("ask_back", "answer", "inspection"),
}
WHY_SET_ASIDE = ("nobody_meant", "sent_twice", "abuse", "nothing_said")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSubmission:
    """`reason`: one of READING_REASONS for that part; it is part of the log, free text is not."""

    submission: str
    part: Part
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """One person whom it is about, as far as the reader reaches."""

    dossier: str
    name: str
    branch: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """`text` None: it cannot be opened any more. `contact` has "name" and "reach"; None: without a name.

    `files`: photos and scans that came with the text.
    """

    text: str | None = None
    persons: tuple[Named, ...] = ()
    contact: Mapping[str, str] | None = None
    files: tuple[FileRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeUp:
    """`dossiers`: of those whom it is about; who is named in it and not here is held no more."""

    submission: str
    dossiers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenUp:
    """`dossiers`: with an objection on record now; `left_out`: where none could be recorded any more."""

    dossiers: tuple[str, ...]
    left_out: tuple[str, ...]


@repeated
def read_submission(context: Context, wanted: ReadSubmission) -> Opened:
    """Text, persons and files, or whoever wrote; the event is committed before anything is opened.

    Raises `BadInput` for another part or reason, `NotFound`, `NotAllowed`.
    """
    _ensure_reason(wanted.part, wanted.reason)
    files = files_of(context, wanted.submission) if wanted.part == "text" else ()
    with context.record.writing() as connection:
        row, held = _found(connection, context, wanted.submission)
        details: dict[str, object] = {"submission": row.id, "what": wanted.part, "reason": wanted.reason}
        if files:
            details["files"] = [one.id for one in files]
        _tell(connection, context, row, held, "submission_read", details)
    keys = context.record.keys
    if wanted.part == "contact":
        with suppress(KeysMissing):
            return Opened(contact=open_contact(keys, row))
        return Opened()
    try:
        persons, text = open_persons(keys, row.id, row.persons_sealed), open_text(keys, row)
    except KeysMissing:
        return Opened()
    with context.record.reading() as connection:
        return Opened(text=text, persons=_named(connection, context, persons), files=files)


def read_enclosed(context: Context, submission: str, file: str, *, reason: str) -> File:
    """A photo or scan as it is kept; that it is read is committed before, with the reason.

    Raises `BadInput` for another reason than for the text, `NotFound` also where it belongs to another
    submission, `KeysMissing`.
    """
    _ensure_reason("text", reason)
    if file_of(context, file).owner != submission:
        raise NotFound(what="file")
    return read_file(context, file, reason=reason)


@repeated
def take_up(context: Context, wanted: TakeUp) -> TakenUp:
    """An `objection_received` in the dossier of each person; on the day on which it came.

    What is about a notice that holds nothing any more is recorded as a letter. Raises `BadInput` where it was
    looked at before or for nobody an objection can be recorded, `NotFound`, `NotAllowed`.
    """
    with context.record.writing() as connection:
        row, held = _found(connection, context, wanted.submission, is_new=True)
        seqs: dict[str, int] = {}
        for dossier in sorted(set(wanted.dossiers)):
            seq = _recorded(connection, context, row, dossier)
            if seq is not None:
                seqs[dossier] = seq
        if not seqs:
            raise BadInput(problem("persons", "nobody_to_take_up"))
        links = [{"submission": row.id, "dossier": one, "seq": seq} for one, seq in seqs.items()]
        connection.execute(insert(SubmissionAct), links)
        _settle(connection, context, row, state=TAKEN_UP, reason=None)
        details = {"submission": row.id, "dossiers": [*seqs]}
        _tell(connection, context, row, held, "submission_taken_up", details)
    left_out = tuple(one for one in wanted.dossiers if one not in seqs)
    return TakenUp(dossiers=tuple(seqs), left_out=left_out)


@repeated
def set_aside(context: Context, submission: str, *, reason: str) -> None:
    """Hold nobody by it; it is kept.

    Raises `BadInput` where it was looked at before, `NotFound`, `NotAllowed`.
    """
    if reason not in WHY_SET_ASIDE:
        raise BadInput(problem("reason", "not_one_of", found=reason[:20], choices=", ".join(WHY_SET_ASIDE)))
    with context.record.writing() as connection:
        row, held = _found(connection, context, submission, is_new=True)
        _settle(connection, context, row, state=SET_ASIDE, reason=reason)
        details = {"submission": row.id, "reason": reason}
        _tell(connection, context, row, held, "submission_set_aside", details)


@repeated
def answer_submission(context: Context, submission: str, *, text: str) -> None:
    """What the receipt shows; a later answer takes the place of an earlier one.

    Raises `BadInput` before it was taken up or set aside, `NotFound`, `NotAllowed`, `KeysMissing`.
    """
    if not text.strip() or len(text) > MOST_TEXT:
        raise BadInput(
            problem("answer", "missing")
            if not text.strip()
            else problem("answer", "too_long", most=MOST_TEXT)
        )
    with context.record.writing() as connection:
        row, held = _found(connection, context, submission)
        if row.state == NEW:
            raise BadInput(problem("submission", "not_looked_at_yet"))
        sealed = seal_answer(context.record.keys, row.id, text.strip())
        connection.execute(update(Submission).where(Submission.id == row.id).values(answer_sealed=sealed))
        _tell(connection, context, row, held, "submission_answered", {"submission": row.id})


def _ensure_reason(part: str, reason: str) -> None:
    reasons = READING_REASONS.get(part, ())
    if reason not in reasons:
        raise BadInput(problem("reason", "not_one_of", found=reason[:20], choices=", ".join(reasons)))


def _found(
    connection: Connection, context: Context, submission: str, *, is_new: bool = False
) -> tuple[Row[Any], Held]:
    """The row, to oneself. A branch finds nothing here; within reach without the role: `NotAllowed`."""
    wanted = (
        select(Submission.__table__, Organization.path)
        .join(Organization, Organization.id == Submission.organization)
        .where(Submission.id == submission)
        .with_for_update(of=Submission.__table__)
    )
    row = connection.execute(wanted).one_or_none()
    if row is None or not any(held.covers(row.path) for held in context.actor.grants):
        raise NotFound(what="submission")
    held = ensure_role(context, OFFICE, path=row.path, what="handle_submission")
    if is_new and row.state != NEW:
        raise BadInput(problem("submission", "looked_at_before"))
    return row, held


def _recorded(connection: Connection, context: Context, row: Row[Any], dossier: str) -> int | None:
    """The number of the act; None where the dossier takes no objection, or is out of reach."""
    try:
        standing = find_standing(connection, context, dossier)
    except NotFound:
        return None
    kind = kind_of(standing.ground, "objection_received", row.received_on)
    right = ensure_recorder(context.actor, standing, kind, "objection_received")
    for purpose in dict.fromkeys((row.purpose, LETTER)):
        raw = {
            "purpose": purpose,
            "channel": row.channel,
            "named": row.contact_sealed is not None,
            "note": f"意见编号 {reference_of(row.id)}",
        }
        read = read_act(context, standing, right, do="objection_received", on=row.received_on, raw=raw)
        judgement, act = judge_act(connection, context, standing, read.act)
        if judgement.accepted:
            done = write(
                connection,
                context,
                standing,
                Read(act=act, content=read.content),
                judgement.findings,
                key=f"{row.id}:{dossier}",
            )
            return done.seq
    return None


def _settle(
    connection: Connection, context: Context, row: Row[Any], *, state: str, reason: str | None
) -> None:
    values = {
        "state": state,
        "reason": reason,
        "handled_by": context.actor.user_id,
        "handled_at": context.now,
    }
    connection.execute(update(Submission).where(Submission.id == row.id).values(**values))


def _tell(
    connection: Connection,
    context: Context,
    row: Row[Any],
    held: Held,
    do: str,
    details: Mapping[str, object],
) -> None:
    event = NewEvent(org=row.organization, do=do, details=details, role=held.role)
    append_event(connection, context, event)


def _named(connection: Connection, context: Context, dossiers: Collection[str]) -> tuple[Named, ...]:
    wanted = (
        select(Dossier.id, Person.name, Organization.name.label("branch"), Organization.path)
        .join(Person, Person.id == Dossier.person)
        .join(Organization, Organization.id == Dossier.branch)
        .where(Dossier.id.in_(dossiers))
        .order_by(Person.strokes, Person.name, Dossier.id)
    )
    return tuple(
        Named(dossier=row.id, name=row.name, branch=row.branch)
        for row in connection.execute(wanted)
        if context.actor.held(OFFICE, row.path) is not None
    )

"""Erasing a person: the key and every content destroyed, the log as it was, two persons answering for it."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select, update

from recruit.context import Context, ensure_role
from recruit.disk import whole_file
from recruit.errors import BadInput, BadLedger, NotAllowed, NotFound, problem
from recruit.ids import microseconds, new_id
from recruit.log.events import NewEvent, append_event
from recruit.record import Record
from recruit.repeat import repeated
from recruit.tables import Act, Attempt, Content, Dossier, Erasure, Membership, Organization, Person, Proposal

LEDGER = (
    "erasures.log"  # one line a person, in the folder of keys: a restore reads it before anything is served
)
GROUNDS = ("retention_over", "request", "court")
RETENTION = timedelta(days=5 * 365)
ERASERS = ("security_admin",)
CONFIRMERS = ("audit_admin", "system_admin")
ERASED = "（已删除）"
_PERMANENT = ("probation", "extended_probation", "full_member")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeErasure:
    """`ground`: one of GROUNDS; `ticket`: the number of the paper that asks for it, kept outside the log."""

    person: str
    ground: str
    ticket: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """How many contents of acts, refused attempts and open proposals are gone."""

    person: str
    contents: int
    attempts: int
    proposals: int


@repeated
def propose_erasure(context: Context, wanted: ProposeErasure) -> str:
    """A security administrator proposes; nothing is erased yet.

    Raises `BadInput` where a dossier is open or permanent or its retention runs, `NotFound`, `NotAllowed`.
    """
    if wanted.ground not in GROUNDS:
        raise BadInput(problem("ground", "not_one_of", found=wanted.ground, choices=", ".join(GROUNDS)))
    if not wanted.ticket.strip():
        raise BadInput(problem("ticket", "missing"))
    with context.record.writing() as connection:
        path, _ = _place(connection, wanted.person)
        ensure_role(context, ERASERS, path=path, what="propose_erasure")
        _ensure_erasable(connection, context, wanted.person, ground=wanted.ground)
        id_ = new_id(context.now)
        connection.execute(
            insert(Erasure).values(
                id=id_,
                person=wanted.person,
                ground=wanted.ground,
                ticket=wanted.ticket.strip(),
                proposed_by=context.actor.user_id,
                proposed_at=context.now,
            )
        )
    return id_


@repeated
def confirm_erasure(context: Context, erasure: str) -> Erased:
    """Another administrator confirms, and the person is erased for good.

    Key and ledger follow the commit; where that is cut off, the next housekeeping does it.
    Raises `NotFound`, `NotAllowed` for the proposer, and `BadInput` as `propose_erasure`.
    """
    with context.record.writing() as connection:
        row = connection.execute(
            select(Erasure.person, Erasure.ground, Erasure.proposed_by).where(
                Erasure.id == erasure, Erasure.done_at.is_(None)
            )
        ).one_or_none()
        if row is None:
            raise NotFound(what="erasure")
        path, organization = _place(connection, row.person)
        held = ensure_role(context, CONFIRMERS, path=path, what="confirm_erasure")
        if row.proposed_by == context.actor.user_id:
            raise NotAllowed(what="confirm_erasure", needed=", ".join(CONFIRMERS))
        _ensure_erasable(connection, context, row.person, ground=row.ground)
        erased = erase(connection, row.person)
        connection.execute(
            update(Erasure)
            .where(Erasure.id == erasure)
            .values(done_by=context.actor.user_id, done_at=context.now)
        )
        details = {"person": row.person, "ground": row.ground, "contents": erased.contents}
        new = NewEvent(org=organization, do="person_erased", details=details, role=held.role)
        append_event(connection, context, new)
    finish_erasures(context.record)
    return erased


def finish_erasures(record: Record) -> int:
    """What lies outside the database follows what was committed; how many persons still had a key or no line.

    The key is destroyed, the ledger names the person, and no page of before stays in the write-ahead log.
    """
    ledger = record.keys_folder / LEDGER
    with record.reading() as connection:
        done = connection.execute(
            select(Erasure.person, Erasure.done_at)
            .where(Erasure.done_at.is_not(None))
            .order_by(Erasure.done_at)
        ).all()
    if not done:
        return 0
    known = read_ledger(ledger)
    unfinished = [row for row in done if row.person not in known or record.keys.has(row.person)]
    if not unfinished:
        return 0
    enter(ledger, [(row.person, microseconds(row.done_at)) for row in unfinished if row.person not in known])
    record.truncate_log()
    for row in unfinished:
        record.keys.destroy(row.person)
    return len(unfinished)


def enter(ledger: Path, erased: Sequence[tuple[str, int]]) -> None:
    """Add persons, each with the instant of the erasure in microseconds; the file names ids alone."""
    before = ledger.read_bytes() if ledger.is_file() else b""
    lines = [json.dumps({"person": person, "at": at}) + "\n" for person, at in erased]
    with whole_file(ledger) as file:
        file.write(before + "".join(lines).encode())


def erase(connection: Connection, person: str) -> Erased:
    """Everything personal in the database, salts and ciphertexts included; the acts and their order stay."""
    dossiers = select(Dossier.id).where(Dossier.person == person)
    contents = connection.execute(delete(Content).where(Content.person == person).returning(Content.act))
    attempts = connection.execute(
        update(Attempt).where(Attempt.dossier.in_(dossiers)).values(details="{}").returning(Attempt.id)
    )
    proposals = connection.execute(
        update(Proposal)
        .where(Proposal.dossier.in_(dossiers))
        .values(details="{}", sealed=None)
        .returning(Proposal.id)
    )
    found = Erased(
        person=person,
        contents=len(contents.all()),
        attempts=len(attempts.all()),
        proposals=len(proposals.all()),
    )
    nothing = (
        "sex",
        "birth_month",
        "education",
        "category",
        "id_index",
        "id_sealed",
        "phone_sealed",
        "born_sealed",
    )
    connection.execute(
        update(Person)
        .where(Person.id == person)
        .values(name=ERASED, pinyin="", strokes="", **dict.fromkeys(nothing))
    )
    return found


def read_ledger(ledger: Path) -> dict[str, int]:
    """The persons who were erased with the instants, in microseconds; nobody where there is no ledger.

    Raises `BadLedger`.
    """
    if not ledger.is_file():
        return {}
    persons: dict[str, int] = {}
    for number, line in enumerate(ledger.read_bytes().splitlines(), 1):
        try:
            entry = json.loads(line)
            persons[str(entry["person"])] = int(entry["at"])
        except (ValueError, KeyError, TypeError) as wrong:
            raise BadLedger(path=ledger.name, line=number) from wrong
    return persons


@repeated
def erase_again(record: Record, persons: Iterable[str]) -> int:
    """After a restore, before the first request: whoever was erased since the backup is erased in it, too."""
    count = 0
    with record.writing() as connection:
        for person in persons:
            if connection.execute(select(Person.id).where(Person.id == person)).first() is not None:
                erase(connection, person)
                count += 1
    for person in persons:
        record.keys.destroy(person)
    return count


def _place(connection: Connection, person: str) -> tuple[str, str]:
    row = connection.execute(
        select(Organization.path, Organization.id)
        .join(Person, Person.organization == Organization.id)
        .where(Person.id == person)
    ).one_or_none()
    if row is None:
        raise NotFound(what="person")
    return row.path, row.id


def _ensure_erasable(connection: Connection, context: Context, person: str, *, ground: str) -> None:
    """Every dossier has ended, none with membership; long enough ago, where that is the ground."""
    rows = connection.execute(
        select(Dossier.id, Dossier.stage, Dossier.phase).where(Dossier.person == person)
    ).all()
    if any(row.phase != "ended" or row.stage in _PERMANENT for row in rows) or _is_member(
        connection, person, context.on
    ):
        raise BadInput(problem("person", "not_erasable"))
    if ground != "retention_over":
        return
    ended = connection.execute(
        select(Act.on).where(Act.dossier.in_([row.id for row in rows])).order_by(Act.on.desc()).limit(1)
    ).scalar()
    if ended is not None and context.on < ended + RETENTION:
        raise BadInput(problem("ground", "retention_runs", needed=(ended + RETENTION).isoformat()))


def _is_member(connection: Connection, person: str, on: date) -> bool:
    stay = select(Membership.id).where(
        Membership.person == person,
        Membership.since <= on,
        Membership.until.is_(None) | (Membership.until > on),
    )
    return connection.execute(stay.limit(1)).first() is not None

"""Erasing a person: the key and every content destroyed, the log as it was, two persons answering for it."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select, update

from recruit.commands.emptied import destroy_emptied, empty_opinions
from recruit.commands.erasable import ERASED, GROUNDS, place_of, refusal_of, waiting_erasure
from recruit.commands.own import drop_own_codes
from recruit.commands.standing import listed_as
from recruit.context import Context, ensure_role
from recruit.disk import whole_file
from recruit.errors import BadInput, BadLedger, NotAllowed, NotFound, problem
from recruit.ids import microseconds, new_id
from recruit.log.events import NewEvent, append_event
from recruit.record import Record
from recruit.repeat import repeated
from recruit.serial import one_at_a_time
from recruit.tables import (
    Attempt,
    Content,
    Dossier,
    Erasure,
    File,
    Person,
    Proposal,
)

LEDGER = (
    "erasures.log"  # one line a person, in the folder of keys: a restore reads it before anything is served
)
ERASERS = ("security_admin",)
CONFIRMERS = ("audit_admin", "system_admin")


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

    Raises `BadInput` where a file is permanent, a dossier open, its retention runs or a proposal waits
    already; `NotFound`, `NotAllowed`.
    """
    if wanted.ground not in GROUNDS:
        raise BadInput(problem("ground", "not_one_of", found=wanted.ground, choices=", ".join(GROUNDS)))
    if not wanted.ticket.strip():
        raise BadInput(problem("ticket", "missing"))
    with context.record.writing() as connection:
        path, organization = place_of(connection, wanted.person)
        held = ensure_role(context, ERASERS, path=path, what="propose_erasure")
        _ensure_erasable(connection, context, wanted.person, ground=wanted.ground)
        if waiting_erasure(connection, wanted.person) is not None:
            raise BadInput(problem("person", "erasure_waits"))
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
        details = {"person": wanted.person, "ground": wanted.ground}
        new = NewEvent(org=organization, do="erasure_proposed", details=details, role=held.role)
        append_event(connection, context, new)
    return id_


@repeated
def withdraw_erasure(context: Context, erasure: str) -> None:
    """A proposal is taken back or refused, by any administrator who may propose or confirm; an event stays.

    Raises `NotFound` where it is settled already, `NotAllowed`.
    """
    with context.record.writing() as connection:
        person, ground, _ = _waiting(connection, erasure)
        path, organization = place_of(connection, person)
        held = ensure_role(context, (*ERASERS, *CONFIRMERS), path=path, what="withdraw_erasure")
        gone = delete(Erasure).where(Erasure.id == erasure, Erasure.done_at.is_(None)).returning(Erasure.id)
        if not connection.execute(gone).all():
            raise NotFound(what="erasure")
        details = {"person": person, "ground": ground}
        new = NewEvent(org=organization, do="erasure_withdrawn", details=details, role=held.role)
        append_event(connection, context, new)


@repeated
def confirm_erasure(context: Context, erasure: str) -> Erased:
    """Another administrator confirms, and the person is erased for good.

    Key and ledger follow the commit; where that is cut off, the next housekeeping does it.
    Raises `NotFound` where it is settled already, `NotAllowed` for the proposer, `BadInput` as
    `propose_erasure`.
    """
    with context.record.writing() as connection:
        person, ground, proposed_by = _waiting(connection, erasure)
        path, organization = place_of(connection, person)
        held = ensure_role(context, CONFIRMERS, path=path, what="confirm_erasure")
        if proposed_by == context.actor.user_id:
            raise NotAllowed(what="confirm_erasure", needed=", ".join(CONFIRMERS))
        _ensure_erasable(connection, context, person, ground=ground)
        settled = (
            update(Erasure)
            .where(Erasure.id == erasure, Erasure.done_at.is_(None))
            .values(done_by=context.actor.user_id, done_at=context.now)
            .returning(Erasure.id)
        )
        if not connection.execute(settled).all():
            raise NotFound(what="erasure")
        erased = erase(connection, person)
        details = {"person": person, "ground": ground, "contents": erased.contents}
        new = NewEvent(org=organization, do="person_erased", details=details, role=held.role)
        append_event(connection, context, new)
    finish_erasures(context.record)
    return erased


def finish_erasures(record: Record) -> int:
    """What lies outside the database follows what was committed; how many persons still had a key or no line.

    The key is destroyed, the ledger names the person, and no page of before stays in the write-ahead log. The
    keys of opinions that were emptied go, too.
    """
    ledger = record.keys_folder / LEDGER
    with record.reading() as connection:
        done = connection.execute(
            select(Erasure.person, Erasure.done_at)
            .where(Erasure.done_at.is_not(None))
            .order_by(Erasure.done_at)
        ).all()
    destroy_emptied(record)
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
    drop_own_codes(connection, *connection.execute(dossiers).scalars())
    empty_opinions(connection, person)
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
    connection.execute(delete(File).where(File.person == person))  # what lies sealed goes with the key
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
    listed = listed_as("", ERASED)
    connection.execute(update(Dossier).where(Dossier.person == person).values(listed=listed))
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
    destroy_emptied(record)
    return count


def _waiting(connection: Connection, erasure: str) -> tuple[str, str, str]:
    """Person, ground and proposer. Raises `NotFound` where it is settled already."""
    wanted = (
        select(Erasure.person, Erasure.ground, Erasure.proposed_by)
        .where(Erasure.id == erasure, Erasure.done_at.is_(None))
        .with_for_update()
    )
    row = connection.execute(wanted).one_or_none()
    if row is None:
        raise NotFound(what="erasure")
    return row.person, row.ground, row.proposed_by


def _ensure_erasable(connection: Connection, context: Context, person: str, *, ground: str) -> None:
    """Nobody opens a dossier for this person meanwhile, nor proposes the same."""
    one_at_a_time(connection, f"person:{person}")
    found = refusal_of(connection, person, ground=ground, on=context.on)
    if found is not None:
        raise BadInput(found)

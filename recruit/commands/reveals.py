"""Showing what is kept masked or sealed: the reading is on record before the bytes leave."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, select

from recruit.commands.standing import Standing, find_standing
from recruit.content import unseal_content
from recruit.context import BUSINESS_ROLES, Context, ensure_role
from recruit.errors import BadInput, KeysMissing, NotFound, problem
from recruit.log.events import NewEvent, append_event
from recruit.queries.history import may_read
from recruit.repeat import repeated
from recruit.tables import Act, Content, Person

Hidden = Literal["id_number", "phone", "born"]
COLUMNS: Mapping[Hidden, str] = {"id_number": "id_sealed", "phone": "phone_sealed", "born": "born_sealed"}
CONTENTS = "contents"
REASONS = ("paper_checked", "inquiry_sent", "correction", "inspection", "call")
CONTENT_REASONS = ("handling", *REASONS)
EXPORT = "export"
REVEALERS = (*sorted(BUSINESS_ROLES), "auditor")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reveal:
    """`reason`: one of REASONS; it is part of the log, free text is not."""

    dossier: str
    what: Hidden
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RevealContents:
    """`acts`: their numbers in the dossier; empty: all of them. `reason`: one of CONTENT_REASONS."""

    dossier: str
    reason: str
    acts: tuple[int, ...] = ()


@repeated
def reveal(context: Context, wanted: Reveal) -> str | None:
    """The clear value, None where none is kept.

    The event is committed first: without it nothing is shown. Raises `BadInput` for another value or reason,
    `NotFound`, `NotAllowed`, `KeysMissing` where the person was erased.
    """
    if wanted.what not in COLUMNS:
        raise BadInput(problem("what", "not_one_of", found=wanted.what, choices=", ".join(COLUMNS)))
    _ensure_reason(wanted.reason, REASONS)
    with context.record.writing() as connection:
        standing = find_standing(connection, context, wanted.dossier)
        _log(connection, context, standing, {"what": wanted.what, "reason": wanted.reason})
    column = COLUMNS[wanted.what]
    with context.record.reading() as connection:
        row = connection.execute(select(getattr(Person, column)).where(Person.id == standing.person)).first()
    if row is None:
        raise NotFound(what="person")
    if row[0] is None:
        return None
    place = f"person:{column}:{standing.person}"
    return context.record.keys.unseal(standing.person, place, row[0]).decode()


@repeated
def reveal_contents(context: Context, wanted: RevealContents) -> dict[int, Mapping[str, object]]:
    """What was written, by the number of the act.

    One event names every act that is opened, and is committed first. An act without a content, with one
    that is not for this reader, or that was erased is left out; where none is left there is no event.
    Raises `BadInput` for another reason, `NotFound`, `NotAllowed`.
    """
    _ensure_reason(wanted.reason, CONTENT_REASONS)
    with context.record.writing() as connection:
        standing = find_standing(connection, context, wanted.dossier)
        opened = log_contents(connection, context, standing, reason=wanted.reason, only=wanted.acts)
    with context.record.reading() as connection:
        rows = connection.execute(
            select(Act.id, Act.seq, Content.sealed)
            .join(Content, Content.act == Act.id)
            .where(Act.id.in_(opened))
            .order_by(Act.seq)
        ).all()
    found: dict[int, Mapping[str, object]] = {}
    for row in rows:
        with suppress(KeysMissing):
            found[row.seq] = unseal_content(
                context.record.keys, person=standing.person, act=row.id, sealed=row.sealed
            )
    return found


def log_contents(
    connection: Connection,
    context: Context,
    standing: Standing,
    *,
    reason: str,
    only: Collection[int] = (),
) -> frozenset[str]:
    """Put on record that contents of a dossier are about to be read; gives the ids of their acts.

    Within the caller's transaction: nothing may be opened before it is committed. Raises `NotAllowed`.
    """
    ensure_role(context, REVEALERS, path=standing.path, what="reveal")
    if not context.record.keys.has(standing.person):
        return frozenset()
    rows = connection.execute(
        select(Act.id, Act.seq, Act.do)
        .join(Content, Content.act == Act.id)
        .where(Act.dossier == standing.id)
        .order_by(Act.seq)
    ).all()
    readable = {
        row.seq: str(row.id)
        for row in rows
        if (not only or row.seq in only) and may_read(context, path=standing.path, do=row.do)
    }
    if readable:
        _log(connection, context, standing, {"what": CONTENTS, "acts": [*readable], "reason": reason})
    return frozenset(readable.values())


def _ensure_reason(reason: str, reasons: Collection[str]) -> None:
    if reason not in reasons:
        raise BadInput(problem("reason", "not_one_of", found=reason, choices=", ".join(reasons)))


def _log(connection: Connection, context: Context, standing: Standing, details: Mapping[str, object]) -> None:
    held = ensure_role(context, REVEALERS, path=standing.path, what="reveal")
    new = NewEvent(
        org=standing.branch,
        do="revealed",
        details={**details, "person": standing.person},
        role=held.role,
        dossier=standing.id,
    )
    append_event(connection, context, new)

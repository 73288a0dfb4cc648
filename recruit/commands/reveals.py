"""Showing what is kept masked: the reading is on record before the bytes leave."""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select

from recruit.commands.standing import find_standing
from recruit.context import BUSINESS_ROLES, Context, ensure_role
from recruit.errors import BadInput, NotFound, problem
from recruit.log.events import NewEvent, append_event
from recruit.repeat import repeated
from recruit.tables import Person

Hidden = Literal["id_number", "phone", "born"]
COLUMNS = {"id_number": "id_sealed", "phone": "phone_sealed", "born": "born_sealed"}
REASONS = ("paper_checked", "inquiry_sent", "correction", "inspection", "call")
REVEALERS = (*sorted(BUSINESS_ROLES), "auditor")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reveal:
    """`reason`: one of REASONS; it is part of the log, free text is not."""

    dossier: str
    what: Hidden
    reason: str


@repeated
def reveal(context: Context, wanted: Reveal) -> str | None:
    """The clear value, None where none is kept.

    The event is committed first: without it nothing is shown. Raises `BadInput` for another value or reason,
    `NotFound`, `NotAllowed`, `KeysMissing` where the person was erased.
    """
    if wanted.what not in COLUMNS:
        raise BadInput(problem("what", "not_one_of", found=wanted.what, choices=", ".join(COLUMNS)))
    if wanted.reason not in REASONS:
        raise BadInput(problem("reason", "not_one_of", found=wanted.reason, choices=", ".join(REASONS)))
    with context.record.writing() as connection:
        standing = find_standing(connection, context, wanted.dossier)
        held = ensure_role(context, REVEALERS, path=standing.path, what="reveal")
        details = {"what": wanted.what, "reason": wanted.reason, "person": standing.person}
        new = NewEvent(
            org=standing.branch, do="revealed", details=details, role=held.role, dossier=wanted.dossier
        )
        append_event(connection, context, new)
    column = COLUMNS[wanted.what]
    with context.record.reading() as connection:
        row = connection.execute(select(getattr(Person, column)).where(Person.id == standing.person)).first()
    if row is None:
        raise NotFound(what="person")
    if row[0] is None:
        return None
    place = f"person:{column}:{standing.person}"
    return context.record.keys.unseal(standing.person, place, row[0]).decode()

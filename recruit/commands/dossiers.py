"""Opening a dossier: its first act, judged like every other."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date

from sqlalchemy import Connection

from recruit.commands.acts import (
    Outcome,
    Proposed,
    Recorded,
    first_answer,
    outcome_or_raise,
    remember,
    settle,
)
from recruit.commands.answers import body_digest
from recruit.commands.people import NewPerson, forget_person, insert_people
from recruit.commands.reading import kind_of, read_act, read_day
from recruit.commands.rights import ensure_recorder
from recruit.commands.standing import beginning
from recruit.context import Context
from recruit.errors import BadInput, RecordError, Refused, problem
from recruit.ids import new_id
from recruit.places import is_closed
from recruit.repeat import repeated


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDossier:
    """`do`: application_received or transferred_in."""

    branch: str
    person: str
    on: date | str
    key: str
    do: str = "application_received"
    details: Mapping[str, object] = field(default_factory=dict)
    cites: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveApplication:
    """`person`: somebody new, or the id of somebody who is in the directory. `do` as in `OpenDossier`."""

    branch: str
    person: NewPerson | str
    on: date | str
    key: str
    do: str = "application_received"
    details: Mapping[str, object] = field(default_factory=dict)
    cites: str | None = None


@repeated
def open_dossier(context: Context, command: OpenDossier) -> Recorded:
    """Raises `Refused`, `KeyReused`, `NotFound`, `NotAllowed`, `BadInput`, `NotWritable`."""
    digest = body_digest(
        context,
        {
            "branch": command.branch,
            "person": command.person,
            "on": str(command.on),
            "do": command.do,
            "details": command.details,
            "cites": command.cites,
        },
    )
    with context.record.writing() as connection:
        outcome = first_answer(connection, context, key=command.key, digest=digest)
        if outcome is None:
            outcome = _open(connection, context, command)
            remember(connection, context, outcome, key=command.key, digest=digest)
    recorded = outcome_or_raise(outcome)
    assert not isinstance(recorded, Proposed)
    return recorded


@repeated
def receive_application(context: Context, command: ReceiveApplication) -> Recorded:
    """The person and the dossier in one transaction: what is refused leaves no person behind.

    Raises as `open_dossier`.
    """
    digest = body_digest(context, {"command": "receive_application", **asdict(command)})
    with context.record.writing() as connection:
        outcome = first_answer(connection, context, key=command.key, digest=digest)
        if outcome is None:
            outcome = _receive(connection, context, command)
            remember(connection, context, outcome, key=command.key, digest=digest)
    recorded = outcome_or_raise(outcome)
    assert not isinstance(recorded, Proposed)
    return recorded


def _receive(connection: Connection, context: Context, command: ReceiveApplication) -> Outcome:
    new = command.person if isinstance(command.person, NewPerson) else None
    person = command.person if new is None else insert_people(connection, context, (new,))[0]
    opening = OpenDossier(
        branch=command.branch,
        person=str(person),
        on=command.on,
        key=command.key,
        do=command.do,
        details=command.details,
        cites=command.cites,
    )
    try:
        outcome = _open(connection, context, opening)
    except RecordError:
        if new is not None:
            forget_person(connection, context, str(person))
        raise
    if new is not None and isinstance(outcome, Refused):
        forget_person(connection, context, str(person))
    return outcome


def _open(connection: Connection, context: Context, command: OpenDossier) -> Outcome:
    standing = beginning(
        connection, context, id_=new_id(context.now), person=command.person, branch=command.branch
    )
    if is_closed(connection, standing.branch):
        raise BadInput(problem("branch", "closed_before", found=standing.line[-1].name))
    on = read_day(command.on)
    kind = kind_of(standing.ground, command.do, on)
    if not kind.begins:
        raise BadInput(problem("do", "unknown_act", found=command.do))
    right = ensure_recorder(context.actor, standing, kind, command.do)
    read = read_act(context, standing, right, do=command.do, on=on, raw=command.details, cites=command.cites)
    return settle(connection, context, standing, right, read, key=command.key, override=False)

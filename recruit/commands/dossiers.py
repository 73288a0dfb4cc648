"""Opening a dossier: its first act, judged like every other."""

from collections.abc import Mapping
from dataclasses import dataclass, field
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
from recruit.commands.reading import kind_of, read_act, read_day
from recruit.commands.rights import ensure_recorder
from recruit.commands.standing import beginning
from recruit.context import Context
from recruit.errors import BadInput, problem
from recruit.ids import new_id


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


def open_dossier(context: Context, command: OpenDossier) -> Recorded:
    """Raises `Refused`, `KeyReused`, `NotFound`, `NotAllowed`, `BadInput`, `NotWritable`."""
    digest = body_digest(
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


def _open(connection: Connection, context: Context, command: OpenDossier) -> Outcome:
    standing = beginning(
        connection, context, id_=new_id(context.now), person=command.person, branch=command.branch
    )
    on = read_day(command.on)
    kind = kind_of(standing.ground, command.do, on)
    if not kind.begins:
        raise BadInput(problem("do", "unknown_act", found=command.do))
    right = ensure_recorder(context.actor, standing, kind, command.do)
    read = read_act(context, standing, right, do=command.do, on=on, raw=command.details, cites=command.cites)
    return settle(connection, context, standing, right, read, key=command.key, override=False)

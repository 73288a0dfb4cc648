"""Confirming a proposal with an own log-in: judged again, then an act that carries both persons."""

import json
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, RowMapping, select, update

from recruit.commands.acts import Outcome, Proposed, Recorded, first_answer, outcome_or_raise, remember, write
from recruit.commands.answers import body_digest
from recruit.commands.attempts import keep_attempt
from recruit.commands.judging import judge_act
from recruit.commands.proposing import CONFIRMED, WAITING, WITHDRAWN, content_of
from recruit.commands.reading import Read, kind_of, with_second_person
from recruit.commands.rights import ensure_confirmer, is_superior
from recruit.commands.standing import Standing, find_standing
from recruit.commands.writing import acts_of
from recruit.context import Context
from recruit.errors import CountAsOne, NotAllowed, NotFound, StaleDossier
from recruit.findings import findings_of
from recruit.ids import microseconds
from recruit.log.envelope import act_of_mapping
from recruit.repeat import repeated
from recruit.stand_ins import are_one, counts_as, stints_of
from recruit.tables import Proposal
from workflows.acts import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmProposal:
    proposal: str
    key: str


@repeated
def confirm_proposal(context: Context, command: ConfirmProposal) -> Recorded | Proposed:
    """Confirm as the second person, or answer for the override; `Proposed` while the other is missing.

    Raises `Refused` (the proposal still waits), `StaleDossier` for one that is settled, `NotAllowed`,
    `NotFound`, `KeyReused`.
    """
    digest = body_digest(context, {"proposal": command.proposal})
    with context.record.writing() as connection:
        outcome = first_answer(connection, context, key=command.key, digest=digest)
        if outcome is None:
            outcome = _confirm(connection, context, command)
            remember(connection, context, outcome, key=command.key, digest=digest)
    return outcome_or_raise(outcome)


@repeated
def withdraw_proposal(context: Context, proposal: str) -> None:
    """By whoever proposed, a stand-in of theirs, or somebody who might confirm.

    Raises `NotFound`, `NotAllowed`, `StaleDossier`.
    """
    with context.record.writing() as connection:
        row, standing = _waiting(connection, context, proposal)
        stints = stints_of(connection, (context.actor.user_id,))
        if row["proposed_by"] not in counts_as(stints, context.actor.user_id, context.now):
            ensure_confirmer(
                context.actor, standing, proposed_by=row["proposed_by"], do=row["do"], corrects=None
            )
        _settle(connection, context, proposal, status=WITHDRAWN)


def _confirm(connection: Connection, context: Context, command: ConfirmProposal) -> Outcome:
    row, standing = _waiting(connection, context, command.proposal)
    proposed = proposed_act(row, standing)
    confirmed_by, overridden_by = _second_persons(connection, context, row, standing, proposed)
    kind = kind_of(standing.ground, proposed.do, proposed.on)
    if (kind.confirmed and confirmed_by is None) or (row["has_override"] and overridden_by is None):
        _settle(
            connection,
            context,
            command.proposal,
            status=WAITING,
            confirmed_by=confirmed_by,
            overridden_by=overridden_by,
        )
        return Proposed(proposal=command.proposal, dossier=standing.id, findings=findings_of(row["findings"]))
    act = with_second_person(
        recorded_now(proposed, context), confirmed_by=confirmed_by, overridden_by=overridden_by
    )
    judgement, act = judge_act(connection, context, standing, act)
    if not judgement.accepted:
        return keep_attempt(connection, context, standing, act, judgement.findings)
    content = content_of(context, person=standing.person, proposal=command.proposal, sealed=row["sealed"])
    _settle(
        connection,
        context,
        command.proposal,
        status=CONFIRMED,
        confirmed_by=confirmed_by,
        overridden_by=overridden_by,
    )
    return write(
        connection, context, standing, Read(act=act, content=content), judgement.findings, key=row["key"]
    )


def _waiting(connection: Connection, context: Context, proposal: str) -> tuple[RowMapping, Standing]:
    wanted = select(*Proposal.__table__.columns).where(Proposal.id == proposal).with_for_update()
    row = connection.execute(wanted).mappings().one_or_none()
    if row is None:
        raise NotFound(what="proposal")
    try:
        standing = find_standing(connection, context, row["dossier"])
    except NotFound as out_of_reach:
        raise NotFound(what="proposal") from out_of_reach
    if row["status"] != WAITING:
        raise StaleDossier(version=standing.version)
    return row, standing


def proposed_act(row: RowMapping, standing: Standing) -> Act:
    """The act as it was proposed; by whoever proposed it."""
    on: date = row["on"]
    details = json.loads(row["details"])
    return act_of_mapping(
        {
            "do": row["do"],
            "on": on.isoformat(),
            "recorded_at": microseconds(row["proposed_at"]),
            "actor": row["proposed_by"],
            "confirmed_by": "",
            "role": row["role"],
            "org": row["org"],
            "edition": edition_with(standing, row["do"], on),
            "details": details,
        },
    )


def recorded_now(act: Act, context: Context) -> Act:
    """It enters the log when it is confirmed, not when it was proposed."""
    replacement = replace(act.replacement, recorded_at=context.now) if act.replacement else None
    return replace(act, recorded_at=context.now, replacement=replacement)


def edition_with(standing: Standing, do: str, on: date) -> str:
    edition = standing.ground.edition_on(on)
    return edition.id if do in edition.acts else standing.ground.editions[-1].id


def _second_persons(
    connection: Connection, context: Context, row: RowMapping, standing: Standing, act: Act
) -> tuple[str | None, str | None]:
    """Who confirms and who answers for the override, the actor put in where still missing."""
    confirmed_by, overridden_by = row["confirmed_by"], row["overridden_by"]
    me, by = context.actor, row["proposed_by"]
    _ensure_another(connection, context, row, act)
    is_confirmed = kind_of(standing.ground, act.do, act.on).confirmed
    if row["has_override"] and overridden_by is None:
        path = standing.path
        if is_confirmed and act.do != "corrected" and standing.committee is not None:
            path = standing.committee.path
        if me.user_id != confirmed_by and is_superior(me, path=path, proposed_by=by):
            return confirmed_by, me.user_id
        if not is_confirmed or confirmed_by is not None:
            raise NotAllowed(what=f"override {act.do}", needed="superior")
    if is_confirmed and confirmed_by is None:
        corrects = _corrected_kind(connection, standing, act)
        ensure_confirmer(me, standing, proposed_by=by, do=act.do, corrects=corrects)
        if me.user_id != overridden_by:
            return me.user_id, overridden_by
    raise NotAllowed(what=f"confirm {act.do}", needed="second person")


def _ensure_another(connection: Connection, context: Context, row: RowMapping, act: Act) -> None:
    """A stand-in counts as the one who is stood in for: then, or now. Raises `CountAsOne`."""
    me, then = context.actor.user_id, row["proposed_at"]
    others = [row[name] for name in ("proposed_by", "confirmed_by", "overridden_by") if row[name]]
    stints = stints_of(connection, (me, *others))
    if any(one != me and are_one(stints, me, one, then, context.now) for one in others):
        raise CountAsOne(what=f"confirm {act.do}", needed="second person")


def _corrected_kind(connection: Connection, standing: Standing, act: Act) -> str | None:
    number = act.count("act")
    acts = acts_of(connection, standing.id) if act.do == "corrected" else ()
    return acts[number - 1].do if number and number <= len(acts) else None


def _settle(connection: Connection, context: Context, proposal: str, *, status: str, **persons: Any) -> None:  # noqa: ANN401 - columns
    settled_at = None if status == WAITING else context.now
    connection.execute(
        update(Proposal)
        .where(Proposal.id == proposal)
        .values(status=status, settled_at=settled_at, **persons),
    )

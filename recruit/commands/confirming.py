"""A meeting confirmed with an own log-in; then each decision becomes an act of its own, judged on its own."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection, update

from recruit.commands.acts import write
from recruit.commands.agenda import advance
from recruit.commands.attempts import keep_attempt
from recruit.commands.decisions import decision_of
from recruit.commands.judging import judge_act
from recruit.commands.reading import Read, kind_of, read_act, with_second_person
from recruit.commands.rights import ensure_confirmer, ensure_recorder
from recruit.commands.sessions import actor_or_none
from recruit.commands.sitting import (
    CONFIRMED,
    CONFIRMERS,
    HANDED,
    NOT_PASSED,
    RECORDED,
    REFUSED,
    VOID,
    VOTED,
    ItemRow,
    SittingRow,
    find_sitting,
)
from recruit.commands.standing import Standing, find_standing
from recruit.context import Actor, Context, ensure_role
from recruit.errors import (
    BadInput,
    CountAsOne,
    MeetingClosed,
    NotAllowed,
    NotFound,
    StaleMeeting,
    problem,
)
from recruit.findings import findings_json, findings_of
from recruit.log.events import NewEvent, append_event
from recruit.repeat import repeated
from recruit.stand_ins import are_one, stints_of
from recruit.tables import AgendaItem
from workflows.findings import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmMeeting:
    """`seen_version`: of the meeting, as on the page that was checked."""

    meeting: str
    seen_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What came of one item: recorded (`seq`), refused (`findings`), not_passed, deferred, barred."""

    item: str
    dossier: str
    state: str
    seq: int | None
    findings: tuple[Finding, ...]
    problem: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """`by`: who confirmed, also where somebody else asked for it again."""

    meeting: str
    by: str
    items: tuple[Settled, ...]


@repeated
def confirm_meeting(context: Context, command: ConfirmMeeting) -> Confirmed:
    """Confirm, and record what was decided, one act in one transaction for each person.

    What a rule refuses is kept with that person and changes nobody else. The same again, or after a crash
    in the middle, completes what is missing and doubles nothing. Raises `BadInput`, `StaleMeeting`,
    `MeetingClosed`, `NotFound`, `NotAllowed`, `CountAsOne`.
    """
    with context.record.writing() as connection:
        sitting = _confirmed(connection, context, command)
    for item in sitting.items:
        if item.state == VOTED:
            _settle(context, sitting, item.id)
    return outcome_of(context, sitting.id)


def outcome_of(context: Context, meeting: str) -> Confirmed:
    """What came of a confirmed meeting so far. Raises `NotFound`."""
    with context.record.reading() as connection:
        sitting = find_sitting(connection, context, meeting)
    return Confirmed(
        meeting=sitting.id,
        by=sitting.confirmed_by or "",
        items=tuple(
            Settled(
                item=one.id,
                dossier=one.dossier,
                state=one.state,
                seq=one.seq,
                findings=findings_of(one.findings),
                problem=one.problem,
            )
            for one in sitting.items
        ),
    )


def minutes_digest(context: Context, sitting: SittingRow) -> str:
    """A keyed name of everything that was confirmed: who was there, each count, the votes by name."""
    minutes = {
        "meeting": sitting.id, "on": sitting.on.isoformat(), "ballot": sitting.ballot,
        "whole": sitting.whole, "present": sitting.present, "excluded": sitting.excluded,
        "seats": [(one.number, one.user, one.person, one.is_present) for one in sitting.seats],
        "items": [
            (one.dossier, one.do, one.purpose, one.present, *_heads_of(one))
            for one in sitting.items
        ],
    }  # fmt: skip
    return context.record.keys.keyed("minutes", json.dumps(minutes, sort_keys=True)).hex()


def _heads_of(item: ItemRow) -> tuple[object, object]:
    return sorted(item.counts.items()), sorted(item.votes.items())


def _confirmed(connection: Connection, context: Context, command: ConfirmMeeting) -> SittingRow:
    sitting = find_sitting(connection, context, command.meeting, writes=True)
    held = ensure_role(context, CONFIRMERS[sitting.kind], path=sitting.place.path, what="confirm_meeting")
    if sitting.state == CONFIRMED:
        return sitting
    if sitting.state == VOID:
        raise MeetingClosed
    if sitting.state != HANDED:
        raise BadInput(problem("meeting", "not_handed"))
    if sitting.version != command.seen_version:
        raise StaleMeeting(version=sitting.version)
    if sitting.kind == "committee":
        _ensure_another(connection, context, sitting)
    me = context.actor.user_id
    advance(connection, sitting, state=CONFIRMED, confirmed_by=me, confirmed_at=context.now)
    details = {
        "meeting": sitting.id, "kind": sitting.kind, "day": sitting.on, "present": sitting.present,
        "whole": sitting.whole, "items": len(sitting.items), "handed_by": sitting.handed_by,
        "minutes": minutes_digest(context, sitting),
    }  # fmt: skip
    new = NewEvent(org=sitting.place.id, do="meeting_confirmed", details=details, role=held.role)
    append_event(connection, context, new)
    return replace(sitting, state=CONFIRMED, confirmed_by=me, confirmed_at=context.now)


def _ensure_another(connection: Connection, context: Context, sitting: SittingRow) -> None:
    """Whoever handed it over does not confirm it; a stand-in counts as the one who is stood in for."""
    me, by = context.actor.user_id, sitting.handed_by or ""
    if me == by:
        raise NotAllowed(what="confirm_meeting", needed="second person")
    if are_one(stints_of(connection, (me, by)), me, by, sitting.handed_at or context.now, context.now):
        raise CountAsOne(what="confirm_meeting", needed="second person")


def _settle(context: Context, sitting: SittingRow, item: str) -> None:
    """One decision in one transaction; one that is settled already stays as it is."""
    with context.record.writing() as connection:
        found = find_sitting(connection, context, sitting.id, writes=True).item(item)
        if found.state != VOTED:
            return
        values = _decided(connection, context, sitting, found)
        connection.execute(update(AgendaItem).where(AgendaItem.id == item).values(values))


def _decided(
    connection: Connection, context: Context, sitting: SittingRow, item: ItemRow
) -> Mapping[str, object]:
    decision = decision_of(sitting, item)
    if decision is None:
        return {"state": NOT_PASSED}
    do, details = decision
    try:
        standing, read = _read(connection, context, sitting, item, do=do, details=details)
        judgement, act = judge_act(connection, context, standing, read.act)
    except (BadInput, NotAllowed, NotFound) as refusal:
        return {"state": REFUSED, "problem": refusal.id}
    findings = judgement.findings
    if not judgement.accepted:
        keep_attempt(connection, context, standing, act, findings)
        return {"state": REFUSED, "findings": findings_json(findings)}
    done = write(connection, context, standing, Read(act=act, content=read.content), findings, key=item.id)
    return {"state": RECORDED, "seq": done.seq, "findings": findings_json(findings) if findings else None}


def _read(
    connection: Connection,
    context: Context,
    sitting: SittingRow,
    item: ItemRow,
    *,
    do: str,
    details: Mapping[str, object],
) -> tuple[Standing, Read]:
    """The act by whoever handed it over, with the confirmer as the second person where they are two."""
    standing = find_standing(connection, context, item.dossier)
    recorder, confirmer = (
        _actor(connection, context, sitting.handed_by),
        _actor(connection, context, sitting.confirmed_by),
    )
    kind = kind_of(standing.ground, do, sitting.on)
    right = ensure_recorder(recorder, standing, kind, do, purpose=item.purpose or None)
    if kind.confirmed:
        ensure_confirmer(confirmer, standing, proposed_by=recorder.user_id, do=do, corrects=None)
    own = replace(context, actor=recorder)
    read = read_act(own, standing, right, do=do, on=sitting.on, raw=details, meeting=sitting.id)
    if confirmer.user_id == recorder.user_id:
        return standing, read
    act = with_second_person(read.act, confirmed_by=confirmer.user_id, overridden_by=None)
    return standing, replace(read, act=act)


def _actor(connection: Connection, context: Context, user: str | None) -> Actor:
    actor = actor_or_none(connection, user or "", now=context.now)
    if actor is None:
        raise NotAllowed(what="confirm_meeting", needed="recorder")
    return actor

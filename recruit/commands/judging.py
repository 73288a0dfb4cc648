"""Judging an act where it would stand: before the present facts, or, for a replacement, in its old place."""

from dataclasses import replace

from sqlalchemy import Connection, select

from recruit.commands.around import load_around
from recruit.commands.standing import Standing
from recruit.commands.writing import acts_of
from recruit.context import Context
from recruit.errors import BadInput, NotFound, problem
from recruit.places import is_closed, organization_or_none
from recruit.tables import Act as ActRow
from recruit.tables import Meeting, Organization
from workflows.acts import Act, Override
from workflows.around import Around
from workflows.case import case_of
from workflows.corrections import findings_of_correction
from workflows.findings import Finding, Judgement
from workflows.fold import fold_history
from workflows.judge import judge


def judge_act(
    connection: Connection, context: Context, standing: Standing, act: Act, *, is_overridden: bool = False
) -> tuple[Judgement, Act]:
    """`is_overridden`: judged as if a superior already answered for it; the act given back is as it came.

    A correction must name an act of this dossier. Raises `BadInput`.
    """
    if act.do == "corrected":
        _ensure_names_an_act(standing, act)
    if act.do == "transferred":
        _ensure_branch(connection, act)
    if act.meeting is not None:
        _ensure_meeting(connection, standing, act)
    judged = replace(act, override=Override(by="")) if is_overridden and act.override is None else act
    around = load_around(connection, context, standing, judged)
    judgement = judge(case_of(standing.facts, judged, standing.ground, around))
    if act.do == "corrected" and judgement.accepted:
        followed = _what_follows(connection, standing, act, around)
        judgement = replace(judgement, findings=(*judgement.findings, *followed))
    return judgement, act


def _what_follows(
    connection: Connection, standing: Standing, act: Act, around: Around
) -> tuple[Finding, ...]:
    """What the replacement breaks, what falls, what would now be refused; a dossier keeps its beginning."""
    acts = acts_of(connection, standing.id)
    if fold_history((*acts, act), standing.ground).facts is None:
        raise BadInput(problem("act", "beginning_kept"))
    return findings_of_correction(acts, act, standing.ground, around)


def _ensure_names_an_act(standing: Standing, act: Act) -> None:
    number = act.count("act") or 0
    if not 1 <= number <= standing.version:
        raise BadInput(problem("act", "no_such_act", found=number, last=standing.version))


def _ensure_branch(connection: Connection, act: Act) -> None:
    place = organization_or_none(connection, act.text("to_branch") or "")
    if place is None or place.kind != "branch":
        raise BadInput(problem("to_branch", "not_a_branch", value=act.text("to_branch") or ""))
    if is_closed(connection, place.id):
        raise BadInput(problem("to_branch", "closed_before", found=place.name))


def _ensure_meeting(connection: Connection, standing: Standing, act: Act) -> None:
    """A meeting of the branch or of one above it, of that day, that has not decided this yet."""
    row = connection.execute(
        select(Meeting.on, Organization.path)
        .join(Organization, Organization.id == Meeting.organization)
        .where(Meeting.id == act.meeting),
    ).one_or_none()
    if row is None or not standing.path.startswith(row.path):
        raise NotFound(what="meeting")
    if row.on != act.on:
        raise BadInput(problem("meeting", "other_day", value=row.on.isoformat()))
    purpose = act.purpose or act.do
    decided = select(ActRow.id).where(
        ActRow.meeting == act.meeting, ActRow.dossier == standing.id, ActRow.purpose == purpose
    )
    if connection.execute(decided).first() is not None:
        raise BadInput(problem("meeting", "decided_before", value=purpose))

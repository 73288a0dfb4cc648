"""Judging an act where it would stand: before the present facts, or, for a replacement, in its old place."""

from dataclasses import replace

from sqlalchemy import Connection

from recruit.commands.around import load_around
from recruit.commands.standing import Standing
from recruit.context import Context
from recruit.errors import BadInput, problem
from workflows.acts import Act, Override
from workflows.case import case_of
from workflows.findings import Judgement
from workflows.judge import judge

SECOND_PERSON = "separate_persons"


def judge_act(
    connection: Connection, context: Context, standing: Standing, act: Act, *, is_overridden: bool = False
) -> tuple[Judgement, Act]:
    """`is_overridden`: judged as if a superior already answered for it; the act given back is as it came.

    A correction must name an act of this dossier. Raises `BadInput`.
    """
    if act.do == "corrected":
        _ensure_names_an_act(standing, act)
    judged = replace(act, override=Override(by="")) if is_overridden and act.override is None else act
    around = load_around(connection, context, standing, judged)
    return judge(case_of(standing.facts, judged, standing.ground, around)), act


def _ensure_names_an_act(standing: Standing, act: Act) -> None:
    number = act.count("act") or 0
    if not 1 <= number <= standing.version:
        raise BadInput(problem("act", "no_such_act", found=number, last=standing.version))

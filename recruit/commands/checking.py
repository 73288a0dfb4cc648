"""An act looked at before it is sent: what it would bring, and where it is refused the attempt is kept."""

from dataclasses import replace

from recruit.commands.acts import (
    Proposed,
    RecordAct,
    Recorded,
    outcome_or_raise,
    prepare,
    record_act,
)
from recruit.commands.attempts import keep_attempt
from recruit.commands.judging import judge_act
from recruit.context import Context
from recruit.errors import Refused
from recruit.repeat import repeated


def check_act(context: Context, command: RecordAct) -> Recorded | Proposed:
    """What recording it would bring; no act is written.

    Raises what `record_act` raises. A refusal is an attempt like any other and stays in the log.
    """
    try:
        return record_act(context, replace(command, dry_run=True))
    except Refused:
        _keep_refusal(context, command)
        raise


@repeated
def _keep_refusal(context: Context, command: RecordAct) -> None:
    """Judged again in the transaction that keeps it; nothing where it would pass by now."""
    with context.record.writing() as connection:
        standing, _, read = prepare(connection, context, command)
        judgement, act = judge_act(
            connection, context, standing, read.act, is_overridden=command.override is not None
        )
        refused = (
            None
            if judgement.accepted
            else keep_attempt(connection, context, standing, act, judgement.findings)
        )
    if refused is not None:
        outcome_or_raise(refused)

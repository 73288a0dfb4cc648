"""Whether somebody can be decided on in a meeting today: the act, judged before anybody votes."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from recruit.commands.around import load_whole_around
from recruit.commands.sitting import ItemRow, SittingRow
from recruit.commands.standing import Standing, find_standing
from recruit.context import Context
from workflows.findings import Finding
from workflows.steps import step_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Eligible:
    """`is_barred`: one of the findings refuses. `earliest`: None where time alone is no help."""

    standing: Standing
    findings: tuple[Finding, ...]
    is_barred: bool
    earliest: date | None


def eligible(connection: Connection, context: Context, sitting: SittingRow, item: ItemRow) -> Eligible:
    """What only the count can answer is judged when it is confirmed. Raises `NotFound` for one moved away."""
    standing = find_standing(connection, context, item.dossier)
    return eligible_for(connection, context, standing, do=item.do, purpose=item.purpose, on=sitting.on)


def eligible_for(
    connection: Connection, context: Context, standing: Standing, *, do: str, purpose: str, on: date
) -> Eligible:
    """The same for somebody who is on no agenda yet."""
    facts = standing.facts
    assert facts is not None
    around = load_whole_around(connection, context, standing)
    step = step_on(facts, standing.ground, around, on, do, purpose or None)
    return Eligible(
        standing=standing, findings=step.findings, is_barred=not step.ready, earliest=step.earliest
    )

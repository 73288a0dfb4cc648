"""What the plan linter finds: a place of the plan, a rule, and the values that its sentence is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

PlanSeverity = Literal["high", "medium", "low"]
PlanRule = Literal[
    "allocations_do_not_add_up",
    "percentage_against_head_count",
    "few_working_days",
    "rest_day",
    "wrong_order",
    "overlap",
    "shorter_than_edition",
    "decision_before_publicity",
    "missing_step",
    "superseded_edition",
    "reserve_out_of_reach",
]
PlanValue = date | int | float | str | bool | tuple[str, ...] | tuple[date, ...] | None


@dataclass(frozen=True, slots=True)
class PlanFinding:
    """`at`: the place in the plan ("milestones.inspection"); `variant` chooses the sentence.

    high: the plan contradicts itself or cannot be carried out lawfully. medium: it would break a rule that
    an audit calls medium, or leaves a step without a day. low: lawful, and worth a look.
    """

    at: str
    rule: PlanRule
    severity: PlanSeverity
    variant: str | None = None
    values: Mapping[str, PlanValue] = field(default_factory=dict)

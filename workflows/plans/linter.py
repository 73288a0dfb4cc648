"""The plan linter: what is odd about a plan of a year, each finding with its place (section 6)."""

from collections.abc import Callable, Iterator

from workflows.calendar import Calendar
from workflows.plans.days import few_working_days, rest_days, too_short_notices
from workflows.plans.document import Plan
from workflows.plans.findings import PlanFinding
from workflows.plans.numbers import (
    allocations_that_do_not_add_up,
    reserves_out_of_reach,
    shares_against_head_counts,
)
from workflows.plans.planned import Planned, planned
from workflows.plans.steps import (
    decisions_before_their_notice,
    missing_steps,
    overlapping_steps,
    superseded_texts,
    wrong_orders,
)

RULES: tuple[Callable[[Planned], Iterator[PlanFinding]], ...] = (
    few_working_days,
    too_short_notices,
    rest_days,
    decisions_before_their_notice,
    wrong_orders,
    overlapping_steps,
    missing_steps,
    allocations_that_do_not_add_up,
    shares_against_head_counts,
    reserves_out_of_reach,
    superseded_texts,
)


def lint(plan: Plan, calendar: Calendar) -> tuple[PlanFinding, ...]:
    """Every finding, in the order of the rules and of the plan; a year without a calendar is marked."""
    given = planned(plan, calendar)
    return tuple(finding for rule in RULES for finding in rule(given))

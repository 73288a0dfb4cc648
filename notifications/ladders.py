"""The reminder ladders of obligations, for each audience."""

from collections.abc import Mapping
from dataclasses import dataclass

from workflows.ladders import Audience, Step
from workflows.plans.duties import duty_kinds
from workflows.plans.ladders import ladders
from workflows.plans.milestones import StoredMilestone


@dataclass(frozen=True, slots=True)
class Ladder:
    ladder: Mapping[Audience, tuple[Step, ...]]
    stays: bool = False


def duty_ladder(duty: str) -> Ladder:
    """Told to the organization that has the duty: one audience stands for its seats."""
    return Ladder({"committee": _steps(duty_kinds()[duty].ladder)})


def calendar_year_ladder() -> Ladder:
    return Ladder({"committee": _steps(ladders().calendar_year.ladder)})


def milestone_ladder(one: StoredMilestone) -> Ladder:
    return Ladder({"branch": _steps(one.ladder), "committee": _steps(one.ladder)})


def _steps(days: tuple[int, ...]) -> tuple[Step, ...]:
    return tuple(Step("due", one) for one in days)

"""The reminder ladders of obligations, for each audience."""

from collections.abc import Mapping
from dataclasses import dataclass

from notifications.ladder import Audience
from workflows.plans.duties import duty_kinds
from workflows.plans.ladders import ladders
from workflows.plans.milestones import StoredMilestone

_BRANCH: Audience = "branch"
_COMMITTEE: Audience = "committee"


@dataclass(frozen=True, slots=True)
class Ladder:
    ladder: Mapping[Audience, tuple[int, ...]]


def duty_ladder(duty: str) -> Ladder:
    """Told to the organization that has the duty: one audience stands for its seats."""
    return Ladder({_COMMITTEE: duty_kinds()[duty].ladder})


def calendar_year_ladder() -> Ladder:
    return Ladder({_COMMITTEE: ladders().calendar_year.ladder})


def milestone_ladder(one: StoredMilestone) -> Ladder:
    return Ladder({_BRANCH: one.ladder, _COMMITTEE: one.ladder})

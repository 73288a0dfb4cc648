"""The reserve with its lead time, and the composition: numbers and their arithmetic, never a choice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from workflows.dates import LeapRule, plus_months
from workflows.plans.arithmetic import required, reserve
from workflows.plans.document import Plan
from workflows.plans.planned import Planned

# The first of these steps that a plan has a day for is the one by which the cultivation must be over.
_PROPOSALS = (
    "target_proposed",
    "target_consented",
    "branch_examined",
    "preexamined",
    "meeting_voted admission",
)
_ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Funnel:
    """So many activists for so many places, and the last days on which their time can begin.

    `activist_by` and `applied_by` (both included) are None where the plan has no day to count from.
    """

    places: int
    least: int | None
    most: int | None
    proposal_on: date | None
    activist_by: date | None
    applied_by: date | None

    def ready(self, activist_days: Sequence[date]) -> int:
        """How many of those who became activists on these days have their year by the proposal."""
        return sum(self.activist_by is None or day <= self.activist_by for day in activist_days)

    def short_by(self, activist_days: Sequence[date]) -> int:
        """How many the least reserve lacks; 0 where it is reached or none is asked for."""
        return max(0, (self.least or 0) - self.ready(activist_days))


def funnel_of(planned: Planned) -> Funnel:
    """What the plan's places ask of the years before."""
    plan, settings = planned.plan, planned.settings
    each = plan.reserve.per_admission if plan.reserve else None
    least, most = reserve(plan.total, each.min, each.max) if each else (None, None)
    found = [one for step in _PROPOSALS if (one := planned.milestone_of(step)) is not None]
    proposal_on = found[0].span.last if found else None
    activist_by = applied_by = None
    if proposal_on is not None:
        rule: LeapRule = planned.ground.settings_on(proposal_on).leap_rule
        activist_by = latest_start(proposal_on, settings.cultivation_months, leap_rule=rule)
        applied_by = latest_start(activist_by, settings.application_to_activist_months, leap_rule=rule)
    return Funnel(plan.total, least, most, proposal_on, activist_by, applied_by)


def latest_start(end: date, months: int, *, leap_rule: LeapRule = "clamp") -> date:
    """The last day from which a period of `months` is over on `end`: the inverse of `plus_months`."""
    start = plus_months(end, -months)
    while plus_months(start, months, leap_rule=leap_rule) > end:
        start -= _ONE
    while plus_months(start + _ONE, months, leap_rule=leap_rule) <= end:
        start += _ONE
    return start


@dataclass(frozen=True, slots=True)
class Composed:
    """One share of the new members: required, reached now, and reached if all who stand in line pass.

    `exact_hundredths`: percent x total, before it is rounded up (405 for 45 % of 9).
    """

    group: str
    percent: int
    total: int
    exact_hundredths: int
    required: int
    now: int
    if_all_pass: int

    @property
    def missing(self) -> int:
        """How many are still missing if all who stand in line pass."""
        return max(0, self.required - self.if_all_pass)

    @property
    def arithmetic(self) -> str:
        """As a reader can check it: "45 % x 9 = 4.05 -> 5"."""
        whole, hundredths = divmod(self.exact_hundredths, 100)
        exact = f"{whole}.{hundredths:02d}".rstrip("0").rstrip(".")
        return f"{self.percent} % × {self.total} = {exact} → {self.required}"


def composition_of(plan: Plan, *, now: Mapping[str, int], in_line: Mapping[str, int]) -> tuple[Composed, ...]:
    """`now`: those admitted this year, by group; `in_line`: those who may still be. Not named counts 0."""
    return tuple(
        Composed(
            group=share.group,
            percent=share.percent,
            total=plan.total,
            exact_hundredths=share.percent * plan.total,
            required=required(share.percent, plan.total),
            now=now.get(share.group, 0),
            if_all_pass=now.get(share.group, 0) + in_line.get(share.group, 0),
        )
        for share in plan.composition
    )

"""A year's admissions against the plan of its committee: places and shares (F62, F63)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from workflows.dates import plus_months
from workflows.findings import Breach, Shown
from workflows.plans.arithmetic import required
from workflows.scan.register import Admission, PlanOfYear, Register, Share, Traits
from workflows.scan.registry import Sighting, across

YOUNG_UP_TO = 35
_BELOW_HIGH_SCHOOL = frozenset({"primary", "junior_high"})
Counted = tuple[Traits, Admission]


def _has_plans(register: Register) -> bool:
    return bool(register.known.plans)


@across("plan_exceeded", is_checked=_has_plans)
def admissions_keep_to_the_plan(register: Register) -> Iterator[Sighting]:
    """No more are admitted in a year than the plan has places, but for those for whom a superior answers."""
    for plan in register.known.plans:
        admitted = _admitted(register, plan)
        answered = sum(admission.is_overridden for _, admission in admitted)
        if len(admitted) - answered <= plan.total:
            continue
        last = max(admission.decided_on for _, admission in admitted)
        breach = Breach(found=len(admitted), needed=plan.total, values={"answered": answered})
        yield Sighting(on=last, unit=plan.committee, year=plan.year, breach=breach)


@across("plan_composition", is_checked=lambda register: _has_plans(register) and not _unknown(register))
def shares_are_reached(register: Register) -> Iterator[Sighting]:
    """When the year is over, or its places are used, each share of the plan is reached, rounded up."""
    for plan in register.known.plans:
        admitted = _admitted(register, plan)
        if not _is_over(register, plan, admitted):
            continue
        for share in plan.shares:
            inside, unknown = _count(share, admitted)
            needed = required(share.percent, len(admitted))
            if inside + unknown >= needed:
                continue
            values: Mapping[str, Shown] = {
                "of": len(admitted),
                "percent": share.percent,
                "group": share.label,
            }
            breach = Breach(found=inside, needed=needed, values=values)
            last = max(admission.decided_on for _, admission in admitted)
            yield Sighting(on=last, unit=plan.committee, year=plan.year, breach=breach)


def _is_over(register: Register, plan: PlanOfYear, admitted: list[Counted]) -> bool:
    is_over = register.on >= date(plan.year, 12, 31) or len(admitted) >= plan.total
    return bool(admitted) and is_over


def _admitted(register: Register, plan: PlanOfYear) -> list[Counted]:
    """Those whose approval falls in the year, as the plan counts them."""
    return [
        (summary.traits, admission)
        for summary, admission in register.admitted
        if admission.committee == plan.committee
        and admission.decided_on.year == plan.year
        and admission.decided_on <= register.on
    ]


def _unknown(register: Register) -> bool:
    """Whether some share cannot be judged, for want of what is known of the persons."""
    for plan in register.known.plans:
        admitted = _admitted(register, plan)
        for share in plan.shares if _is_over(register, plan, admitted) else ():
            inside, unknown = _count(share, admitted)
            if inside < required(share.percent, len(admitted)) <= inside + unknown:
                return True
    return False


def _count(share: Share, admitted: list[Counted]) -> tuple[int, int]:
    """How many belong to the group, and of how many it is not known."""
    answers = [belongs_to(share.group, traits, admission.voted_on) for traits, admission in admitted]
    return answers.count(True), answers.count(None)


def belongs_to(group: str, traits: Traits, on: date) -> bool | None:
    """Whether somebody belongs to a group of the plan's composition on that day; None: not known."""
    belongs = _GROUPS.get(group)
    return belongs(traits, on) if belongs else None


def belongs_by_month(group: str, traits: Traits, birth_month: str | None, on: date) -> bool | None:
    """As `belongs_to` where only the month of birth is known; None too where the day would decide."""
    if birth_month is None:
        return belongs_to(group, traits, on)
    first = date.fromisoformat(f"{birth_month}-01")
    last = date.fromordinal(plus_months(first, 1).toordinal() - 1)
    answers = {belongs_to(group, replace(traits, born=day), on) for day in (first, last)}
    return answers.pop() if len(answers) == 1 else None


def _is_woman(traits: Traits, _on: date) -> bool | None:
    return None if traits.sex is None else traits.sex == "female"


def _is_young(traits: Traits, on: date) -> bool | None:
    """35 themselves belong to "35 and under": until the day before the thirty-sixth birthday."""
    if traits.born is None:
        return None
    return on < plus_months(traits.born, (YOUNG_UP_TO + 1) * 12)


def _has_high_school(traits: Traits, _on: date) -> bool | None:
    return None if traits.education is None else traits.education not in _BELOW_HIGH_SCHOOL


def _is_at_the_front(traits: Traits, _on: date) -> bool | None:
    """Who works in an enterprise may stand in production or not: the directory does not say."""
    if traits.category in {None, "enterprise", "other"}:
        return None
    return traits.category == "farmer_herder"


def _is_of_a_minority(traits: Traits, _on: date) -> bool | None:
    return traits.is_minority


_GROUPS: Mapping[str, Callable[[Traits, date], bool | None]] = {
    "women": _is_woman,
    "under_35": _is_young,
    "high_school": _has_high_school,
    "front_line": _is_at_the_front,
    "ethnic_minority": _is_of_a_minority,
}

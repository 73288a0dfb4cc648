"""The linter's rules about numbers: allocations, shares, and a reserve that is in reach in time."""

from collections.abc import Iterator
from datetime import date

from workflows.plans.arithmetic import required, reserve
from workflows.plans.document import Share
from workflows.plans.findings import PlanFinding, PlanSeverity, PlanValue
from workflows.plans.funnel import funnel_of
from workflows.plans.planned import Planned

_WHOLE = 100


def allocations_that_do_not_add_up(planned: Planned) -> Iterator[PlanFinding]:
    """The places of all categories together are the total."""
    plan = planned.plan
    found = sum(one.places for one in plan.allocations)
    if plan.allocations and found != plan.total:
        values: dict[str, PlanValue] = {"found": found, "needed": plan.total}
        yield PlanFinding("allocations", "allocations_do_not_add_up", "high", None, values)


def shares_against_head_counts(planned: Planned) -> Iterator[PlanFinding]:
    """The head count that a plan names beside a percentage is the one that the percentage gives."""
    total = planned.plan.total
    for share in planned.plan.composition:
        needed = required(share.percent, total)
        if share.required is not None and share.required != needed:
            values: dict[str, PlanValue] = {"percent": share.percent, "found": share.required}
            yield _share(share, "medium", "miscounted", {**values, "needed": needed, "total": total})
        if share.given is None or total == 0:
            continue
        shown: dict[str, PlanValue] = {
            "percent": share.percent,
            "given": share.given,
            "is_percent": round(_WHOLE * share.given / total, 1),
            "needed": needed,
            "total": total,
        }
        if share.given > total:
            yield _share(share, "high", "above_total", shown)
        elif share.given < needed and not _is_nearest(share, share.given, total):
            yield _share(share, "medium", "below", shown)
        elif share.comparison == "about" and not _is_nearest(share, share.given, total):
            yield _share(share, "low", None, shown)


def _is_nearest(share: Share, given: int, total: int) -> bool:
    """Whether no other head count comes nearer to a percentage that is only about so much."""
    if share.comparison != "about":
        return False
    return 2 * abs(_WHOLE * given - share.percent * total) <= _WHOLE


def _share(
    share: Share, severity: PlanSeverity, variant: str | None, values: dict[str, PlanValue]
) -> PlanFinding:
    return PlanFinding(
        f"composition.{share.group}",
        "percentage_against_head_count",
        severity,
        variant,
        values,
    )


def reserves_out_of_reach(planned: Planned) -> Iterator[PlanFinding]:
    """The activists that the plan counts on have their year of cultivation by the day of the proposal."""
    plan = planned.plan
    if plan.reserve is not None and plan.reserve.activists is not None:
        each, stated = plan.reserve.per_admission, plan.reserve.activists
        first, last = reserve(plan.total, each.min, each.max)
        if (stated.min, stated.max) != (first, last):
            values: dict[str, PlanValue] = {
                "found_from": stated.min, "found_to": stated.max, "needed_from": first, "needed_to": last,
            }  # fmt: skip
            yield PlanFinding("reserve", "reserve_out_of_reach", "medium", "miscounted", values)
    pool, by = plan.eligible_pool, funnel_of(planned).activist_by
    if pool is None or by is None:
        return
    first_day, last_day = date(pool.activist_decided_in, 1, 1), date(pool.activist_decided_in, 12, 31)
    if last_day > by:
        values = {"year": pool.activist_decided_in, "by": by, "needed": funnel_of(planned).proposal_on}
        is_lost = first_day > by
        yield PlanFinding(
            "eligible_pool",
            "reserve_out_of_reach",
            "high" if is_lost else "medium",
            "all" if is_lost else None,
            values,
        )

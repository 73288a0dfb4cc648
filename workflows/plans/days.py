"""The linter's rules about days: too few of them worked, rest days, notices that are too short."""

from collections.abc import Iterator

from workflows.calendar import window
from workflows.edition import EDITIONS, load_edition
from workflows.plans.document import Milestone
from workflows.plans.findings import PlanFinding, PlanRule, PlanSeverity, PlanValue
from workflows.plans.planned import Planned, purpose_of
from workflows.rules.publicity import lengths_needed
from workflows.settings import settings_for

WEEK, WORKED = 7, 5
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def few_working_days(planned: Planned) -> Iterator[PlanFinding]:
    """A period in which a smaller part is worked than of a plain week; medium below half, high for none."""
    for one in planned.plan.milestones:
        span = one.span
        found = planned.calendar.count(span.first, span.last)
        if span.days == 1 or found * WEEK >= span.days * WORKED:
            continue
        worked = tuple(day for day, kind in planned.calendar.explain(span.first, span.last) if kind.working)
        values: dict[str, PlanValue] = {"found": found, "of_days": span.days, "days": worked}
        severity: PlanSeverity = "high" if found == 0 else "medium" if 2 * found < span.days else "low"
        yield _of(planned, one, "few_working_days", severity, values)


def rest_days(planned: Planned) -> Iterator[PlanFinding]:
    """The day of a milestone, of a period its last one, on which nobody is at the office."""
    for one in planned.plan.milestones:
        day = one.span.last
        if not planned.calendar.is_working(day):
            name = planned.calendar.day_kind(day).name
            values: dict[str, PlanValue] = {"on": day, "weekday": WEEKDAYS[day.weekday()]}
            if name:
                values["holiday"] = name
            yield _of(planned, one, "rest_day", "low", values)


def too_short_notices(planned: Planned) -> Iterator[PlanFinding]:
    """A notice is shorter than the edition in force, the plan's own setting or a later edition asks."""
    for one in planned.notices():
        yield from _against_the_law(planned, one)
        yield from _against_the_setting(planned, one)


def _against_the_law(planned: Planned, one: Milestone) -> Iterator[PlanFinding]:
    span = one.span
    edition, settings = planned.ground.edition_on(span.first), planned.ground.settings_on(span.first)
    found = planned.calendar.count(span.first, span.last)
    needed = settings.publicity_target_working_days if purpose_of(one) == "target" else 0
    compared = needed or settings_for(load_edition(EDITIONS[-1]).defaults, {}).publicity_target_days
    if found >= compared:
        return
    values: dict[str, PlanValue] = {
        "edition": edition.id,
        "needed": needed or None,
        "found": found,
        "compared": compared,
        "to": window(planned.calendar, span.first, compared, "working").last,
    }
    if needed:
        yield _of(planned, one, "shorter_than_edition", "high", values)
    else:
        values["later"] = EDITIONS[-1]
        yield _of(planned, one, "shorter_than_edition", "low", values, variant="later")


def _against_the_setting(planned: Planned, one: Milestone) -> Iterator[PlanFinding]:
    span, calendar = one.span, planned.calendar
    edition, settings = planned.ground.edition_on(span.first), planned.ground.settings_on(span.first)
    national = (settings.publicity_target_working_days, "working")
    for days, unit in lengths_needed(settings, purpose_of(one)):
        to = window(calendar, span.first, days, unit).last
        if (days, unit) == national or span.last >= to:
            continue
        found = calendar.count(span.first, span.last) if unit == "working" else span.days
        values: dict[str, PlanValue] = {"edition": edition.id, "needed": days, "found": found, "to": to}
        values["unit"] = unit
        yield _of(planned, one, "shorter_than_edition", "medium", values, variant="local")


def _of(
    planned: Planned,
    one: Milestone,
    rule: PlanRule,
    severity: PlanSeverity,
    values: dict[str, PlanValue],
    *,
    variant: str | None = None,
) -> PlanFinding:
    """A finding of one milestone, marked where its days lie in a year without a published calendar."""
    if planned.calendar.is_provisional(one.span.first, one.span.last):
        values["provisional"] = True
    return PlanFinding(f"milestones.{one.id}", rule, severity, variant, values)

"""The linter's rules about steps: their order, what is missing, and texts that are no longer in force."""

from collections.abc import Iterator
from itertools import combinations

from workflows.edition import EDITIONS
from workflows.plans.document import Cited, Milestone
from workflows.plans.findings import PlanFinding, PlanSeverity, PlanValue
from workflows.plans.order import (
    DECISION,
    NOTICE,
    ONLY_AFTER_THE_VOTE,
    VOTE,
    predecessors,
    steps_of_a_year,
)
from workflows.plans.planned import Planned

TRIAL = ("发展党员工作细则", "试行")  # the trial rules of 1990


def wrong_orders(planned: Planned) -> Iterator[PlanFinding]:
    """A step that ends before one begins that it follows; one that can only follow a vote without a day."""
    before = predecessors(planned.edition, planned.settings)
    for one in planned.plan.milestones:
        at = f"milestones.{one.id}"
        late = [
            (other.span.first, step, earlier)
            for step in one.steps
            for earlier in sorted(before.get(step, ()))
            if (other := planned.milestone_of(earlier)) is not None and other.span.first > one.span.last
        ]
        lost = [step for step in one.steps if step in ONLY_AFTER_THE_VOTE and VOTE not in planned.steps]
        if late:
            needed, step, after = max(late)
            values: dict[str, PlanValue] = {"step": step, "after": after, "on": one.span.last}
            yield PlanFinding(at, "wrong_order", "high", "reversed", {**values, "needed": needed})
        elif lost:
            yield PlanFinding(at, "wrong_order", "medium", "no_vote", {"step": lost[0], "after": VOTE})


def overlapping_steps(planned: Planned) -> Iterator[PlanFinding]:
    """Two milestones that share days: medium where the later step begins before the earlier one has ended."""
    before = predecessors(planned.edition, planned.settings)
    for one, other in combinations(planned.plan.milestones, 2):
        common = one.span.overlap(other.span)
        if common is None or one.span.days == other.span.days == 1:
            continue
        earlier, later = (one, other) if one.span.first <= other.span.first else (other, one)
        for first, second in ((one, other), (other, one)):
            if any(set(first.steps) & before.get(step, frozenset()) for step in second.steps):
                earlier, later = first, second
                break
        else:
            yield _overlap(later, earlier, "low", None)
            continue
        if later.span.first < earlier.span.last:
            yield _overlap(later, earlier, "medium", "follows")


def _overlap(
    later: Milestone, earlier: Milestone, severity: PlanSeverity, variant: str | None
) -> PlanFinding:
    common = later.span.overlap(earlier.span)
    assert common is not None
    values: dict[str, PlanValue] = {"with": earlier.id, "from": common.first, "to": common.last}
    return PlanFinding(f"milestones.{later.id}", "overlap", severity, variant, values)


def decisions_before_their_notice(planned: Planned) -> Iterator[PlanFinding]:
    """The committee settles the persons before the notice, and no approval follows it."""
    notice = planned.milestone_of(NOTICE)
    if notice is None:
        return
    decided = [one for one in planned.plan.milestones if DECISION in one.steps]
    if any(one.span.last > notice.span.last for one in decided):
        return
    settled = decided or [one for one in planned.plan.milestones if "preexamined" in one.steps]
    for one in settled:
        if one.span.last <= notice.span.last and one.id != notice.id:
            severity: PlanSeverity = "high" if one in decided else "medium"
            values: dict[str, PlanValue] = {"on": one.span.last, "notice_to": notice.span.last}
            yield PlanFinding(
                f"milestones.{one.id}",
                "decision_before_publicity",
                severity,
                None,
                values,
            )


def missing_steps(planned: Planned) -> Iterator[PlanFinding]:
    """The steps that need a day of the committee or of a meeting and have none; one finding for all."""
    edition = planned.edition
    is_target_new = "target_listed" in edition.acts
    wanted = steps_of_a_year(edition, planned.settings, planned.steps, is_target_new=is_target_new)
    missing = tuple(_plain(step) for step in wanted if step not in planned.steps)
    if missing:
        yield PlanFinding("milestones", "missing_step", "medium", None, {"steps": missing})


def _plain(step: str) -> str:
    """Without its purpose, where the plan knows only one."""
    return step if step.startswith("notice_posted") else step.split(" ", maxsplit=1)[0]


def superseded_texts(planned: Planned) -> Iterator[PlanFinding]:
    """A text that the plan cites, or the edition that it names, was replaced before its days."""
    in_force = planned.edition.id
    for cited in planned.plan.cited:
        edition = _edition_cited(cited)
        if edition is not None and edition < in_force:
            values: dict[str, PlanValue] = {"cites": edition, "needed": in_force, "title": cited.title}
            yield PlanFinding("cited", "superseded_edition", "low", None, values)
    last = max((one.span.last for one in planned.plan.milestones), default=planned.reference)
    named, then = planned.plan.edition, planned.ground.edition_on(last).id
    if named is not None and named < then:
        then_named: dict[str, PlanValue] = {"cites": named, "needed": then, "on": last}
        yield PlanFinding("edition", "superseded_edition", "medium", "edition", then_named)


def _edition_cited(cited: Cited) -> str | None:
    if cited.edition is not None:
        return cited.edition
    if all(word in cited.title for word in TRIAL):
        return "1990"
    named = [edition_id for edition_id in EDITIONS if TRIAL[0] in cited.title and edition_id in cited.title]
    return named[0] if named else None

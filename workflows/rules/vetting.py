"""Sponsors, political review, training, examination, papers (Art. 14, 16, 17; 2014 Art. 19, 2026 Art. 18)."""

from datetime import date, timedelta

from workflows.case import YEAR, Case
from workflows.dates import report_periods
from workflows.facts import Examination
from workflows.findings import Breach, LiveSeverity
from workflows.occasions import LEAVING_MONTHS
from workflows.rules.registry import rule
from workflows.setting_values import PaperRule

SPONSORS = 2
PLACES = 2
WITHOUT_POWER = frozenset({"primary_under_township", "general_branch", "temporary", "leading_group"})


def _sponsors(case: Case) -> tuple[str, ...]:
    if case.act.do == "sponsors_named":
        return case.act.names("sponsors") or ()
    return case.known.sponsors


def _has_roll(case: Case) -> bool:
    return case.around.roll is not None


@rule("two_sponsors")
def has_two_sponsors(case: Case) -> Breach | None:
    """There are two sponsors, when they are named and when the meeting votes (Art. 14)."""
    count = len(_sponsors(case))
    return None if count == SPONSORS else Breach(found=count, needed=SPONSORS)


@rule("sponsors_full_members", known=_has_roll)
def sponsors_are_full(case: Case) -> Breach | None:
    """Sponsors are full members on that day (Art. 14)."""
    roll = case.around.roll
    named = _sponsors(case)
    wrong = tuple(name for name in named if roll and not roll.member(name).is_full(case.on))
    if roll is None or not wrong:
        return None
    return Breach(found=wrong, earliest=roll.all_full_on(named, case.on))


@rule("sponsor_barred", known=_has_roll)
def sponsors_have_their_rights(case: Case) -> Breach | None:
    """Nobody on probation within the Party is a sponsor until the rights are restored (Art. 14)."""
    roll = case.around.roll
    barred = [m for m in map(roll.member, _sponsors(case)) if m.is_barred(case.on)] if roll else []
    if not barred:
        return None
    days = [day for member in barred if (day := member.restored_on(case.on)) is not None]
    earliest = max(days) if len(days) == len(barred) else None
    return Breach(found=tuple(member.id for member in barred), earliest=earliest)


@rule("sponsor_penalty_period", known=_has_roll)
def sponsors_are_suitable(case: Case) -> Breach | None:
    """Within the period of a penalty a member is not suitable; the anniversary is its last day (2026 Art.

    14).
    """
    roll = case.around.roll
    ends = {name: roll.member(name).penalized_until(case.on) for name in _sponsors(case)} if roll else {}
    running = {name: end for name, end in ends.items() if end is not None}
    if not running:
        return None
    last = max(running.values())
    return Breach(found=tuple(running), needed=last, earliest=last + timedelta(days=1))


@rule("political_review_qualified", asked=lambda case: case.is_positive)
def review_is_qualified(case: Case) -> Breach | None:
    """Who has not been reviewed, or was not found qualified, cannot be admitted (Art. 16)."""
    review = case.known.review
    if review is None or review.on > case.on:
        return Breach(found=review.on if review else None, earliest=review.on if review else None)
    return None if review.qualified else Breach(found=review.on, variant="not_qualified")


@rule("political_review_two_places", asked=lambda case: case.known.floating and case.is_positive)
def review_covers_two_places(case: Case) -> Breach | None:
    """A floating person is reviewed where the household is registered and where they live (Art. 16)."""
    review = case.known.review
    if review is None or len(review.places) >= PLACES:
        return None
    return Breach(found=review.places, needed=PLACES)


@rule("political_review_valid", asked=lambda case: case.settings.political_review_valid_months > 0)
def review_is_fresh(case: Case) -> Breach | None:
    """On the day of the vote the review is no older than `political_review.valid_months` (a setting)."""
    review = case.known.review
    if review is None:
        return None
    last = case.months(review.on, case.settings.political_review_valid_months)
    if case.on <= last:
        return None
    return Breach(
        found=review.on, needed=last, values={"months": case.settings.political_review_valid_months}
    )


@rule("training_length", asked=lambda case: case.is_positive)
def is_trained(case: Case) -> Breach | None:
    """A course of three days or twenty-four hours was passed (Art. 17; a setting may ask for more)."""
    days, hours = case.settings.training_days, case.settings.training_hours
    before = [t for t in case.known.trainings if t.on <= case.on]
    if any(t.passed and (t.days >= days or t.hours >= hours) for t in before):
        return None
    values = {"days": days, "hours": hours}
    if not before:
        return Breach(variant="none", values=values)
    last = before[-1]
    variant = None if last.passed else "not_passed"
    return Breach(found=last.days, values={**values, "had_hours": last.hours}, variant=variant)


def _passed(examination: Examination | None, on: date) -> Breach | None:
    if examination is None or examination.on > on:
        day = examination.on if examination else None
        return Breach(found=day, earliest=day)
    return None if examination.passed else Breach(found=examination.on, variant="not_passed")


@rule("branch_examination_passed", asked=lambda case: case.is_positive)
def branch_examined_first(case: Case) -> Breach | None:
    """The branch committee examines before the committee pre-examines (2014 Art. 19, 2026 Art. 18)."""
    return _passed(case.known.examination, case.on)


@rule("inspection_passed", asked=lambda case: case.settings.inspection_required and case.is_positive)
def inspected_first(case: Case) -> Breach | None:
    """Where a setting asks for it the committee inspects before it pre-examines."""
    return _passed(case.known.inspection, case.on)


@rule("department_preexamination", asked=lambda case: case.settings.preexamination_by_department)
def department_examined_first(case: Case) -> Breach | None:
    """Where a setting asks for it the organization department pre-examines before form and vote."""
    return _passed(case.known.department, case.on)


@rule("papers_complete", asked=lambda case: bool(case.settings.papers_required) and case.is_positive)
def papers_are_complete(case: Case) -> Breach | None:
    """Every paper that a setting asks of this person is there, signed and dated."""
    missing = tuple(
        p.kind for p in case.settings.papers_required if is_asked(case, p) and not is_there(case, p)
    )
    return Breach(found=missing) if missing else None


def is_asked(case: Case, paper: PaperRule) -> bool:
    """Whether the condition of a required paper holds for this person on this day."""
    condition, born = paper.condition, case.around.born
    if condition.league_member is not None and condition.league_member != case.known.league_member:
        return False
    if condition.age_at_most is None or born is None:
        return True
    return case.on < case.months(born, (condition.age_at_most + 1) * YEAR)


def is_there(case: Case, paper: PaperRule) -> bool:
    """Whether it was received, signed and dated, as often as it is asked for."""
    facts, every = case.known, paper.condition.every
    good = [p.on for p in facts.papers if p.kind == paper.kind and p.signed and p.dated and p.on <= case.on]
    if every is None or facts.activist_on is None:
        return bool(good)
    days = [*good, *facts.thought_reports] if paper.kind == "thought_report" else good
    periods = report_periods(every, facts.activist_on, case.on)
    return all(any(day in period for day in days) for period in periods)


@rule("inquiry_after_conclusion")
def inquiry_came_before(case: Case) -> Breach | None:
    """In a file of the past: no inquiry is answered after the review's conclusion (Art. 16)."""
    facts = case.known
    if case.act.do == "inquiry_answered":
        is_late = facts.review is not None and case.on > facts.review.on
        return Breach(found=case.on, needed=facts.review.on) if is_late and facts.review else None
    answered_on = facts.last_on.get("inquiry_answered")
    return Breach(found=answered_on, needed=case.on) if answered_on and answered_on > case.on else None


@rule("leaving_soon", asked=lambda case: case.is_positive)
def stays_long_enough(case: Case) -> Breach | None:
    """Who leaves within three months is normally not taken up.

    The day three months on still counts as within.
    """
    leaves_on = case.known.leaves_on
    if leaves_on is None or leaves_on > case.months(case.on, LEAVING_MONTHS):
        return None
    return Breach(found=leaves_on, needed=case.months(case.on, LEAVING_MONTHS))


@rule("approving_power")
def has_power(case: Case) -> Breach | None:
    """A committee approves.

    A general branch, a leading group, a temporary organization and a primary committee under a township may
    not (2014 Art. 23, 2026 Art. 22).
    """
    body = case.act.text("committee_body") or case.around.committee_kind
    return Breach(found=body) if body in WITHOUT_POWER else None


@rule("within_plan", known=lambda case: case.around.plan is not None)
def is_within_plan(case: Case) -> Breach | None:
    """Admissions stay within the year's places.

    Over the total the decision needs an override, the rest warns.
    """
    plan = case.around.plan
    if plan is None or not case.is_positive:
        return None
    if plan.used >= plan.total:
        severity: LiveSeverity | None = "warn" if case.act.do == "preexamined" else None
        return Breach(found=plan.used + 1, needed=plan.total, severity=severity)
    if plan.category_total is not None and plan.category_used >= plan.category_total:
        return Breach(
            found=plan.category_used + 1, needed=plan.category_total, variant="category", severity="warn"
        )
    return None

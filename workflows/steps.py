"""What may come next.

Each act that the stage allows, what it still lacks, and from when it may be recorded.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Literal

from workflows.acts import SHANGHAI, Act, Value
from workflows.around import Around
from workflows.case import Case, case_of
from workflows.edition import FIRST_JUDGED
from workflows.facts import Facts
from workflows.findings import Finding
from workflows.fold import destination
from workflows.ground import Ground
from workflows.judge import finding_of, judge
from workflows.openness import is_open, lapse_day
from workflows.rules import RULES

MOST_STEPS_OF_TIME = 12
EVENING = time(23, 59)

# Rules that only what the form says can answer; they speak when the form is sent, not before.
OF_THE_FORM = frozenset(
    {
        "decision_majority",
        "contacts_one_or_two",
        "contacts_full_members",
        "publicity_length",
        "votes_consistent",
        "secret_ballot",
        "entitled_matches_roll",
        "branch_size",
        "resolution_complete",
        "form_number_unique",
        "separate_persons",
        "recorded_late",
        "extension_length",
        "deferral_length",
        "superseded_edition",
        "in_charge",
    }
)
_NAMED_IN_THE_FORM: Mapping[str, frozenset[str]] = {
    "sponsors_named": frozenset(
        {"two_sponsors", "sponsors_full_members", "sponsor_barred", "sponsor_penalty_period"}
    ),
}
# The step that a secretary waits for in each stage; the first that is open counts.
MAIN: Mapping[str, tuple[str, ...]] = {
    "applicant": ("activist_decided",),
    "activist": ("target_proposed",),
    "proposed": ("notice_posted target", "target_filed"),
    "target_publicity": ("target_listed",),
    "development_target": ("sponsors_named",),
    "vetting": ("branch_examined", "preexamined"),
    "admission_publicity": ("notice_closed admission",),
    "approval": ("meeting_voted admission", "committee_decided admission"),
    "probation": ("meeting_voted conversion", "committee_decided conversion"),
    "extended_probation": ("meeting_voted conversion", "committee_decided conversion"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """`ready`: nothing that is known today would refuse it.

    What only the form can say is judged when it is sent.
    """

    do: str
    purpose: str | None
    to: str | None
    ready: bool
    findings: tuple[Finding, ...]
    earliest: date | None
    is_main: bool

    @property
    def name(self) -> str:
        return f"{self.do} {self.purpose}" if self.purpose else self.do


CheckState = Literal["met", "missing", "not_checked", "not_needed"]


@dataclass(frozen=True, slots=True)
class Check:
    """One rule of a step: met, missing (with its finding), not asked of this person here, or not checked.

    What could not be checked, because what it judges by is not known, is never shown as met.
    """

    rule: str
    state: CheckState
    finding: Finding | None = None


def supposed(do: str, purpose: str | None, on: date, *, by_hand: bool = True) -> Act:
    """The act as it would be recorded that day, with nothing but its purpose; results as hoped for."""
    details: dict[str, Value] = {"purpose": purpose} if purpose else {}
    if purpose == "extension" and by_hand:
        details["months"] = 6
    return Act(do=do, on=on, recorded_at=datetime.combine(on, EVENING, tzinfo=SHANGHAI), details=details)


def next_steps(facts: Facts, ground: Ground, around: Around, today: date) -> tuple[Step, ...]:
    """Every act that may be recorded today in this stage, the awaited one first."""
    main = main_step(facts, ground, today)
    steps = [
        _step(facts, ground, around, act, is_main=act.name == main) for act in _possible(facts, ground, today)
    ]
    return tuple(sorted(steps, key=lambda step: not step.is_main))


def main_step(facts: Facts, ground: Ground, today: date) -> str | None:
    """The step that everybody waits for in this stage: the decision once there is a passed vote."""
    names = MAIN.get(facts.stage, ())
    if facts.stage == "vetting" and facts.examination is not None and facts.examination.passed:
        return "preexamined"
    if facts.pending is not None:
        return f"committee_decided {facts.pending.purpose}"
    if facts.stage == "proposed":
        return "target_filed" if ground.edition_on(today).id == "2014" else _consent_or_notice(facts)
    return names[0] if names else None


def step_on(
    facts: Facts, ground: Ground, around: Around, on: date, do: str, purpose: str | None = None
) -> Step:
    """One act as it would be judged that day, also where its stage does not allow it."""
    return _step(facts, ground, around, supposed(do, purpose, on), is_main=False)


def _consent_or_notice(facts: Facts) -> str:
    return "notice_posted target" if facts.consented_on else "target_consented"


def _possible(facts: Facts, ground: Ground, today: date) -> Iterator[Act]:
    for do, kind in ground.edition_on(today).acts.items():
        if do in {"corrected", "objection_concluded"} or kind.begins:
            continue
        for purpose in kind.purposes:
            act = supposed(do, purpose, today)
            if facts.stage in kind.stages(purpose) and is_open(facts, act, ground):
                yield act


def _step(facts: Facts, ground: Ground, around: Around, act: Act, *, is_main: bool) -> Step:
    case = case_of(facts, act, ground, around)
    findings = tuple(f for f in judge(case).findings if _is_known(act.do, f.rule))
    blocking = tuple(f for f in findings if f.is_blocking)
    to = destination(facts, act, ground, past=False)
    earliest = earliest_day(facts, ground, around, act.do, act.purpose) if blocking else None
    return Step(act.do, act.purpose, to, not blocking, findings, earliest, is_main)


def _is_known(do: str, rule_id: str) -> bool:
    return rule_id not in OF_THE_FORM and rule_id not in _NAMED_IN_THE_FORM.get(do, frozenset())


def checklist(case: Case) -> tuple[Check, ...]:
    """Every rule that the act is judged by, missing ones first; rules of the form alone are left out."""
    edition, act = case.edition, case.act
    checks = [
        _check(case, rule_id)
        for rule_id in edition.rules_for(act.do, act.name)
        if edition.rules[rule_id].live != "-"
        and "any" not in edition.rules[rule_id].at
        and _is_known(act.do, rule_id)
    ]
    return _missing_first(checks)


def recorded_checklist(case: Case) -> tuple[Check, ...]:
    """As `checklist`, for an act with its details: also the rules that only these or any act answer.

    Nothing is judged before the first edition.
    """
    if not case.ground.is_judged(case.on):
        return ()
    edition, act = case.edition, case.act
    asked = edition.rules_for(act.do, act.name)
    return _missing_first(_check(case, rule_id) for rule_id in asked if edition.rules[rule_id].live != "-")


def _missing_first(checks: Iterable[Check]) -> tuple[Check, ...]:
    order = {"missing": 0, "not_checked": 1, "met": 2, "not_needed": 3}
    return tuple(sorted(checks, key=lambda check: order[check.state]))


def _check(case: Case, rule_id: str) -> Check:
    rule = RULES[rule_id]
    if rule.asked is not None and not rule.asked(case):
        return Check(rule_id, "not_needed")
    if rule.known is not None and not rule.known(case):
        return Check(rule_id, "not_checked")
    breach = rule.judge(case)
    if breach is None:
        return Check(rule_id, "met")
    return Check(
        rule_id, "missing", finding_of(case, rule_id, case.edition.rules[rule_id], breach, past=False)
    )


def earliest_day(
    facts: Facts, ground: Ground, around: Around, do: str, purpose: str | None = None
) -> date | None:
    """The first day on which no rule about time would refuse the act, given the acts so far; None.

    Time alone never opens it, or a rule without a day stands in the way of knowing.
    """
    day = max(facts.stage_on, FIRST_JUDGED)
    purpose = purpose or _purpose_here(facts, ground, do, day)
    if do == "approval_lapsed":
        last = lapse_day(facts, day, ground)
        return date.fromordinal(last.toordinal() + 1) if last else None
    for _ in range(MOST_STEPS_OF_TIME):
        act = supposed(do, purpose, day)
        findings = judge(case_of(facts, act, ground, replace(around, plan=None))).findings
        later = [
            f.earliest for f in findings if f.is_blocking and f.earliest is not None and f.earliest > day
        ]
        if not later:
            return day
        day = max(later)
    return None


def _purpose_here(facts: Facts, ground: Ground, do: str, day: date) -> str | None:
    """The purpose that an act named without one has where the dossier stands."""
    kind = ground.edition_on(day).acts.get(do)
    here = [p for p in kind.purposes if p and facts.stage in kind.stages(p)] if kind else []
    if do == "notice_closed":
        here = [p for p in here if facts.open_notices(p)] or here
    return here[0] if here else None

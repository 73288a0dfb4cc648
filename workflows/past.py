"""Judging a whole file of the past: what each act breaks, what is missing, what was entered together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from workflows.acts import Act
from workflows.around import Around
from workflows.case import Case, case_of
from workflows.facts import Facts
from workflows.findings import Breach, Finding
from workflows.fold import corrected_acts, fold
from workflows.ground import Ground
from workflows.judge import finding_of, judge

ENTERED_WITHIN = timedelta(days=7)
DATED_APART = timedelta(days=60)
BODIES: Mapping[str, str] = {
    "activist_decided": "branch_committee",
    "target_proposed": "branch_committee",
    "branch_examined": "branch_committee",
    "activist_filed": "committee",
    "target_filed": "committee",
    "target_consented": "committee",
    "preexamined": "committee",
    "committee_decided": "committee",
    "meeting_voted": "general_meeting",
    "general_branch_deliberated": "general_branch",
}


@dataclass(frozen=True, slots=True)
class Missing:
    """The act that is not there, and the later acts that rest on it."""

    rule: str
    act: str
    for_: tuple[str, ...]


MISSING = (
    Missing("missing_talk", "talk_held", ("activist_decided",)),
    Missing("missing_review", "review_recorded", ("target_proposed",)),
    Missing("missing_notice", "notice_posted target", ("target_listed",)),
    Missing("missing_political_review", "political_review_concluded", ("branch_examined", "preexamined")),
    Missing("missing_training", "training_completed", ("branch_examined", "preexamined")),
    Missing("missing_preexamination", "preexamined", ("form_issued", "meeting_voted admission")),
    Missing("missing_vote", "meeting_voted admission", ("committee_decided admission",)),
    Missing("missing_vote", "meeting_voted conversion", ("committee_decided conversion",)),
    Missing("missing_committee_talk", "committee_talk_held", ("committee_decided admission",)),
    Missing("missing_decision", "committee_decided admission", ("oath_taken", "meeting_voted conversion")),
)
RULES_OF_FILES = frozenset({missing.rule for missing in MISSING}) | {
    "several_bodies_one_day",
    "reviews_entered_together",
}


def judge_past(
    acts: Sequence[Act], ground: Ground, around: Around
) -> tuple[Facts | None, tuple[tuple[int, Finding], ...]]:
    """The facts of a file of the past and every irregularity, with the index of the act that shows it.

    Each act is judged as it stands after all corrections; what was taken back is not judged.
    """
    facts: Facts | None = None
    found: list[tuple[int, Finding]] = []
    standing = [(index, act) for index, act in enumerate(corrected_acts(acts)) if act is not None]
    for place, (index, act) in enumerate(standing):
        case = case_of(facts, act, ground, around, mode="historic")
        found.extend((index, finding) for finding in judge(case).findings)
        if ground.is_judged(act.on):
            found.extend((index, finding) for finding in _missing(case, [one for _, one in standing]))
            found.extend(
                (index, finding) for finding in _together(case, [one for _, one in standing[:place]])
            )
        facts = fold(facts, act, ground, past=True)
    return facts, tuple(found)


def _missing(case: Case, acts: Sequence[Act]) -> Iterator[Finding]:
    act = case.act
    done = {name for other in acts if other.on <= act.on for name in (other.do, other.name)}
    done |= {name for other in acts for name in _carried(other)}
    for missing in MISSING:
        kind = case.edition.rules.get(missing.rule)
        is_asked = act.do in missing.for_ or act.name in missing.for_
        if kind is not None and is_asked and missing.act not in done:
            yield finding_of(case, missing.rule, kind, Breach(found=act.on), past=True)


def _carried(act: Act) -> Iterator[str]:
    """What a person who came from another system brought along stands for the acts themselves."""
    if act.do != "transferred_in":
        return
    days = act.details.get("carried")
    yield from days if isinstance(days, Mapping) else ()
    if act.text("stage") == "probation":
        yield from (missing.act for missing in MISSING)
    yield "talk_held"


def _together(case: Case, before: Sequence[Act]) -> Iterator[Finding]:
    act, rules = case.act, case.edition.rules
    if act.do == "review_recorded" and any(_is_entered_together(act, other) for other in before):
        kind = rules["reviews_entered_together"]
        yield finding_of(case, "reviews_entered_together", kind, Breach(found=act.recorded_on), past=True)
    body = BODIES.get(act.do)
    others = {BODIES[o.do] for o in before if o.on == act.on and o.do in BODIES}
    if body is not None and others - {body}:
        kind = rules["several_bodies_one_day"]
        yield finding_of(case, "several_bodies_one_day", kind, Breach(found=act.on), past=True)


def _is_entered_together(act: Act, other: Act) -> bool:
    is_review = other.do == "review_recorded"
    is_near = abs(act.recorded_on - other.recorded_on) <= ENTERED_WITHIN
    return is_review and is_near and abs(act.on - other.on) > DATED_APART

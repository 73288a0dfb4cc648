"""Judging a whole file of the past: what each act breaks, what is missing, what was entered together."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from workflows.acts import SHANGHAI, Act
from workflows.around import Around
from workflows.case import Case, case_of
from workflows.facts import Facts
from workflows.findings import Breach, Finding
from workflows.fold import corrected_acts, fold
from workflows.ground import Ground
from workflows.judge import finding_of, judge
from workflows.missing import RULES_OF_GAPS, missing_of

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
RULES_OF_FILES = RULES_OF_GAPS | {"several_bodies_one_day", "reviews_entered_together"}

AroundOf = Callable[[Facts | None, Act], Around]


def judge_past(
    acts: Sequence[Act],
    ground: Ground,
    around: Around | AroundOf,
    *,
    without: Collection[int] = (),
) -> tuple[Facts | None, tuple[tuple[int, Finding], ...]]:
    """The facts of a file of the past and every irregularity, with the index of the act that shows it.

    Each act is judged as it stands after all corrections; what was taken back is not judged. `around` may
    differ from act to act, for a dossier that moved from branch to branch. `without`: the indices of acts
    that have no effect, as they fell with a correction.
    """
    facts: Facts | None = None
    found: list[tuple[int, Finding]] = []
    standing = [(index, act) for index, act in standing_acts(acts) if index not in without]
    whole = [act for _, act in standing]
    for place, (index, act) in enumerate(standing):
        lies_around = around if isinstance(around, Around) else around(facts, act)
        case = case_of(facts, act, ground, lies_around, mode="historic")
        found.extend((index, one) for one in judge(case).findings if _is_said(one, acts[index], act))
        if ground.is_judged(act.on):
            before = whole[:place]
            found.extend((index, finding) for finding in missing_of(case, whole, before))
            found.extend((index, finding) for finding in _together(case, before))
        facts = fold(facts, act, ground, past=True)
    return facts, tuple(found)


def standing_acts(acts: Sequence[Act]) -> list[tuple[int, Act]]:
    """The acts that stand after all corrections, with their index among `acts`.

    A replacement counts as entered when the act was that it replaces: a correction is no late entry.
    """
    corrected = enumerate(corrected_acts(acts))
    return [(index, _as_entered(acts[index], act)) for index, act in corrected if act is not None]


def _as_entered(original: Act, act: Act) -> Act:
    if act is original:
        return act
    own_day = datetime.combine(act.on, time(23, 59), tzinfo=SHANGHAI)
    return replace(act, recorded_at=max(original.recorded_at, own_day))


def _is_said(finding: Finding, original: Act, act: Act) -> bool:
    """A day that was corrected is no day on which an entry was due."""
    return finding.rule != "recorded_late" or act.on == original.on


def _together(case: Case, before: Sequence[Act]) -> Iterator[Finding]:
    act, rules = case.act, case.edition.rules
    if act.do == "review_recorded" and any(_is_entered_together(case, other) for other in before):
        kind = rules["reviews_entered_together"]
        yield finding_of(case, "reviews_entered_together", kind, Breach(found=act.recorded_on), past=True)
    body = BODIES.get(act.do)
    others = {BODIES[o.do] for o in before if o.on == act.on and o.do in BODIES}
    if body is not None and others and body not in others:
        kind = rules["several_bodies_one_day"]
        yield finding_of(case, "several_bodies_one_day", kind, Breach(found=act.on), past=True)


def _is_entered_together(case: Case, other: Act) -> bool:
    """Files of before `live.from` are copied at one go: the day of entry says nothing about their reviews."""
    act = case.act
    if other.do != "review_recorded" or any(_is_copied(case, one) for one in (act, other)):
        return False
    is_near = abs(act.recorded_on - other.recorded_on) <= ENTERED_WITHIN
    return is_near and abs(act.on - other.on) > DATED_APART


def _is_copied(case: Case, act: Act) -> bool:
    return case.ground.is_past(act.on, recorded_on=act.recorded_on)

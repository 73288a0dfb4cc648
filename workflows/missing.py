"""What is not there: an act of a file of the past that rests on one of which the file knows nothing."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from workflows.acts import Act
from workflows.case import Case
from workflows.edition import FIRST_JUDGED
from workflows.findings import Breach, Finding
from workflows.judge import finding_of

Scope = Literal["file", "cultivation", "attempt", "examination", "probation"]


@dataclass(frozen=True, slots=True)
class Missing:
    """The act that is not there, and the later acts that rest on it.

    `within`: what is made anew after a return counts only from there (sections 2.2 and 2.3 of the contract).
    `asked`: whether a local setting asks for it; None: always.
    """

    rule: str
    act: str
    for_: tuple[str, ...]
    within: Scope = "file"
    asked: Callable[[Case], bool] | None = None

    def is_for(self, act: Act) -> bool:
        return act.do in self.for_ or act.name in self.for_


def _has_admission_notice(when: str) -> Callable[[Case], bool]:
    def asked(case: Case) -> bool:
        settings = case.settings
        return settings.publicity_admission_days > 0 and settings.publicity_admission_when == when

    return asked


def _has_conversion_notice(case: Case) -> bool:
    return case.settings.publicity_conversion_days > 0


_VETTED = ("branch_examined", "preexamined")
_VOTED, _DECIDED = "meeting_voted admission", "committee_decided admission"
_OF_A_MEMBER = (
    "filed_with_department",
    "assigned_to_group",
    "oath_taken",
    "conversion_requested",
    "meeting_voted conversion",
    "meeting_voted extension",
    "meeting_voted cancellation",
    "committee_decided conversion",
)
MISSING = (
    Missing("missing_talk", "talk_held", ("activist_decided",)),
    Missing("missing_review", "review_recorded", ("target_proposed",), within="cultivation"),
    Missing("missing_notice", "notice_posted target", ("target_listed",), within="attempt"),
    Missing("missing_political_review", "political_review_concluded", _VETTED, within="attempt"),
    Missing("missing_training", "training_completed", _VETTED, within="attempt"),
    Missing("missing_preexamination", "preexamined", ("form_issued", _VOTED), within="examination"),
    Missing(
        "missing_notice",
        "notice_posted admission",
        (_VOTED,),
        within="examination",
        asked=_has_admission_notice("before_meeting"),
    ),
    Missing("missing_vote", _VOTED, (_DECIDED,), within="examination"),
    Missing("missing_committee_talk", "committee_talk_held", (_DECIDED,), within="examination"),
    Missing(
        "missing_notice",
        "notice_posted admission",
        (_DECIDED,),
        within="examination",
        asked=_has_admission_notice("before_decision"),
    ),
    Missing("missing_decision", _DECIDED, _OF_A_MEMBER),
    Missing(
        "missing_notice",
        "notice_posted conversion",
        ("meeting_voted conversion",),
        within="probation",
        asked=_has_conversion_notice,
    ),
    Missing(
        "missing_vote", "meeting_voted conversion", ("committee_decided conversion",), within="probation"
    ),
    Missing("missing_vote", "meeting_voted extension", ("committee_decided extension",)),
    Missing("missing_vote", "meeting_voted cancellation", ("committee_decided cancellation",)),
)
RULES_OF_GAPS = frozenset(missing.rule for missing in MISSING)
_NOTICES = {"notice_posted admission": "admission", "notice_posted conversion": "conversion"}
_OF_PROBATION = ("conversion", "extension", "cancellation")
_BEFORE_PROBATION = tuple(missing.act for missing in MISSING if not missing.act.endswith(_OF_PROBATION))


def missing_of(case: Case, acts: Sequence[Act], before: Sequence[Act]) -> Iterator[Finding]:
    """`acts`: all of the file; `before`: those that stand before the one being judged.

    Only acts dated up to the day of the judged one count, wherever they stand in the file. The first act that
    rests on a gap tells of it, not each that follows.
    """
    act = case.act
    for missing in MISSING:
        kind = case.edition.rules.get(missing.rule)
        if kind is None or not missing.is_for(act) or (missing.asked and not missing.asked(case)):
            continue
        since = _begun_on(case, missing.within)
        if not _is_told(case, missing, since, before) and missing.act not in _done(acts, since, act.on):
            breach = Breach(found=act.on, variant=_NOTICES.get(missing.act))
            yield finding_of(case, missing.rule, kind, breach, past=True)


def _is_told(case: Case, missing: Missing, since: date, before: Sequence[Act]) -> bool:
    after = max(since, FIRST_JUDGED - timedelta(days=1))
    return any(missing.is_for(other) and after < other.on <= case.on for other in before)


def _done(acts: Sequence[Act], since: date, until: date) -> set[str]:
    here = [act for act in acts if since <= act.on <= until]
    done = {name for act in here for name in (act.do, act.name)}
    return done | {name for act in acts if since <= act.on for name in _carried(act)}


def _carried(act: Act) -> Iterator[str]:
    """What a person who came from another system brought along stands for the acts themselves."""
    if act.do != "transferred_in":
        return
    days = act.details.get("carried")
    yield from days if isinstance(days, Mapping) else ()
    if act.text("stage") == "probation":
        yield from _BEFORE_PROBATION
    yield "talk_held"


_RETURNS: Mapping[Scope, tuple[tuple[str, frozenset[str]], ...]] = {
    "file": (),
    "cultivation": (("applicant", frozenset()),),
    "attempt": (("activist", frozenset({"applicant"})),),
    "examination": (
        ("activist", frozenset({"applicant"})),
        ("vetting", frozenset({"activist", "proposed", "target_publicity", "development_target"})),
    ),
    "probation": (("extended_probation", frozenset()),),
}


def _begun_on(case: Case, within: Scope) -> date:
    """The day of the last return that makes it anew; the stages named with one lead there forwards."""
    stages = case.known.stages
    days = [
        day
        for (_, came_from), (day, stage) in pairwise(stages)
        for to, forwards in _RETURNS[within]
        if stage == to and came_from not in forwards
    ]
    return max(days, default=date.min)

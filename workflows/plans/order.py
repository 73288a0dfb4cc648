"""Which step of the procedure follows which, as far as a plan gives both a day."""

from collections.abc import Mapping

from workflows.edition import Edition
from workflows.plans.document import ADMISSION, step_of
from workflows.settings import Settings

# What an edition's `rests_on` leaves to its rules: the talk before approval comes after the vote.
_ALSO: Mapping[str, tuple[str, ...]] = {
    "committee_talk_held": ("meeting_voted admission",),
    "committee_decided admission": ("committee_talk_held",),
    "notice_posted target": ("target_consented",),
    "target_listed": ("notice_closed target",),
}
# Nothing that can have been done before the year: without the vote in the plan they have no place.
ONLY_AFTER_THE_VOTE = ("committee_talk_held", "committee_decided admission")
VOTE = "meeting_voted admission"
DECISION = "committee_decided admission"
NOTICE = "notice_posted admission"


def predecessors(edition: Edition, settings: Settings) -> Mapping[str, frozenset[str]]:
    """For each step all steps that come before it, those in between followed through."""
    key = ("predecessors", settings.publicity_admission_when)
    if key not in edition.remembered:
        edition.remembered[key] = _predecessors(edition, settings)
    known: Mapping[str, frozenset[str]] = edition.remembered[key]
    return known


def _predecessors(edition: Edition, settings: Settings) -> Mapping[str, frozenset[str]]:
    direct: dict[str, set[str]] = {}
    for do, kind in edition.acts.items():
        for purpose in kind.purposes:
            step = f"{do} {purpose}" if purpose else do
            if purpose in {None, "target", ADMISSION}:
                direct[step] = {step_of(one, purpose or ADMISSION) for one in kind.rests_on}
    for step, before in (*_ALSO.items(), *_of_the_notice(settings)):
        direct.setdefault(step, set()).update(before)
    return {step: frozenset(_all_before(step, direct)) for step in direct}


def _of_the_notice(settings: Settings) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """A local notice on an admission stands before the meeting, or between vote and decision (2.1)."""
    if settings.publicity_admission_when == "before_decision":
        return (NOTICE, (VOTE,)), (DECISION, ("notice_closed admission", NOTICE))
    return (NOTICE, ("preexamined",)), (VOTE, ("notice_closed admission", NOTICE))


def _all_before(step: str, direct: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [step]
    while waiting:
        for before in direct.get(waiting.pop(), ()):
            if before not in found and before != step:
                found.add(before)
                waiting.append(before)
    return found


def steps_of_a_year(
    edition: Edition, settings: Settings, planned: frozenset[str], *, is_target_new: bool
) -> tuple[str, ...]:
    """The steps that need a day of the committee or of a general meeting, in their order.

    Where the plan itself proposes targets, those of listing them too, if the edition asks for a notice.
    """
    listing = ("target_consented", "notice_posted target", "target_listed")
    wanted = [
        *(listing if is_target_new and "target_proposed" in planned else ()),
        "political_review_concluded",
        "training_completed",
        "branch_examined",
        *(("inspected",) if settings.inspection_required else ()),
        "preexamined",
        *((NOTICE,) if settings.publicity_admission_days else ()),
        "form_issued",
        *(("theory_tested",) if settings.theory_test_required else ()),
        VOTE,
        "committee_talk_held",
        DECISION,
        "filed_with_department",
    ]
    return tuple(step for step in wanted if step.split(" ")[0] in edition.acts)

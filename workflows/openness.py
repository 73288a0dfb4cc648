"""Whether an act may be recorded where the dossier stands.

Its stages, and what the stage alone cannot say.
"""

from collections.abc import Callable, Mapping
from datetime import date

from workflows.acts import Act
from workflows.dates import plus_months
from workflows.facts import Facts
from workflows.ground import Ground

WHILE_SUSPENDED_CLOSED = frozenset(
    {
        "activist_decided",
        "target_proposed",
        "target_filed",
        "target_listed",
        "sponsors_named",
        "preexamined",
        "meeting_voted",
        "committee_decided",
    }
)
CAP_MONTHS = 6


def is_open(facts: Facts, act: Act, ground: Ground) -> bool:
    """Whether the act may be recorded here and now.

    A record that moves no stage is open where the stage on its `on`, or the present one, allows it;
    an act that moves the stage is open where the present one does.
    """
    edition = ground.edition_on(act.on)
    kind = edition.acts.get(act.do)
    if kind is None or kind.begins:
        return False
    if kind.soft and not edition.is_soft(act.on):
        return False
    stages = kind.stages(act.purpose)
    is_in_stage = facts.stage in stages
    if not is_in_stage and not kind.moves_a_stage:
        is_in_stage = facts.stage_at(act.on) in stages
    if not is_in_stage or (_is_held(facts, act) and act.purpose != "cancellation"):
        return False
    condition = _CONDITIONS.get(act.do)
    return condition is None or condition(facts, act, ground)


def _is_held(facts: Facts, act: Act) -> bool:
    return facts.is_suspended and act.do in WHILE_SUSPENDED_CLOSED


def _has_notice_to_post(facts: Facts, act: Act, ground: Ground) -> bool:
    """A notice on an admission stands before the meeting, or between the vote and the decision (2.1)."""
    if act.purpose == "target":
        return facts.stage == "proposed" or bool(facts.open_notices("target"))
    if act.purpose != "admission" or facts.stage == "admission_publicity":
        return True
    settings = ground.settings_on(act.on)
    is_after_vote = (
        settings.publicity_admission_days > 0 and settings.publicity_admission_when == "before_decision"
    )
    return is_after_vote and facts.pending is not None


def _has_open_notice(facts: Facts, act: Act, _ground: Ground) -> bool:
    return bool(facts.open_notices(act.purpose or ""))


def _may_object(facts: Facts, act: Act, _ground: Ground) -> bool:
    """While its notice is not closed, and until the next decision; a letter at any time."""
    if act.purpose == "letter":
        return True
    return bool(facts.current_notices(act.purpose or ""))


def _has_open_objection(facts: Facts, act: Act, _ground: Ground) -> bool:
    number = act.count("objection")
    return any(o.number == number and o.concluded_on is None for o in facts.objections)


def _no_vote_pending(facts: Facts, _act: Act, _ground: Ground) -> bool:
    return facts.pending is None


def _has_lapsed(facts: Facts, act: Act, ground: Ground) -> bool:
    lapses_after = lapse_day(facts, act.on, ground)
    return lapses_after is not None and act.on > lapses_after


def lapse_day(facts: Facts, on: date, ground: Ground) -> date | None:
    """The last day on which the passed vote, or without one the pre-examination, still holds.

    None: there is no limit.
    """
    settings = ground.settings_on(on)
    vote = facts.pending
    if vote is not None:
        return plus_months(vote.on, CAP_MONTHS, leap_rule=settings.leap_rule)
    months = settings.preexamination_to_meeting_months
    if facts.preexamination is None or months == 0:
        return None
    return plus_months(facts.preexamination.on, months, leap_rule=settings.leap_rule)


def _is_paused(facts: Facts, _act: Act, _ground: Ground) -> bool:
    return facts.is_suspended


def _is_running(facts: Facts, _act: Act, _ground: Ground) -> bool:
    return not facts.is_suspended


def _has_vote_to_take(facts: Facts, act: Act, _ground: Ground) -> bool:
    """No second vote on what a passed one already settled and the committee has not decided."""
    return facts.pending is None or facts.pending.purpose != act.purpose


_CONDITIONS: Mapping[str, Callable[[Facts, Act, Ground], bool]] = {
    "notice_posted": _has_notice_to_post,
    "notice_closed": _has_open_notice,
    "objection_received": _may_object,
    "objection_concluded": _has_open_objection,
    "target_removed": _no_vote_pending,
    "approval_lapsed": _has_lapsed,
    "suspended": _is_running,
    "resumed": _is_paused,
    "meeting_voted": _has_vote_to_take,
    "approval_prolonged": lambda facts, _act, _ground: facts.pending is not None,
}

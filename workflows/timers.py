"""Which deadlines an act opens, closes and drops."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from workflows.acts import Act
from workflows.facts import Facts, Timer, Vote
from workflows.outcomes import vote_outcome

Changes = Mapping[str, Any]


def timers_after(facts: Facts, act: Act, to: str | None, changes: Changes, seq: int) -> tuple[Timer, ...]:
    """The deadlines after the act.

    Those it answers are closed, those that lost their reason dropped, new ones open.
    """
    closed = _closed_by(facts, act, changes)
    timers = tuple(
        replace(timer, closed_on=act.on) if timer.is_running and timer.id in closed else timer
        for timer in facts.timers
    )
    lost = _lost(act, to, changes)
    if lost:
        timers = tuple(
            replace(timer, dropped_on=act.on) if timer.is_running and timer.id in lost else timer
            for timer in timers
        )
    opened = _opened(facts, act, to)
    return (*timers, *(Timer(name, seq, act.on) for name in opened)) if opened else timers


_ALL = frozenset(
    {
        "talk", "activist_filing", "contacts", "meeting", "approval", "approval_cap", "department_filing",
        "oath", "conversion_approval", "deferral_cap", "archive", "publicity", "notice_result", "objection",
    }
)  # fmt: skip
_CLOSED_BY: Mapping[str, frozenset[str]] = {
    "talk_held": frozenset({"talk"}),
    "activist_filed": frozenset({"activist_filing"}),
    "contacts_assigned": frozenset({"contacts"}),
    "committee_decided admission": frozenset({"approval", "approval_cap"}),
    "committee_decided conversion": frozenset({"conversion_approval"}),
    "committee_decided extension": frozenset({"conversion_approval"}),
    "committee_decided cancellation": frozenset({"conversion_approval"}),
    "approval_lapsed": frozenset({"approval_cap"}),
    "filed_with_department": frozenset({"department_filing"}),
    "oath_taken": frozenset({"oath"}),
    "file_archived": frozenset({"archive"}),
}
_NONE: frozenset[str] = frozenset()
_CONTACTS = frozenset({"contacts"})  # a move opens them anew


def _closed_by(_facts: Facts, act: Act, changes: Changes) -> frozenset[str]:
    if act.do == "meeting_voted":
        vote: Vote = changes["votes"][-1]
        if vote.outcome == "void":
            return _NONE
        return frozenset({"meeting"}) if vote.purpose == "admission" else frozenset({"deferral_cap"})
    return _CLOSED_BY.get(act.name, _CLOSED_BY.get(act.do, _NONE))


def _lost(act: Act, to: str | None, changes: Changes) -> frozenset[str]:
    if "ended_on" in changes:
        return _ALL
    return _lost_by_return(to) | (_CONTACTS if act.do == "transferred" else _NONE)


def _lost_by_return(to: str | None) -> frozenset[str]:
    if to == "applicant":
        return frozenset({"activist_filing", "contacts"})
    if to in {"vetting", "activist"}:
        return frozenset({"meeting", "approval", "approval_cap"})
    return _NONE


def _opened(facts: Facts, act: Act, to: str | None) -> tuple[str, ...]:
    if act.do == "meeting_voted":
        if vote_outcome(act) != "passed":
            return ()
        return ("approval", "approval_cap") if act.purpose == "admission" else ("conversion_approval",)
    if act.do == "committee_decided":
        return _OPENED_BY_DECISION.get((act.purpose, to), ())
    if act.do == "preexamined":
        return ("meeting",) if act.flag("passed", default=True) else ()
    if act.do in {"transferred", "transferred_in"}:
        has_contacts = to == "activist" or (to is None and facts.stage == "activist")
        return ("contacts",) if has_contacts else ()
    return _OPENS.get(act.do, ())


_OPENS: Mapping[str, tuple[str, ...]] = {
    "application_received": ("talk",),
    "activist_decided": ("activist_filing", "contacts"),
    "conversion_deferred": ("deferral_cap",),
}
_OPENED_BY_DECISION: Mapping[tuple[str | None, str | None], tuple[str, ...]] = {
    ("admission", "probation"): ("department_filing", "oath"),
    ("conversion", "full_member"): ("archive",),
}

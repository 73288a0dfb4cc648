"""What each act changes in the facts, and which deadlines it opens, closes and drops."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from workflows.acts import Act
from workflows.facts import (
    Decision,
    Examination,
    Facts,
    Notice,
    Objection,
    Opinion,
    Paper,
    Pause,
    Recommendation,
    Review,
    Talk,
    Training,
    Vote,
)
from workflows.outcomes import vote_outcome
from workflows.returns import Changes, settled

EffectOf = Callable[[Facts, Act, int], Changes]


def _received(facts: Facts, act: Act, _seq: int) -> Changes:
    return {**_person(facts, act), "received_on": act.on}


def _person(facts: Facts, act: Act) -> Changes:
    return {
        "floating": act.flag("floating", default=facts.floating),
        "league_member": act.flag("league_member", default=facts.league_member),
        "category": act.text("category") or facts.category,
        "leaves_on": act.day("leaves_on") or facts.leaves_on,
    }


def _transferred_in(facts: Facts, act: Act, _seq: int) -> Changes:
    carried = act.details.get("carried")
    days: Mapping[str, date] = carried if isinstance(carried, Mapping) else {}
    changes: Changes = {**_person(facts, act), "received_on": days.get("application_received")}
    if "activist_decided" in days:
        changes["activist_on"] = days["activist_decided"]
    if "review_recorded" in days:
        changes["reviews"] = (days["review_recorded"],)
    if act.text("stage") == "probation":
        changes.update(admitted_on=days.get("meeting_voted"), probation_on=act.on, moved_in_on=act.on)
    return changes


def _talked(facts: Facts, act: Act, _seq: int) -> Changes:
    return {"talk_on": min(facts.talk_on or act.on, act.on)}


def _recommended(facts: Facts, act: Act, _seq: int) -> Changes:
    given = Recommendation(act.on, act.text("source") or "members")
    return {"recommendations": (*facts.recommendations, given)}


def _activist(_facts: Facts, act: Act, _seq: int) -> Changes:
    return {"activist_on": act.on}


def _contacts(_facts: Facts, act: Act, _seq: int) -> Changes:
    return {"contacts": act.names("contacts") or (), "contacts_on": act.on}


def _reviewed(facts: Facts, act: Act, _seq: int) -> Changes:
    return {"reviews": tuple(sorted((*facts.reviews, act.on)))}


def _reported(facts: Facts, act: Act, _seq: int) -> Changes:
    return {"thought_reports": tuple(sorted((*facts.thought_reports, act.on)))}


def _paper(facts: Facts, act: Act, _seq: int) -> Changes:
    kind = act.text("paper") or "other"
    received = Paper(act.on, kind, act.flag("signed", default=False), act.flag("dated", default=False))
    kept = tuple(p for p in facts.papers if p.kind != kind or kind in {"thought_report", "other"})
    return {"papers": (*kept, received)}


def _opinions(facts: Facts, act: Act, _seq: int) -> Changes:
    heard = tuple(Opinion(act.on, source) for source in act.names("from_whom") or ())
    return {"opinions": (*facts.opinions, *heard)}


def _posted(facts: Facts, act: Act, seq: int) -> Changes:
    first, last = act.day("from") or act.on, act.day("to") or act.on
    notice = Notice(
        seq, act.purpose or "target", act.text("place") or "home", first, last, act.on, act.text("time")
    )
    return {"notices": (*facts.notices, notice)}


def _notice_closed(facts: Facts, act: Act, _seq: int) -> Changes:
    still_open = facts.open_notices(act.purpose or "target")
    return {"notices": tuple(replace(n, closed_on=act.on) if n in still_open else n for n in facts.notices)}


def _objected(facts: Facts, act: Act, seq: int) -> Changes:
    objection = Objection(seq, len(facts.objections) + 1, act.purpose or "letter", act.on)
    return {"objections": (*facts.objections, objection)}


def _objection_concluded(facts: Facts, act: Act, _seq: int) -> Changes:
    number, is_upheld = act.count("objection"), act.flag("upheld", default=False)
    return {
        "objections": tuple(
            replace(o, concluded_on=act.on, upheld=is_upheld) if o.number == number else o
            for o in facts.objections
        )
    }


def _sponsors(_facts: Facts, act: Act, _seq: int) -> Changes:
    return {"sponsors": act.names("sponsors") or (), "sponsors_on": act.on}


def _political_review(_facts: Facts, act: Act, _seq: int) -> Changes:
    return {"review": Review(act.on, act.flag("qualified", default=True), act.names("places") or ())}


def _trained(facts: Facts, act: Act, _seq: int) -> Changes:
    training = Training(
        act.on, act.count("days") or 0, act.count("hours") or 0, act.flag("passed", default=True)
    )
    return {"trainings": (*facts.trainings, training)}


def _passed(name: str) -> EffectOf:
    def effect(_facts: Facts, act: Act, _seq: int) -> Changes:
        return {name: Examination(act.on, act.flag("passed", default=True))}

    return effect


def _dated(name: str) -> EffectOf:
    def effect(_facts: Facts, act: Act, _seq: int) -> Changes:
        return {name: act.on}

    return effect


def _form(_facts: Facts, act: Act, _seq: int) -> Changes:
    return {"form": act.text("number"), "form_on": act.on}


def _voted(facts: Facts, act: Act, seq: int) -> Changes:
    vote = Vote(seq, act.on, act.purpose or "admission", vote_outcome(act), act.count("months") or 0, act.by)
    return {"votes": (*facts.votes, vote)}


def _committee_talk(facts: Facts, act: Act, _seq: int) -> Changes:
    return {"talks": (*facts.talks, Talk(act.on, act.text("talker_is") or "organizer"))}


def _decided(facts: Facts, act: Act, seq: int) -> Changes:
    purpose, is_approved = act.purpose or "admission", act.flag("approved", default=True)
    decided = next((v for v in reversed(facts.votes) if v.purpose == purpose and v.outcome == "passed"), None)
    changes: Changes = {
        "decisions": (*facts.decisions, Decision(seq, act.on, purpose, is_approved)),
        "votes": tuple(replace(v, decided_on=act.on) if v is decided else v for v in facts.votes),
    }
    if is_approved and purpose == "admission":
        changes.update(admitted_on=decided.on if decided else None, probation_on=act.on)
    if is_approved and purpose == "extension":
        changes.update(extended_months=decided.months if decided else 0, requested_on=None)
    return changes


def _lapsed(facts: Facts, act: Act, _seq: int) -> Changes:
    return {"votes": settled(facts, act.on)}


def _deferred(_facts: Facts, act: Act, _seq: int) -> Changes:
    return {"deferred_on": act.on, "deferred_until": act.day("until")}


def _transferred(facts: Facts, act: Act, _seq: int) -> Changes:
    branch = act.text("to_branch")
    moved: Changes = {
        "branch": branch,
        "branches": (*facts.branches, (act.on, branch)) if branch else facts.branches,
        "contacts": (),
        "contacts_on": None,
    }
    if facts.stage in {"probation", "extended_probation"}:
        moved["moved_in_on"] = act.on
    return moved


def _suspended(facts: Facts, act: Act, _seq: int) -> Changes:
    return {"pauses": (*facts.pauses, Pause(act.on))}


def _resumed(facts: Facts, act: Act, _seq: int) -> Changes:
    if not facts.is_suspended:
        return {}
    return {"pauses": (*facts.pauses[:-1], replace(facts.pauses[-1], resumed_on=act.on))}


EFFECTS: Mapping[str, EffectOf] = {
    "application_received": _received,
    "transferred_in": _transferred_in,
    "details_changed": lambda facts, act, _seq: _person(facts, act),
    "talk_held": _talked,
    "recommended": _recommended,
    "activist_decided": _activist,
    "activist_filed": _dated("activist_filed_on"),
    "contacts_assigned": _contacts,
    "review_recorded": _reviewed,
    "thought_report_received": _reported,
    "paper_received": _paper,
    "opinions_heard": _opinions,
    "target_proposed": _dated("proposed_on"),
    "target_consented": _dated("consented_on"),
    "target_filed": _dated("listed_on"),
    "target_listed": _dated("listed_on"),
    "notice_posted": _posted,
    "notice_closed": _notice_closed,
    "objection_received": _objected,
    "objection_concluded": _objection_concluded,
    "sponsors_named": _sponsors,
    "political_review_concluded": _political_review,
    "training_completed": _trained,
    "papers_submitted": _dated("submitted_on"),
    "papers_returned": lambda _facts, _act, _seq: {"submitted_on": None},
    "branch_examined": _passed("examination"),
    "inspected": _passed("inspection"),
    "preexamined": _passed("preexamination"),
    "department_preexamined": _passed("department"),
    "form_issued": _form,
    "theory_tested": _passed("theory"),
    "meeting_voted": _voted,
    "general_branch_deliberated": _dated("deliberated_on"),
    "committee_talk_held": _committee_talk,
    "approval_prolonged": _dated("prolonged_on"),
    "approval_lapsed": _lapsed,
    "committee_decided": _decided,
    "filed_with_department": _dated("filed_on"),
    "assigned_to_group": _dated("group_on"),
    "oath_taken": _dated("oath_on"),
    "conversion_requested": _dated("requested_on"),
    "conversion_deferred": _deferred,
    "file_archived": _dated("archived_on"),
    "transferred": _transferred,
    "suspended": _suspended,
    "resumed": _resumed,
}

"""What every act is judged by: its stage, its order, its day, who records and who confirms."""

from datetime import date

from workflows.case import Case
from workflows.edition import ActKind
from workflows.facts import Facts
from workflows.findings import Breach
from workflows.openness import is_open, lapse_day
from workflows.rules.registry import rule
from workflows.votes import body_majority


@rule("stage_allows")
def is_allowed_in_stage(case: Case) -> Breach | None:
    """The act is open in the stage of the dossier (sections 1 and 2 of the contract)."""
    kind = case.edition.acts.get(case.act.do)
    if case.facts is None:
        return None if kind is not None and kind.begins else Breach(found="-")
    if is_open(case.facts, case.act, case.ground):
        return None
    facts = case.facts
    if facts.is_suspended and kind is not None and facts.stage in kind.stages(case.act.purpose):
        return Breach(found=facts.stage, variant="suspended", values={"since": facts.pauses[-1].on})
    if case.act.do == "approval_lapsed" and facts.stage == "approval":
        return Breach(found=facts.stage, needed=lapse_day(facts, case.on, case.ground), variant="not_lapsed")
    return Breach(found=facts.stage)


@rule("order_of_acts")
def follows_what_it_rests_on(case: Case) -> Breach | None:
    """No act is dated before an act that it rests on; the same day will do."""
    facts, kind = case.facts, case.edition.acts.get(case.act.do)
    if facts is None or kind is None or case.act.do == "corrected":
        return None
    after = [(on, name) for on, name in _rests_on(case, facts, kind) if on > case.on]
    if after:
        latest, name = max(after)
        return Breach(found=case.on, needed=latest, earliest=latest, values={"rests_on": name})
    if case.on < facts.opened_on:
        return Breach(found=case.on, needed=facts.opened_on, variant="begun")
    if kind.leaves(facts.stage) and case.on < facts.stage_on:
        return Breach(found=case.on, needed=facts.stage_on, earliest=facts.stage_on, variant="stage")
    return None


def _rests_on(case: Case, facts: Facts, kind: ActKind) -> list[tuple[date, str]]:
    """A step rests on the last acts of each kind, a record on the first; a conclusion on its objection."""
    if case.act.do == "objection_concluded":
        number = case.act.count("objection")
        return [(o.on, "objection_received") for o in facts.objections if o.number == number]
    days = facts.last_on if kind.moves_a_stage else facts.first_on
    return [(days[name], name) for name in kind.rests_on if name in days]


@rule("not_in_future")
def has_happened(case: Case) -> Breach | None:
    """An act is recorded on its day or later (civil days in Asia/Shanghai)."""
    recorded_on = case.act.recorded_on
    if case.on <= recorded_on:
        return None
    return Breach(found=case.on, needed=recorded_on)


@rule("in_charge")
def is_in_charge(case: Case) -> Breach | None:
    """The recording organization owns the dossier on that day, or is above the one that does."""
    org = case.act.org
    if org is None or case.facts is None:
        return None
    owner = case.facts.branch_at(case.on)
    if owner is None or org == owner or org in case.around.superiors:
        return None
    return Breach(found=org, needed=owner)


@rule("separate_persons")
def persons_are_separate(case: Case) -> Breach | None:
    """Who confirms has recorded neither this act nor the branch's vote.

    Nobody corrects an act of their own. A stand-in counts as the one who is stood in for.
    """
    act, as_one = case.act, case.around.one_with
    if act.do == "corrected":
        original = case.around.corrects_by
        is_own = original is not None and original in {act.by, act.confirmed_by, *as_one}
        return Breach(variant="corrected") if is_own else None
    confirmer = act.confirmed_by
    if confirmer is None:
        return None
    if confirmer == act.by:
        return Breach(variant="recorder")
    voted = [v.by for v in case.known.votes if v.purpose == act.purpose][-1:]
    is_voter = act.do == "committee_decided" and not {confirmer, *as_one}.isdisjoint(voted)
    return Breach(variant="voted") if is_voter else None


@rule("decision_majority")
def majority_decides(case: Case) -> Breach | None:
    """More than half of the members are present and more than half of all members are for (practice).

    Without any count the body is taken as full and unanimous.
    """
    act = case.act
    members, present, for_ = act.count("members"), act.count("present"), act.count("for")
    if members is None and present is None and for_ is None:
        return None
    if act.do == "committee_decided" and not act.flag("approved", default=True):
        return None
    if act.do == "preexamined" and not act.flag("passed", default=True):
        return None
    if members is None or present is None or for_ is None:
        return Breach(variant="incomplete")
    if body_majority(members, present, for_):
        return None
    return Breach(found=for_, needed=members // 2 + 1, values={"members": members, "present": present})


@rule("vote_pending")
def no_vote_is_pending(case: Case) -> Breach | None:
    """With a passed vote that the committee has not decided nobody moves (Art. 12)."""
    vote = case.known.pending
    return Breach(found=vote.on) if vote else None


@rule("recorded_late")
def is_recorded_in_time(case: Case) -> Breach | None:
    """An act is recorded within the working days of `late_entry.working_days` after it.

    Later it is marked.
    """
    recorded_on, most = case.act.recorded_on, case.settings.late_entry_working_days
    if recorded_on <= case.on or case.ground.is_past(case.on, recorded_on=recorded_on):
        return None
    days = case.calendar.working_days_after(case.on, recorded_on)
    return None if days <= most else Breach(found=days, needed=most, values={"recorded_on": recorded_on})


@rule("superseded_edition")
def cites_the_edition_in_force(case: Case) -> Breach | None:
    """A paper cites the edition that was in force on its day."""
    cites = case.act.cites
    return Breach(found=cites, needed=case.edition.id) if cites and cites < case.edition.id else None

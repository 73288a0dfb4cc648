"""One dossier in a scan: judged as a file of the past, and made small for the rules over many."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from workflows.acts import Act
from workflows.dates import plus_months
from workflows.deadlines import CULTIVATED, paused_days
from workflows.facts import Facts
from workflows.findings import Finding
from workflows.fold import Folded, fold_history
from workflows.ground import Ground
from workflows.judge import has_override
from workflows.past import AroundOf, judge_past, standing_acts
from workflows.scan.register import NOTHING_KNOWN, Admission, Identity, Ripe, Summary, Traits
from workflows.scan.registry import WITHIN, Entries, Irregularity, irregularity

UnitsOf = Callable[[str], tuple[tuple[str, ...], str | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A dossier with what its own acts do not say. `units_of`: of a branch, all above it and who approves."""

    dossier: str
    person: str
    branch: str | None
    acts: Sequence[Act]
    traits: Traits = NOTHING_KNOWN
    identities: tuple[Identity, ...] = ()


def judge_file(file: File, ground: Ground, around: AroundOf) -> tuple[Irregularity, ...]:
    """What the acts in force break, lack and show together; what a superior answers for is left out."""
    in_force = dict(_in_force(file.acts, fold_history(file.acts, ground)))
    without = frozenset(range(len(file.acts))) - frozenset(in_force)
    found = [
        Irregularity(finding=finding, dossier=file.dossier, unit=file.branch, act=index)
        for index, finding in judge_past(file.acts, ground, around, without=without)[1]
        if not _is_answered_for(in_force[index], finding, ground)
    ]
    entries = Entries(dossier=file.dossier, acts=tuple(in_force.items()), ground=ground)
    for rule_id, judge in WITHIN.items():
        found += (replace(irregularity(rule_id, seen, ground), unit=file.branch) for seen in judge(entries))
    return tuple(found)


def _in_force(acts: Sequence[Act], folded: Folded) -> list[tuple[int, Act]]:
    """Superseded and fallen acts are shown in the history and have no effect: they break nothing."""
    return [
        (index, act)
        for index, act in standing_acts(acts)
        if act.do != "corrected" and folded.effects[index] == "in_force"
    ]


def _is_answered_for(act: Act, finding: Finding, ground: Ground) -> bool:
    """Accepted at the time under an override: a named person of the superior organization answers for it."""
    return has_override(act) and ground.edition_on(act.on).rules[finding.rule].live == "override"


def summary_of(file: File, ground: Ground, units_of: UnitsOf) -> Summary | None:
    """None: no act begins the dossier."""
    folded = fold_history(file.acts, ground)
    facts = folded.facts
    if facts is None:
        return None
    stage = facts.stage
    return Summary(
        dossier=file.dossier,
        person=file.person,
        branch=facts.branch or file.branch,
        opened_on=facts.opened_on,
        is_open=stage == "full_member" or ground.edition_on(facts.stage_on).stages[stage].phase != "ended",
        form=facts.form,
        form_on=facts.form_on,
        admission=_admission(file, facts, _in_force(file.acts, folded), units_of),
        ripe=tuple(_ripe(file, facts, ground)),
        traits=file.traits,
        identities=file.identities,
    )


def _admission(
    file: File, facts: Facts, in_force: Sequence[tuple[int, Act]], units_of: UnitsOf
) -> Admission | None:
    decisions = [one for one in facts.decisions if one.purpose == "admission" and one.approved]
    if not decisions:
        return None
    decided_on = decisions[-1].on
    voted_on = facts.admitted_on or decided_on
    branch = facts.branch_at(voted_on) or file.branch
    units, committee = units_of(branch) if branch else ((), None)
    decided = [
        act for _, act in in_force if act.name == "committee_decided admission" and act.on == decided_on
    ]
    return Admission(
        voted_on=voted_on,
        decided_on=decided_on,
        units=units,
        committee=committee,
        sponsors=facts.sponsors,
        is_overridden=any(has_override(act) for act in decided),
    )


def _ripe(file: File, facts: Facts, ground: Ground) -> Iterator[Ripe]:
    """Each time of being ripe, cut where the person moved to another branch."""
    for first, until in _on_the_road(facts):
        months = ground.settings_on(first).cultivation_months
        ripe_on = plus_months(first, months) + timedelta(days=paused_days(facts, first))
        moves = [(on, branch) for on, branch in facts.branches if until is None or on < until]
        if not moves and file.branch:
            moves = [(facts.opened_on, file.branch)]
        ends = [*(on for on, _ in moves[1:]), until]
        for (on, branch), end in zip(moves, ends, strict=True):
            begins = max(on, ripe_on)
            if end is None or begins < end:
                yield Ripe(branch=branch, first=begins, until=end)


def _on_the_road(facts: Facts) -> Iterator[tuple[date, date | None]]:
    """From the decision as activist to the admission, the way out or the end of cultivation."""
    begun: date | None = None
    for on, stage in facts.stages:
        if stage in CULTIVATED:
            begun = begun or on
        elif begun is not None:
            yield begun, on
            begun = None
    if begun is not None:
        yield min(begun, facts.activist_on or begun), None

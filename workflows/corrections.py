"""What a correction brings about: what its replacement breaks, what falls, what a rule would now refuse.

A correction is accepted all the same; these findings only warn (section 2 of the contract).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from workflows.acts import Act
from workflows.around import Around
from workflows.case import case_of
from workflows.facts import Facts
from workflows.findings import Breach, Finding
from workflows.fold import corrected_acts, fold_history
from workflows.ground import Ground
from workflows.judge import finding_of, judge


def findings_of_correction(
    acts: Sequence[Act], correction: Act, ground: Ground, around: Around
) -> tuple[Finding, ...]:
    """`acts` are all acts before the correction.

    The findings come in the order of the acts that they speak of.
    """
    after = fold_history((*acts, correction), ground)
    before = fold_history(acts, ground)
    standing = corrected_acts((*acts, correction))
    stood = corrected_acts(acts)
    changed = [index for index in range(len(acts)) if standing[index] != stood[index]]
    lasting = replace(around, plan=None, forms_in_use=frozenset())
    found: list[Finding] = []
    for index in range(min(changed, default=len(acts)), len(acts)):
        act = standing[index]
        if act is None or act.do == "corrected":
            continue
        facts = fold_history(_until(acts, correction, index), ground).facts
        if after.effects[index] == "fallen" and before.effects[index] != "fallen":
            found.append(_fallen(facts, act, ground, lasting))
        elif after.effects[index] == "in_force":
            found.extend(
                _refused_now(facts, act, ground, lasting, before=None if index in changed else stood[:index])
            )
    return tuple(found)


def _until(acts: Sequence[Act], correction: Act, index: int) -> tuple[Act, ...]:
    """The acts before `index`, with every correction there is, as they stand after this one."""
    standing = corrected_acts((*acts, correction))
    return tuple(act for act in standing[:index] if act is not None and act.do != "corrected")


def _fallen(facts: Facts | None, act: Act, ground: Ground, around: Around) -> Finding:
    case = case_of(facts, act, ground, around)
    breach = Breach(found=act.on, variant="fallen", values={"act": act.name}, severity="warn")
    return finding_of(case, "stage_allows", case.edition.rules["stage_allows"], breach, past=False)


def _refused_now(
    facts: Facts | None, act: Act, ground: Ground, around: Around, *, before: Sequence[Act | None] | None
) -> Iterator[Finding]:
    """What a rule blocks now; of a later act only what it did not block on the acts that stood `before`."""
    now = judge(case_of(facts, act, ground, around)).findings
    known = {"recorded_late"}  # a replacement is judged as on its own day
    if before is not None:
        earlier = tuple(one for one in before if one is not None and one.do != "corrected")
        then = fold_history(earlier, ground).facts
        known |= {finding.rule for finding in judge(case_of(then, act, ground, around)).findings}
    for finding in now:
        if finding.rule not in known:
            values = {**finding.values, "act": act.name, "on": act.on}
            yield replace(finding, severity="warn", values=values)

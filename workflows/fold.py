"""Facts as a fold of acts: each act in force changes what is established, in the order of recording."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from workflows.acts import Act
from workflows.edition import BEGINNING
from workflows.effects import EFFECTS
from workflows.facts import Facts
from workflows.ground import Ground
from workflows.openness import is_open
from workflows.outcomes import outcome_of
from workflows.returns import Changes, fallen_back
from workflows.timers import timers_after
from workflows.topology import topology_of

Effect = Literal["in_force", "superseded", "fallen"]

# From a stage that does not know them they lead nowhere, in files of the past as well.
LEADS_BACK = frozenset(
    {"transferred", "target_removed", "objection_concluded", "activist_removed", "target_refused"}
)


@dataclass(frozen=True, slots=True)
class Folded:
    """`effects` has one entry for each act, in their order."""

    facts: Facts | None
    effects: tuple[Effect, ...]


def destination(facts: Facts | None, act: Act, ground: Ground, *, past: bool) -> str | None:
    """The stage that the act leads to from where the dossier is; None where it moves nothing.

    In a file of the past (`past`), whose acts have gaps, an act leads where it leads from its own stage.
    """
    edition = ground.edition_on(act.on)
    topology = topology_of(edition.id)
    stage = facts.stage if facts else BEGINNING
    outcome = outcome_of(act, facts, ground.settings_on(act.on)) if facts else act.text("stage")
    to = topology.leads_to(stage, act.do, outcome)
    kind = edition.acts.get(act.do)
    if to is not None or not past or kind is None or act.do in LEADS_BACK:
        return to
    is_at_home = stage in kind.stages(act.purpose) or (kind.begins and facts is not None)
    return None if is_at_home else topology.natural_end(act.do, outcome)


def fold(facts: Facts | None, act: Act, ground: Ground, *, past: bool = False) -> Facts:
    """The facts after an act that is in force. A correction cannot be folded alone: use `fold_history`.

    Without `facts` the act begins the dossier; ValueError if it is one that cannot.
    """
    is_lenient = past or ground.is_lenient(act)
    to = destination(facts, act, ground, past=is_lenient)
    if facts is None:
        if to is None:
            if not is_lenient:
                raise ValueError(f"{act.do} does not begin a dossier")
            to = "applicant"
        facts = Facts(stage=to, stages=((act.on, to),), opened_on=act.on, branch=act.org)
        facts = replace(facts, branches=((act.on, act.org),) if act.org else ())
        return _after(facts, act, ground, to=to, seq=1, entered=True)
    return _after(facts, act, ground, to=to, seq=facts.version + 1, entered=False)


def _after(facts: Facts, act: Act, ground: Ground, *, to: str | None, seq: int, entered: bool) -> Facts:
    effect = EFFECTS.get(act.do)
    changes: Changes = effect(facts, act, seq) if effect else {}
    if to is not None and not entered and to != facts.stage:
        changes = {**fallen_back(facts, to, act.on), **changes}
        changes["stage"] = to
        changes["stages"] = (*facts.stages, (act.on, to))
        if _is_end(ground, act.on, to):
            changes["ended_on"] = act.on
    changes["version"] = seq
    changes["last_recorded_on"] = act.recorded_on
    changes["first_on"] = _with_day(facts.first_on, act, earliest=True)
    changes["last_on"] = _with_day(facts.last_on, act, earliest=False)
    changes["timers"] = timers_after(facts, act, to, changes, seq)
    return facts.changed(changes)


def _is_end(ground: Ground, on: date, stage: str) -> bool:
    return ground.edition_on(on).stages[stage].phase == "ended"


def _with_day(days: Mapping[str, date], act: Act, *, earliest: bool) -> Mapping[str, date]:
    held = days.get(act.do)
    if held is not None and (held <= act.on) == earliest and held != act.on:
        return days
    return {**days, act.do: act.on}


def fold_history(acts: Sequence[Act], ground: Ground, *, past: bool = False) -> Folded:
    """All acts of a dossier in their order, with the corrections applied.

    Later acts that a corrected stage no longer allows fall (no effect), the replacement stands where the old
    act stood.
    """
    standing, effects = _corrected(acts)
    facts: Facts | None = None
    for index, act in enumerate(standing):
        if act is None or effects[index] == "superseded" or act.do == "corrected":
            facts = _counted(facts, acts[index], index + 1)
            continue
        is_past = past or ground.is_lenient(act)
        is_allowed = is_past or (_begins(act, ground) if facts is None else is_open(facts, act, ground))
        if not is_allowed:
            effects[index] = "fallen"
            facts = _counted(facts, acts[index], index + 1)
            continue
        facts = fold(facts, act, ground, past=is_past)
        facts = _counted(facts, acts[index], index + 1)
    return Folded(facts, tuple(effects))


def _begins(act: Act, ground: Ground) -> bool:
    kind = ground.edition_on(act.on).acts.get(act.do)
    return kind is not None and kind.begins


def corrected_acts(acts: Sequence[Act]) -> tuple[Act | None, ...]:
    """Each act as it stands after all corrections.

    Itself, its replacement, or None where it was taken back.
    """
    return tuple(_corrected(acts)[0])


def _corrected(acts: Sequence[Act]) -> tuple[list[Act | None], list[Effect]]:
    """From the last act to the first: of several corrections of an act the last one that stands counts."""
    standing: list[Act | None] = list(acts)
    effects: list[Effect] = ["in_force"] * len(acts)
    instead: dict[int, Act | None] = {}
    for index in reversed(range(len(acts))):
        if index in instead:
            replacement = instead[index]
            standing[index] = replacement and replace(replacement, org=replacement.org or acts[index].org)
            effects[index] = "in_force" if replacement else "superseded"
        act = standing[index]
        target = (act.count("act") or 0) - 1 if act is not None and act.do == "corrected" else -1
        if act is not None and 0 <= target < index:
            instead.setdefault(target, act.replacement)
    return standing, effects


def _counted(facts: Facts | None, act: Act, version: int) -> Facts | None:
    """The version counts every act of the record, in force or not."""
    if facts is None:
        return None
    return facts.changed({"version": version, "last_recorded_on": act.recorded_on})

"""The `transitions` machine of an edition: which act leads where, and nothing else.

One machine an edition, built once; no conditions, no callbacks, no jumps. An arrow's trigger is the
act's kind, with the outcome where the act has several ("preexamined:passed").
"""

from functools import lru_cache

from transitions import Machine

from workflows.edition import BEGINNING, Edition, load_edition


class Topology:
    """`leads_to` answers where an act with that outcome leads from a stage; None where it leads nowhere."""

    def __init__(self, edition: Edition) -> None:
        self.machine = Machine(
            model=None,
            states=[BEGINNING, *edition.stages],
            initial=BEGINNING,
            auto_transitions=False,
            send_event=False,
        )
        seen: set[tuple[str, str]] = set()
        for act_id, act in edition.acts.items():
            for move in act.moves:
                trigger = f"{act_id}:{move.when}" if move.when else act_id
                for source in move.sources:
                    if (trigger, source) in seen:
                        raise ValueError(f"two arrows {trigger} from {source}")
                    seen.add((trigger, source))
                    self.machine.add_transition(trigger, source, move.to)
        self._ends = {
            (source, *_act_and_outcome(trigger)): transition.dest
            for trigger, event in self.machine.events.items()
            for source, transitions in event.transitions.items()
            for transition in transitions
        }
        self._natural = {
            (act_id, move.when): move.to for act_id, act in edition.acts.items() for move in act.moves
        }

    def leads_to(self, stage: str, do: str, outcome: str | None) -> str | None:
        return self._ends.get((stage, do, outcome)) or self._ends.get((stage, do, None))

    def natural_end(self, do: str, outcome: str | None) -> str | None:
        """Where the act leads from the stage it belongs to: for files of the past, whose stages have gaps."""
        return self._natural.get((do, outcome)) or self._natural.get((do, None))


def _act_and_outcome(trigger: str) -> tuple[str, str | None]:
    do, _, outcome = trigger.partition(":")
    return do, outcome or None


@lru_cache(maxsize=8)
def topology_of(edition_id: str) -> Topology:
    return Topology(load_edition(edition_id))


def mermaid(edition: Edition, *, ways_out: bool) -> str:
    """The drawing of an edition's stages and the acts between them, as Mermaid text.

    Without `ways_out` only the road to full membership and what leads back on it.
    """
    drawn = [
        stage_id
        for stage_id, stage in edition.stages.items()
        if ways_out or stage.phase != "ended" or stage_id == "full_member"
    ]
    arrows: dict[tuple[str, str], list[str]] = {}
    for act_id, act in edition.acts.items():
        for move in act.moves:
            for source in move.sources:
                if move.to in drawn and (ways_out or act_id not in _ON_EVERY_STAGE):
                    arrows.setdefault((source, move.to), []).append(act_id)
    used = {stage_id for pair in arrows for stage_id in pair}
    lines = ["stateDiagram-v2"]
    lines += [f"    {stage_id}: {edition.stages[stage_id].en}" for stage_id in drawn if stage_id in used]
    for (source, to), acts in arrows.items():
        start = "[*]" if source == BEGINNING else source
        lines.append(f"    {start} --> {to}: {', '.join(dict.fromkeys(acts))}")
    return "\n".join(lines) + "\n"


_ON_EVERY_STAGE = frozenset({"target_removed", "transferred", "transferred_in"})

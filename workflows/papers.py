"""The papers of a dossier beside those that local rules ask for: there, unsigned, or missing."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

from workflows.acts import SHANGHAI, Act
from workflows.around import Around
from workflows.case import case_of
from workflows.facts import Facts
from workflows.ground import Ground
from workflows.rules.vetting import is_asked, is_there
from workflows.setting_values import PaperRule

State = Literal["received", "unsigned", "missing", "not_asked"]


@dataclass(frozen=True, slots=True)
class Required:
    """One required paper with its condition; "unsigned": it came, without signature or day."""

    rule: PaperRule
    state: State


def required_papers(facts: Facts, ground: Ground, around: Around, on: date) -> tuple[Required, ...]:
    """In the order of the setting `papers.required` of that day."""
    act = Act(do="papers_submitted", on=on, recorded_at=datetime.combine(on, time(), tzinfo=SHANGHAI))
    case = case_of(facts, act, ground, around)

    def state(rule: PaperRule) -> State:
        if not is_asked(case, rule):
            return "not_asked"
        if is_there(case, rule):
            return "received"
        came = any(one.kind == rule.kind and not (one.signed and one.dated) for one in facts.papers)
        return "unsigned" if came else "missing"

    return tuple(Required(rule, state(rule)) for rule in case.settings.papers_required)

"""Forty rules on one dossier beside forty compiled closures over the same facts.

uv run python -m benchmarks.closures
"""

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from benchmarks.judging import AROUND, GROUND, act, folded, road
from benchmarks.rounds import measure
from workflows.case import Case, case_of
from workflows.facts import Facts
from workflows.rules import RULES

ROUNDS = 25
COUNT = 40
Closure = Callable[[Facts, date], bool]


def closures() -> list[Closure]:
    """What a compiler would leave of forty simple rules: an attribute, a comparison, a constant."""

    def follows(name: str) -> Closure:
        def judge(facts: Facts, on: date) -> bool:
            day = getattr(facts, name)
            return day is not None and day <= on

        return judge

    days = (
        "received_on",
        "talk_on",
        "activist_on",
        "proposed_on",
        "listed_on",
        "sponsors_on",
        "form_on",
        "opened_on",
    )
    return [follows(days[number % len(days)]) for number in range(COUNT)]


def main() -> None:
    facts = folded(road())
    on = date(2016, 6, 29)
    decision = act("committee_decided", on, purpose="admission", approved=True, members=9, present=8, for_=8)
    case: Case = case_of(facts, decision, GROUND, replace(AROUND, born=date(1990, 1, 1)))
    rules = [rule for rule in RULES.values() if rule.known is None or rule.known(case)][:COUNT]
    compiled = closures()
    assert len(rules) == len(compiled) == COUNT

    def bare() -> int:
        for _ in range(500):
            for judge in compiled:
                judge(facts, on)
        return 500

    def judged() -> int:
        for _ in range(200):
            for rule in rules:
                if rule.asked is None or rule.asked(case):
                    rule.judge(case)
        return 200

    names = (f"{COUNT} compiled closures", f"{COUNT} rules, each with its reasons")
    sys.stdout.write(measure(dict(zip(names, (bare, judged), strict=True)), rounds=ROUNDS) + "\n")


if __name__ == "__main__":
    main()

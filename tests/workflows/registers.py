"""Registers to scan: summaries of dossiers with what a test is about, and nothing else."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import count
from typing import Any

from tests.workflows.builders import a_ground, day
from workflows.scan.register import Admission, Known, Register, Ripe, Summary
from workflows.scan.registry import ACROSS, Irregularity
from workflows.scan.whole import judge_register, not_checked

BRANCH, COMMITTEE, COUNTY = "b1", "c1", "county"
_numbers: Iterator[int] = count(1)
LATER = "2030-01-01"


def admission(on: str, *, branch: str = BRANCH, **given: Any) -> Admission:
    """Voted and decided on one day, under the committee c1."""
    values: dict[str, Any] = {"units": (branch, COMMITTEE, COUNTY), "committee": COMMITTEE, **given}
    return Admission(voted_on=day(on), decided_on=day(on), **values)


def a_summary(**given: Any) -> Summary:
    number = next(_numbers)
    values: dict[str, Any] = {"branch": BRANCH, "opened_on": day("2014-06-10"), **given}
    return Summary(**{"dossier": f"d{number}", "person": f"p{number}", **values})


def admitted(on: str, *, branch: str = BRANCH, person: dict[str, Any] | None = None, **given: Any) -> Summary:
    return a_summary(branch=branch, admission=admission(on, branch=branch, **given), **(person or {}))


def every_day(first: str, heads: int, **given: Any) -> list[Summary]:
    """As many admissions as heads, one on each day."""
    return [admitted((day(first) + timedelta(days=n)).isoformat(), **given) for n in range(heads)]


def ripe(first: str, until: str | None = None, *, branch: str = BRANCH) -> Summary:
    stay = Ripe(branch=branch, first=day(first), until=day(until) if until else None)
    return a_summary(branch=branch, ripe=(stay,))


def a_register(summaries: Iterable[Summary], *, on: str = LATER, **known: Any) -> Register:
    return Register(on=day(on), ground=a_ground(), summaries=tuple(summaries), known=Known(**known))


def seen(rule: str, summaries: Iterable[Summary], *, on: str = LATER, **known: Any) -> list[Irregularity]:
    assert rule in ACROSS
    found = judge_register(a_register(summaries, on=on, **known))
    return [one for one in found if one.finding.rule == rule]


def is_checked(rule: str, summaries: Iterable[Summary], *, on: str = LATER, **known: Any) -> bool:
    return rule not in not_checked(a_register(summaries, on=on, **known))


def first_day(one: Irregularity) -> date:
    value = one.finding.values["first"]
    assert isinstance(value, date)
    return value

"""The table of irregularities is true: each number, each rule, and where each is found."""

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from workflows.edition import EDITIONS, load_edition
from workflows.past import RULES_OF_FILES
from workflows.rules import RULES
from workflows.scan import RULES_OF_REGISTERS
from workflows.scan.register import Thresholds

PAGE = (Path(__file__).parents[2] / "docs" / "irregularities.md").read_text(encoding="utf-8")
LAWS = [load_edition(edition) for edition in EDITIONS]
DEADLINES = {name for law in LAWS for name in law.deadlines}
LIVE = {name for law in LAWS for name, rule in law.rules.items() if rule.live != "-"}
REGISTERED = {*RULES, *RULES_OF_FILES, *RULES_OF_REGISTERS}


def rows() -> Iterator[tuple[str, set[str], set[str], str]]:
    """Number, rules and deadlines, where, remark."""
    for line in PAGE.splitlines():
        if re.match(r"\| F[0-9]", line):
            number, _, rules, where, remark = (cell.strip() for cell in line.strip("|").split("|"))
            yield number, set(re.findall(r"`([a-z_]+)`", rules)), set(where.split(", ")), remark


ROWS = {number: (rules, where, remark) for number, rules, where, remark in rows()}


def test_each_number_of_the_catalogue_stands_in_the_table_once() -> None:
    assert [number for number, *_ in rows()] == [f"F{number:02}" for number in range(1, 81)]


@pytest.mark.parametrize("number", sorted(ROWS))
def test_a_row_names_only_rules_and_deadlines_that_there_are_and_says_where(number: str) -> None:
    names, where, remark = ROWS[number]

    assert names <= REGISTERED | DEADLINES
    assert ("live" in where) == bool(names & LIVE)
    assert ("file" in where) == bool(names & (set(RULES) | RULES_OF_FILES))
    assert ("scan" in where) == bool(names & RULES_OF_REGISTERS)
    assert ("deadline" in where) == bool((names & DEADLINES) - REGISTERED)
    if not names:
        assert where in ({"checklist"}, {"computed"})
        assert remark


def test_every_rule_is_named() -> None:
    assert set(re.findall(r"`([a-z_]+)`", PAGE)) >= REGISTERED


@pytest.mark.parametrize("name", [field.name for field in fields(Thresholds)])
def test_every_threshold_is_listed_with_its_default(name: str) -> None:
    (line,) = (line for line in PAGE.splitlines() if line.startswith("| `") and f"`{name}`" in line)
    names, defaults = (cell.strip() for cell in line.strip("|").split("|")[:2])
    listed = dict(zip(re.findall(r"`([a-z_]+)`", names), defaults.split(" / "), strict=True))

    assert listed[name] == str(getattr(Thresholds(), name))

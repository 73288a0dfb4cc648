"""Changed facts are those that `dataclasses.replace` would give, and the old ones stay as they were."""

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest

from tests.workflows.builders import road
from workflows.facts import Facts

CHANGES: dict[str, Any] = {
    "stage": "ended",
    "version": 99,
    "ended_on": date(2027, 1, 1),
    "timers": (),
    "branches": (),
}


@pytest.mark.parametrize("name", [one.name for one in fields(Facts)])
def test_each_fact_can_be_changed_alone(name: str) -> None:
    facts = road("2026", "committee_talk_held").known
    value: Any = object()

    assert facts.changed({name: value}) == replace(facts, **{name: value})


def test_several_facts_change_at_once_and_the_old_ones_stay() -> None:
    facts = road("2026", "committee_talk_held").known
    before = replace(facts)

    assert facts.changed(CHANGES) == replace(facts, **CHANGES)
    assert facts == before


def test_a_fact_that_does_not_exist_cannot_be_changed() -> None:
    facts = road("2026", "committee_talk_held").known

    with pytest.raises(AttributeError):
        facts.changed({"unheard_of": 1})

"""A year's admissions against the places and the shares of its plan."""

from dataclasses import replace
from typing import Any

import pytest

from tests.workflows.builders import day
from tests.workflows.registers import COMMITTEE, admitted, is_checked, seen
from workflows.scan.register import PlanOfYear, Share, Summary, Traits
from workflows.words import render_finding

EXCEEDED, COMPOSITION = "plan_exceeded", "plan_composition"
WOMEN = Share(group="women", label="女党员", percent=45)


def a_plan(total: int = 9, *shares: Share) -> tuple[PlanOfYear, ...]:
    return (PlanOfYear(committee=COMMITTEE, year=2016, total=total, shares=shares),)


def voted(
    heads: int, *, on: str = "2016-06-30", traits: dict[str, Any] | None = None, **given: Any
) -> list[Summary]:
    return [admitted(on, person={"traits": Traits(**(traits or {}))}, **given) for _ in range(heads)]


@pytest.mark.parametrize(("heads", "is_found"), [(8, False), (9, False), (10, True)])
def test_a_year_keeps_to_the_places_of_its_plan(heads: int, is_found: bool) -> None:
    found = seen(EXCEEDED, voted(heads), plans=a_plan(9))

    assert [(one.unit, one.year, one.finding.found, one.finding.needed) for one in found] == (
        [(COMMITTEE, 2016, 10, 9)] if is_found else []
    )


def test_who_was_admitted_under_an_override_is_answered_for() -> None:
    assert seen(EXCEEDED, [*voted(9), *voted(2, is_overridden=True)], plans=a_plan(9)) == []
    found = seen(EXCEEDED, [*voted(10), *voted(2, is_overridden=True)], plans=a_plan(9))
    assert [one.finding.values["answered"] for one in found] == [2]


def test_only_the_committees_own_admissions_of_that_year_count() -> None:
    others = [*voted(5, on="2015-12-31"), *voted(5, on="2017-01-01"), *voted(5, committee="c2")]

    assert seen(EXCEEDED, [*voted(9), *others], plans=a_plan(9)) == []


@pytest.mark.parametrize(
    ("on", "is_found"), [("2016-06-29", False), ("2016-06-30", True), ("2016-07-01", True)]
)
def test_who_has_been_voted_on_counts_from_the_decision(on: str, is_found: bool) -> None:
    voted_on = day("2016-06-01")
    ten = [
        replace(one, admission=one.admission and replace(one.admission, voted_on=voted_on))
        for one in voted(10)
    ]

    assert bool(seen(EXCEEDED, ten, on=on, plans=a_plan(9))) is is_found


def test_a_year_in_which_the_edition_changed_is_judged_by_that_of_its_last_decision() -> None:
    plan = (PlanOfYear(committee=COMMITTEE, year=2026, total=1, shares=(WOMEN,)),)
    men = {"traits": {"sex": "male"}}
    year = [*voted(1, on="2026-05-11", **men), *voted(1, on="2026-05-10", **men)]

    found = [*seen(EXCEEDED, year, plans=plan), *seen(COMPOSITION, year, plans=plan)]

    assert [(one.finding.edition, one.finding.article) for one in found] == [("2026", "3"), ("2026", "local")]


@pytest.mark.parametrize(("women", "is_found"), [(4, True), (5, False), (6, False)])
def test_a_share_is_rounded_up(women: int, is_found: bool) -> None:
    """45 per cent of nine are 4.05: five."""
    year = [*voted(women, traits={"sex": "female"}), *voted(9 - women, traits={"sex": "male"})]

    found = seen(COMPOSITION, year, plans=a_plan(9, WOMEN))

    assert [(one.finding.found, one.finding.needed) for one in found] == ([(4, 5)] if is_found else [])


def test_a_share_that_was_missed_is_said_in_the_words_of_the_plan() -> None:
    found = seen(COMPOSITION, voted(9, traits={"sex": "male"}), plans=a_plan(9, WOMEN))

    assert render_finding(found[0].finding, "zh") == (
        "当地规定：计划要求“女党员”占百分之45：全年接收 9 人，应有 5 人，只有 0 人。"
    )
    assert found[0].finding.severity == "low"


@pytest.mark.parametrize(
    ("on", "is_found"), [("2016-12-30", False), ("2016-12-31", True), ("2017-01-01", True)]
)
def test_shares_are_judged_when_the_year_is_over(on: str, is_found: bool) -> None:
    men = voted(3, traits={"sex": "male"})

    assert bool(seen(COMPOSITION, men, on=on, plans=a_plan(9, WOMEN))) is is_found


@pytest.mark.parametrize(("heads", "is_found"), [(8, False), (9, True), (10, True)])
def test_shares_are_judged_when_the_places_are_used(heads: int, is_found: bool) -> None:
    men = voted(heads, traits={"sex": "male"})

    assert bool(seen(COMPOSITION, men, on="2016-07-01", plans=a_plan(9, WOMEN))) is is_found


def test_a_year_without_an_admission_has_no_shares() -> None:
    assert seen(COMPOSITION, [], plans=a_plan(9, WOMEN)) == []


def test_what_is_not_known_of_the_persons_is_said_and_not_held_against_them() -> None:
    unknown = [*voted(4, traits={"sex": "female"}), *voted(1), *voted(4, traits={"sex": "male"})]
    enough = [*voted(5, traits={"sex": "female"}), *voted(4)]

    assert seen(COMPOSITION, unknown, plans=a_plan(9, WOMEN)) == []
    assert not is_checked(COMPOSITION, unknown, plans=a_plan(9, WOMEN))
    assert is_checked(COMPOSITION, enough, plans=a_plan(9, WOMEN))
    assert not is_checked(COMPOSITION, enough)
    assert not is_checked(EXCEEDED, enough)


@pytest.mark.parametrize(
    ("group", "traits", "belongs"),
    [
        ("under_35", {"born": day("1980-06-30")}, False),  # 36 on the day of the vote
        ("under_35", {"born": day("1980-07-01")}, True),  # 35, for one more day
        ("under_35", {"born": day("1990-05-18")}, True),
        ("under_35", {}, None),
        ("high_school", {"education": "junior_high"}, False),
        ("high_school", {"education": "senior_high"}, True),
        ("high_school", {}, None),
        ("front_line", {"category": "farmer_herder"}, True),
        ("front_line", {"category": "institution"}, False),
        ("front_line", {"category": "enterprise"}, None),
        ("ethnic_minority", {"is_minority": True}, True),
        ("ethnic_minority", {"is_minority": False}, False),
        ("ethnic_minority", {}, None),
        ("women", {"sex": "male"}, False),
        ("a_group_of_their_own", {"sex": "female"}, None),
    ],
)
def test_who_belongs_to_a_group(group: str, traits: dict[str, Any], belongs: bool | None) -> None:
    plans = a_plan(1, Share(group=group, label="组", percent=100))
    one = voted(1, traits=traits)

    assert bool(seen(COMPOSITION, one, plans=plans)) is (belongs is False)
    assert is_checked(COMPOSITION, one, plans=plans) is (belongs is not None)

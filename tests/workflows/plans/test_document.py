"""A plan's text: what is wrong with it is said with its line, and nothing is loaded by half."""

import pytest

from tests.workflows.plans.builders import DATA, GOOD, TOWNSHIP, changed, good
from workflows.errors import UnreadableText
from workflows.plans.document import read_plan


def test_the_townships_plan_is_read_whole() -> None:
    plan = read_plan(TOWNSHIP, name="township-2016.yaml")

    assert (plan.total, plan.year, len(plan.milestones), len(plan.papers)) == (9, 2016, 6, 6)
    assert [one.percent for one in plan.composition] == [45, 80, 80, 70, 20]
    assert plan.milestones[4].steps == ("notice_posted admission", "notice_closed admission")


WRONG = [
    ("total: 4", "total: four", "whole number"),
    ("total: 4\n", "", "total"),
    ("total: 4", "total: -1", "0 at least"),
    ("total: 4", "total: 4\ntotal: 5", "twice"),
    ("total: 4", "total: 4\ntotl: 5", "no such entry"),
    ("on: 2016-03-01", "on: 2016-02-30", "2016-02-30"),
    ("on: 2016-03-01", "on: 2019-03-01", "not of the year 2016"),
    ("on: 2016-03-01, ", "", "give on"),
    ("on: 2016-03-01", "on: 2016-03-01, from: 2016-03-01", "give on"),
    ("on: 2016-03-01", "from: 2016-03-01", "give on"),
    ("to: 2016-03-11", "to: 2016-03-06", "before from"),
    ("acts: [branch_examined]", "acts: [branch_examind]", "unknown act branch_examind"),
    ("acts: [branch_examined]", "acts: branch_examined", "list"),
    ("purpose: admission", "purpose: admision", "choose from"),
    ("id: vetting", "id: proposal", "'proposal' stands twice"),
    ("category: school", "category: farmer", "'farmer' stands twice"),
    ("percent: 50", "percent: 101", "100 at most"),
    ("comparison: about", "comparison: roughly", "choose from about, at_least"),
    ("min: 2, max: 3", "min: 4, max: 3", "min 4 is above max 3"),
    ("publicity.admission.days: 5", "publicity.admission.day: 5", "publicity.admission.day"),
    ("publicity.admission.days: 5", "publicity.admission.days: many", "many"),
    ("year: 2016", 'year: 2016\nedition: "1999"', "unknown edition 1999"),
]


@pytest.mark.parametrize(("right", "wrong", "said"), WRONG)
def test_what_is_wrong_is_said_with_file_and_line(right: str, wrong: str, said: str) -> None:
    with pytest.raises(UnreadableText) as refused:
        changed(right, wrong)

    assert said in refused.value.message("en")
    for language in ("zh", "en"):
        assert refused.value.message(language).startswith(f"plan.yaml:{refused.value.line}: ")


@pytest.mark.parametrize("text", ["", "- 1", "plan: [", "a: &a [1]\nb: *b", "x" * 3_000_000])
def test_what_is_no_plan_at_all_is_refused(text: str) -> None:
    with pytest.raises(UnreadableText):
        read_plan(text, name="plan.yaml")


def test_an_anchor_bomb_is_refused_before_it_is_built() -> None:
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12)
    )

    with pytest.raises(UnreadableText) as refused:
        read_plan(bomb, name="plan.yaml")

    assert refused.value.what == "too_many_nodes"


def test_a_period_counts_both_ends() -> None:
    vetting = good().milestones[1]

    assert (vetting.span.days, vetting.steps) == (5, ("political_review_concluded", "training_completed"))


def test_the_copies_of_the_shared_data_read_as_they_stand() -> None:
    assert {path.name for path in DATA.iterdir()} == {
        "township-2016.yaml",
        "two-new-organizations.yaml",
        "scoring.yaml",
    }
    assert GOOD.count("id:") == len(good().milestones)

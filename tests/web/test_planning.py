"""The schedule, the places of a year, the registers and the queues on their pages."""

from typing import Any

import pytest

from recruit.commands.plans import SetPlan, set_plan
from tests.web.conftest import Counter
from tests.web.township import Township
from workflows.texts import read_yaml_located

DOCUMENT = """
plan: demo
year: 2016
total: 9
allocations: [{category: farmer_herder, label: 农牧民, places: 9}]
composition: [{group: women, label: 女党员, percent: 45, given: 5}]
milestones:
  - {id: inspection, label: 镇党委考察, from: 2016-06-09, to: 2016-06-12, acts: [inspected]}
  - {id: committee_meeting, label: 党委会, on: 2016-06-15, acts: [preexamined]}
"""


@pytest.fixture
def plan(town: Township) -> None:
    document: Any = read_yaml_located(DOCUMENT, name="plan")[0]
    set_plan(town.context("liu"), SetPlan(committee=town.places["township"], year=2016, document=document))


@pytest.mark.usefixtures("plan")
def test_the_schedule_shows_holidays_steps_and_what_the_linter_says_of_each(secretary: Counter) -> None:
    page = secretary.text("/plans/2016")

    assert page.count("镇党委考察") >= 5
    for shown in ("端午放假", "补班", "few_working_days", "missing_step", "派人谈话", "订阅到手机日历"):
        assert shown in page
    assert "2016年7月" in secretary.text("/plans/2016?month=7")


@pytest.mark.parametrize(
    "path", ["/plans/2016?month=13", "/plans/2016?month=x", "/plans/1900", "/queues?queue=x"]
)
def test_what_cannot_be_shown_is_not_found(organizer: Counter, path: str) -> None:
    assert organizer.get(path).status_code == 404


@pytest.mark.usefixtures("plan")
def test_each_number_of_the_quota_leads_to_its_arithmetic_on_the_page(organizer: Counter) -> None:
    page = organizer.text("/quota/2016")

    assert "9 人的 45% = 4.05，取 5 人" in page
    for anchor in ("all", "c-farmer_herder", "g-women"):
        assert f'href="#{anchor}"' in page
        assert f'id="{anchor}"' in page


def test_a_branch_sees_no_numbers_of_the_whole_committee(secretary: Counter) -> None:
    assert secretary.get("/quota/2016").status_code == 403
    assert secretary.get("/queues").status_code == 403


def test_a_year_without_a_plan_says_so(organizer: Counter) -> None:
    assert "这一年还没有计划" in organizer.text("/quota/2015")
    assert "这一年还没有计划" in organizer.text("/plans/2015")


def test_a_register_has_its_page_number_who_printed_it_and_nothing_sealed(organizer: Counter) -> None:
    page = organizer.text("/registers?register=activists")

    assert "<td>王秀兰</td>" in page
    for shown in ("第 1 页，共 1 页", "打印人：刘敏", "负责人（签字）", "周海波、赵敏", "没有核对码"):
        assert shown in page
    assert "<td>王秀兰</td>" not in organizer.text("/registers?register=activists&on=2014-09-09")
    assert "读不懂" in organizer.text("/registers?on=never")


def test_the_desk_of_the_committee_leads_to_each_queue_with_its_number(organizer: Counter) -> None:
    assert 'href="/queues?queue=consent"' in organizer.text("/")
    assert "这里没有人在等" in organizer.text("/queues?queue=decision")

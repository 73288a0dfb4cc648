"""The reserve with its lead time, and the composition with its arithmetic."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflows.plans.builders import GOOD, TOWNSHIP, changed, good, law_of
from workflows.dates import LeapRule, plus_months
from workflows.plans.document import read_plan
from workflows.plans.funnel import composition_of, funnel_of, latest_start
from workflows.words.plans import render_funnel

ONE = timedelta(days=1)


def test_nine_places_in_june_need_18_to_27_activists_of_a_year_before() -> None:
    funnel = funnel_of(law_of(read_plan(TOWNSHIP, name="township-2016.yaml")))

    assert (funnel.places, funnel.least, funnel.most) == (9, 18, 27)
    assert (funnel.proposal_on, funnel.activist_by) == (date(2016, 6, 8), date(2015, 6, 8))
    assert render_funnel(funnel, "en") == (
        "9 places by 2016-06-08 need 18 to 27 activists whose time began by 2015-06-08."
    )
    assert render_funnel(funnel, "zh") == (
        "2016年6月8日 前提出的 9 个名额，要有 18 至 27 名积极分子，最晚 2015年6月8日 确定。"
    )


def test_a_local_wait_before_the_decision_moves_the_day_of_the_application() -> None:
    plan = changed("unit: working}", "unit: working, application.to_activist_months: 3}")

    funnel = funnel_of(law_of(plan))

    assert (funnel.activist_by, funnel.applied_by) == (date(2015, 3, 1), date(2014, 12, 1))
    assert "applied by 2014-12-01" in str(render_funnel(funnel, "en"))
    assert "2014年12月1日 递交申请" in str(render_funnel(funnel, "zh"))


def test_who_has_the_year_by_the_proposal_is_ready() -> None:
    funnel = funnel_of(law_of(good()))
    days = [date(2015, 2, 28), date(2015, 3, 1), date(2015, 3, 2)]

    assert funnel.ready(days) == 2
    assert funnel.short_by(days) == 6
    assert funnel.short_by([date(2014, 1, 1)] * 9) == 0


def test_without_a_day_or_a_reserve_nothing_is_said() -> None:
    without_day = read_plan(
        "plan: d\nyear: 2016\ntotal: 1\nreserve: {per_admission: {min: 2, max: 3}}", name="p"
    )
    without_reserve = read_plan(GOOD.replace("reserve: {", "priorities: {"), name="p")

    assert funnel_of(law_of(without_day)).activist_by is None
    assert render_funnel(funnel_of(law_of(without_day)), "en") is None
    assert render_funnel(funnel_of(law_of(without_reserve)), "en") is None


@pytest.mark.parametrize(
    ("end", "start"),
    [
        ("2016-06-08", "2015-06-08"),
        ("2025-02-28", "2024-02-29"),  # a year from the leap day is over on the 28th
        ("2024-02-29", "2023-02-28"),
        ("2024-02-28", "2023-02-28"),
    ],
)
def test_the_last_start_of_a_year_that_ends_then(end: str, start: str) -> None:
    assert latest_start(date.fromisoformat(end), 12) == date.fromisoformat(start)


@given(
    end=st.dates(date(1990, 1, 1), date(2060, 12, 31)),
    months=st.integers(0, 60),
    rule=st.sampled_from(["clamp", "roll_forward"]),
)
def test_the_last_start_is_the_inverse_of_adding_months(end: date, months: int, rule: LeapRule) -> None:
    start = latest_start(end, months, leap_rule=rule)

    assert plus_months(start, months, leap_rule=rule) <= end
    assert plus_months(start + ONE, months, leap_rule=rule) > end


def test_a_share_shows_how_it_was_counted() -> None:
    plan = read_plan(TOWNSHIP, name="township-2016.yaml")

    women = composition_of(plan, now={"women": 2}, in_line={"women": 2})[0]

    assert (women.required, women.now, women.if_all_pass, women.missing) == (5, 2, 4, 1)
    assert women.arithmetic == "45 % × 9 = 4.05 → 5"


def test_a_share_that_is_reached_lacks_nobody() -> None:
    plan = read_plan(TOWNSHIP, name="township-2016.yaml")

    shares = composition_of(plan, now=dict.fromkeys(("women", "under_35"), 9), in_line={})

    assert [one.missing for one in shares] == [0, 0, 8, 7, 2]
    assert shares[1].arithmetic == "80 % × 9 = 7.2 → 8"

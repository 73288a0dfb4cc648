"""Duties of organizations: once in each period, and by the number of staff."""

from datetime import date, timedelta

import pytest

from tests.workflows.plans.builders import DATA
from workflows.calendar import china_calendar
from workflows.errors import UnreadableText
from workflows.plans.arithmetic import head_count_duty
from workflows.plans.duties import DutyDone, duties_of, duty_kinds, read_head_count_duties

TIERS = (DATA / "two-new-organizations.yaml").read_text(encoding="utf-8")
NEW = read_head_count_duties(TIERS, name="two-new-organizations.yaml")


@pytest.mark.parametrize("boundary", NEW.boundaries, ids=lambda one: str(one["head_count"]))
def test_a_new_organization_owes_by_its_staff(boundary: dict[str, int]) -> None:
    owed = boundary["activists"], boundary["admissions"]

    assert NEW.of(boundary["head_count"]) == owed
    assert head_count_duty(boundary["head_count"]) == owed


def test_nobody_owes_nothing_and_less_than_nobody_is_refused() -> None:
    assert NEW.of(0) == (0, 0)
    with pytest.raises(ValueError, match="-1"):
        NEW.of(-1)


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("to: 49", "to: 48", "does not follow to 48"),
        ("to: 49", "to: 50", "does not follow to 50"),
        ("to: 49", "to: null", "does not follow"),
        ("from: 1,   to: 49", "from: 1,   to: 0", "too small"),
        ("to: null, activists", "to: 500, activists", "no upper end"),
        ("activists_at_least: 3", "activists_at_least: some", "whole number"),
    ],
)
def test_tiers_follow_each_other_without_gap_or_overlap(right: str, wrong: str, said: str) -> None:
    assert right in TIERS

    with pytest.raises(UnreadableText, match=said) as refused:
        read_head_count_duties(TIERS.replace(right, wrong, 1), name="tiers.yaml")
    assert refused.value.line is not None


def statuses(kind: str, done: list[str], on: str, *, since: str = "2025-01-01") -> list[str]:
    deeds = tuple(DutyDone(kind, date.fromisoformat(day), "演示材料") for day in done)
    today = date.fromisoformat(on)
    kinds = {kind: duty_kinds()[kind]}
    found = duties_of(kinds, date.fromisoformat(since), today, deeds, china_calendar())
    return [one.status(today) for one in found]


@pytest.mark.parametrize(
    ("on", "status"),
    [
        ("2025-12-20", "open"),
        ("2025-12-21", "due_soon"),
        ("2025-12-31", "due_soon"),
        ("2026-01-01", "overdue"),
    ],
)
def test_a_yearly_duty_is_due_on_the_last_day_of_its_year(on: str, status: str) -> None:
    assert statuses("activist_analysis", [], on)[0] == status


def test_a_duty_is_met_by_the_deed_of_its_own_period() -> None:
    assert statuses("activist_course", ["2025-12-31"], "2026-02-01") == ["met", "open"]
    assert statuses("activist_course", ["2026-01-01"], "2026-02-01") == ["met_late", "open"]
    assert statuses("activist_course", ["2025-06-01", "2025-07-01"], "2025-08-01") == ["met"]


def test_a_half_yearly_duty_has_two_periods() -> None:
    assert statuses("half_year_report", ["2025-06-30"], "2025-12-31") == ["met", "due_soon"]
    assert statuses("half_year_report", ["2025-07-01", "2025-12-01"], "2025-12-31") == ["met_late", "met"]


def test_the_ladder_of_a_yearly_duty_reminds_in_november_december_and_january() -> None:
    due = date(2026, 12, 31)

    for kind in duty_kinds().values():
        if kind.period == "year":
            days = [due + timedelta(days=rung) for rung in kind.ladder]
            assert days == [date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)]

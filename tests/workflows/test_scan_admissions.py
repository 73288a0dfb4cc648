"""Too many admissions at once, or none for years, in a branch, under a committee, before an election."""

import pytest

from tests.workflows.builders import day
from tests.workflows.registers import (
    BRANCH,
    COMMITTEE,
    admitted,
    every_day,
    first_day,
    is_checked,
    ripe,
    seen,
)
from workflows.scan.register import Thresholds
from workflows.words import render_finding

RUSH, ELECTION, NONE = "rush_admissions", "rush_before_election", "none_for_years"


@pytest.mark.parametrize(
    ("apart", "is_rush"), [("2015-06-29", True), ("2015-06-30", True), ("2015-07-01", False)]
)
def test_a_rush_lies_within_thirty_days_both_ends_counted(apart: str, is_rush: bool) -> None:
    year = [*every_day("2015-06-01", 4), admitted(apart), *every_day("2015-01-05", 3)]

    assert bool(seen(RUSH, year)) is is_rush


@pytest.mark.parametrize(("elsewhen", "is_rush"), [(4, True), (5, False), (6, False)])
def test_a_rush_is_more_than_half_of_the_year(elsewhen: int, is_rush: bool) -> None:
    year = [*every_day("2015-12-01", 5), *(admitted(f"2015-{1 + month:02}-02") for month in range(elsewhen))]

    assert [one.unit for one in seen(RUSH, year)] == ([BRANCH] if is_rush else [])


@pytest.mark.parametrize(("heads", "is_rush"), [(4, False), (5, True), (6, True)])
def test_fewer_than_five_in_a_branch_are_one_ordinary_round(heads: int, is_rush: bool) -> None:
    assert bool(seen(RUSH, every_day("2015-06-20", heads))) is is_rush


@pytest.mark.parametrize(("heads", "is_rush"), [(9, False), (10, True), (11, True)])
def test_fewer_than_ten_under_a_committee_are_one_ordinary_round(heads: int, is_rush: bool) -> None:
    round_ = [admitted("2016-06-30", branch=f"b{number}") for number in range(heads)]

    assert [one.unit for one in seen(RUSH, round_)] == ([COMMITTEE] if is_rush else [])


def test_the_fullest_days_of_each_year_are_told_with_what_was_found_and_needed() -> None:
    rush = seen(RUSH, [*every_day("2015-12-20", 12), *every_day("2016-12-26", 6), admitted("2016-02-01")])
    told = {(one.unit, one.year): one for one in rush}

    assert set(told) == {(BRANCH, 2015), (COMMITTEE, 2015), (BRANCH, 2016)}
    assert told[BRANCH, 2015].finding.found == 12
    assert first_day(told[BRANCH, 2016]) == day("2016-12-26")
    assert (told[BRANCH, 2016].finding.found, told[BRANCH, 2016].finding.needed) == (6, 3)
    assert told[BRANCH, 2016].finding.severity == "medium"
    assert render_finding(told[BRANCH, 2016].finding, "zh") == (
        "第三条：2016年12月26日到2016年12月31日接收了 6 人，全年接收 7 人，超过百分之50，"
        "请核对是不是突击发展。"
    )


def test_the_days_of_a_rush_end_with_its_last_vote_within_thirty_days() -> None:
    year = [*every_day("2015-06-01", 5), admitted("2015-06-20"), admitted("2015-07-01")]

    (rush,) = seen(RUSH, year)

    assert (rush.finding.found, rush.finding.values["last"]) == (6, day("2015-06-20"))


def test_what_counts_as_a_rush_may_be_set() -> None:
    few = every_day("2015-06-20", 3)

    assert seen(RUSH, few) == []
    assert seen(RUSH, few, thresholds=Thresholds(rush_branch=3)) != []


@pytest.mark.parametrize(
    ("first", "is_rush"),
    [
        ("2016-12-01", True),
        ("2016-12-02", True),
        ("2016-11-30", False),
    ],  # 90 days before 1 March are 1 December
)
def test_the_ninety_days_before_an_election(first: str, is_rush: bool) -> None:
    voted = [admitted(first), admitted("2017-02-27"), admitted("2017-02-28")]
    elections = {BRANCH: (day("2017-03-01"),)}

    assert bool(seen(ELECTION, voted, elections=elections)) is is_rush


@pytest.mark.parametrize(
    ("last", "is_rush"), [("2017-02-28", True), ("2017-03-01", False), ("2017-03-02", False)]
)
def test_the_day_of_the_election_and_those_after_it_belong_to_no_rush(last: str, is_rush: bool) -> None:
    voted = [admitted("2017-02-01"), admitted("2017-02-02"), admitted(last)]

    assert bool(seen(ELECTION, voted, elections={BRANCH: (day("2017-03-01"),)})) is is_rush


@pytest.mark.parametrize(("earlier", "is_rush"), [(2, True), (3, False), (4, False)])
def test_half_of_the_twelve_months_before_an_election_is_no_rush(earlier: int, is_rush: bool) -> None:
    voted = [*every_day("2017-02-01", 3), *every_day("2016-03-01", earlier), *every_day("2016-02-01", 9)]

    found = seen(ELECTION, voted, elections={COMMITTEE: (day("2017-03-01"),)})
    assert [(one.unit, one.finding.severity) for one in found] == ([(COMMITTEE, "high")] if is_rush else [])


def test_who_is_admitted_on_the_day_of_the_election_is_not_of_the_twelve_months_before_it() -> None:
    voted = [*every_day("2017-02-01", 3), *every_day("2017-03-01", 3)]

    (rush,) = seen(ELECTION, voted, elections={BRANCH: (day("2017-03-01"),)})

    assert rush.finding.values["total"] == 3


def test_without_a_day_of_an_election_nothing_is_found_and_the_scan_says_so() -> None:
    voted = every_day("2017-02-01", 3)

    assert seen(ELECTION, voted) == []
    assert not is_checked(ELECTION, voted)
    assert is_checked(ELECTION, voted, elections={BRANCH: (day("2017-03-01"),)})


@pytest.mark.parametrize(
    ("on", "is_found"), [("2018-06-01", False), ("2018-06-02", True), ("2018-06-03", True)]
)
def test_three_years_without_an_admission_though_somebody_was_ripe(on: str, is_found: bool) -> None:
    found = seen(NONE, [ripe("2015-06-02")], on=on)

    assert [(one.unit, one.finding.found, one.finding.needed) for one in found] == (
        [(BRANCH, day("2015-06-02"), day("2018-06-02"))] if is_found else []
    )


def test_an_admission_ends_the_years_without_one_and_they_begin_anew() -> None:
    branch = [ripe("2015-06-02"), admitted("2016-07-01")]

    assert seen(NONE, branch, on="2019-06-30") == []
    assert seen(NONE, branch, on="2019-07-01") != []
    assert seen(NONE, [ripe("2015-06-02"), admitted("2016-07-01", branch="b2")], on="2018-06-02") != []


@pytest.mark.parametrize(
    ("second", "is_found"), [("2016-12-31", True), ("2017-01-01", True), ("2017-01-02", False)]
)
def test_a_day_on_which_nobody_was_ripe_breaks_the_years(second: str, is_found: bool) -> None:
    relay = [ripe("2015-06-02", "2017-01-01"), ripe(second)]

    assert bool(seen(NONE, relay, on="2019-06-02")) is is_found


def test_nobody_is_ripe_who_has_left() -> None:
    assert seen(NONE, [ripe("2012-06-02", "2019-01-01")], on="2019-06-02") == []
    assert seen(NONE, [ripe("2012-06-02", "2019-01-01")], on="2019-01-01") == []
    assert seen(NONE, [ripe("2012-06-02", "2019-01-01")], on="2018-12-31") != []


def test_those_who_are_ripe_now_are_counted() -> None:
    found = seen(
        NONE, [ripe("2015-06-02"), ripe("2018-01-01"), ripe("2014-01-01", "2016-01-01")], on="2019-06-02"
    )

    assert [one.finding.values["ripe"] for one in found] == [2]
    assert "现有 2 人" in render_finding(found[0].finding, "zh")


def test_who_is_ripe_from_today_counts_and_takes_over_from_who_leaves_today() -> None:
    (found,) = seen(NONE, [ripe("2015-06-02", "2019-06-02"), ripe("2019-06-02")], on="2019-06-02")

    assert (found.finding.found, found.finding.values["ripe"]) == (day("2015-06-02"), 1)

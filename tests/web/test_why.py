"""The page that explains a deadline: the days, the reasons, the sources, what changed meanwhile."""

import re
from datetime import UTC, date, datetime

import pytest

from recruit.commands.calendar import (
    AddCalendarRow,
    PublishCalendarYear,
    add_calendar_row,
    publish_calendar_year,
)
from tests.web.conftest import Counter
from tests.web.township import Township

NOTICE = "演示放假安排通知"


def why(counter: Counter, town: Township, name: str, deadline: str) -> str:
    return counter.text(f"/dossiers/{town.dossiers[name]}/why/{deadline}")


def plain(page: str) -> str:
    return re.sub(r"<[^>]+>", "", page)


def enter(town: Township, day: str, *, working: bool, on: datetime, reason: str = "") -> None:
    row = AddCalendarRow(
        on=date.fromisoformat(day), is_working=working, source=NOTICE, name="", reason=reason
    )
    add_calendar_row(town.context("sysadmin", on), row)


def test_a_month_is_shown_as_weeks_with_its_due_day_and_the_day_after(
    organizer: Counter, town: Township
) -> None:
    page = why(organizer, town, "马国强", "talk")  # received on 3 May 2016

    assert "2016年6月3日（周五）24 时满" in page
    assert 'class="days weeks"' in page
    assert "起点，不算" in page
    assert "第 31 天，24时满" in page
    assert "收到入党申请书。当天不算" in page
    assert "1 个月，数到同一天：2016年6月3日（31 天）" in page
    assert "第 1–30 天" in page  # one line of the phone's list


def test_half_a_year_is_shown_by_its_months_and_its_last_days(secretary: Counter, town: Township) -> None:
    page = why(secretary, town, "王秀兰", "review")

    assert "一个月一个月数" in page
    assert [f"满 {n} 个月" in page for n in range(1, 7)] == [True] * 6
    assert "最后几天，一天一天数" in page
    assert "国务院办公厅 2014、2015 年放假安排" in page


def test_the_earliest_day_of_a_proposal_is_explained_too(secretary: Counter, town: Township) -> None:
    page = why(secretary, town, "王秀兰", "cultivation")  # decided on 10 September 2014

    assert "最早哪一天可以提？" in page
    assert "2015年9月10日（周四）起" in page
    assert "第十三条" in page


def test_a_probation_that_has_not_begun_has_no_page(secretary: Counter, town: Township) -> None:
    assert secretary.get(f"/dossiers/{town.dossiers['王秀兰']}/why/probation").status_code == 404


def test_the_fifteen_working_days_of_an_objection_leave_weekends_out(
    organizer: Counter, town: Township
) -> None:
    town.act("王秀兰", "objection_received", date(2016, 6, 3), "liu", purpose="letter")

    page = why(organizer, town, "王秀兰", "objection")

    assert "第 15 天，24时满" in page
    assert "2016年6月27日（周一）24 时满" in page
    assert "补班，算" in page  # Sunday, 12 June
    assert re.search(r"端午放假：6月9日至11日", plain(page))


@pytest.fixture
def objected(town: Township) -> Township:
    town.act("王秀兰", "objection_received", date(2016, 6, 3), "liu", purpose="letter")
    return town


def test_a_day_entered_in_the_middle_is_told_with_what_it_changed(
    organizer: Counter, objected: Township
) -> None:
    enter(objected, "2016-06-15", working=False, on=datetime(2016, 6, 6, 1, tzinfo=UTC))

    page = plain(why(organizer, objected, "王秀兰", "objection"))

    assert "期间日历改过" in page
    assert f"6月6日（周一）录入：6月15日（周三）放假（{NOTICE}）" in page
    assert "最后一天从6月27日（周一）改到6月28日（周二）" in page
    assert f"6月15日（周三）放假：{NOTICE}，2016年6月6日录入" in page


def test_a_day_entered_before_is_a_source_and_no_change(organizer: Counter, objected: Township) -> None:
    enter(objected, "2016-06-15", working=False, on=datetime(2016, 6, 2, 1, tzinfo=UTC))

    page = plain(why(organizer, objected, "王秀兰", "objection"))

    assert "2016年6月28日（周二）24 时满" in page
    assert "期间日历改过" not in page
    assert f"{NOTICE}，2016年6月2日录入" in page


def test_a_year_without_a_notice_is_provisional_until_its_notice_is_entered(
    organizer: Counter, town: Township
) -> None:
    town.clock.move_to(datetime(2026, 12, 28, 1, tzinfo=UTC))
    town.act("马国强", "objection_received", date(2026, 12, 28), "liu", purpose="letter")
    organizer.log_in("liu")
    before = plain(why(organizer, town, "马国强", "objection"))
    publish = PublishCalendarYear(year=2027, source=NOTICE)
    publish_calendar_year(town.context("sysadmin", datetime(2026, 12, 28, 2, tzinfo=UTC)), publish)
    after = plain(why(organizer, town, "马国强", "objection"))

    assert "暂定：2027" in before
    assert f"{NOTICE}，2026年12月28日录入" in after
    assert "暂定" not in after

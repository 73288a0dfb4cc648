"""The administration at the counter: rolls, settings, organizations, calendar years, plans, state."""

import pytest
from flask import Flask

from recruit.tables import CalendarRow
from tests.web.conftest import Counter
from tests.web.township import Township
from web.demo.local_law import read_plan
from workflows.plans.written import write_plan

GOOD = "王一,女,1970-05-18,2001-07-01,2002-07-01\n丁二\t男\t1971年3月2日\t2001.7.1\t预备"


@pytest.fixture
def system(app: Flask) -> Counter:
    counter = Counter(app)
    counter.log_in("sysadmin")
    return counter


def count(town: Township, table: str) -> int:
    with town.record.reading() as connection:
        return int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() or 0)


def test_lines_are_shown_before_anybody_is_entered_and_entered_once(
    secretary: Counter, town: Township
) -> None:
    page = f"/rolls/{town.places['willow']}/add"
    before = count(town, "membership")

    looked = secretary.post(page, {"lines": GOOD, "step": "check"})
    hidden = secretary.hidden(looked)
    assert count(town, "membership") == before
    entered = secretary.send(page, {**hidden, "lines": GOOD, "step": "enter"})
    again = secretary.send(page, {**hidden, "lines": GOOD, "step": "enter"})

    assert looked.status_code == 200
    assert "录入 2 人" in looked.get_data(as_text=True)
    assert entered.status_code == 302
    assert again.status_code == 400
    assert count(town, "membership") == before + 2
    roll = secretary.text(f"/rolls/{town.places['willow']}")
    assert "1970年5月" in roll
    assert "1970年5月18日" not in roll


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("王一,女,1970-05-18,2001-07-01", "这一行有 4 项"),
        ("王一,不详,1970-05-18,2001-07-01,预备", "请写男或女"),
        ("王一,女,1970-02-30,2001-07-01,预备", "不是日期"),
        ("王一,女,1990-05-18,2001-07-01,预备", "不满18岁"),
        ("王一,女,1970-05-18,2016-06-08,预备", "还没有到"),
    ],
)
def test_each_wrong_line_says_why(secretary: Counter, town: Township, line: str, said: str) -> None:
    page = f"/rolls/{town.places['willow']}/add"

    answer = secretary.post(page, {"lines": f"{GOOD}\n{line}", "step": "enter"})

    assert answer.status_code == 400
    assert said in answer.get_data(as_text=True)
    assert count(town, "membership") == 8


def test_a_neighbours_roll_is_not_found_and_readers_are_offered_no_form(
    secretary: Counter, auditor: Counter, app: Flask, town: Township
) -> None:
    willow, north = (f"/rolls/{town.places[place]}" for place in ("willow", "north"))
    member = Counter(app)
    member.log_in("wang")

    assert secretary.get(north).status_code == 404
    assert secretary.get(f"{north}/add").status_code == 404
    for reader in (auditor, member):
        assert reader.get(willow).status_code == 200
        assert reader.get(f"{willow}/add").status_code == 403
        assert f"{willow}/add" not in reader.text(willow)


def test_the_roll_on_paper_has_its_heading_on_each_sheet(secretary: Counter, town: Township) -> None:
    page = f"/rolls/{town.places['willow']}"
    lines = "\n".join(
        f"演示{number:02},女,1970-{number % 12 + 1:02}-18,2001-07-01,预备" for number in range(12)
    )
    secretary.post(f"{page}/add", {"lines": lines, "step": "enter"})

    paper = secretary.text(f"{page}/paper")

    assert paper.count("负责人签字") == paper.count("<thead>") == 2
    assert "第 2 页，共 2 页" in paper
    assert "打印人：李建国" in paper


def test_a_penalty_takes_the_vote_on_the_page(secretary: Counter, town: Township) -> None:
    roll = f"/rolls/{town.places['willow']}"
    (href, *_others) = [one for one in secretary.text(roll).split('"') if one.startswith("/rolls/members/")]

    answer = secretary.post(href, {"do": "penalty", "penalty": "probation_within_party", "on": "2016-06-01"})

    assert answer.status_code == 302
    assert "留党察看，没有表决权" in secretary.text(roll)


def test_a_setting_says_what_it_moves_before_it_is_set(organizer: Counter, town: Township) -> None:
    page = f"/admin/settings/{town.places['township']}/thought_report.every"
    entries = {"value": "quarter", "valid_from": "2016-06-07"}

    looked = organizer.post(page, {**entries, "step": "check"})
    assert count(town, "setting_value") == 0
    answer = organizer.post(page, {**entries, "step": "set"})

    assert "其中 1 份档案的期限会变" in looked.get_data(as_text=True)
    assert answer.status_code == 302
    assert "青河镇党委，2016年6月7日起" in organizer.text(page)


def test_a_looser_value_names_whose_it_would_loosen(organizer: Counter, town: Township) -> None:
    above = f"/admin/settings/{town.places['township']}/late_entry.working_days"
    below = f"/admin/settings/{town.places['willow']}/late_entry.working_days"
    organizer.post(above, {"value": "2", "valid_from": "2016-06-07", "step": "set"})

    answer = organizer.post(below, {"value": "3", "valid_from": "2016-06-07", "step": "check"})

    assert answer.status_code == 400
    assert "“青河镇党委”定的" in answer.get_data(as_text=True)


def test_the_list_of_papers_is_set_line_by_line(organizer: Counter, town: Township) -> None:
    page = f"/admin/settings/{town.places['township']}/papers.required"
    lines: dict[str, object] = {
        "kind": ["autobiography", "", "league_recommendation"],
        "age": ["", "", "28"],
        "league": ["", "", "true"],
        "every": ["", "", ""],
    }

    answer = organizer.post(page, {**lines, "valid_from": "2016-06-07", "step": "set"})

    assert answer.status_code == 302
    assert "个人自传、团组织推优表（28 周岁以下（含），团员）" in organizer.text(page)


def test_a_reader_sets_nothing(app: Flask, town: Township) -> None:
    member = Counter(app)
    member.log_in("wang")
    page = f"/admin/settings/{town.places['township']}/review.months"

    answer = member.post(page, {"value": "3", "valid_from": "2016-06-07", "step": "set"}, page="/me")

    assert answer.status_code == 403
    assert 'name="valid_from"' not in member.text(page)
    assert count(town, "setting_value") == 0


def test_a_years_notice_is_looked_at_and_then_entered_and_published(system: Counter, town: Township) -> None:
    notice: dict[str, object] = {
        "lines": "2月5日至11日 休 春节\n2027-02-20 班",
        "source": "演示通知",
        "is_whole": "1",
    }

    looked = system.post("/admin/calendar/2027", {**notice, "step": "check"})
    assert count(town, CalendarRow.__tablename__) == 0
    answer = system.post("/admin/calendar/2027", {**notice, "step": "enter"})

    shown = looked.get_data(as_text=True)
    assert "依法是清明节，没有录成放假" in shown
    assert "依法是春节" not in shown
    assert answer.status_code == 302
    assert count(town, CalendarRow.__tablename__) == 8
    assert "在本系统公布：演示通知" in system.text("/admin/calendar/2027")


def test_a_day_of_another_year_or_a_line_that_is_none_enters_nothing(system: Counter, town: Township) -> None:
    for lines in ("2028-02-05 休 春节", "2月30日 休", "春节放假"):
        entries: dict[str, object] = {"lines": lines, "source": "演示通知", "step": "enter"}
        assert system.post("/admin/calendar/2027", entries).status_code == 400
    assert count(town, CalendarRow.__tablename__) == 0


def test_a_plan_is_checked_beside_its_lines_and_saved_as_a_version(
    organizer: Counter, town: Township
) -> None:
    page = f"/admin/plans/2016/{town.places['township']}"
    text = write_plan(read_plan())

    looked = organizer.post(page, {"text": text, "step": "check"})
    assert count(town, "plan") == 0
    for _version in range(2):
        assert organizer.post(page, {"text": text, "step": "save"}).status_code == 302

    line = next(one for one in looked.get_data(as_text=True).splitlines() if "- id: inspection" in one)
    assert "few_working_days" in line
    assert "第 2 稿" in organizer.text(page)
    assert "第 1 稿" in organizer.text(page)


def test_a_text_that_is_no_plan_says_its_line_and_is_not_saved(organizer: Counter, town: Township) -> None:
    page = f"/admin/plans/2016/{town.places['township']}"

    for text in ("year: 2016\ntotal: many", "plan: x\nyear: 2017\ntotal: 3"):
        assert organizer.post(page, {"text": text, "step": "save"}).status_code == 400
    made = organizer.post(
        page,
        {
            "step": "make",
            "total": "3",
            "places.school": "3",
            "act": "inspected",
            "first": "2016-06-13",
            "last": "",
        },
    )

    assert made.status_code == 200
    assert "on: 2016-06-13" in made.get_data(as_text=True)
    assert count(town, "plan") == 0


def test_who_is_missing_is_named_on_the_page_of_the_state(system: Counter, town: Township) -> None:
    before = system.text("/admin/state")
    with town.record.writing() as connection:
        connection.exec_driver_sql(
            "UPDATE \"grant\" SET to_on = '2016-01-01' WHERE role = 'branch_secretary'"
        )

    after = system.text("/admin/state")

    assert "空缺：支部书记" not in before
    assert after.count("空缺：支部书记") == 2
    assert "怎么办：" in after


def test_a_branch_is_added_and_closed_at_the_counter(system: Counter, town: Township) -> None:
    page = f"/admin/organizations/{town.places['township']}"
    added = system.post(page, {"do": "add", "name": "演示新支部", "kind": "branch"})
    branch = added.headers["Location"]

    refused = system.post(
        f"/admin/organizations/{town.places['willow']}", {"do": "close", "closed_on": "2016-06-07"}
    )
    closed = system.post(branch, {"do": "close", "closed_on": "2016-06-07"})

    assert refused.status_code == 400
    assert "份档案没有办结" in refused.get_data(as_text=True)
    assert closed.status_code == 302
    assert "2016年6月7日起撤销" in system.text("/admin/organizations")


@pytest.mark.parametrize(
    "path", ["/admin", "/admin/state", "/admin/calendar", "/admin/plans", "/admin/organizations"]
)
def test_a_branch_has_no_business_with_the_administration(secretary: Counter, path: str) -> None:
    assert secretary.get(path).status_code == 403

"""Duties and milestones at the counter: list, form, the day explained, desk, messages, call sheet."""

import re
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import update

from notifications.sweep import sweep
from recruit.commands.duties import RecordDuty, record_duty
from recruit.commands.plans import SetPlan, set_plan
from recruit.tables import Grant, Reminder
from tests.web.conftest import Counter
from tests.web.township import Township
from web.demo.local_law import read_plan

MORNING = datetime(2016, 6, 7, 0, 30, tzinfo=UTC)
REPORT = "half_year_report:2016-01-01"


@pytest.fixture
def planned(town: Township) -> Township:
    """The plan of 2016 is adopted, and the clock has ticked on the morning of 7 June."""
    adopted = datetime(2016, 1, 11, 2, tzinfo=UTC)
    plan = SetPlan(committee=town.places["township"], year=2016, document=read_plan())
    set_plan(town.context("liu", adopted), plan)
    sweep(town.record, MORNING)
    return town


def duty(town: Township, key: str = REPORT, place: str = "township") -> str:
    return f"/duties/{town.places[place]}/{key}"


def test_the_list_shows_duties_milestones_and_the_organizations_below(
    planned: Township, organizer: Counter
) -> None:
    page = organizer.text("/duties")

    assert "半年工作报告（2016年上半年）" in page
    assert "党委会议研究确定人选" in page
    assert "柳树村党支部" in page
    assert "名册核对（2016年）" in page


def test_a_branch_sees_its_own_duties_and_the_plans_milestones_and_no_others(
    planned: Township, secretary: Counter
) -> None:
    page = secretary.text("/duties")

    assert "名册核对（2016年）" in page
    assert "还有 1 人没有办" in page
    assert "北滩村党支部" not in page
    assert secretary.get(duty(planned, "register_review:2016-01-01", "north")).status_code == 404
    assert secretary.get(duty(planned)).status_code == 404
    assert secretary.get("/duties?year=1800").status_code == 404


def test_the_list_leads_to_no_year_in_which_nothing_is_owed(planned: Township, organizer: Counter) -> None:
    assert "/duties?year=" not in organizer.text("/duties")
    assert "/duties?year=2016" in organizer.text("/duties?year=2015")
    assert "/duties?year=2014" not in organizer.text("/duties?year=2015")


def test_a_duty_is_recorded_with_its_paper_and_then_corrected(planned: Township, organizer: Counter) -> None:
    path = duty(planned)

    done = organizer.post(f"{path}/done", {"on": "2016-06-06", "paper": "青党〔2016〕演示9号"}, page=path)
    page = organizer.text(path)
    again = organizer.post(f"{path}/done", {"on": "2016-06-05", "paper": "别的"}, page=path)
    new: dict[str, object] = {"reason": "wrong_day", "on": "2016-06-03", "paper": "青党〔2016〕演示9号"}
    corrected = organizer.post(f"{path}/correct", new, page=path)

    assert (done.status_code, again.status_code, corrected.status_code) == (302, 400, 302)
    assert "按时办了" in page
    assert "6月6日（周一）办的，刘敏记录" in page
    assert "这一期已经记过" in again.get_data(as_text=True)
    assert "6月3日（周五）办的" in organizer.text(path)


@pytest.mark.parametrize(
    ("on", "paper", "said"),
    [
        ("2016-06-08", "演示", "还没有到"),
        ("2015-12-31", "演示", "早于这一期的第一天"),
        ("2016-06-07", " ", "请填写文件编号"),
        ("soon", "演示", "请填写日期"),
    ],
)
def test_what_cannot_be_recorded_is_said_and_the_entries_stay(
    planned: Township, organizer: Counter, on: str, paper: str, said: str
) -> None:
    answer = organizer.post(f"{duty(planned)}/done", {"on": on, "paper": paper}, page=duty(planned))

    assert answer.status_code == 400
    assert said in answer.get_data(as_text=True)


def test_whoever_only_reads_has_no_form(planned: Township, auditor: Counter) -> None:
    page = auditor.text(duty(planned))

    assert "记为办完</button>" not in page
    token = auditor.post(f"{duty(planned)}/done", {"on": "2016-06-06", "paper": "演示"}, page="/")
    assert token.status_code == 403


def test_the_day_of_a_duty_and_of_a_milestone_is_explained(planned: Township, organizer: Counter) -> None:
    why = "/duties/why/" + planned.places["township"]

    of_duty, of_notice = organizer.text(f"{why}/{REPORT}"), organizer.text(f"{why}/2016:publicity")

    assert "2016年6月30日" in of_duty
    assert "每半年一次" in of_duty
    assert "5月31日（周二）、6月23日（周四）、7月1日（周五）" in of_duty
    assert "计划里是 3 天，其中 2 个工作日" in of_notice
    assert "6月15日（周三）、6月17日（周五）" in of_notice
    assert organizer.get(f"{why}/nothing:2016").status_code == 404


def test_a_milestone_of_tomorrow_stands_on_the_desk_with_one_button_until_its_act_is_done(
    planned: Township, secretary: Counter
) -> None:
    before = secretary.text("/")
    href = f'href="{duty(planned, "2016:branches_report").replace(":", "%3A")}"'

    assert "支委会推荐人选、上报材料" in before
    assert before.replace(":", "%3A").count(href.replace(":", "%3A")) == 1
    planned.act("王秀兰", "suspended", date(2016, 6, 7), reason="演示")
    assert "还有 1 人没有办" not in secretary.text("/")


def test_messages_list_what_an_organization_owes_with_its_own_page(
    planned: Township, secretary: Counter, organizer: Counter
) -> None:
    page = organizer.text("/messages")

    assert "半年工作报告（2016年上半年）" in page
    assert "支委会推荐人选、上报材料" in secretary.text("/messages")
    (href,) = set(re.findall(rf'href="(/duties/{planned.places["township"]}/half[^"]+)"', page))
    assert "半年工作报告" in organizer.text(href)
    done = RecordDuty(
        organization=planned.places["township"], key=REPORT, on=date(2016, 6, 6), paper="演示9号"
    )
    record_duty(planned.context("liu"), done)
    assert "半年工作报告" not in organizer.text("/messages")


def test_the_call_sheet_names_the_branch_that_has_not_read_and_keeps_who_rang(
    planned: Township, organizer: Counter, secretary: Counter
) -> None:
    page = organizer.text("/calls")
    action = organizer.hrefs(page, "/calls/")[0]
    whom = re.findall(r'name="whom" value="([^"]+)"', page)[0]

    answer = organizer.post(action, {"whom": whom, "result": "no_answer"}, page="/calls")
    organizer.post(action, {"whom": whom, "result": "no_answer"}, page="/calls")
    rung = organizer.text("/calls")
    organizer.post(action, {"whom": whom, "result": "answered"}, page="/calls")

    assert "李建国" in page
    assert answer.status_code == 302
    assert "没接，打了 2 次" in rung
    assert "刘敏，6月7日 09:00" in rung
    assert "没接，打了" not in organizer.text("/calls")


def test_a_reminder_that_was_read_needs_no_call(
    planned: Township, organizer: Counter, secretary: Counter
) -> None:
    for action in secretary.hrefs(secretary.text("/messages"), "/messages/"):
        secretary.post(action, {}, page="/messages")

    assert "李建国" not in organizer.text("/calls").partition("<main")[2]


def test_a_branch_without_a_log_in_is_on_the_sheet(town: Township, organizer: Counter) -> None:
    with town.record.writing() as connection:
        connection.execute(
            update(Grant).where(Grant.organization == town.places["willow"]).values(to_on=date(2016, 6, 1))
        )
    sweep(town.record, MORNING)

    page = organizer.text("/calls")

    assert "支部书记（没有账号）" in page
    assert "王秀兰：半年考察" in page


def test_the_secretary_has_a_list_of_those_to_be_told(
    town: Township, secretary: Counter, auditor: Counter
) -> None:
    sweep(town.record, MORNING)
    hand_on(town, town.people["周海波"])

    page = secretary.text("/calls")

    assert "请转告" in page
    assert "周海波" in page
    assert "王秀兰：半年考察" in page
    assert auditor.get("/calls").status_code == 403


def test_nobody_records_a_call_that_is_not_on_the_own_sheet(
    town: Township, secretary: Counter, organizer: Counter
) -> None:
    sweep(town.record, MORNING)
    hand_on(town, town.people["周海波"])
    action = secretary.hrefs(secretary.text("/calls"), "/calls/")[0]

    for counter, whom in ((secretary, town.people["马六"]), (secretary, "x")):
        counter.post(action, {"whom": whom, "result": "answered"}, page="/calls")

    assert "09:00" not in secretary.text("/calls").partition("<main")[2]


def hand_on(town: Township, person: str) -> None:
    """As the sweep writes it where a contact person has no account."""
    with town.record.writing() as connection:
        rows = connection.execute(
            Reminder.__table__.select().where(Reminder.recipient == town.users["li"])
        ).all()
        for row in rows:
            values = row.values[:-1] + f',"persons":["{person}"]}}'
            connection.execute(update(Reminder).where(Reminder.id == row.id).values(values=values))

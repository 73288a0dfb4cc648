"""The notice of 16 to 18 June 2016 on its pages: everybody's, the office's, and why it ends on its day."""

import re
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser
from sqlalchemy import select

from recruit.clock import MovedClock
from recruit.queries.notices import notices
from recruit.record import Record
from recruit.tables import Notice
from tests.web.conftest import CONFIG, Counter
from tests.web.demo.conftest import PASSWORD, Demo, Reading
from tests.web.test_accessibility import violations
from tests.web.test_browser import LANGUAGES, WIDTHS
from web.app import create_app
from web.demo.year import JUNE
from workflows.acts import SHANGHAI

MORNING_AFTER = datetime(2016, 6, 19, 8, 30, tzinfo=SHANGHAI)
PEOPLE = ["马国强", "马晓燕", "王秀兰", "古丽娜尔", "何伟", "陈志远", "赵红梅", "阿依古丽"]
TASK = r"<h4>(.+?)</h4>"
PERSON = r'<span class="who">(.+?)</span>.*?</span></td><td>(?:<span class="pill \w+">(.+?)</span>)?</td>'


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock(start=JUNE)


@pytest.fixture
def app(demo: Demo, clock: MovedClock, tmp_path: Path) -> Iterator[Flask]:
    folder = Path(shutil.copytree(demo.folder / "demo" / "june", tmp_path / "june"))
    with Record.open(folder, write=True) as record:
        yield create_app(record, clock, config=CONFIG)


@pytest.fixture
def path(june: Reading) -> str:
    with june.record.reading() as connection:
        return f"/public/notices/{connection.execute(select(Notice.code)).scalar_one()}"


def logged_in(app: Flask, login: str) -> Counter:
    counter = Counter(app)
    assert counter.log_in(login, PASSWORD).status_code == 302
    return counter


def plain(page: str) -> str:
    return re.sub(r"<[^>]+>", "", page)


def test_the_paper_names_the_eight_and_their_days(app: Flask, path: str) -> None:
    page = Counter(app).text(path)

    assert re.findall(r"<tr><td>(.+?)</td>", page) == PEOPLE
    assert "公示时间：2016年6月16日至6月18日，共 3 天，其中工作日 2 天。" in page
    assert "公示中，还有 2 天。" in page


def test_the_page_says_why_the_notice_ends_on_its_day(app: Flask, june: Reading) -> None:
    dossier = june.dossier("何伟").row.id

    page = plain(logged_in(app, "liumin").text(f"/dossiers/{dossier}/why/publicity"))

    for said in (
        "6月18日（周六）24 时满。", "共 3 天，其中工作日 2 天", "假如要 5 个工作日", "党委会议研究确定人选",
        "照那样算要到 6月22日（周三）", "国务院办公厅 2016 年放假安排", "提示：工作日只有 2 天",
        "顺便看：镇党委考察 6月9日至12日", "4 天里有 3 天放端午假。", "真正上班 1 天。",
    ):  # fmt: skip
        assert said in page, said


def test_the_office_sees_on_the_morning_after_whose_result_may_be_recorded(
    app: Flask, clock: MovedClock
) -> None:
    clock.move_to(MORNING_AFTER)
    office, branch = logged_in(app, "liumin"), logged_in(app, "lijianguo")

    page = office.text("/notices")
    own = branch.text("/notices")

    assert "张贴 3 天，今天起可以记公示结果。" in page
    assert "结果最晚6月22日（周三）记" in page
    assert len(re.findall(r"do=notice_closed|acts/notice_closed", page)) == 7  # one is held by an objection
    assert "有 1 条意见没有办完，不能结束。" in page
    assert "/public/notices/" not in page
    assert "马晓燕" not in own
    assert "王秀兰" in own
    assert "acts/notice_closed" not in own
    (paper,) = set(re.findall(r'href="(/notices/[0-9A-Z]{26})"', page))
    assert "还有别的支部 4 人" in branch.text(paper)
    assert "用 A4 纸打印" in office.text(paper)


def test_the_desk_marks_each_of_the_branchs_people_as_the_list_does(app: Flask) -> None:
    """Also where what is due is told as one step of the plan for everybody whom it waits for."""
    branch = logged_in(app, "lijianguo")

    marked = re.findall(PERSON, branch.text("/"))

    assert ("马国强", "快到期") in marked
    assert ("丁海峰", "过期") in marked
    assert marked == re.findall(PERSON, branch.text("/dossiers"))


def test_a_notice_that_hangs_is_no_work_of_a_branch_because_only_the_committee_closes_it(app: Flask) -> None:
    """The step that comes two days later has a course, which a branch may record as well."""
    tasks = {login: re.findall(TASK, logged_in(app, login).text("/")) for login in ("lijianguo", "liumin")}

    assert "全镇范围公示" not in tasks["lijianguo"]
    assert "教育、理论测试、党委谈话" in tasks["lijianguo"]
    assert "全镇范围公示" in tasks["liumin"]


@pytest.mark.browser
def test_the_paper_fits_one_sheet_and_its_pages_every_screen(
    browser: Browser, address: str, app: Flask, path: str, june: Reading
) -> None:
    notice = notices(june.context)[0].id
    why = f"/dossiers/{june.dossier('何伟').row.id}/why"
    objection = f"/dossiers/{june.dossier('赵红梅').row.id}/why/objection"
    for language in LANGUAGES:
        for width in WIDTHS:
            context = browser.new_context(viewport={"width": width, "height": 900}, locale=language)
            page = context.new_page()
            found = [page.goto(address + path) and violations(page)]
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            if width == WIDTHS[0]:
                assert page.pdf(format="A4").count(b"/Type /Page\n") == 1
            assert context.cookies() == []
            page.goto(f"{address}/login")
            page.fill("[name=account]", "liumin")
            page.fill("[name=password]", PASSWORD)
            with page.expect_navigation():
                page.keyboard.press("Enter")
            for each in ("/notices", f"/notices/{notice}", f"{why}/publicity", f"{why}/review", objection):
                page.goto(address + each)
                found.append(violations(page))
                assert page.evaluate("document.documentElement.scrollWidth") <= width, each
            assert found == [[]] * 6
            context.close()

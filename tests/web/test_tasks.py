"""Five tasks of a new user, from the log-in page by what can be seen, counted in clicks (docs/tasks.md)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from notifications.sweep import sweep
from recruit.clock import MovedClock
from recruit.commands.acts import Proposed, RecordAct, record_act
from recruit.commands.plans import SetPlan, set_plan
from recruit.commands.proposals import ConfirmProposal, confirm_proposal
from tests.recruit.conftest import folder, founded, founded_on_postgres, home, postgres, township
from tests.web.conftest import CONFIG
from tests.web.meetings import FIFTEENTH, examine
from tests.web.served import served
from tests.web.test_planning import DOCUMENT
from tests.web.test_public import NOON, Wall, wall
from tests.web.township import PASSWORD, Township, _open
from tests.web.walking import go
from web.app import create_app
from workflows.texts import read_yaml_located

__all__ = [
    "folder", "founded", "founded_on_postgres", "home", "postgres", "township", "wall",
]  # fixtures  # fmt: skip

pytestmark = [pytest.mark.browser, pytest.mark.embedded]


@dataclass
class Hand:
    """A click, a choice, a pressed key count one each, and so does a box that is typed into."""

    page: Page
    address: str
    count: int = 0

    def press(self, selector: str) -> None:
        button = self.page.locator(selector).first
        assert button.is_visible(), f"{selector} is not to be seen in\n{self.page.inner_text('main')}"
        go(button)
        self.count += 1

    def tick(self, name: str, value: str) -> None:
        self.page.locator(f"main [name='{name}'][value='{value}']").check()
        self.count += 1

    def type(self, name: str, text: str) -> None:
        self.page.locator(f"[name='{name}']").first.fill(text)
        self.count += 1

    def log_in(self, login: str) -> None:
        self.page.context.clear_cookies()
        self.page.goto(f"{self.address}/login")
        self.type("account", login)
        self.type("password", PASSWORD)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.count += 1

    @property
    def text(self) -> str:
        return self.page.inner_text("main")


@contextmanager
def hand(browser: Browser, address: str) -> Iterator[Hand]:
    context = browser.new_context(locale="zh-CN", java_script_enabled=False)
    yield Hand(context.new_page(), address)
    context.close()


def test_a_talk_is_recorded_in_six(browser: Browser, address: str, town: Township) -> None:
    with hand(browser, address) as one:
        one.log_in("zhao")
        one.press("a.btn[href*='/acts/talk_held']")
        one.type("talker", "赵铁柱")
        one.press("main .send .btn:not(.quiet)")

        assert "派人谈话" in one.text
        assert one.page.url.endswith(f"/dossiers/{town.dossiers['马国强']}")
        assert one.count <= 6


def test_why_somebody_cannot_be_proposed_is_found_in_four(
    browser: Browser, address: str, town: Township
) -> None:
    with hand(browser, address) as one:
        one.log_in("li")
        one.press(f"main a[href='/dossiers/{town.dossiers['王秀兰']}']")

        reasons = one.page.inner_text("#next")
        assert "听取" in reasons
        assert "第十三条" in reasons
        assert one.count <= 4


@pytest.fixture
def the_fifteenth(town: Township) -> Township:
    """Three wait for the committee on the day that the plan names."""
    document: Any = read_yaml_located(DOCUMENT, name="plan")[0]
    adopted = datetime(2016, 1, 11, 2, tzinfo=UTC)
    set_plan(
        town.context("liu", adopted),
        SetPlan(committee=town.places["township"], year=2016, document=document),
    )
    for name in ("周演示", "吴演示"):
        about = {"sex": "male", "born": date(1988, 3, 3), "education": "college"}
        _open(town, name, "willow", "li", date(2014, 6, 12), **about)
        town.act(name, "talk_held", date(2014, 6, 28), talker="李建国")
        town.act(name, "recommended", date(2014, 9, 5), source="members")
        town.act(name, "activist_decided", date(2014, 9, 10), members=5, present=5, for_=5)
        town.act(name, "activist_filed", date(2014, 9, 19), "liu")
    for name in ("王秀兰", "周演示", "吴演示"):
        examine(town, name)
    sweep(town.record, FIFTEENTH)
    return town


@pytest.mark.usefixtures("the_fifteenth")
def test_the_committee_decides_on_three_by_name_in_sixteen(browser: Browser, address: str) -> None:
    with hand(browser, address) as one:
        one.log_in("liu")
        one.press("main a.btn[href*='/meetings/new']")
        one.press("main form .send .btn")
        one.press("main [name=everybody]")
        for _person in range(3):
            one.press("main [name=all_for]")
        one.press(".dock a[href$='/check']")
        one.press("main form[action$='/hand'] button")
        one.log_in("zhang")
        one.press("main a[href*='/meetings/']:not([href*='/new'])")
        one.press("main form[action$='/confirm'] button")

        assert one.text.count("通过") >= 3
        assert one.page.locator("main form[action$='/confirm']").count() == 0
        assert one.count <= 16


def test_a_notice_is_objected_to_in_five(browser: Browser, wall: Wall) -> None:
    wall.post(wall.person("演示甲"))
    app = create_app(wall.township.record, MovedClock(start=NOON), config=CONFIG)
    with served(app) as address, hand(browser, address) as one:
        one.page.goto(f"{address}/public/notices/{wall.codes()[0]}")
        one.count += 1  # the code on the paper is scanned, or its address typed
        one.press("main a[href$='/objection']")
        one.type("text", "演示意见")
        one.tick("named", "no")
        one.press("main .send .btn:not(.quiet)")

        assert one.page.locator(".code").count() == 1
        assert one.count <= 5


@pytest.fixture
def a_corrected_talk(town: Township) -> None:
    replacement = {"do": "talk_held", "on": "2014-06-27", "talker": "李建国"}
    details = {"act": 2, "reason": "日期抄错了", "replacement": replacement}
    asked = RecordAct(
        dossier=town.dossiers["王秀兰"], do="corrected", on=date(2016, 6, 7), details=details,
        seen_version=town.version("王秀兰"), key="a-correction",
    )  # fmt: skip
    done = record_act(town.context("liu"), asked)
    assert isinstance(done, Proposed)
    confirm_proposal(town.context("zhang"), ConfirmProposal(proposal=done.proposal, key="confirmation"))


@pytest.mark.usefixtures("a_corrected_talk")
def test_an_inspector_is_shown_who_corrected_what_in_eight(browser: Browser, address: str) -> None:
    with hand(browser, address) as one:
        one.log_in("wu")
        one.press("nav a[href='/audit']")
        one.press("main .chips a[href*='kind=corrected']")
        one.press("main .acts h3 a")
        seen = one.text
        one.press("main .unseal button")

        assert "2014年6月28日" in seen
        assert "2014年6月27日" in seen
        assert "刘敏" in seen
        assert "日期抄错了" in one.text
        assert one.count <= 8

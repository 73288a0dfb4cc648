"""In a real browser: nothing scrolls sideways, the keyboard is enough, and no script is needed."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from recruit.commands.plans import SetPlan, set_plan
from recruit.errors import Refused
from tests.web.meetings import examine, opened
from tests.web.test_planning import DOCUMENT
from tests.web.test_sent import message
from tests.web.township import PASSWORD, Township, lettered, proposed, withdrawn
from workflows.texts import read_yaml_located

pytestmark = pytest.mark.browser

WIDTHS = (1366, 390)
LINE = 90  # px that one line of the menu may take, at either width
LANGUAGES = ("zh-CN", "en-GB")
# Each width and each language once; the other two with the whole sizes.
VIEWS = [
    (390, "zh-CN"),
    (1366, "en-GB"),
    pytest.param(1366, "zh-CN", marks=pytest.mark.slow),
    pytest.param(390, "en-GB", marks=pytest.mark.slow),
]


def pressed(page: Page, button: str) -> None:
    """Pressed, and the answer is there with its style: a click alone does not wait for it."""
    with page.expect_navigation():
        page.locator(button).first.click()


def log_in(page: Page, address: str, login: str) -> None:
    """With the keyboard alone: the first box has the focus already."""
    page.goto(f"{address}/login")
    page.wait_for_function("document.activeElement.name === 'account'")
    page.keyboard.type(login)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert not page.url.endswith("/login"), page.inner_text("main")


def pages_of(town: Township) -> dict[str, list[str]]:
    dossier = f"/dossiers/{town.dossiers['王秀兰']}"
    return {
        "li": [
            "/", "/dossiers", "/dossiers/new", dossier, f"{dossier}/history", f"{dossier}/why/review",
            f"{dossier}/acts/target_proposed", f"{dossier}/acts/meeting_voted",
            f"{dossier}/acts/contacts_assigned", f"{dossier}/acts/corrected?act=5", "/messages",
            "/messages/sent", "/me", "/duties", "/calls", "/substitutes", "/me/calendar", "/notices",
            f"{dossier}/why/cultivation", *rolls_of(town), "/public",
            "/me/password", "/me/factor", "/me/log-ins",
            "/api/v1/docs", "/plans/2016", "/registers?register=activists", "/several/review_recorded",
            "/dossiers?due=overdue",
            f"{dossier}/papers", f"{dossier}/acts/paper_received?paper=minutes", "/notices/new", "/nowhere",
        ],
        "wang": meetings_of(town),
        "liu": [
            "/", "/dossiers", "/dossiers/new", f"{dossier}/acts/transferred", "/duties", "/calls",
            f"/meetings/new?body=committee.{town.places['township']}",
            f"/meetings/new?body=branch_committee.{town.places['willow']}",
            f"/meetings/{town.meetings['named']}/votes",
            f"/meetings/{town.meetings['named']}/agenda/add",
            "/objections", "/objections/new?q=王", f"/objections/{town.letter}", "/public/objections",
            "/public/objections/AAAA-BBBB", "/my", "/queues", "/quota/2016", "/plans/2016?month=1",
            "/rolls", *administration_of(town)["liu"],
        ],
        "zhang": ["/", "/messages", "/proposals", "/me", "/first/over"],
        "wu": [
            "/", f"{dossier}/history", f"{dossier}/history?verify=all", "/clock", f"{dossier}/history/4",
            f"{dossier}/history?as_of=2014-09-10", f"{dossier}/history/changed?from=2014-09-01", "/audit",
            "/audit/scan", "/audit/verify", "/audit/export", "/audit/readings",
        ],
        "sysadmin": [
            "/admin/users", f"/admin/users/{town.users['li']}", f"/admin/users/{town.users['zhang']}",
            "/", "/messages/sent/all", "/messages/sent/all?state=dead", *administration_of(town)["sysadmin"],
        ],
        "secadmin": [
            f"/admin/users/{town.users['zhang']}", "/", "/erasures", "/erasures?q=陈文",
            f"/erasures/persons/{town.people['陈文']}",
            f"/erasures/persons/{town.people['王秀兰']}",
        ],
        "audadmin": ["/", "/erasures", f"/erasures/{town.erasures['陈文']}", dossier],
    }  # fmt: skip


def meetings_of(town: Township) -> list[str]:
    """A meeting by name and one by secret ballot, under way; the first steps of a new one."""
    named, secret = town.meetings["named"], town.meetings["secret"]
    steps = ("attendance", "votes", "check", "resolution", "tally", "screen")
    return ["/meetings", *(f"/meetings/{named}/{step}" for step in steps), f"/meetings/{secret}/votes"]


def rolls_of(town: Township) -> list[str]:
    """The roll of the willow branch, its forms, one member, and the roll on paper."""
    with town.record.reading() as connection:
        stay = connection.exec_driver_sql(
            f"SELECT id FROM membership WHERE person = '{town.people['何伟']}'"
        ).scalar()
    roll = f"/rolls/{town.places['willow']}"
    return [roll, f"{roll}/add", f"{roll}/paper", f"/rolls/members/{stay}"]


def administration_of(town: Township) -> dict[str, list[str]]:
    """Each page of the administration once, for somebody who may change something on it."""
    place = town.places["township"]
    settings, plans = f"/admin/settings/{place}", f"/admin/plans/2016/{place}"
    return {
        "liu": [
            "/admin/plans", plans, f"{settings}/papers.required", f"{settings}/inspection.required",
            f"{settings}/cultivation.months",
        ],
        "sysadmin": [
            "/admin", "/admin/organizations", f"/admin/organizations/{place}", "/admin/settings", settings,
            "/admin/calendar", "/admin/calendar/2027", "/admin/editions", "/admin/editions/2014",
            "/admin/editions/2014/2026", "/admin/state",
        ],
    }  # fmt: skip


def open_sealed(page: Page, address: str, town: Township) -> Iterator[None]:
    """Show what is sealed, as a visitor does: one value, one act, everything; stop at each answer."""
    for path, button in (
        ("", "[name=what][value=phone]"),
        ("", "[form=contents][name=act]"),
        ("/history", ".unseal .btn"),
    ):
        page.goto(f"{address}/dossiers/{town.dossiers['王秀兰']}{path}")
        if "phone" in button:
            page.click("details:has([name=what]) summary")
            page.select_option("#value-reason", "call")
        pressed(page, button)
        assert page.locator(".shown").count() == 1
        yield


@pytest.fixture(autouse=True)
def a_plan_of_the_year(town: Township) -> None:
    document: Any = read_yaml_located(DOCUMENT, name="plan")[0]
    set_plan(town.context("liu"), SetPlan(committee=town.places["township"], year=2016, document=document))


@pytest.fixture(autouse=True)
def a_refused_attempt(town: Township) -> None:
    """The widest thing in a history: a finding that a superior may answer for."""
    with pytest.raises(Refused):
        town.act("王秀兰", "target_proposed", date(2014, 9, 22), members=5, present=5, for_=4)


@pytest.fixture(autouse=True)
def an_erasure_that_waits(town: Township) -> None:
    town.erasures["陈文"] = proposed(town, withdrawn(town))


@pytest.fixture(autouse=True)
def meetings_under_way(town: Township) -> None:
    examine(town)
    town.meetings |= {ballot: opened(town, ballot=ballot) for ballot in ("named", "secret")}


@pytest.fixture(autouse=True)
def a_letter_that_waits(town: Township, meetings_under_way: None) -> None:
    """Comes when the meetings are under way: it holds what would lead to them."""
    town.letter = lettered(town)


@pytest.fixture(autouse=True)
def messages_that_were_sent(town: Township) -> None:
    message(town, "li")
    message(town, "li", state="dead", error="smtp_550")


def too_wide(page: Page, width: int) -> list[str]:
    """What makes the page scroll sideways, or the menu more than one line."""
    found = []
    if page.evaluate("document.documentElement.scrollWidth") > width:
        found.append(f"{page.url}: scrolls sideways")
    if page.evaluate("(document.querySelector('.nav') || {offsetHeight: 0}).offsetHeight") > LINE:
        found.append(f"{page.url}: the menu is no line")
    return found


@pytest.mark.parametrize(("width", "language"), VIEWS)
def test_what_is_sealed_is_shown_without_scripts_and_scrolls_nowhere(
    browser: Browser, address: str, town: Township, width: int, language: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, locale=language, java_script_enabled=False
    )
    page = context.new_page()
    page.goto(f"{address}/login")
    page.fill("[name=account]", "li")
    page.fill("[name=password]", PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")

    for _ in open_sealed(page, address, town):
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_an_act_is_recorded_with_the_keyboard_and_without_scripts(
    browser: Browser, address: str, town: Township
) -> None:
    context = browser.new_context(locale="zh-CN", java_script_enabled=False)
    page = context.new_page()
    log_in(page, address, "li")

    page.goto(f"{address}/dossiers/{town.dossiers['王秀兰']}/acts/review_recorded")
    page.focus("#f-result")
    page.keyboard.type("合格")
    page.focus(".send .btn")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert "已记录，是第" in page.inner_text("main")
    assert "半年考察" in page.inner_text(".tl")
    context.close()


def test_the_focus_can_be_seen(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/login")
    page.keyboard.press("Tab")

    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")

    assert outline == "solid"
    page.close()


def test_the_policy_of_the_page_is_broken_by_nothing_on_it(
    browser: Browser, address: str, town: Township
) -> None:
    page = browser.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    log_in(page, address, "li")
    for path in pages_of(town)["li"][:-1]:
        page.goto(address + path)

    assert complaints == []
    page.close()


@pytest.mark.parametrize(("width", "language"), VIEWS)
def test_the_pages_before_the_last_button_scroll_nowhere_and_need_no_script(
    browser: Browser, address: str, town: Township, width: int, language: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, locale=language, java_script_enabled=False
    )
    page = context.new_page()
    page.goto(f"{address}/login")
    page.fill("[name=account]", "li")
    page.fill("[name=password]", PASSWORD)
    pressed(page, "main .btn")
    for path, fill in (
        (f"/dossiers/{town.dossiers['王秀兰']}/acts/suspended", "[name=reason]"),
        ("/several/review_recorded", "[name=result]"),
    ):
        page.goto(address + path)
        page.fill(fill, "演示")
        for box in page.locator("[name=who]").all():
            box.check()
        pressed(page, "main .send .btn")
        assert page.locator("main [name=step][value=send]").count() == 1
        assert page.locator("html").bounding_box()["width"] <= width  # type: ignore[index]
        pressed(page, "main [name=step][value=edit]")
        assert page.input_value(fill) == "演示"
    context.close()

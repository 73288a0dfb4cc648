"""axe-core finds nothing on any page, and none scrolls sideways, wide and narrow, in both languages."""

from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.web.test_browser import (
    LANGUAGES,
    VIEWS,
    WIDTHS,
    a_letter_that_waits,
    a_plan_of_the_year,
    a_refused_attempt,
    an_erasure_that_waits,
    log_in,
    meetings_under_way,
    open_sealed,
    pages_of,
    too_wide,
)
from tests.web.township import Township

__all__ = [  # fixtures
    "a_letter_that_waits",
    "a_plan_of_the_year",
    "a_refused_attempt",
    "an_erasure_that_waits",
    "meetings_under_way",
]

pytestmark = pytest.mark.browser

AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
RUN = "axe.run(document, {resultTypes: ['violations']}).then(found => found.violations)"


def violations(page: Page) -> list[str]:
    page.evaluate(AXE)
    found: list[dict[str, Any]] = page.evaluate(RUN)
    return [f"{page.url}: {one['id']} at {one['nodes'][0]['target']}" for one in found]


# Each page at one width and in one language; every page in all four with the whole sizes.
SHARES = [
    (390, "zh-CN", slice(0, None, 2)),
    (1366, "en-GB", slice(1, None, 2)),
    *(
        pytest.param(width, language, slice(None), marks=pytest.mark.slow)
        for width in WIDTHS
        for language in LANGUAGES
    ),
]


@pytest.mark.parametrize(("width", "language", "share"), SHARES)
def test_axe_finds_nothing_on_any_page_and_none_scrolls_sideways(
    browser: Browser, address: str, town: Township, width: int, language: str, share: slice
) -> None:
    found: list[str] = []
    for login, paths in pages_of(town).items():
        context = browser.new_context(viewport={"width": width, "height": 900}, locale=language)
        page = context.new_page()
        page.goto(f"{address}/login")
        found += violations(page)
        log_in(page, address, login)
        for path in paths[share]:
            page.goto(address + path)
            found += violations(page) + too_wide(page, width)
        context.close()

    assert found == []


@pytest.mark.parametrize(("width", "language"), VIEWS)
def test_axe_finds_nothing_on_an_answer_that_shows_what_is_sealed(
    browser: Browser, address: str, town: Township, width: int, language: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, locale=language)
    page = context.new_page()
    log_in(page, address, "li")

    found = [violations(page) for _ in open_sealed(page, address, town)]

    assert found == [[], [], []]
    context.close()

"""Somebody who walks through the pages in a real browser: nothing but what can be seen and pressed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from playwright.sync_api import Browser, Locator, Page

from tests.web.township import PASSWORD, Township


@dataclass
class Walker:
    """A browser of one language, with or without scripts; each act is done by a fresh log-in of its day."""

    browser: Browser
    address: str
    town: Township
    locale: str
    has_scripts: bool = False
    clicks: int = 0

    def on(self, day: str, hour: int = 9) -> None:
        """The morning of that day in Shanghai."""
        self.town.clock.move_to(datetime.fromisoformat(f"{day}T{hour - 8:02}:00").replace(tzinfo=UTC))

    def as_(self, login: str, width: int = 1366) -> Page:
        """A page of somebody who has just logged in."""
        context = self.browser.new_context(
            locale=self.locale, java_script_enabled=self.has_scripts, viewport={"width": width, "height": 900}
        )
        page = context.new_page()
        page.goto(f"{self.address}/login")
        page.fill("[name=account]", login)
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        assert "/login" not in page.url, page.inner_text("main")
        return page

    def visitor(self, width: int = 390) -> Page:
        """Somebody from the street, without a log-in."""
        context = self.browser.new_context(
            locale=self.locale, java_script_enabled=self.has_scripts, viewport={"width": width, "height": 800}
        )
        return context.new_page()

    def act(self, login: str, dossier: str, do: str, purpose: str = "", /, **entries: object) -> str:
        """Fill in the form of an act and send it; where it is shown once more, send that too."""
        page = self.as_(login)
        asked = f"?purpose={purpose}" if purpose else ""
        page.goto(f"{self.address}{dossier}/acts/{do}{asked}")
        fill(page, {name.rstrip("_"): value for name, value in entries.items()})
        send(page)
        if page.locator("#checked-form").count():
            page.locator("#checked-form .send .btn:not(.quiet)").first.click()
        assert page.url.startswith(f"{self.address}{dossier}"), page.inner_text("main")
        assert "/acts/" not in page.url, page.inner_text("main")
        text = page.inner_text("main")
        page.context.close()
        return text

    def confirm(self, login: str, name: str) -> None:
        """Confirm what waits for a second person about this one."""
        page = self.as_(login)
        page.goto(f"{self.address}/proposals")
        row = page.locator("form", has=page.locator("button")).filter(has_text=name)
        (row if row.count() else page.locator("main form")).first.locator("button").first.click()
        page.context.close()


def fill(page: Page, entries: dict[str, object]) -> None:
    """Each entry into the box of its name, whatever kind of box it is."""
    for name, value in entries.items():
        boxes = page.locator(f"main [name='{name}']")
        kind = boxes.first.get_attribute("type") or boxes.first.evaluate("box => box.tagName.toLowerCase()")
        if kind == "select":
            boxes.first.select_option(str(value))
        elif kind in {"checkbox", "radio"}:
            for one in _many(value):
                _choice(page, name, one).check()
        else:
            boxes.first.fill(str(value))


def send(page: Page) -> None:
    page.locator("main form .send .btn:not(.quiet)").first.click()


def _choice(page: Page, name: str, value: str) -> Locator:
    return page.locator(f"main [name='{name}'][value='{value}']")


def _many(value: object) -> list[str]:
    if isinstance(value, bool):
        return ["true" if value else "false"]
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [str(one) for one in value]
    return [str(value)]

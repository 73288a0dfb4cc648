"""Somebody who walks through the pages in a real browser: nothing but what can be seen and pressed."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from playwright.sync_api import Browser, Locator, Page

from tests.web.township import PASSWORD, Township


@dataclass
class Walker:
    """A browser of one language, with or without scripts; each act is done by a fresh log-in of its day.

    `name`: of the person who is led through the procedure.
    """

    browser: Browser
    address: str
    town: Township
    locale: str
    name: str = "林晓梅"
    has_scripts: bool = False
    pages: dict[str, Page] = field(default_factory=dict)

    def on(self, day: str, hour: int = 9) -> None:
        """That hour of the day in Shanghai."""
        self.town.clock.move_to(datetime.fromisoformat(f"{day}T{hour - 8:02}:00").replace(tzinfo=UTC))

    def as_(self, login: str, path: str = "/") -> Page:
        """The page that somebody asked for, who was sent to the log-in first."""
        page = self._page(login, width=1366)
        page.goto(f"{self.address}{path}", wait_until="domcontentloaded")
        page.fill("[name=account]", login)
        page.fill("[name=password]", PASSWORD)
        with page.expect_navigation(wait_until="domcontentloaded"):
            page.press("[name=password]", "Enter")
        assert "/login" not in page.url, page.inner_text("main")
        return page

    def visitor(self) -> Page:
        """Somebody from the street, with a telephone and without a log-in."""
        return self._page("", width=390)

    def _page(self, whose: str, *, width: int) -> Page:
        """One browser for each user, without anything that it knew before."""
        if whose not in self.pages:
            context = self.browser.new_context(
                locale=self.locale,
                java_script_enabled=self.has_scripts,
                viewport={"width": width, "height": 900},
            )
            self.pages[whose] = context.new_page()
            self.pages[whose].set_default_timeout(120_000)
        self.pages[whose].context.clear_cookies()
        return self.pages[whose]

    def act(self, login: str, dossier: str, do: str, purpose: str = "", /, **entries: object) -> str:
        """From the page of a dossier to the form of an act; sent, and again where it is shown once more."""
        page = self.as_(login, dossier)
        form = f"{dossier}/acts/{do}" + (f"?purpose={purpose}" if purpose else "")
        link = page.locator(f"main a[href='{form}']")
        assert link.count(), f"no way to {form} from\n{page.inner_text('main')}"
        go(link.first)
        fill(page, {name.rstrip("_"): value for name, value in entries.items()})
        send(page)
        sent_on(page)
        assert "/acts/" not in page.url, page.inner_text("main")
        return page.inner_text("main")

    def meeting(self, login: str, body: str, person: str, *, for_: Mapping[str, str], item: str = "") -> str:
        """A meeting of today about one person, from the menu to the handing over; gives its address."""
        page = self.as_(login)
        go(page.locator("nav a[href='/meetings']").first)
        new = page.locator(f"main a[href$='body={body}']").first
        if not new.is_visible():
            page.locator("main summary").first.click()
        go(new)
        for closed in page.locator("main form details:not([open]) summary").all():
            closed.click()
        for row in page.locator("main label:has([name=item])").all():
            box = row.locator("[name=item]")
            box.set_checked(person in row.inner_text() and item in (box.get_attribute("value") or ""))
        fill(page, {"where": "二号会议室", "time": "09:00"})
        send(page)
        attend(page, for_)
        vote(page, for_)
        go(page.locator(".dock a[href$='/check']"))
        go(page.locator("main form[action$='/hand'] button"))
        meeting = re.sub(r"/check.*", "", page.url.removeprefix(self.address))
        assert page.locator("form[action$='/hand']").count() == 0, page.inner_text("main")
        return meeting

    def confirm(self, login: str, meeting: str) -> str:
        """From the list of meetings to the confirmation; gives what came of it."""
        page = self.as_(login)
        go(page.locator("nav a[href='/meetings']").first)
        go(page.locator(f"main a[href='{meeting}']").first)
        go(page.locator("main form[action$='/confirm'] button"))
        assert page.locator("main .note.bad").count() == 0, page.inner_text("main")
        return page.inner_text("main")


def attend(page: Page, counts: Mapping[str, str]) -> None:
    """Everybody is there: each seat of a committee, or the heads of a general meeting."""
    if page.locator("main [name=seat]").count():
        for seat in page.locator("main [name=seat]").all():
            seat.check()
    else:
        fill(page, {"whole_count": counts["entitled"], "present_count": counts["present"]})
    send(page)


def vote(page: Page, counts: Mapping[str, str]) -> None:
    """By name where there is a cell for each member, else the numbers of the ballots."""
    cells = page.locator("select.votebox")
    for cell in cells.all():
        cell.select_option(counts["all"])
    for number in page.locator("main .nf input").all():
        number.fill(counts.get(number.get_attribute("name") or "", "0"))
    go(page.locator("main .rowbtn.main").first)
    assert page.locator("main .bmsg, main .rowbtn.main").count() == 0, page.inner_text("main")


def fill(page: Page, entries: Mapping[str, object]) -> None:
    """Each entry into the box of its name, whatever kind of box it is."""
    for name, value in entries.items():
        box = page.locator(f"main [name='{name}']").first
        tag, kind = box.evaluate("box => [box.tagName, box.type]")
        if tag == "SELECT":
            box.select_option(str(value))
        elif kind in {"checkbox", "radio"}:
            for one in _many(value):
                _choice(page, name, one).check()
        else:
            box.fill(str(value))


def go(button: Locator) -> None:
    """Pressed, and the next page is there: a click alone does not wait for it."""
    with button.page.expect_navigation(wait_until="domcontentloaded"):
        button.click()


def send(page: Page) -> None:
    go(page.locator("main form .send .btn:not(.quiet):not(.ghost)").first)


def sent_on(page: Page) -> None:
    """Sent again where the form is shown once more before it counts."""
    again = page.locator("main [name=step][value=send]")
    if again.count():
        go(again)


def _choice(page: Page, name: str, value: str) -> Locator:
    return page.locator(f"main [name='{name}'][value='{value}']")


def _many(value: object) -> list[str]:
    if isinstance(value, bool):
        return ["true" if value else "false"]
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [str(one) for one in value]
    return [str(value)]

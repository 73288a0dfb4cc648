"""Photos with an opinion, as a browser sends and shows them: narrow and wide, with no complaint of axe."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests import files
from tests.recruit.conftest import folder, founded, founded_on_postgres, home, postgres, township
from tests.web.served import served
from tests.web.test_accessibility import violations
from tests.web.test_browser import WIDTHS, pressed, too_wide
from tests.web.test_objections import SAID, Passerby, only, passerby
from tests.web.test_public import wall

__all__ = [
    "folder", "founded", "founded_on_postgres", "home", "passerby", "postgres", "township", "wall",
]  # fixtures # fmt: skip

pytestmark = [pytest.mark.browser, pytest.mark.embedded]


@pytest.fixture
def address(passerby: Passerby) -> Iterator[str]:
    with served(passerby.client.application) as address:
        yield address


def test_a_photo_goes_from_the_telephone_to_the_office(
    browser: Browser, address: str, passerby: Passerby
) -> None:
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda told: complaints.append(told.text) if told.type == "error" else None)
    found: list[str] = []

    def look() -> None:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            found.extend(violations(page) + too_wide(page, width))

    page.goto(address + passerby.path)
    look()
    page.check("input[name=persons][value=all]")
    page.fill("[name=text]", SAID)
    page.check("input[name=named][value=no]")
    page.set_input_files("#f-photos-1", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"<html>"})
    pressed(page, ".send .btn")
    look()
    assert page.input_value("[name=text]") == SAID
    for number, shade in (("1", 40), ("3", 60)):
        photo = files.photo(shade=shade, size=(1600, 1200))
        box = f"#f-photos-{number}"
        page.set_input_files(box, {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo})
    pressed(page, ".send .btn")
    look()
    assert page.locator(".code").count() == 1
    complaints.clear()  # of the answer 400 above

    page.goto(f"{address}/login")
    page.fill("[name=account]", "organizer")
    page.fill("[name=password]", "a-made-up-password")
    pressed(page, "main button")
    page.goto(f"{address}/messages")
    look()
    pressed(page, f"main a[href='/objections/{only(passerby.wall.township)}']")
    look()
    pressed(page, "form[action$='/read'] .btn")
    look()
    assert page.locator(".enclosed img").evaluate_all("all => all.map(one => one.naturalWidth)") == [1280] * 2
    with page.expect_download() as saved:
        page.locator(".enclosed .btn").last.click()
    assert saved.value.suggested_filename == "照片2.jpg"
    page.goto(f"{address}/objections/new")
    look()
    context.close()
    assert found == []
    assert complaints == []

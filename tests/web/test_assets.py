"""What every page needs is asked for once, and again when it has changed."""

import re

from tests.web.conftest import Counter


def test_each_sheet_of_a_page_may_be_kept_under_its_own_address(stranger: Counter) -> None:
    sheets = re.findall(r'href="(/static/[^"]+)"', stranger.text("/login"))

    assert len(sheets) == 3
    for sheet in sheets:
        assert "immutable" in stranger.get(sheet).headers["Cache-Control"]


def test_under_an_old_address_it_is_asked_for_again(stranger: Counter) -> None:
    for old in ("/static/ui.css", "/static/ui.css?v=", "/static/ui.css?v=000000000000"):
        answer = stranger.get(old)

        assert answer.status_code == 200
        assert "immutable" not in answer.headers["Cache-Control"]


def test_a_sheet_that_is_not_there_is_kept_by_nobody(stranger: Counter) -> None:
    answer = stranger.get("/static/none.css?v=")

    assert answer.status_code == 404
    assert "immutable" not in answer.headers.get("Cache-Control", "")

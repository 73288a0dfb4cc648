"""No number without a why: a count leads to the list that it counts, a day to the page that counts it."""

import re

import pytest
from flask import Flask

from notifications.sweep import sweep
from tests.web.conftest import Counter
from tests.web.township import Township

_TILE = re.compile(r'<span class="small mute">([^<]+)</span><b><a href="([^"]+)">(\d+)<')
_DUE = re.compile(r'class="ev d" href="(/dossiers[^"]+)">[^<]*?(\d+)[^<\d]*<')
_PERSON = re.compile(r'<td><span class="who">')
_DAY = re.compile(r'<div class="when"><b>[^<]*</b><span>(.*?)</span></div>', re.DOTALL)


def logged_in(app: Flask, login: str) -> Counter:
    counter = Counter(app)
    assert counter.log_in(login).status_code == 302
    return counter


def test_each_phase_on_the_desk_counts_whom_its_list_shows(organizer: Counter) -> None:
    tiles = _TILE.findall(organizer.text("/"))

    assert len(tiles) == 8
    assert sum(int(count) for _, _, count in tiles) > 0
    for title, href, count in tiles:
        assert len(_PERSON.findall(organizer.text(href.replace("&amp;", "&")))) == int(count), title


def test_what_is_overdue_of_a_branch_leads_to_whom_it_concerns(app: Flask) -> None:
    page = logged_in(app, "liu").text("/")
    hrefs = re.findall(r'<span class="pill bad">\d+</span></td><td><a href="([^"]+)"', page)

    assert hrefs
    assert all("due=overdue" in href for href in hrefs)


def test_each_kind_of_problem_leads_to_its_own_list(auditor: Counter) -> None:
    tiles = _TILE.findall(auditor.text("/"))

    assert len(tiles) == 4
    assert all(auditor.get(href.partition("#")[0]).status_code == 200 for _, href, _ in tiles)
    assert 'id="not-checked"' in auditor.text("/audit/scan")


@pytest.mark.parametrize("path", ["/", "/messages"])
def test_a_due_day_leads_to_why_it_is_that_day(app: Flask, town: Township, path: str) -> None:
    sweep(town.record, town.clock.now())
    counter = logged_in(app, "li")

    days = [found for found in _DAY.findall(counter.text(path)) if "/why/" in found]
    hrefs = [re.search(r'href="([^"]+)"', found) for found in days]

    assert hrefs
    for href in hrefs:
        assert href is not None
        assert counter.get(href[1]).status_code == 200


def test_each_number_of_due_ones_in_the_schedule_leads_to_them(organizer: Counter) -> None:
    found = set(_DUE.findall(organizer.text("/plans/2016")))

    assert found
    for href, count in found:
        page = organizer.text(href.replace("&amp;", "&"))
        assert len(_PERSON.findall(page)) == int(count), href
        assert "只看：" in page

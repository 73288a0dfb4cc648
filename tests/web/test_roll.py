"""The roll: found by name or pinyin without a name in any address, narrowed by addresses without one."""

import re

import pytest

from recruit.queries.dossiers import dossiers
from tests.web.conftest import Counter
from tests.web.township import Township, withdrawn

NAMES = re.compile(r'<span class="who">([^<]+)</span>')


def found(counter: Counter, **asked: str) -> list[str]:
    answer = counter.post("/dossiers", asked)
    assert answer.status_code == 200
    return NAMES.findall(answer.get_data(as_text=True))


@pytest.mark.parametrize("q", ["王秀兰", "秀兰", "wxl", "wangxiulan"])
def test_somebody_is_found_by_name_pinyin_and_initials(organizer: Counter, q: str) -> None:
    assert found(organizer, q=q) == ["王秀兰"]


def test_a_name_in_an_address_is_not_looked_for(organizer: Counter) -> None:
    """What stands in an address stands in the log of every proxy."""
    assert len(NAMES.findall(organizer.text("/dossiers?q=wxl"))) == 2


def test_the_search_keeps_its_filters_and_shows_no_name_in_a_link(organizer: Counter, town: Township) -> None:
    north = town.places["north"]

    assert found(organizer, q="wxl", branch=north) == []
    assert found(organizer, q="m", branch=north) == ["马国强"]
    page = organizer.post("/dossiers", {"q": "wxl"}).get_data(as_text=True)
    assert not [link for link in re.findall(r'href="([^"]*)"', page) if "wxl" in link or "q=" in link]


def test_the_next_page_of_a_search_goes_on_behind_the_last(town: Township) -> None:
    context = town.context("liu")
    first = dossiers(context, q="a", limit=1)
    second = dossiers(context, q="a", limit=1, cursor=first.next_cursor)

    assert [one.name for one in (*first.items, *second.items)] == ["马国强", "王秀兰"]
    assert second.next_cursor is None
    assert first.next_cursor == town.dossiers["马国强"]


def test_who_has_come_to_an_end_takes_no_place_among_the_open_ones(town: Township) -> None:
    withdrawn(town, "丁文")
    context = town.context("liu")

    assert [one.name for one in dossiers(context, limit=1).items] == ["丁文"]
    assert [one.name for one in dossiers(context, is_open=True, limit=1).items] == ["马国强"]


@pytest.mark.parametrize(
    ("path", "most"), [("/", "web.desk.page.PEOPLE"), ("/several/review_recorded", "web.several.page.MOST")]
)
def test_the_desk_and_the_form_for_several_leave_out_the_ended_before_they_count(
    secretary: Counter, town: Township, monkeypatch: pytest.MonkeyPatch, path: str, most: str
) -> None:
    withdrawn(town, "丁文")
    monkeypatch.setattr(most, 1)

    page = secretary.text(path)

    assert "王秀兰" in page
    assert "丁文" not in page


def test_what_is_overdue_is_a_view_and_a_pill(organizer: Counter) -> None:
    """王秀兰 lacks three reviews; the talk with 马国强 was due on 3 June."""
    page = organizer.text("/dossiers?due=overdue")

    assert NAMES.findall(page) == ["马国强", "王秀兰"]
    assert page.count('<span class="pill bad">过期</span>') == 2
    assert NAMES.findall(organizer.text("/dossiers?due=soon")) == []
    assert NAMES.findall(organizer.text("/dossiers?stage=activist")) == ["王秀兰"]


def test_where_there_are_too_many_branches_to_choose_from_their_names_are_searched(
    organizer: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert 'id="branch"' in organizer.text("/dossiers")
    monkeypatch.setattr("web.dossiers.roll.CHOICES", 1)

    assert 'id="branch"' not in organizer.text("/dossiers")
    assert found(organizer, q="柳树") == ["王秀兰"]


def test_the_chosen_branch_is_named_however_many_there_are(
    organizer: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    branch = re.findall(r'<option value="([0-9A-Z]{26})"', organizer.text("/dossiers"))[0]
    monkeypatch.setattr("web.dossiers.roll.CHOICES", 1)

    assert f'<option value="{branch}" selected' in organizer.text(f"/dossiers?branch={branch}")


def test_a_branch_finds_its_own_people_only(secretary: Counter) -> None:
    assert found(secretary, q="马国强") == []

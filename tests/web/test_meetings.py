"""The meeting of 15 June at the counter, from the agenda to the printed minutes."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from recruit.commands.ballots import SaveVote, save_vote
from recruit.queries.dossiers import dossier_view
from tests.web.conftest import Counter
from tests.web.meetings import FIFTEENTH, confirmed, examine, opened, sitting_of
from tests.web.township import PASSWORD, Township


@pytest.fixture(autouse=True)
def on_the_fifteenth(town: Township) -> None:
    examine(town)


@pytest.fixture
def organizer(app: Flask) -> Counter:
    return logged_in(app, "liu")


@pytest.fixture
def head(app: Flask) -> Counter:
    return logged_in(app, "zhang")


def logged_in(app: Flask, login: str) -> Counter:
    counter = Counter(app)
    assert counter.log_in(login).status_code == 302
    return counter


def stage(town: Township, name: str = "王秀兰") -> str:
    return dossier_view(town.context("wu"), town.dossiers[name]).row.stage


def vote(counter: Counter, meeting: str, item: str, **entries: object) -> tuple[int, str]:
    page = f"/meetings/{meeting}/votes?item={item}"
    version = re.search(rf'items/{item}".*?name="version" value="(\d+)"', counter.text(page))
    data: dict[str, object] = {"version": version.group(1) if version else "1", **entries}
    answer = counter.post(f"/meetings/{meeting}/items/{item}", data, page=page)
    return answer.status_code, answer.get_data(as_text=True)


def press(counter: Counter, meeting: str, button: str) -> str:
    page = f"/meetings/{meeting}/check"
    version = re.search(r'name="version" value="(\d+)"', counter.text(page))
    assert version is not None, counter.text(page)
    answer = counter.post(f"/meetings/{meeting}/{button}", {"version": version.group(1)}, page=page)
    assert answer.status_code == 302, answer.get_data(as_text=True)
    return counter.text(answer.headers["Location"])


def item_of(town: Township, meeting: str, name: str = "王秀兰") -> str:
    return next(one.id for one in sitting_of(town, meeting).items if one.name == name)


def test_the_committee_meets_and_one_is_pre_examined_after_two_log_ins(
    app: Flask, town: Township, organizer: Counter, head: Counter
) -> None:
    body = f"committee.{town.places['township']}"
    page = f"/meetings/new?body={body}"
    shown = organizer.text(page)
    assert "王秀兰" in shown
    assert "马国强" not in shown
    offered = re.findall(r'name="item" value="([^"]+)" checked', shown)
    entries: dict[str, object] = {
        **organizer.form(page),
        "on": "2016-06-15",
        "ballot": "named",
        "item": offered,
        "where": "二号会议室",
    }
    answer = organizer.send("/meetings/new", entries)
    meeting = answer.headers["Location"].split("/")[2]
    organizer.post(
        f"/meetings/{meeting}/attendance", {"version": "1", "seat": ["1", "2"]},
        page=f"/meetings/{meeting}/attendance",
    )  # fmt: skip
    item = item_of(town, meeting)
    assert "正在议这一位" in organizer.text(f"/meetings/{meeting}/votes")

    assert vote(organizer, meeting, item, vote1="for", vote2="for")[0] == 302
    assert "核对好了，送书记确认" in organizer.text(f"/meetings/{meeting}/check")
    waiting = press(organizer, meeting, "hand")
    assert "确认，生成决议" not in waiting
    assert stage(town) == "vetting"
    done = press(head, meeting, "confirm")

    assert "1 人的决定记好了" in done
    assert stage(town) == "approval"
    minutes = head.text(f"/meetings/{meeting}/resolution")
    assert "赞成 2：张书记、王委员" in minutes
    assert "通过：王秀兰" in minutes
    assert "刘敏" in minutes


def test_there_is_no_button_that_passes_more_than_one(town: Township, organizer: Counter) -> None:
    meeting = opened(town)

    page = organizer.text(f"/meetings/{meeting}/votes")

    assert page.count('name="all_for"') == 1
    assert "没有“全体通过”的按钮" in page


def test_all_for_this_one_is_named_at_the_check(town: Township, organizer: Counter) -> None:
    meeting = opened(town)
    vote(organizer, meeting, item_of(town, meeting), all_for="1")

    assert "刘敏 用了“这一位全部赞成”" in organizer.text(f"/meetings/{meeting}/check")


def test_whoever_cannot_be_decided_on_stands_there_with_the_reason(
    town: Township, organizer: Counter
) -> None:
    meeting = opened(town)

    page = organizer.text(f"/meetings/{meeting}/votes")

    row = re.search(r"<tr[^>]*>(?:(?!</tr>).)*马国强.*?</tr>", page, re.DOTALL)
    assert row is not None
    assert "今天不能表决" in row.group()
    assert "<select" not in row.group()


def test_counts_that_do_not_agree_are_refused_in_words_and_stay_in_the_boxes(
    town: Township, organizer: Counter
) -> None:
    meeting = opened(town, ballot="secret")
    item = item_of(town, meeting)
    wrong = {"issued": 2, "returned": 2, "for": 2, "against": 1, "abstain": 0, "invalid": 0, "recused": 0}

    code, page = vote(organizer, meeting, item, **wrong)

    assert code == 400
    assert "收回2张，各项加起来是3张，多1张" in page
    assert re.search(r'name="for" value="2"', page)
    assert sitting_of(town, meeting).item(item).counts == {}
    assert vote(organizer, meeting, item, **{**wrong, "against": 0})[0] == 302


def test_the_second_of_two_who_type_sees_what_the_other_saved(
    town: Township, organizer: Counter, head: Counter
) -> None:
    meeting = opened(town)
    item = item_of(town, meeting)
    vote(head, meeting, item, vote1="for", vote2="against")

    code, page = vote(organizer, meeting, item, vote1="for", vote2="for", version="1")

    assert code == 409
    assert "张书记 09:00 已经记了：赞成 1，反对 1" in page
    assert re.search(r'value="for" selected', page)


def test_half_is_not_passed_and_says_by_how_much(town: Township, organizer: Counter) -> None:
    meeting = opened(town)
    vote(organizer, meeting, item_of(town, meeting), vote1="for", vote2="abstain")

    assert "没有通过：赞成 1 票，差 1 票" in organizer.text(f"/meetings/{meeting}/votes")


def test_without_a_quorum_the_cells_are_locked_and_the_page_says_who_is_missing(
    town: Township, organizer: Counter
) -> None:
    meeting = opened(town)
    page = f"/meetings/{meeting}/attendance"
    organizer.post(page, {"version": "2", "seat": ["1"]}, page=page)

    votes = organizer.text(f"/meetings/{meeting}/votes")

    assert "再到 1 人才够" in votes
    assert "<select" not in votes
    void = press(organizer, meeting, "hand")
    assert "会议无效" in organizer.text(f"/meetings/{meeting}/resolution")
    assert "不能再改" in void or "结果" in void


def test_the_big_screen_shows_counts_and_no_voter(town: Township, organizer: Counter) -> None:
    meeting = opened(town)
    item = item_of(town, meeting)
    vote(organizer, meeting, item, vote1="for", vote2="against")

    main = organizer.text(f"/meetings/{meeting}/screen?item={item}").partition("<main")[2]

    assert "王秀兰" in main
    assert "赞成" in main
    assert "王委员" not in main


def test_a_tally_sheet_is_printed_before_and_is_empty(town: Township, organizer: Counter) -> None:
    meeting = opened(town, ballot="secret")

    page = organizer.text(f"/meetings/{meeting}/tally")

    assert "收回" in page
    assert page.count("&emsp;") == 14


def test_a_branch_holds_its_general_meeting_and_confirms_it_itself(
    app: Flask, town: Township, organizer: Counter
) -> None:
    meeting = opened(town)
    save(town, meeting)
    confirmed(town, meeting)
    town.versions["王秀兰"] += 1
    town.act("王秀兰", "form_issued", town.context("liu").on, "liu", number="F-1")
    branch = logged_in(app, "li")
    general = opened(town, kind="general_meeting", ballot="secret", by="li")
    item = item_of(town, general)
    page = branch.text(f"/meetings/{general}/votes")
    assert "至少 3 票赞成" in page
    counts = {"issued": 5, "returned": 5, "for": 2, "against": 2, "abstain": 1, "invalid": 0}
    written = {"written_for": 0, "written_against": 0, "written_abstain": 0}

    assert vote(branch, general, item, **counts, **written)[0] == 302
    press(branch, general, "hand")
    done = press(branch, general, "confirm")

    assert "没有通过：赞成 2 票，差 1 票" in done
    assert stage(town) == "vetting"


def save(town: Township, meeting: str) -> None:
    item = item_of(town, meeting)
    save_vote(
        town.context("liu"), SaveVote(meeting=meeting, item=item, seen_version=1, votes={1: "for", 2: "for"})
    )


@pytest.mark.parametrize(("login", "code"), [("li", 404), ("zhao", 404), ("wu", 200), ("sysadmin", 403)])
def test_a_committees_meeting_is_for_the_committee_and_its_auditors(
    app: Flask, town: Township, login: str, code: int
) -> None:
    meeting = opened(town)
    counter = logged_in(app, login)

    for page in ("votes", "check", "resolution", "tally", "screen", "attendance"):
        assert counter.get(f"/meetings/{meeting}/{page}").status_code == code, page


def test_who_confirms_is_asked_again_ten_minutes_after_the_log_in(
    app: Flask, town: Township, organizer: Counter
) -> None:
    meeting = opened(town)
    save(town, meeting)
    head = logged_in(app, "zhang")
    press(organizer, meeting, "hand")
    town.clock.move_to(FIFTEENTH + timedelta(minutes=10))
    page = f"/meetings/{meeting}/check"
    version = re.search(r'name="version" value="(\d+)"', head.text(page))
    assert version is not None

    asked = head.post(f"/meetings/{meeting}/confirm", {"version": version.group(1)}, page=page)
    assert (asked.status_code, stage(town)) == (401, "vetting")
    done = head.send(f"/meetings/{meeting}/confirm", {**head.hidden(asked), "proof": PASSWORD})

    assert (done.status_code, stage(town)) == (302, "approval")


def test_nobody_who_only_reads_can_change_anything(app: Flask, town: Township) -> None:
    meeting = opened(town)
    counter = logged_in(app, "wu")

    for path in (f"items/{item_of(town, meeting)}", "hand", "confirm", "back", "attendance", "ballot"):
        assert (
            counter.post(f"/meetings/{meeting}/{path}", {"version": "2"}, page="/meetings").status_code == 403
        )


def test_a_dossiers_version_of_another_meeting_does_not_open_here(town: Township, organizer: Counter) -> None:
    meeting, other = opened(town), opened(town, ballot="secret")

    answer = organizer.post(
        f"/meetings/{meeting}/items/{item_of(town, other)}", {"version": "1", "defer": "1"},
        page=f"/meetings/{meeting}/votes",
    )  # fmt: skip

    assert answer.status_code == 404


def shown_numbers(page: str) -> tuple[int, int, int]:
    """Of the title, the greeting and the menu."""
    places = (r"<title>（(\d+)）", r"有 (\d+) 件事要办", r'今天要办<span class="n">(\d+)</span>')
    return tuple(int(found[1]) if (found := re.search(one, page)) else 0 for one in places)  # type: ignore[return-value]


def test_a_meeting_under_way_is_in_every_number_of_the_desk_of_whoever_has_to_go_on(
    app: Flask, town: Township, organizer: Counter, head: Counter
) -> None:
    before = [shown_numbers(one.text("/"))[0] for one in (organizer, head)]
    meeting = opened(town)
    save(town, meeting)
    kept = [shown_numbers(one.text("/")) for one in (organizer, head)]

    press(organizer, meeting, "hand")
    handed = [shown_numbers(one.text("/")) for one in (organizer, head)]

    assert kept == [(before[0] + 1,) * 3, (before[1] + 1,) * 3]
    assert handed == [(before[0],) * 3, (before[1] + 1,) * 3]
    assert f'今天要办<span class="n">{before[1] + 1}</span>' in head.text("/messages")


def test_one_more_is_put_on_the_agenda_of_an_open_meeting_and_taken_off_again(
    town: Township, organizer: Counter
) -> None:
    meeting = opened(town)
    dropped = item_of(town, meeting)
    page = f"/meetings/{meeting}/agenda/add"
    attendance = f"/meetings/{meeting}/attendance"
    nobody = organizer.text(page)
    organizer.post(
        f"/meetings/{meeting}/agenda/{dropped}/drop", {"version": sitting_of(town, meeting).version},
        page=attendance,
    )  # fmt: skip
    assert [one.name for one in sitting_of(town, meeting).items] == ["马国强"]

    shown = organizer.text(page)
    (offered,) = re.findall(r'type="radio" name="item" value="([^"]+)"', shown)
    none = organizer.send(page, organizer.form(page))
    stale = organizer.send(page, {**organizer.form(page), "item": offered, "version": "1"})
    done = organizer.send(page, {**organizer.form(page), "item": offered})

    assert "没有别人在等这个会" in nobody
    assert (none.status_code, stale.status_code, done.status_code) == (400, 409, 302)
    assert f'value="{offered}" checked' in stale.text
    assert {one.name for one in sitting_of(town, meeting).items} == {"马国强", "王秀兰"}
    assert "再加一个人" in organizer.text(attendance)


def test_a_meeting_that_was_handed_over_takes_nobody_more(town: Township, organizer: Counter) -> None:
    meeting = opened(town)
    page = f"/meetings/{meeting}/agenda/add"
    hidden = organizer.form(page)
    save(town, meeting)
    press(organizer, meeting, "hand")

    refused = organizer.send(page, {**hidden, "item": f"{town.dossiers['马国强']}.preexamined."})

    assert refused.status_code == 409
    assert organizer.get(page).status_code == 302
    assert "加一个人" not in organizer.text(f"/meetings/{meeting}/attendance")

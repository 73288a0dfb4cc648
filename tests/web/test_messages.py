"""What the clock has told a visitor stands under messages until it is done."""

from datetime import UTC, date, datetime

import pytest

from notifications.sweep import sweep
from tests.web.conftest import Counter
from tests.web.township import Township, _open

MORNING = datetime(2016, 6, 7, 0, 30, tzinfo=UTC)


def test_a_reminder_stands_under_messages_with_its_deadline_and_its_day(
    town: Township, secretary: Counter
) -> None:
    sweep(town.record, MORNING)

    page = secretary.text("/messages")

    assert "王秀兰：半年考察" in page
    assert "6月7日（周二）提醒" in page


def test_the_menu_counts_what_was_not_taken_note_of(town: Township, secretary: Counter) -> None:
    sweep(town.record, MORNING)
    page = secretary.text("/messages")

    answers = [secretary.post(href, {}, page="/messages") for href in secretary.hrefs(page, "/messages/")]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert '消息<span class="n">2</span>' in page
    assert "消息<span" not in secretary.text("/messages")
    assert "已读" in secretary.text("/messages")


def test_what_is_done_is_no_longer_listed(town: Township, secretary: Counter) -> None:
    sweep(town.record, MORNING)
    town.act("王秀兰", "review_recorded", date(2016, 6, 7), result="合格")

    page = secretary.text("/messages")
    assert "半年考察" not in page
    assert "王秀兰：可以提出拟发展对象" in page
    assert "可以办了" in page
    assert "2015年9月10日起" in page


def test_where_not_all_are_listed_the_page_says_so_and_leads_to_the_people(
    town: Township, secretary: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    sweep(town.record, MORNING)
    assert "只列出最新" not in secretary.text("/messages")
    monkeypatch.setattr("web.messages.views.MOST", 2)

    page = secretary.text("/messages")

    assert "只列出最新的 2 条。" in page
    assert 'href="/dossiers?due=overdue"' in page


def test_nobody_takes_note_of_somebody_elses_reminder(
    town: Township, secretary: Counter, auditor: Counter
) -> None:
    sweep(town.record, MORNING)
    theirs = secretary.hrefs(secretary.text("/messages"), "/messages/")[0]

    assert auditor.post(theirs, {}, page="/").status_code == 404


def test_a_reminder_that_is_put_off_is_not_counted_and_stands_below_with_its_day(
    town: Township, secretary: Counter
) -> None:
    due_soon(town)
    page = secretary.text("/messages")
    for href in secretary.hrefs(page, "/messages/"):
        if "演示新" not in page.split(href)[1].split("</li>")[0] and href.endswith("/read"):
            secretary.post(href, {}, page="/messages")  # what else there is has been taken note of
    path = next(one for one in secretary.hrefs(page, "/messages/") if one.endswith("/snooze"))

    answer = secretary.post(path, {"until": "2016-06-08", "reason": "waiting_for_paper"}, page="/messages")

    assert answer.status_code == 302
    assert "消息<span" in page
    after = secretary.text("/messages")
    assert "消息<span" not in after
    assert "以后再提醒的" in after
    assert "6月8日（周三）再提醒：等材料" in after


def test_what_cannot_be_put_off_is_said_and_what_is_overdue_is_not_offered_it(
    town: Township, secretary: Counter
) -> None:
    sweep(town.record, MORNING)
    overdue = secretary.text("/messages")
    due_soon(town)
    page = secretary.text("/messages")
    path = next(one for one in secretary.hrefs(page, "/messages/") if one.endswith("/snooze"))

    late = secretary.post(path, {"until": "2016-06-13", "reason": "other"}, page="/messages")
    no_day = secretary.post(path, {"until": "", "reason": "other"}, page="/messages")

    assert "以后再提醒" not in overdue
    assert (late.status_code, no_day.status_code) == (400, 400)
    assert "最晚到2016-06-12" in late.get_data(as_text=True)


def test_to_whom_a_word_is_to_be_handed_on_stands_with_it(town: Township, secretary: Counter) -> None:
    sweep(town.record, MORNING)
    person = town.people["周海波"]
    with town.record.writing() as connection:
        connection.exec_driver_sql(
            'UPDATE reminder SET "values" = json_set("values", \'$.persons\', json_array(?))', (person,)
        )

    assert "请转告：周海波" in secretary.text("/messages")


def due_soon(town: Township) -> None:
    """The talk of a new applicant, due on Sunday 12 June, of which the secretary has just been told."""
    town.act("王秀兰", "review_recorded", date(2016, 6, 7), result="合格")
    _open(town, "演示新", "willow", "li", date(2016, 5, 12))
    sweep(town.record, MORNING)

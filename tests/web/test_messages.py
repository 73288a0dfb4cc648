"""What the clock has told a visitor stands under messages until it is done."""

from datetime import UTC, date, datetime

from notifications.sweep import sweep
from tests.web.conftest import Counter
from tests.web.township import Township

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
    assert "2015年9月10日起可以" in page


def test_nobody_takes_note_of_somebody_elses_reminder(
    town: Township, secretary: Counter, auditor: Counter
) -> None:
    sweep(town.record, MORNING)
    theirs = secretary.hrefs(secretary.text("/messages"), "/messages/")[0]

    assert auditor.post(theirs, {}, page="/").status_code == 404

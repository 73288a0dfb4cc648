"""One digest a working day at eight, urgent words at once in working hours, nothing that is closed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from notifications.delivery.composing import compose
from notifications.heartbeat import beat
from recruit.commands.addresses import switch_address
from recruit.commands.robots import AddRobot, add_robot, end_robot
from recruit.commands.users import disable_user, set_preferences
from tests.homes import Home, ask
from tests.notifications.delivery.post import (
    Box,
    addressed,
    clerks,
    delivered,
    reminded,
    rows,
    swept,
    utc,
)
from tests.recruit.builders import Township

TOLD = "2016-05-24"  # a Tuesday: ten days before the talk is due


@pytest.fixture
def dossier(township: Township) -> str:
    addressed(township, "secretary")
    return township.open(on="2016-05-03")


def test_the_digest_is_written_at_eight_and_once_a_day(township: Township, dossier: str) -> None:
    swept(township, TOLD)

    assert compose(township.record, utc(TOLD, 7, 59, 59)) == 0
    assert compose(township.record, utc(TOLD, 8)) == 1
    assert compose(township.record, utc(TOLD, 8, 0, 10)) == 0
    assert rows(township.record) == [("secretary", "mail", "waiting")]


@pytest.mark.embedded
def test_nothing_is_written_from_six_in_the_evening_on(township: Township, dossier: str) -> None:
    swept(township, TOLD, 17)

    assert compose(township.record, utc(TOLD, 18)) == 0
    assert compose(township.record, utc(TOLD, 17, 59, 59)) == 1


@pytest.mark.parametrize(("day", "count"), [("2016-06-09", 0), ("2016-06-11", 0), ("2016-06-12", 1)])
@pytest.mark.embedded
def test_holidays_are_quiet_and_a_make_up_sunday_is_a_working_day(
    township: Township, dossier: str, day: str, count: int
) -> None:
    swept(township, "2016-06-08", 20)

    assert compose(township.record, utc(day, 8)) == count


@pytest.mark.embedded
def test_a_word_after_eight_waits_for_the_next_digest(township: Township, dossier: str) -> None:
    beat(township.record, "sweep", utc(TOLD, 7, 59), node="n", done=0)
    reminded(township, dossier, utc(TOLD, 8, 0, 1), rung="-10", is_urgent=False)

    assert compose(township.record, utc(TOLD, 17)) == 0
    assert compose(township.record, utc("2016-05-25", 8)) == 1


@pytest.mark.embedded
def test_a_clock_that_stood_still_at_eight_makes_up_for_it_the_same_day(
    township: Township, dossier: str
) -> None:
    swept(township, TOLD, 11)

    assert compose(township.record, utc(TOLD, 11, 0, 1)) == 1


@pytest.mark.embedded
def test_an_urgent_word_is_sent_at_once_after_the_digest(township: Township, dossier: str) -> None:
    swept(township, TOLD)
    compose(township.record, utc(TOLD, 8))
    reminded(township, dossier, utc(TOLD, 10))

    assert compose(township.record, utc(TOLD, 10, 0, 5)) == 1
    assert compose(township.record, utc(TOLD, 10, 0, 15)) == 0


@pytest.mark.embedded
def test_an_urgent_word_of_the_night_rides_with_the_digest(township: Township, dossier: str) -> None:
    swept(township, TOLD)
    reminded(township, dossier, utc(TOLD, 3))

    assert compose(township.record, utc(TOLD, 8)) == 1


@pytest.mark.embedded
def test_two_urgent_words_on_the_day_after_the_digest_of_none_are_two_messages(
    township: Township, dossier: str
) -> None:
    beat(township.record, "sweep", utc(TOLD, 7), node="n", done=0)
    reminded(township, dossier, utc(TOLD, 9), rung="0")
    reminded(township, dossier, utc(TOLD, 9, 30), rung="+1")

    assert compose(township.record, utc(TOLD, 10)) == 2


def test_a_word_told_again_with_another_day_is_sent_again(township: Township, dossier: str) -> None:
    beat(township.record, "sweep", utc(TOLD, 7), node="n", done=0)
    reminded(township, dossier, utc(TOLD, 9))
    compose(township.record, utc(TOLD, 9, 1))
    reminded(township, dossier, utc(TOLD, 10), due=date(2016, 6, 20))

    assert compose(township.record, utc(TOLD, 10, 1)) == 1


def test_what_is_closed_before_the_digest_is_not_told(township: Township, dossier: str) -> None:
    swept(township, TOLD)
    township.act(dossier, "talk_held", TOLD, talker="演示书记")

    assert compose(township.record, utc(TOLD, 10)) == 0
    assert compose(township.record, utc("2016-05-25", 8)) == 0


def test_a_snoozed_word_waits_for_its_day(township: Township, dossier: str) -> None:
    swept(township, TOLD)
    with township.record.writing() as connection:
        ask(connection, "UPDATE reminder SET snoozed_until = :day", day="2016-05-26")

    assert compose(township.record, utc("2016-05-25", 8)) == 0
    assert compose(township.record, utc("2016-05-26", 8)) == 1


def test_who_has_no_address_is_told_by_the_pages_alone(township: Township) -> None:
    township.open(on="2016-05-03")
    swept(township, TOLD)

    assert compose(township.record, utc(TOLD, 8)) == 0
    addressed(township, "secretary")
    assert compose(township.record, utc(TOLD, 9)) == 0


@pytest.mark.embedded
def test_who_switched_the_address_off_or_is_disabled_gets_nothing(township: Township, dossier: str) -> None:
    addressed(township, "clerk")
    swept(township, TOLD)
    switch_address(township.context("secretary"), "mail", is_on=False)
    disable_user(township.context("security_admin"), township.context("clerk").actor.user_id)

    assert compose(township.record, utc(TOLD, 8)) == 0


@pytest.mark.embedded
def test_a_channel_that_cannot_be_used_is_not_written_for(township: Township, dossier: str) -> None:
    swept(township, TOLD)

    assert compose(township.record, utc(TOLD, 8), channels=("sms",)) == 0


@pytest.mark.embedded
def test_each_channel_gets_the_digest(township: Township, dossier: str) -> None:
    addressed(township, "secretary", channel="sms")
    swept(township, TOLD)

    assert compose(township.record, utc(TOLD, 8)) == 2


def test_persons_without_a_log_in_are_told_once_though_two_seats_are(
    township: Township, dossier: str
) -> None:
    contact = township.person("演示联系人", phone="13900001234")
    for login in ("secretary", "clerk"):
        reminded(township, dossier, utc(TOLD, 1), to=login, is_urgent=False, persons=(contact,))

    compose(township.record, utc(TOLD, 8))
    box = Box()
    delivered(township, utc(TOLD, 8), {"sms": box})

    assert [(letter.to, letter.body) for letter in box.letters] == [
        (
            "13900001234",
            "发展党员工作，请您配合：一村党支部：派人谈话，2016年6月3日截止。请与所在党支部联系。",
        )
    ]


def test_a_robot_tells_its_branch_once_what_its_seats_were_told(township: Township, dossier: str) -> None:
    new = AddRobot(organization=township.places["first"], kind="wecom", url="https://example.cn/send?key=1")
    add_robot(township.context("head"), new)
    swept(township, TOLD)

    assert compose(township.record, utc(TOLD, 8)) == 2
    assert compose(township.record, utc(TOLD, 9)) == 0
    assert sorted(channel for _, channel, _ in rows(township.record)) == ["mail", "wecom"]


@pytest.mark.embedded
def test_an_ended_robot_and_one_of_another_branch_tell_nothing(township: Township, dossier: str) -> None:
    for place in ("first", "second"):
        new = AddRobot(organization=township.places[place], kind="wecom", url="https://example.cn/send?key=1")
        robot = add_robot(township.context("system_admin"), new)
        if place == "first":
            end_robot(township.context("system_admin"), robot)
    swept(township, TOLD)

    assert compose(township.record, utc(TOLD, 8)) == 1


def test_two_composers_at_once_write_each_message_once(home: Home, township: Township, dossier: str) -> None:
    clerks(township, 6)
    swept(township, TOLD)
    other = township.record if home.url is None else home.open()

    with ThreadPoolExecutor(2) as pool:
        written = list(pool.map(lambda record: compose(record, utc(TOLD, 8)), (township.record, other)))
    if other is not township.record:
        other.close()

    assert sum(written) == len(rows(township.record)) == 7


@pytest.mark.embedded
def test_the_text_is_in_the_language_of_its_reader_and_names_nobody(township: Township, dossier: str) -> None:
    addressed(township, "clerk")
    set_preferences(township.context("clerk"), language="en", big_type=False)
    swept(township, TOLD)
    compose(township.record, utc(TOLD, 8))
    box = Box()

    delivered(township, utc(TOLD, 8), box)

    assert {letter.to: (letter.title, letter.body) for letter in box.letters} == {
        "secretary@post.example": (
            "发展党员：有 1 件事要办",
            "一村党支部：派人谈话，2016年6月3日截止\n请登录系统，打开“消息”。",
        ),
        "clerk@post.example": (
            "Recruit: things to do (1)",
            "一村党支部: Talk, due 3 June 2016\nPlease log in and open “Messages”.",
        ),
    }


@pytest.mark.embedded
def test_a_stand_in_reads_that_it_is_for_another_and_not_for_whom(township: Township, dossier: str) -> None:
    swept(township, TOLD)
    absent = township.context("head").actor
    with township.record.writing() as connection:
        ask(connection, "UPDATE reminder SET instead_of = :user", user=absent.user_id)
    compose(township.record, utc(TOLD, 8))
    box = Box()

    delivered(township, utc(TOLD, 8), box)

    assert "（代收）一村党支部" in box.letters[0].body
    assert absent.name not in box.letters[0].body

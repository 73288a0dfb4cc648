"""The outbox: claimed once, sent at least once, marked within the fence, given up in the end."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from notifications.delivery.claiming import LEASE, Claimed, channel_or_none, claim
from notifications.delivery.composing import compose
from notifications.delivery.finishing import Delivered, Ended, backoff, finish
from notifications.delivery.letters import SENT, Letter, Result
from notifications.delivery.running import Way, deliver
from recruit.commands.addresses import remove_address
from tests.homes import Home, ask
from tests.notifications.delivery.post import (
    FIXED,
    Box,
    addressed,
    clerks,
    delivered,
    results,
    rows,
    swept,
    utc,
)
from tests.recruit.builders import Township

DAY = "2016-05-24"
EIGHT = utc(DAY, 8)


class Killed(BaseException):
    """The process ends here."""


@pytest.fixture
def dossier(township: Township) -> str:
    addressed(township, "secretary")
    return township.open(on="2016-05-03")


def composed(township: Township) -> None:
    swept(township, DAY)
    compose(township.record, EIGHT)


def claimed(township: Township, now: datetime) -> list[Claimed]:
    channel = channel_or_none(township.record, "mail", now)
    assert channel is not None
    return claim(township.record, channel, now, limit=5)


def refusing(_letter: Letter) -> Result:
    return Result("refused", "dingtalk_310000")


def failing(_letter: Letter) -> Result:
    return Result("failed", "ConnectionRefusedError")


def dying(_letter: Letter) -> Result:
    raise Killed


def test_what_is_sent_is_not_sent_again(township: Township, dossier: str) -> None:
    composed(township)
    box = Box()

    for seconds in (0, 10, 3600):
        delivered(township, EIGHT + timedelta(seconds=seconds), box)

    assert len(box.letters) == 1
    assert rows(township.record) == [("secretary", "mail", "sent")]
    assert results(township.record) == ["sent"]


def test_a_worker_killed_between_claim_and_send_loses_nothing(township: Township, dossier: str) -> None:
    composed(township)

    with pytest.raises(Killed):
        delivered(township, EIGHT, Box(dying))
    box = Box()
    delivered(township, EIGHT + LEASE - timedelta(seconds=1), box)
    before = len(box.letters)
    delivered(township, EIGHT + LEASE + timedelta(seconds=1), box)

    assert (before, len(box.letters)) == (0, 1)
    assert results(township.record) == ["unknown", "sent"]


def test_a_worker_killed_between_send_and_mark_sends_one_message_twice_under_one_id(
    township: Township, dossier: str
) -> None:
    clerks(township, 3)
    composed(township)
    box = Box(lambda _letter: dying(_letter) if len(box.letters) == 2 else SENT)

    with pytest.raises(Killed):
        delivered(township, EIGHT, box)
    delivered(township, EIGHT + 2 * LEASE, box)

    assert len(box.letters) == 5
    assert len({letter.id for letter in box.letters}) == 4
    assert {state for _, _, state in rows(township.record)} == {"sent"}


def test_a_stalled_worker_marks_nothing(township: Township, dossier: str) -> None:
    composed(township)
    stalled = claimed(township, EIGHT)
    later = EIGHT + LEASE + timedelta(seconds=1)
    awake = claimed(township, later)

    lost = finish(township.record, [Ended(stalled[0], SENT, later)], chance=0)
    failed = finish(township.record, [Ended(stalled[0], Result("failed", "x"), later)], chance=0)
    done = finish(township.record, [Ended(awake[0], SENT, later)], chance=0)

    assert lost == failed == Delivered(lost=1)
    assert done == Delivered(sent=1)
    assert results(township.record) == ["unknown", "sent"]


@pytest.mark.parametrize("workers", [2, 4])
def test_workers_on_one_record_send_each_message_once(
    home: Home, township: Township, dossier: str, workers: int
) -> None:
    clerks(township, 12)
    composed(township)
    box = Box()
    records = [township.record if home.url is None else home.open() for _ in range(workers)]

    with ThreadPoolExecutor(workers) as pool:
        way = Way(claimed=2, chance=lambda: 0.0)
        done = list(pool.map(lambda record: deliver(record, EIGHT, {"mail": box}, way=way), records))
    for record in records:
        if record is not township.record:
            record.close()

    assert sum(one.sent for one in done) == 13
    assert sorted({letter.to for letter in box.letters}) == sorted(letter.to for letter in box.letters)
    assert results(township.record) == ["sent"] * 13


@pytest.mark.parametrize(("failures", "seconds"), [(1, 30), (2, 60), (7, 1920), (8, 3600), (50, 3600)])
def test_the_back_off_doubles_up_to_an_hour(failures: int, seconds: int) -> None:
    assert backoff(failures, 0) == timedelta(seconds=seconds)
    assert backoff(failures, 1) == timedelta(seconds=seconds * 0.85)


@pytest.mark.embedded
def test_what_is_refused_comes_again_and_is_given_up_after_72_hours(township: Township, dossier: str) -> None:
    composed(township)
    box = Box(refusing)

    moments = [EIGHT + timedelta(minutes=30 * number) for number in range(2 * 72)]
    for moment in moments:
        delivered(township, moment, box)
    before = rows(township.record)[0][2]
    delivered(township, EIGHT + timedelta(hours=73), box)

    assert before == rows(township.record)[0][2] == "dead"
    assert box.letters[-1].at > EIGHT + timedelta(hours=70)


@pytest.mark.embedded
def test_a_final_refusal_is_dead_at_once(township: Township, dossier: str) -> None:
    composed(township)

    delivered(township, EIGHT, Box(lambda _: Result("refused", "smtp_550", is_final=True)))

    assert rows(township.record)[0][2] == "dead"


def test_a_channel_rests_after_five_failures_and_one_message_tries_it(
    township: Township, dossier: str
) -> None:
    clerks(township, 8)
    composed(township)
    box = Box(failing)

    tried = []
    for seconds in (0, 59, 61):
        delivered(township, EIGHT + timedelta(seconds=seconds), box)
        tried.append(len(box.letters))

    assert tried == [5, 5, 6]


@pytest.mark.embedded
def test_once_the_channel_answers_the_others_follow_in_the_same_run(township: Township, dossier: str) -> None:
    clerks(township, 8)
    composed(township)
    delivered(township, EIGHT, Box(failing))
    box = Box()

    delivered(township, EIGHT + timedelta(seconds=61), box)

    assert len(box.letters) == 9


@pytest.mark.embedded
def test_a_refusal_does_not_close_the_channel(township: Township, dossier: str) -> None:
    clerks(township, 8)
    composed(township)
    box = Box(refusing)

    delivered(township, EIGHT, box)

    assert len(box.letters) == 9


@pytest.mark.embedded
def test_another_channel_goes_on_while_one_rests(township: Township, dossier: str) -> None:
    clerks(township, 5)
    addressed(township, "secretary", channel="sms")
    composed(township)
    sms = Box()

    delivered(township, EIGHT, {"mail": Box(failing), "sms": sms})

    assert len(sms.letters) == 1


def test_what_is_closed_between_composing_and_sending_is_dropped(township: Township, dossier: str) -> None:
    composed(township)
    township.act(dossier, "talk_held", DAY, talker="演示书记")
    box = Box()

    delivered(township, EIGHT, box)

    assert box.letters == []
    assert rows(township.record) == [("secretary", "mail", "dropped")]


@pytest.mark.embedded
def test_an_address_taken_away_after_composing_is_not_used(township: Township, dossier: str) -> None:
    composed(township)
    remove_address(township.context("secretary"), "mail")
    box = Box()

    delivered(township, EIGHT, box)

    assert box.letters == []
    assert rows(township.record) == [("secretary", "mail", "dropped")]


@pytest.mark.embedded
def test_what_a_restore_held_back_is_not_sent(township: Township, dossier: str) -> None:
    composed(township)
    with township.record.writing() as connection:
        ask(connection, "UPDATE outbox SET state = 'held'")
    box = Box()

    delivered(township, EIGHT, box)

    assert box.letters == []


@pytest.mark.embedded
def test_the_text_of_the_first_try_is_the_text_of_every_try(township: Township, dossier: str) -> None:
    composed(township)
    box = Box(failing)
    delivered(township, EIGHT, box)
    with township.record.writing() as connection:
        ask(connection, "UPDATE organization SET name = '改了名'")

    delivered(township, EIGHT + timedelta(days=1, hours=1), box)

    assert box.letters[0].body == box.letters[1].body
    assert box.letters[0].id == box.letters[1].id


@pytest.mark.embedded
def test_a_message_that_cannot_be_made_does_not_stop_the_others(township: Township, dossier: str) -> None:
    addressed(township, "clerk")
    composed(township)
    township.record.keys.destroy(township.context("clerk").actor.user_id)
    box = Box()

    delivered(township, EIGHT, box)

    assert [letter.to for letter in box.letters] == ["secretary@post.example"]
    assert rows(township.record)[0] == ("clerk", "mail", "waiting")


@pytest.mark.embedded
def test_a_run_starts_nothing_after_ten_seconds(township: Township, dossier: str) -> None:
    clerks(township, 3)
    composed(township)
    box = Box()
    ticks = iter([0.0] + [0.0] * 6 + [10.0] * 50)

    done = deliver(
        township.record, EIGHT, {"mail": box}, way=Way(chance=lambda: 0, steady=lambda: next(ticks))
    )

    assert 0 < done.sent == len(box.letters) < 4
    delivered(township, EIGHT, box, way=FIXED)
    assert len(box.letters) == 4
    assert set(results(township.record)) == {"sent"}


def test_a_robot_hears_no_more_than_eighteen_messages_in_any_minute(
    home: Home, township: Township, dossier: str
) -> None:
    from notifications.delivery.destinations import pace
    from recruit.commands.robots import AddRobot, add_robot

    new = AddRobot(organization=township.places["first"], kind="wecom", url="https://example.cn/send?key=1")
    robot = add_robot(township.context("head"), new)
    sent = []
    for second in range(180):
        now = EIGHT + timedelta(seconds=second)
        with township.record.writing() as connection:
            while pace(connection, "wecom", robot, now) == now:
                sent.append(second)

    assert max(sum(begin <= one < begin + 60 for one in sent) for begin in range(180)) <= 18
    assert len(sent) >= 45

"""What a person sees of the reminders: the own ones, the last word on each deadline, while it is open."""

from datetime import UTC

import pytest

from notifications.sweep import sweep
from recruit.commands.reminders import acknowledge
from recruit.context import Context
from recruit.errors import NotFound
from recruit.queries.reminders import ReminderRow, reminders_for
from tests.homes import ask
from tests.recruit.builders import Township, at


def swept(township: Township, *days: str) -> None:
    for day in days:
        sweep(township.record, at(day).astimezone(UTC))


def listed(township: Township, day: str, login: str = "secretary", **given: int) -> tuple[ReminderRow, ...]:
    return reminders_for(seen_by(township, login, day), **given)


def seen_by(township: Township, login: str, day: str) -> Context:
    return township.context(login, at(day, 12))


def test_the_last_word_on_a_deadline_stands_for_those_before_it(township: Township) -> None:
    township.open(on="2016-05-03")
    swept(township, "2016-05-24", "2016-05-31", "2016-06-06")

    rows = listed(township, "2016-06-06")

    assert [(row.deadline, row.rung, row.is_late) for row in rows] == [("talk", "+1", True)]


def test_a_reminder_is_gone_once_the_talk_is_held(township: Township) -> None:
    dossier = township.open(on="2016-05-03")
    swept(township, "2016-05-24")
    before = listed(township, "2016-05-25")
    township.act(dossier, "talk_held", "2016-05-25", talker="演示书记")

    after = listed(township, "2016-05-25")

    assert len(before) == 1
    assert after == ()


def test_a_reminder_is_silent_while_a_pause_stops_its_clock(township: Township) -> None:
    dossier = township.open(on="2014-07-01")
    township.act(dossier, "talk_held", "2014-07-10", talker="演示书记")
    township.act(dossier, "recommended", "2014-09-01", source="members")
    township.act(dossier, "activist_decided", "2014-11-10", members=5, present=5, for_=5)
    swept(township, "2015-05-04")
    before = {row.deadline for row in listed(township, "2015-05-04")}
    township.act(dossier, "suspended", "2015-05-05", reason="演示")

    after = {row.deadline for row in listed(township, "2015-05-05")}

    assert before - after == {"review"}


def test_each_sees_the_own_reminders_only(township: Township) -> None:
    township.open(on="2016-05-03")
    swept(township, "2016-05-24")

    assert len(listed(township, "2016-05-25", "clerk")) == 1
    assert listed(township, "2016-05-25", "organizer") == ()
    assert listed(township, "2016-05-25", "neighbour") == ()


def test_whoever_no_longer_reaches_the_branch_no_longer_sees_its_reminders(township: Township) -> None:
    township.open(on="2016-05-03")
    swept(township, "2016-05-24")
    with township.record.writing() as connection:
        ask(connection, "UPDATE \"grant\" SET to_on = '2016-05-25' WHERE role = 'branch_secretary'")

    assert len(listed(township, "2016-05-25")) == 1
    assert listed(township, "2016-05-26") == ()


def test_the_newest_come_first_the_most_urgent_of_a_morning_before_the_others(township: Township) -> None:
    last = township.open(on="2016-05-10")
    later = township.open(on="2016-05-06")
    first = township.open(on="2016-05-03")
    swept(township, "2016-06-01", "2016-06-03")

    rows = listed(township, "2016-06-03")

    assert [(row.dossier, row.rung) for row in rows] == [(first, "0"), (later, "-3"), (last, "-10")]
    assert listed(township, "2016-06-03", limit=2) == rows[:2]


def test_a_reminder_is_acknowledged_once_and_stays_while_the_deadline_is_open(township: Township) -> None:
    township.open(on="2016-05-03")
    swept(township, "2016-05-24")
    (row,) = listed(township, "2016-05-25")
    acknowledge(seen_by(township, "secretary", "2016-05-25"), row.id)
    acknowledge(seen_by(township, "secretary", "2016-05-26"), row.id)

    (read,) = listed(township, "2016-05-27")

    assert row.read_at is None
    assert read.read_at == at("2016-05-25", 12)


def test_nobody_acknowledges_for_another(township: Township) -> None:
    township.open(on="2016-05-03")
    swept(township, "2016-05-24")
    (row,) = listed(township, "2016-05-25")

    with pytest.raises(NotFound):
        acknowledge(seen_by(township, "clerk", "2016-05-25"), row.id)

    assert listed(township, "2016-05-26") == (row,)

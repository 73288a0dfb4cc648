"""The number beside the messages: as many as are listed there and not taken note of."""

from datetime import UTC, date

import pytest

from notifications.sweep import sweep
from recruit.commands.reminders import acknowledge, snooze
from recruit.context import Context
from recruit.queries.news import news_for
from recruit.queries.reminders import reminders_for
from recruit.queries.what_waits import Waiting, what_waits
from tests.recruit.builders import Township, at

OPENED, TOLD = "2016-05-03", "2016-05-24"  # the talk is due on 3 June, a Friday


def waiting(township: Township, day: str, login: str = "secretary") -> Waiting:
    return what_waits(township.context(login, at(day, 12)), (), holds_meetings=True)


def unread(context: Context) -> list[str]:
    reminders = [row.id for row in reminders_for(context) if row.read_at is None]
    return reminders + [row.id for row in news_for(context) if row.read_at is None]


@pytest.fixture
def people(township: Township) -> list[str]:
    return [township.open(on=OPENED) for _ in range(3)]


@pytest.mark.parametrize("days", [(), (TOLD,), (TOLD, "2016-06-03"), (TOLD, "2016-06-03", "2016-06-10")])
def test_a_deadline_that_was_told_of_several_times_counts_once(
    township: Township, people: list[str], days: tuple[str, ...]
) -> None:
    for day in days:
        sweep(township.record, at(day).astimezone(UTC))

    context = township.context("secretary", at("2016-06-14", 12))
    assert waiting(township, "2016-06-14").unread == len(unread(context)) == (len(people) if days else 0)


def test_what_is_taken_note_of_counts_no_longer_until_it_is_told_again(
    township: Township, people: list[str]
) -> None:
    sweep(township.record, at(TOLD).astimezone(UTC))
    context = township.context("secretary", at(TOLD, 12))
    acknowledge(context, unread(context)[0])
    assert waiting(township, TOLD).unread == len(people) - 1

    sweep(township.record, at("2016-06-03").astimezone(UTC))
    assert waiting(township, "2016-06-03").unread == len(people)


def test_what_is_done_counts_no_longer(township: Township, people: list[str]) -> None:
    sweep(township.record, at(TOLD).astimezone(UTC))
    township.act(people[0], "talk_held", "2016-05-25")

    assert waiting(township, "2016-05-25").unread == len(people) - 1


def test_what_is_put_off_is_not_counted_and_is_to_be_looked_at(township: Township, people: list[str]) -> None:
    sweep(township.record, at(TOLD).astimezone(UTC))
    context = township.context("secretary", at(TOLD, 12))
    assert not waiting(township, TOLD).has_put_off
    snooze(context, unread(context)[0], until=date(2016, 5, 26), reason="busy_season")

    assert (waiting(township, TOLD).unread, waiting(township, TOLD).has_put_off) == (len(people) - 1, True)
    assert (waiting(township, "2016-05-26").unread, waiting(township, "2016-05-26").has_put_off) == (
        len(people),
        False,
    )


def test_no_more_are_counted_than_are_listed(
    township: Township, people: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sweep(township.record, at(TOLD).astimezone(UTC))
    monkeypatch.setattr("recruit.queries.what_waits.MOST", 2)

    context = township.context("secretary", at("2016-05-24", 13))
    found = what_waits(context, (), holds_meetings=False)

    assert found.unread == len(reminders_for(context, limit=2)) == len(people) - 1


def test_of_too_many_those_that_are_taken_note_of_are_left_out_first(
    township: Township, people: list[str]
) -> None:
    sweep(township.record, at(TOLD).astimezone(UTC))
    context = township.context("secretary", at(TOLD, 12))
    noted = unread(context)[0]
    acknowledge(context, noted)

    assert len(reminders_for(context)) == len(people)
    assert noted not in [row.id for row in reminders_for(context, limit=2)]


def test_nothing_is_counted_out_of_reach(township: Township, people: list[str]) -> None:
    sweep(township.record, at(TOLD).astimezone(UTC))

    assert waiting(township, TOLD, "neighbour").unread == 0
    assert not waiting(township, TOLD, "neighbour").has_proposals

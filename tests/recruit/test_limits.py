"""Uses are counted in one table for all processes, and a flood is refused before it writes."""

from datetime import timedelta

import pytest

from recruit.limits import LIMITS, allowed, forget_uses, used_up, window_of
from tests.homes import Home, ask
from tests.recruit.builders import Township, at

NOW = at("2016-06-16")
SECOND = timedelta(seconds=1)


def rows(township: Township) -> int:
    with township.record.reading() as connection:
        return int(ask(connection, "SELECT count(*) FROM use_count").scalar_one())


def test_one_more_than_the_limit_is_refused_until_its_window_ends(township: Township) -> None:
    limit = LIMITS["export"]
    _, ends_at = window_of(limit, NOW)

    given = [allowed(township.record, "export", "u1", NOW) for _ in range(limit.count)]
    refused = allowed(township.record, "export", "u1", NOW)

    assert given == [None] * limit.count
    assert refused is not None
    assert NOW + refused.seconds * SECOND == ends_at
    assert allowed(township.record, "export", "u2", NOW) is None
    assert allowed(township.record, "export", "u1", ends_at - SECOND) is not None
    assert allowed(township.record, "export", "u1", ends_at) is None


def test_a_use_that_another_process_counted_counts(township: Township, home: Home) -> None:
    """On a server another process has a record of its own; beside SQLite a new shield stands for it."""
    limit = LIMITS["receipt"]
    for number in range(limit.count):
        allowed(township.record, "receipt", "10.0.0.1", NOW + number * SECOND)
    if home.url is None:
        township.record.shield = type(township.record.shield)()
        assert allowed(township.record, "receipt", "10.0.0.1", NOW + 60 * SECOND) is not None
        return
    with home.open() as other:
        assert used_up(other, "receipt", "10.0.0.1", NOW + 60 * SECOND) is not None
        assert allowed(other, "receipt", "10.0.0.1", NOW + 60 * SECOND) is not None
        assert allowed(other, "receipt", "10.0.0.2", NOW + 60 * SECOND) is None


def test_nothing_is_kept_that_says_who_it_was(township: Township) -> None:
    allowed(township.record, "receipt", "10.11.12.13", NOW)

    with township.record.reading() as connection:
        (row,) = ask(connection, "SELECT what, who FROM use_count").all()
    assert b"10.11.12.13" not in bytes(row.who)
    assert len(bytes(row.who)) == 16


def test_a_process_takes_searches_by_the_block(township: Township) -> None:
    limit = LIMITS["search"]
    answers = [allowed(township.record, "search", "u1", NOW) for _ in range(limit.count + 1)]

    assert answers[:-1] == [None] * limit.count
    assert answers[-1] is not None
    with township.record.reading() as connection:
        used = ask(connection, "SELECT used_count FROM use_count").scalar_one()
    assert used == limit.count + limit.block


@pytest.mark.embedded
def test_a_flood_from_everywhere_asks_the_table_a_few_times_a_second(township: Township) -> None:
    answers = [allowed(township.record, "objection", f"10.0.{n // 256}.{n % 256}", NOW) for n in range(500)]

    assert answers.count(None) == LIMITS["objection"].pace
    assert rows(township) == LIMITS["objection"].pace
    assert allowed(township.record, "objection", "10.9.9.9", NOW + SECOND) is None


@pytest.mark.embedded
def test_what_is_over_is_forgotten(township: Township) -> None:
    allowed(township.record, "export", "u1", NOW)
    _, ends_at = window_of(LIMITS["export"], NOW)

    assert forget_uses(township.record, now=ends_at - SECOND) == 0
    assert forget_uses(township.record, now=ends_at) == 1
    assert rows(township) == 0

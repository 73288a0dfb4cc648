"""Five failed log-ins close an account, twenty an address, for a quarter of an hour."""

from datetime import datetime, timedelta

import pytest

from recruit.commands.failures import OF_ACCOUNT, OF_ADDRESS, PERIOD, claim_try, forgive, lift_lock
from recruit.commands.housekeeping import forget_failures
from recruit.commands.sessions import log_in
from recruit.errors import LogInLocked, NotAllowed, NotFound
from recruit.log.verify import verify
from recruit.queries.locks import locks
from recruit.record import Record
from tests.recruit.builders import Township, at

NOW = at("2016-03-01")
LATER = timedelta(minutes=1)


def fail(record: Record, login: str = "secretary", *, address: str = "10.0.0.7", now: datetime = NOW) -> None:
    with record.writing() as connection:
        claim_try(connection, record, login=login, address=address, user=None, now=now)


def is_locked(record: Record, login: str, *, address: str = "10.0.0.8", now: datetime = NOW) -> bool:
    """Whether one more try is refused; the try itself leaves nothing."""
    try:
        with record.writing() as connection:
            claim_try(connection, record, login=login, address=address, user=None, now=now)
            connection.rollback()
    except LogInLocked:
        return True
    return False


def test_the_fifth_failure_locks_and_the_fourth_does_not(township: Township) -> None:
    for _ in range(OF_ACCOUNT - 1):
        fail(township.record)
    assert not is_locked(township.record, "secretary")

    fail(township.record)

    assert is_locked(township.record, "Secretary ")
    assert not is_locked(township.record, "clerk", address="10.0.0.7")


def test_a_lock_lasts_a_quarter_of_an_hour_from_the_last_failure(township: Township) -> None:
    for number in range(OF_ACCOUNT):
        fail(township.record, now=NOW + number * LATER)
    end = NOW + (OF_ACCOUNT - 1) * LATER + PERIOD

    assert is_locked(township.record, "secretary", now=end - timedelta(seconds=1))
    assert not is_locked(township.record, "secretary", now=end)


def test_failures_that_are_far_apart_lock_nothing(township: Township) -> None:
    for number in range(OF_ACCOUNT):
        fail(township.record, now=NOW + number * timedelta(minutes=4))

    assert not is_locked(township.record, "secretary", now=NOW + timedelta(minutes=17))


def test_an_address_that_tries_many_accounts_is_locked(township: Township) -> None:
    for number in range(OF_ADDRESS):
        fail(township.record, f"user{number}")

    assert is_locked(township.record, "somebody", address="10.0.0.7")
    assert not is_locked(township.record, "somebody", address="10.0.0.8")


def test_a_lock_outlives_the_process(township: Township) -> None:
    for _ in range(OF_ACCOUNT):
        fail(township.record)
    township.record.close()

    with Record.open(township.record.folder, url=township.record.url) as record:
        assert is_locked(record, "secretary")


def test_a_log_in_that_succeeds_forgives_the_account(township: Township) -> None:
    for _ in range(OF_ACCOUNT - 1):
        fail(township.record)

    with township.record.writing() as connection:
        forgive(connection, township.record, login="SECRETARY")
    fail(township.record)

    assert not is_locked(township.record, "secretary")


def test_the_right_password_opens_nothing_while_it_is_locked(township: Township) -> None:
    for _ in range(OF_ACCOUNT):
        fail(township.record)

    with pytest.raises(LogInLocked) as locked:
        log_in(township.record, login="secretary", password="a-made-up-password", now=NOW)

    assert "15" in locked.value.message("zh")


def test_the_security_administrator_lifts_a_lock_and_it_is_an_event(township: Township) -> None:
    for _ in range(OF_ACCOUNT):
        log_in(township.record, login="secretary", password="wrong", now=NOW, address="10.0.0.7")
    security = township.context("security_admin", NOW)
    assert [row.login for row in locks(security)] == ["secretary"]
    assert locks(township.context("organizer", NOW)) == ()
    before = verify(township.record).events

    lift_lock(security, login="secretary")

    assert locks(security) == ()
    assert not is_locked(township.record, "secretary")
    assert verify(township.record).events == before + 1


def test_nobody_else_lifts_a_lock(township: Township) -> None:
    with pytest.raises(NotAllowed):
        lift_lock(township.context("organizer"), login="secretary")
    with pytest.raises(NotFound):
        lift_lock(township.context("security_admin"), login="nobody")


def test_neither_name_nor_address_is_kept(township: Township) -> None:
    fail(township.record, "a password typed into the wrong box")

    with township.record.reading() as connection:
        row = connection.exec_driver_sql("SELECT * FROM failure").one()

    assert "password" not in str(row)
    assert "10.0.0.7" not in str(row)


def test_failures_that_lock_nothing_any_more_are_dropped(township: Township) -> None:
    fail(township.record)

    assert forget_failures(township.record, now=NOW + 2 * PERIOD - LATER) == 0
    assert forget_failures(township.record, now=NOW + 2 * PERIOD) == 1

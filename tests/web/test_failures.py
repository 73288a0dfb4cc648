"""Five failed log-ins close an account for a quarter of an hour; an address gets more tries."""

from datetime import UTC, datetime, timedelta

from web.failures import LIMIT, PERIOD, Failures

NOW = datetime(2016, 6, 17, 1, 0, tzinfo=UTC)


def failed(times: int) -> Failures:
    failures = Failures()
    for _ in range(times):
        failures.add("li", "10.0.0.7", NOW)
    return failures


def test_the_fifth_failure_locks_and_the_fourth_does_not() -> None:
    assert not failed(LIMIT - 1).is_locked("li", "10.0.0.8", NOW)
    assert failed(LIMIT).is_locked("li", "10.0.0.8", NOW)


def test_a_lock_ends_after_its_period() -> None:
    failures = failed(LIMIT)

    assert failures.is_locked("li", "10.0.0.8", NOW + PERIOD - timedelta(seconds=1))
    assert not failures.is_locked("li", "10.0.0.8", NOW + PERIOD)


def test_others_at_the_same_address_are_not_locked_out_by_one_account() -> None:
    assert not failed(LIMIT).is_locked("liu", "10.0.0.7", NOW)


def test_an_address_that_tries_many_accounts_is_locked() -> None:
    failures = Failures()
    for number in range(LIMIT * 4):
        failures.add(f"user{number}", "10.0.0.7", NOW)

    assert failures.is_locked("someone", "10.0.0.7", NOW)
    assert not failures.is_locked("someone", "10.0.0.8", NOW)


def test_a_log_in_that_succeeds_forgets_the_failures_of_the_account() -> None:
    failures = failed(LIMIT - 1)

    failures.forget("LI")
    failures.add("li", "10.0.0.7", NOW)

    assert not failures.is_locked("li", "10.0.0.7", NOW)

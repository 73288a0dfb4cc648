"""The engine recipe: no update is lost, readers cannot write."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy.exc import OperationalError

from tests.recruit.builders import Township

pytestmark = pytest.mark.embedded

THREADS, TRANSACTIONS = 8, 100


def test_eight_threads_that_read_then_write_lose_no_update(township: Township) -> None:
    with township.record.writing() as connection:
        connection.exec_driver_sql("CREATE TABLE counter (n INTEGER)")
        connection.exec_driver_sql("INSERT INTO counter VALUES (0)")

    def count_up(_: int) -> None:
        for _ in range(TRANSACTIONS):
            with township.record.writing() as connection:
                n = connection.exec_driver_sql("SELECT n FROM counter").scalar_one()
                connection.exec_driver_sql("UPDATE counter SET n = ?", (n + 1,))

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(count_up, range(THREADS)))

    with township.record.reading() as connection:
        assert connection.exec_driver_sql("SELECT n FROM counter").scalar_one() == THREADS * TRANSACTIONS


def test_a_reader_cannot_write(township: Township) -> None:
    with pytest.raises(OperationalError, match="readonly"), township.record.reading() as connection:
        connection.exec_driver_sql("DELETE FROM dossier")


def test_the_writer_commits_through_the_log_and_waits_for_the_disk(township: Township) -> None:
    with township.record.writing() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers", "busy_timeout")
        }

    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "busy_timeout": 10000,
    }


def test_a_write_lock_is_taken_when_the_transaction_begins(township: Township) -> None:
    other = sqlite3.connect(township.record.folder / "recruit.db", timeout=0, isolation_level=None)
    with township.record.writing(), pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")
    other.close()

"""One view for a whole page: the same state for all that it asks, and at once what it writes itself."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from sqlalchemy.exc import DBAPIError

from recruit.errors import NotFound, NotWritable
from recruit.record import Record
from tests.homes import Home, ask
from tests.recruit.builders import Township


def number(record: Record) -> int:
    """Of the dossiers."""
    with record.reading() as connection:
        return int(ask(connection, "SELECT count(*) FROM dossier").scalar_one())


def open_elsewhere(township: Township) -> None:
    """What another request writes meanwhile."""
    with ThreadPoolExecutor(1) as another:
        another.submit(township.open, on="2015-01-05").result()


def test_all_that_a_page_asks_is_answered_from_one_state(township: Township) -> None:
    with township.record.one_view():
        assert number(township.record) == 0
        open_elsewhere(township)

        assert number(township.record) == 0
    assert number(township.record) == 1


def test_without_a_view_each_question_has_its_own_state(township: Township) -> None:
    assert number(township.record) == 0
    open_elsewhere(township)

    assert number(township.record) == 1


def test_what_is_written_under_a_view_is_seen_by_the_next_question(township: Township) -> None:
    with township.record.one_view():
        assert number(township.record) == 0
        township.open(on="2015-01-05")

        assert number(township.record) == 1


def test_whoever_is_reading_while_the_same_page_writes_reads_to_the_end_what_was_there(
    township: Township,
) -> None:
    with township.record.one_view():
        with township.record.reading() as connection:
            before = ask(connection, "SELECT count(*) FROM dossier").scalar_one()
            township.open(on="2015-01-05")
            assert ask(connection, "SELECT count(*) FROM dossier").scalar_one() == before
        assert number(township.record) == before + 1


def test_a_refusal_inside_leaves_the_reader_around_it_be(township: Township) -> None:
    with township.record.one_view(), township.record.reading() as connection:
        with suppress(NotFound), township.record.reading():
            raise NotFound(what="dossier")

        assert ask(connection, "SELECT 1").scalar_one() == 1


def test_after_a_failed_statement_the_next_question_is_answered(township: Township) -> None:
    with township.record.one_view():
        with pytest.raises(DBAPIError), township.record.reading() as connection:
            ask(connection, "SELECT nothing FROM nowhere")

        assert number(township.record) == 0


def test_nothing_can_be_written_through_a_view(township: Township) -> None:
    refused = pytest.raises((DBAPIError, NotWritable))
    with township.record.one_view(), refused, township.record.reading() as connection:
        ask(connection, "DELETE FROM dossier")


def test_a_view_keeps_no_connection_after_its_end(home: Home) -> None:
    with home.open() as record:
        with record.one_view():
            number(record)

        assert record.truncate_log()

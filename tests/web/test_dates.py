"""Days and hours are written as people write them."""

from datetime import UTC, date, datetime

import pytest

from web import dates

WEDNESDAY = date(2016, 6, 8)


def test_a_record_names_the_whole_day() -> None:
    assert dates.long_day(WEDNESDAY, "zh") == "2016年6月8日"
    assert dates.long_day(WEDNESDAY, "en") == "8 June 2016"


def test_a_list_names_the_day_with_its_weekday() -> None:
    assert dates.short_day(WEDNESDAY, "zh") == "6月8日（周三）"
    assert dates.short_day(WEDNESDAY, "en") == "Wed 8 June"


@pytest.mark.parametrize(
    ("first", "last", "zh", "en"),
    [
        (date(2016, 6, 9), date(2016, 6, 12), "6月9日至12日", "9–12 June"),
        (date(2016, 6, 29), date(2016, 7, 1), "6月29日至7月1日", "29 June – 1 July"),
        (WEDNESDAY, WEDNESDAY, "6月8日（周三）", "Wed 8 June"),
    ],
)
def test_a_period_names_what_is_needed_and_no_more(first: date, last: date, zh: str, en: str) -> None:
    assert dates.span(first, last, "zh") == zh
    assert dates.span(first, last, "en") == en


def test_hours_are_those_of_shanghai() -> None:
    assert dates.clock_time(datetime(2016, 6, 8, 7, 20, tzinfo=UTC)) == "15:20"


@pytest.mark.parametrize(
    ("on", "years"), [(date(2016, 2, 28), 27), (date(2016, 2, 29), 28), (date(2016, 3, 1), 28)]
)
def test_somebody_is_a_year_older_on_the_birthday(on: date, years: int) -> None:
    assert dates.years_old(date(1988, 2, 29), on) == years

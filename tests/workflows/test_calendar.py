"""Working days of the official calendar (DOMAIN.md, section K; PROCEDURE.md, section 7)."""

from collections.abc import Iterator
from datetime import date, time, timedelta

import pytest
from holidays import country_holidays
from hypothesis import given
from hypothesis import strategies as st

from workflows.calendar import (
    FIRST_PUBLISHED_YEAR,
    LAST_PUBLISHED_YEAR,
    Calendar,
    CalendarRow,
    china_calendar,
    window,
)
from workflows.dates import Span, plus_months

CALENDAR = china_calendar()
ONE_DAY = timedelta(days=1)

published_days = st.dates(date(2010, 1, 1), date(2026, 12, 31))
any_days = st.dates(date(1900, 1, 1), date(2150, 12, 31))


def day(text: str) -> date:
    return date.fromisoformat(text)


def a_row(on: str, *, working: bool, name: str = "春节") -> CalendarRow:
    return CalendarRow(day(on), working=working, name=name, source="国务院办公厅通知")


@pytest.mark.parametrize(
    ("case", "start", "last"),
    [
        ("K24 a plain week", "2026-05-18", "2026-05-22"),
        ("K25 without a cut-off", "2026-05-15", "2026-05-21"),
        ("K26 across National Day", "2026-09-28", "2026-10-09"),
        ("K27 one day before National Day", "2026-09-30", "2026-10-12"),
        ("K28 posted on a holiday", "2026-10-01", "2026-10-13"),
        ("K30 a make-up Sunday inside", "2026-09-18", "2026-09-23"),
        ("K31 Mid-Autumn", "2026-09-21", "2026-09-28"),
        ("K32 before the Spring Festival", "2026-02-11", "2026-02-24"),
        ("K33 from a make-up Saturday", "2026-02-14", "2026-02-27"),
        ("K34 to a make-up Saturday", "2026-02-24", "2026-02-28"),
        ("K35 Spring Festival 2025", "2025-01-24", "2025-02-06"),
        ("K36 New Year's Eve 2024 is a working day", "2024-02-05", "2024-02-09"),
        ("K37 Spring Festival 2024", "2024-02-08", "2024-02-20"),
        ("K38 Labour Day 2025", "2025-04-30", "2025-05-09"),
        ("K39 Labour Day 2026", "2026-04-30", "2026-05-09"),
        ("K40 two make-up days in a row", "2023-09-28", "2023-10-10"),
        ("K41 National Day with Mid-Autumn", "2025-09-29", "2025-10-11"),
        ("K42 the township of 2016", "2016-06-16", "2016-06-22"),
        ("K43 Dragon Boat 2026", "2026-06-15", "2026-06-22"),
    ],
)
def test_five_working_days_end_on_the_fifth_that_is_one(case: str, start: str, last: str) -> None:
    found = window(CALENDAR, day(start), 5, "working")

    assert (found.last, found.next) == (day(last), day(last) + ONE_DAY), case
    assert not found.provisional


def test_a_year_without_a_published_notice_is_provisional() -> None:
    # K44
    found = window(CALENDAR, day("2026-12-28"), 5, "working")

    assert (found.last, found.next, found.provisional) == (day("2027-01-04"), day("2027-01-05"), True)
    assert not window(CALENDAR, day("2026-12-25"), 5, "working").provisional


@pytest.mark.parametrize(
    ("case", "first", "last", "count"),
    [
        ("K29 the holiday week holds none", "2026-10-01", "2026-10-07", 0),
        ("K42 the notice of 2016", "2016-06-16", "2016-06-18", 2),
        ("the inspection of 2016", "2016-06-09", "2016-06-12", 1),
        ("K45 the common days of two places", "2026-05-21", "2026-05-26", 4),
        ("K45 place A", "2026-05-20", "2026-05-26", 5),
        ("one working day", "2026-05-18", "2026-05-18", 1),
        ("one rest day", "2026-05-17", "2026-05-17", 0),
        ("backwards", "2026-05-22", "2026-05-18", 0),
        ("seven calendar days from 28 September", "2026-09-28", "2026-10-04", 3),
    ],
)
def test_working_days_are_counted_with_both_ends(case: str, first: str, last: str, count: int) -> None:
    assert CALENDAR.count(day(first), day(last)) == count, case


def test_two_places_have_too_few_working_days_in_common() -> None:
    # K45
    common = Span(day("2026-05-20"), day("2026-05-26")).overlap(Span(day("2026-05-21"), day("2026-05-27")))

    assert common is not None
    assert CALENDAR.count(common.first, common.last) == 4


@pytest.mark.parametrize(
    ("case", "anchor", "months", "grace"),
    [
        ("K01", "2026-01-31", 1, "2026-02-28"),
        ("K06", "2025-12-31", 1, "2026-02-02"),
        ("K07", "2026-01-15", 1, "2026-02-24"),
        ("K08", "2026-09-01", 1, "2026-10-08"),
        ("K09", "2025-09-05", 1, "2025-10-09"),
        ("K11", "2026-02-28", 1, "2026-03-30"),
        ("K13", "2026-08-20", 1, "2026-09-20"),
        ("K49", "2025-08-31", 3, "2025-12-01"),
    ],
)
def test_grace_is_the_next_working_day_after_a_due_rest_day(
    case: str, anchor: str, months: int, grace: str
) -> None:
    assert CALENDAR.grace(plus_months(day(anchor), months)) == day(grace), case


@pytest.mark.parametrize(
    ("time_", "cutoff", "first", "last"),
    [
        ("17:59", "18:00", "2026-05-15", "2026-05-21"),
        ("18:00", "18:00", "2026-05-15", "2026-05-21"),
        ("18:01", "18:00", "2026-05-18", "2026-05-22"),
        ("18:30", "18:00", "2026-05-18", "2026-05-22"),
        ("18:30", None, "2026-05-15", "2026-05-21"),
        (None, "18:00", "2026-05-15", "2026-05-21"),
    ],
)
def test_what_is_posted_after_the_cut_off_counts_from_the_next_working_day(
    time_: str | None, cutoff: str | None, first: str, last: str
) -> None:
    # K25
    found = window(
        CALENDAR,
        day("2026-05-15"),
        5,
        "working",
        posted_time=None if time_ is None else time.fromisoformat(time_),
        cutoff=None if cutoff is None else time.fromisoformat(cutoff),
    )

    assert (found.first_counting, found.last) == (day(first), day(last))


def test_late_posting_moves_calendar_days_too() -> None:
    late = window(CALENDAR, day("2026-05-15"), 3, "calendar", posted_time=time(18, 30), cutoff=time(18))

    assert (late.first_counting, late.last) == (day("2026-05-18"), day("2026-05-20"))


def test_calendar_days_count_rest_days_and_the_day_of_posting() -> None:
    found = window(CALENDAR, day("2016-06-16"), 3, "calendar")

    assert (found.first_counting, found.last, found.next) == (
        day("2016-06-16"),
        day("2016-06-18"),
        day("2016-06-19"),
    )


def test_a_notice_posted_on_a_holiday_counts_from_the_first_working_day() -> None:
    assert window(CALENDAR, day("2026-10-01"), 5, "working").first_counting == day("2026-10-08")


def test_a_window_of_no_days_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one day"):
        window(CALENDAR, day("2026-05-18"), 0, "working")
    with pytest.raises(ValueError, match="counted from 1"):
        CALENDAR.nth_working_day(day("2026-05-18"), 0)


def test_the_next_working_day_is_never_the_day_itself() -> None:
    assert CALENDAR.next_working_day(day("2026-05-14")) == day("2026-05-15")
    assert CALENDAR.next_working_day(day("2026-05-15")) == day("2026-05-18")
    assert CALENDAR.next_working_day(day("2026-09-30")) == day("2026-10-08")


def test_the_previous_working_day_is_the_day_itself_where_it_is_one() -> None:
    assert CALENDAR.previous_working_day(day("2026-05-15")) == day("2026-05-15")
    assert CALENDAR.previous_working_day(day("2026-05-17")) == day("2026-05-15")
    assert CALENDAR.previous_working_day(day("2026-10-07")) == day("2026-09-30")


def test_working_days_after_a_day_leave_that_day_out() -> None:
    assert CALENDAR.working_days_after(day("2026-05-15"), day("2026-05-15")) == 0
    assert CALENDAR.working_days_after(day("2026-05-15"), day("2026-05-18")) == 1
    assert CALENDAR.working_days_after(day("2026-05-16"), day("2026-05-20")) == 3
    assert CALENDAR.working_days_after(day("2026-05-20"), day("2026-05-16")) == 0


# The official tables of DOMAIN.md, section K: days off that are weekdays, and weekend days at work.
OFF = {
    2016: "0101 0208-0212 0404 0502 0609-0610 0915-0916 1003-1007",
    2023: "0102 0123-0127 0405 0501-0503 0622-0623 0929 1002-1006",
    2024: "0101 0212-0216 0404-0405 0501-0503 0610 0916-0917 1001-1004 1007",
    2025: "0101 0128-0131 0203-0204 0404 0501-0502 0505 0602 1001-1003 1006-1008",
    2026: "0101-0102 0216-0220 0223 0406 0501 0504-0505 0619 0925 1001-1002 1005-1007",
}
AT_WORK = {
    2016: "0206 0214 0612 0918 1008 1009",
    2023: "0128 0129 0423 0506 0625 1007 1008",
    2024: "0204 0218 0407 0428 0511 0914 0929 1012",
    2025: "0126 0208 0427 0928 1011",
    2026: "0104 0214 0228 0509 0920 1010",
}


@pytest.mark.parametrize("year", sorted(OFF))
def test_every_day_of_the_official_notices_is_kept(year: int) -> None:
    off, at_work = set(_listed(year, OFF)), set(_listed(year, AT_WORK))

    for on in _days_of(year):
        expected = on in at_work or (on.weekday() < 5 and on not in off)
        assert CALENDAR.is_working(on) is expected, on


def test_new_years_eve_of_2024_is_a_working_day() -> None:
    assert CALENDAR.is_working(day("2024-02-09"))


def test_the_make_up_days_of_the_first_published_year_count_and_those_before_do_not() -> None:
    assert CALENDAR.is_working(day("2007-02-17"))
    assert CALENDAR.is_working(day("2007-12-29"))
    assert not CALENDAR.is_working(day("2006-12-30"))


def test_the_package_publishes_the_years_that_are_called_definite() -> None:
    years = range(FIRST_PUBLISHED_YEAR, LAST_PUBLISHED_YEAR + 2)
    made_up = {on.year for on in country_holidays("CN", years=years).weekend_workdays}

    assert set(range(FIRST_PUBLISHED_YEAR, LAST_PUBLISHED_YEAR + 1)) <= made_up
    assert LAST_PUBLISHED_YEAR + 1 not in made_up, "a further notice is packaged: raise LAST_PUBLISHED_YEAR"


@pytest.mark.parametrize("year", [2001, 2006, 2027, 2030, 2060])
def test_a_provisional_year_has_weekends_and_the_statutory_solar_days_only(year: int) -> None:
    statutory = {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}

    for on in _days_of(year):
        expected = on.weekday() < 5 and (on.month, on.day) not in statutory
        assert CALENDAR.is_working(on) is expected, on
    assert CALENDAR.is_provisional(date(year, 7, 1))


def test_a_range_is_provisional_when_either_end_is() -> None:
    assert not CALENDAR.is_provisional(day("2007-01-01"), day("2026-12-31"))
    assert CALENDAR.is_provisional(day("2006-12-31"), day("2007-01-04"))
    assert CALENDAR.is_provisional(day("2026-12-31"), day("2027-01-01"))


def test_the_days_that_the_package_places_itself_are_working_days() -> None:
    for on in ("2027-02-09", "2027-02-10", "2027-05-03", "2027-05-04", "2027-10-04", "2027-10-05"):
        assert CALENDAR.is_working(day(on)), on


def test_rows_of_a_notice_change_days_and_make_the_year_definite() -> None:
    rows = [a_row("2027-02-08", working=False), a_row("2027-02-14", working=True)]

    entered = china_calendar(rows, published_through=2027)

    assert not entered.is_working(day("2027-02-08"))
    assert entered.is_working(day("2027-02-14"))
    assert not entered.is_provisional(day("2027-02-08"))
    assert entered.is_provisional(day("2028-01-03"))


def test_rows_alone_leave_the_year_provisional() -> None:
    assert china_calendar([a_row("2027-02-08", working=False)]).is_provisional(day("2027-02-08"))


def test_an_earlier_year_named_published_takes_nothing_back() -> None:
    assert not china_calendar(published_through=2020).is_provisional(day("2026-05-18"))


def test_a_row_stands_over_the_packaged_notice_and_the_last_row_wins() -> None:
    closed = a_row("2026-05-18", working=False, name="停工")
    opened = a_row("2026-05-18", working=True, name="复工")

    assert not china_calendar([closed]).is_working(day("2026-05-18"))
    assert china_calendar([closed, opened]).is_working(day("2026-05-18"))


@pytest.mark.parametrize("on", ["1989-12-31", "2061-01-01"])
def test_a_row_outside_the_table_is_refused(on: str) -> None:
    with pytest.raises(ValueError, match="1990 to 2060"):
        china_calendar([a_row(on, working=False)])


@pytest.mark.parametrize("on", ["1990-01-01", "2060-12-31"])
def test_a_row_at_the_edge_of_the_table_counts(on: str) -> None:
    assert china_calendar([a_row(on, working=True)]).is_working(day(on))
    assert not china_calendar([a_row(on, working=False)]).is_working(day(on))


@pytest.mark.parametrize(
    ("on", "working", "reason", "name"),
    [
        ("2026-02-13", True, "workday", ""),
        ("2026-02-14", True, "make_up", "调休上班"),
        ("2026-02-15", False, "weekend", ""),
        ("2026-02-17", False, "holiday", "春节"),
        ("2026-10-03", False, "holiday", "国庆节"),
        ("2027-05-01", False, "holiday", "劳动节"),
        ("2027-02-08", False, "added", "春节"),
    ],
)
def test_a_day_says_why_it_counts_or_not(on: str, working: bool, reason: str, name: str) -> None:
    kind = china_calendar([a_row("2027-02-08", working=False)]).day_kind(day(on))

    assert (kind.working, kind.reason, kind.name) == (working, reason, name)


def test_a_count_is_explained_day_by_day() -> None:
    explained = CALENDAR.explain(day("2016-06-09"), day("2016-06-12"))

    assert [(on.day, kind.reason) for on, kind in explained] == [
        (9, "holiday"),
        (10, "holiday"),
        (11, "weekend"),
        (12, "make_up"),
    ]
    assert CALENDAR.explain(day("2016-06-12"), day("2016-06-09")) == ()


def test_the_version_names_the_content() -> None:
    row = a_row("2027-02-08", working=False)
    changed = a_row("2027-02-08", working=False, name="其他")
    versions = [
        CALENDAR.version,
        china_calendar(published_through=2027).version,
        china_calendar([row]).version,
        china_calendar([changed]).version,
        china_calendar([row], published_through=2027).version,
    ]

    assert len(set(versions)) == len(versions)
    assert versions[0].startswith("cn-2026-")
    assert versions[4].startswith("cn-2027+1rows-")
    assert Calendar((row,), LAST_PUBLISHED_YEAR).version == versions[2]


def test_the_same_rows_give_the_same_calendar() -> None:
    row = a_row("2027-02-08", working=False)

    assert china_calendar([row]) is china_calendar((row,))


@given(start=any_days, n=st.integers(1, 60))
def test_the_nth_working_day_agrees_with_counting_by_hand(start: date, n: int) -> None:
    counting = (on for on in _days_from(start) if CALENDAR.is_working(on))

    by_hand = [next(counting) for _ in range(n)]

    assert CALENDAR.nth_working_day(start, n) == by_hand[-1]
    assert CALENDAR.grace(start) == by_hand[0]
    assert CALENDAR.count(start, by_hand[-1]) == n


@given(start=published_days, length=st.integers(1, 30))
def test_a_window_agrees_with_counting_by_hand(start: date, length: int) -> None:
    found = window(CALENDAR, start, length, "working")
    days = [on for on in _days_from(start, until=found.last) if CALENDAR.is_working(on)]

    assert len(days) == length
    assert (days[0], days[-1]) == (found.first_counting, found.last)
    assert found.next == found.last + ONE_DAY


@given(on=any_days)
def test_neighbouring_working_days_agree_with_stepping_by_hand(on: date) -> None:
    after, before = on + ONE_DAY, on
    while not CALENDAR.is_working(after):
        after += ONE_DAY
    while not CALENDAR.is_working(before):
        before -= ONE_DAY

    assert CALENDAR.next_working_day(on) == after
    assert CALENDAR.previous_working_day(on) == before


@given(first=any_days, length=st.integers(0, 400))
def test_a_count_agrees_with_counting_by_hand(first: date, length: int) -> None:
    last = first + timedelta(days=length)

    by_hand = sum(CALENDAR.is_working(on) for on in _days_from(first, until=last))

    assert CALENDAR.count(first, last) == by_hand
    assert CALENDAR.working_days_after(first, last) == by_hand - CALENDAR.is_working(first)


@given(on=st.dates(date(1, 1, 1), date(1989, 12, 31)) | st.dates(date(2061, 1, 1), date(9999, 12, 30)))
def test_days_outside_the_table_are_answered_by_weekends_and_provisional(on: date) -> None:
    assert CALENDAR.is_working(on) is (on.weekday() < 5)
    assert CALENDAR.is_provisional(on)


@given(on=published_days)
def test_a_days_kind_agrees_with_whether_it_is_a_working_day(on: date) -> None:
    kind = CALENDAR.day_kind(on)

    assert kind.working is CALENDAR.is_working(on)
    assert (kind.reason in {"workday", "make_up"}) is kind.working


def _listed(year: int, table: dict[int, str]) -> Iterator[date]:
    for entry in table[year].split():
        first, _, last = entry.partition("-")
        yield from _days_from(_on(year, first), until=_on(year, last or first))


def _on(year: int, month_day: str) -> date:
    return date(year, int(month_day[:2]), int(month_day[2:]))


def _days_of(year: int) -> Iterator[date]:
    return _days_from(date(year, 1, 1), until=date(year, 12, 31))


def _days_from(first: date, *, until: date = date.max) -> Iterator[date]:
    while first <= until:
        yield first
        first += ONE_DAY

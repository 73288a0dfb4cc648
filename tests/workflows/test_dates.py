"""Months and spans as the regulation counts them (DOMAIN.md, section K)."""

import itertools
from datetime import date

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from workflows.dates import ReportEvery, Span, plus_months, report_periods

days = st.dates(date(1949, 10, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("case", "anchor", "months", "due"),
    [
        ("K01", "2026-01-31", 1, "2026-02-28"),
        ("K02", "2024-01-30", 1, "2024-02-29"),
        ("K03", "2024-01-31", 1, "2024-02-29"),
        ("K04", "2025-01-31", 1, "2025-02-28"),
        ("K05", "2023-01-29", 1, "2023-02-28"),
        ("K06", "2025-12-31", 1, "2026-01-31"),
        ("K07", "2026-01-15", 1, "2026-02-15"),
        ("K08", "2026-09-01", 1, "2026-10-01"),
        ("K09", "2025-09-05", 1, "2025-10-05"),
        ("K10", "2026-03-31", 1, "2026-04-30"),
        ("K11", "2026-02-28", 1, "2026-03-28"),
        ("K12", "2024-02-29", 1, "2024-03-29"),
        ("K13", "2026-08-20", 1, "2026-09-20"),
        ("K14", "2026-05-31", 1, "2026-06-30"),
        ("K15", "2025-02-28", 12, "2026-02-28"),
        ("K16", "2024-02-29", 12, "2025-02-28"),
        ("K17", "2023-02-28", 12, "2024-02-28"),
        ("K18", "2023-08-31", 12, "2024-08-31"),
        ("K19", "2025-05-11", 12, "2026-05-11"),
        ("K20", "2025-08-31", 6, "2026-02-28"),
        ("K21", "2026-02-10", 6, "2026-08-10"),
        ("K22", "2026-02-28", 6, "2026-08-28"),
        ("K23", "2023-08-31", 6, "2024-02-29"),
        ("K46", "2026-01-31", 1, "2026-02-28"),
        ("K48", "2025-11-30", 3, "2026-02-28"),
        ("K48", "2025-11-30", 6, "2026-05-30"),
        ("K49", "2025-08-31", 3, "2025-11-30"),
        ("K49", "2025-08-31", 6, "2026-02-28"),
        ("K50", "2026-04-01", 6, "2026-10-01"),
        ("K51", "2024-02-29", 12, "2025-02-28"),
        ("K53", "2025-06-30", 12, "2026-06-30"),
        ("K56", "2025-08-31", 6, "2026-02-28"),
        ("K58", "2025-02-28", 6, "2025-08-28"),
        ("K59", "2026-03-31", 6, "2026-09-30"),
        ("K63", "2026-04-01", 3, "2026-07-01"),
        ("K64", "2026-03-29", 3, "2026-06-29"),
        ("K64", "2026-03-30", 3, "2026-06-30"),
        ("K64", "2026-03-31", 3, "2026-06-30"),
        ("K65", "2008-05-18", 216, "2026-05-18"),
        ("K66", "2008-02-29", 216, "2026-02-28"),
        ("K69", "2025-03-31", 18, "2026-09-30"),
    ],
)
def test_a_month_deadline_falls_on_the_same_day_or_the_months_last(
    case: str, anchor: str, months: int, due: str
) -> None:
    assert plus_months(date.fromisoformat(anchor), months) == date.fromisoformat(due), case


def test_months_are_counted_in_one_step_from_the_anchor() -> None:
    anchor = date(2026, 1, 31)

    assert plus_months(anchor, 2) == date(2026, 3, 31)
    assert plus_months(plus_months(anchor, 1), 1) == date(2026, 3, 28)


@pytest.mark.parametrize(
    ("anchor", "months", "rolled"),
    [
        ("2024-02-29", 12, "2025-03-01"),
        ("2008-02-29", 216, "2026-03-01"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2024-02-29", 1, "2024-03-29"),
        ("2024-01-31", 13, "2025-02-28"),
        ("2025-01-29", 1, "2025-02-28"),
        ("2026-03-31", 1, "2026-04-30"),
    ],
)
def test_rolling_forward_moves_29_february_to_1_march_and_nothing_else(
    anchor: str, months: int, rolled: str
) -> None:
    day = date.fromisoformat(anchor)

    assert plus_months(day, months, leap_rule="roll_forward") == date.fromisoformat(rolled)


@given(day=days, months=st.integers(-600, 600))
def test_months_agree_with_dateutil(day: date, months: int) -> None:
    assert plus_months(day, months) == day + relativedelta(months=months)


@given(day=days, months=st.integers(-600, 600))
def test_rolling_forward_differs_by_one_day_at_most(day: date, months: int) -> None:
    rolled = plus_months(day, months, leap_rule="roll_forward")

    assert (rolled - plus_months(day, months)).days in {0, 1}


def test_months_beyond_the_years_of_the_calendar_are_refused() -> None:
    with pytest.raises(ValueError, match="year"):
        plus_months(date(9999, 12, 31), 1)


def test_a_span_counts_both_its_ends() -> None:
    span = Span(date(2016, 6, 16), date(2016, 6, 18))

    assert span.days == 3
    assert [day in span for day in (date(2016, 6, 15), date(2016, 6, 16))] == [False, True]
    assert [day in span for day in (date(2016, 6, 18), date(2016, 6, 19))] == [True, False]


def test_a_span_of_one_day_has_one_day() -> None:
    assert Span(date(2016, 6, 16), date(2016, 6, 16)).days == 1


def test_a_span_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        Span(date(2016, 6, 18), date(2016, 6, 16))


def test_two_places_have_the_days_in_common_on_which_both_show_the_notice() -> None:
    home = Span(date(2026, 5, 20), date(2026, 5, 26))
    stay = Span(date(2026, 5, 21), date(2026, 5, 27))

    assert home.overlap(stay) == stay.overlap(home) == Span(date(2026, 5, 21), date(2026, 5, 26))


def test_spans_that_touch_share_one_day_and_spans_apart_none() -> None:
    first = Span(date(2026, 5, 1), date(2026, 5, 5))

    assert first.overlap(Span(date(2026, 5, 5), date(2026, 5, 9))) == Span(date(2026, 5, 5), date(2026, 5, 5))
    assert first.overlap(Span(date(2026, 5, 6), date(2026, 5, 9))) is None


@pytest.mark.parametrize(
    ("every", "first", "last", "periods"),
    [
        ("quarter", "2026-01-01", "2026-06-30", [("2026-01-01", "2026-03-31"), ("2026-04-01", "2026-06-30")]),
        ("quarter", "2026-01-02", "2026-06-30", [("2026-04-01", "2026-06-30")]),
        ("quarter", "2026-01-01", "2026-06-29", [("2026-01-01", "2026-03-31")]),
        ("quarter", "2026-01-02", "2026-06-29", []),
        ("quarter", "2025-08-15", "2026-01-10", [("2025-10-01", "2025-12-31")]),
        ("half_year", "2025-08-15", "2026-07-01", [("2026-01-01", "2026-06-30")]),
        ("half_year", "2025-07-01", "2025-12-31", [("2025-07-01", "2025-12-31")]),
        ("half_year", "2025-07-02", "2026-06-29", []),
    ],
)
def test_a_report_is_asked_for_full_calendar_periods_only(
    every: ReportEvery, first: str, last: str, periods: list[tuple[str, str]]
) -> None:
    found = report_periods(every, date.fromisoformat(first), date.fromisoformat(last))

    assert [(str(period.first), str(period.last)) for period in found] == periods


@given(first=days, length=st.integers(0, 3000))
def test_full_periods_follow_each_other_without_a_gap(first: date, length: int) -> None:
    last = date.fromordinal(first.toordinal() + length)

    quarters = report_periods("quarter", first, last)

    assert all(first <= quarter.first and quarter.last <= last for quarter in quarters)
    assert all(
        after.first.toordinal() == before.last.toordinal() + 1
        for before, after in itertools.pairwise(quarters)
    )
    assert length < 182 or quarters

"""Days that are told of and are no deadlines: from when one may propose, until when one may admit."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.dates import plus_months
from workflows.edition import load_edition
from workflows.occasions import last_admission
from workflows.settings import settings_for

EDITION = load_edition("2026")
SETTINGS = settings_for(EDITION.defaults, {}, floors=EDITION.floors)


@pytest.mark.parametrize(
    ("leaves_on", "last"),
    [
        (date(2026, 6, 29), date(2026, 3, 28)),
        (date(2026, 6, 30), date(2026, 3, 29)),
        (date(2026, 7, 1), date(2026, 3, 31)),
    ],
)
def test_the_last_meeting_lies_more_than_three_months_before_the_leaving_day(
    leaves_on: date, last: date
) -> None:
    assert last_admission(leaves_on, SETTINGS) == last


@given(st.dates(date(2015, 1, 1), date(2040, 12, 31)))
def test_the_last_day_is_early_enough_and_no_later_day_is(leaves_on: date) -> None:
    last = last_admission(leaves_on, SETTINGS)

    assert plus_months(last, 3) < leaves_on
    assert all(plus_months(last + timedelta(days=later), 3) >= leaves_on for later in range(1, 40))

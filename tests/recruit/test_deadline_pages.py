"""Deadlines page by page: each status as floor 1 computes it, nobody missed, nobody twice."""

from typing import get_args

import pytest

from recruit.errors import BadInput
from recruit.queries.deadline_pages import deadline_page
from recruit.queries.deadlines import DeadlineRow
from recruit.queries.dossiers import dossier_view
from tests.recruit.builders import Township, at
from workflows.deadlines import Status
from workflows.occasions import OCCASIONS


@pytest.fixture
def dossiers(township: Township) -> list[str]:
    """One that met a deadline, one that met it late, one that ended, one that waits and one suspended."""
    opened = [township.open(on="2015-03-02") for _ in range(5)]
    township.act(opened[0], "talk_held", "2015-03-20")
    township.act(opened[1], "talk_held", "2015-04-10")
    township.act(opened[2], "withdrawn", "2015-03-10", reason="演示")
    township.act(opened[0], "recommended", "2015-03-25", source="members")
    township.act(opened[0], "activist_decided", "2015-03-26", members=5, present=5, for_=5)
    township.act(opened[4], "suspended", "2015-03-12", reason="演示")
    return opened


@pytest.mark.parametrize("day", ["2015-09-15", "2015-09-16", "2015-09-26", "2015-09-27"])
def test_each_status_is_the_one_that_the_dossiers_compute(
    township: Township, dossiers: list[str], day: str
) -> None:
    auditor = township.context("auditor", at(day))
    computed = {
        (dossier, one.key): one.status(auditor.on)
        for dossier in dossiers
        for one in dossier_view(auditor, dossier).deadlines
        if one.id not in OCCASIONS and one.opened_on <= auditor.on
    }

    for status in get_args(Status):
        found = {(row.dossier, row.deadline.key) for row in deadline_page(auditor, status=status).items}
        assert found == {place for place, known in computed.items() if known == status}, status


def test_pages_follow_the_due_day_and_miss_nothing(township: Township, dossiers: list[str]) -> None:
    organizer = township.context("organizer", at("2016-01-04"))
    whole = deadline_page(organizer).items

    found: list[DeadlineRow] = []
    cursor = None
    for _ in whole:
        page = deadline_page(organizer, cursor=cursor, limit=1)
        found += page.items
        cursor = page.next_cursor

    assert found == list(whole)
    assert cursor is None
    assert [row.deadline.due for row in whole] == sorted(row.deadline.due for row in whole)
    for nonsense in ("x", "WyJhIl0=", "WyIyMDE2LTAxLTAxIiwgIlx1MDAwMCIsICJ4Il0="):
        with pytest.raises(BadInput):
            deadline_page(organizer, cursor=nonsense)

"""The auditor's register: every act and refused attempt once, marked, page by page, within reach."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recruit.commands.acts import record_act
from recruit.queries import register as queries
from recruit.queries.as_known import dossier_as_known
from recruit.queries.difference import difference
from recruit.queries.judged import opened_act
from recruit.queries.register import Filters, register
from recruit.queries.register_rows import RegisterEntry
from tests.recruit.builders import Township, at
from workflows.calendar import china_calendar
from workflows.changes import applied

TALKS = ("2014-07-20", "2014-07-25")


@pytest.fixture
def dossier(township: Township) -> str:
    """Talked to in time, late, and refused once; one act was entered for the branch."""
    dossier = township.open(on="2014-07-01")
    late = township.command(dossier, "talk_held", TALKS[0], talker="演示书记")
    record_act(township.context("secretary", at(TALKS[1])), late)
    township.refused(dossier, "activist_decided", "2014-08-01", members=5, present=5, for_=5)
    township.act(dossier, "recommended", "2014-09-01", by="organizer", source="members")
    return dossier


def every(
    township: Township, filters: Filters, *, limit: int = 50, login: str = "auditor"
) -> list[RegisterEntry]:
    found: list[RegisterEntry] = []
    cursor = None
    while True:
        page = register(township.context(login), filters, cursor=cursor, limit=limit)
        found += page.rows
        cursor = page.next_cursor
        if cursor is None:
            return found


@pytest.mark.parametrize(
    ("filters", "acts"),
    [
        (Filters(), ["recommended", "activist_decided", "talk_held", "application_received"]),
        (Filters(kind="late"), ["talk_held"]),
        (Filters(kind="refused"), ["activist_decided"]),
        (Filters(kind="copied"), ["recommended"]),
        (Filters(kind="corrected"), []),
        (Filters(kind="transcribed"), []),
        (Filters(kind="problems"), ["talk_held"]),
        (Filters(rule="recorded_late"), ["talk_held"]),
        (Filters(on_from=date(2014, 7, 2), on_to=date(2014, 7, 20)), ["talk_held"]),
        (Filters(recorded_from=date(2014, 7, 25), recorded_to=date(2014, 7, 25)), ["talk_held"]),
        (Filters(recorded_to=date(2014, 7, 24)), ["application_received"]),
        (Filters(stage="activist"), []),
    ],
)
def test_a_filter_gives_what_it_says(
    township: Township, dossier: str, filters: Filters, acts: list[str]
) -> None:
    found = every(township, filters)

    assert [row.do for row in found] == acts
    assert all(row.dossier == dossier for row in found)


def test_pages_hold_everything_once_whatever_their_size(
    township: Township, dossier: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = [row.id for row in every(township, Filters())]
    monkeypatch.setattr(queries, "WINDOWS", (2, 1))

    for limit in (1, 2, 3):
        assert [row.id for row in every(township, Filters(), limit=limit)] == whole
    assert [row.do for row in every(township, Filters(kind="copied"), limit=1)] == ["recommended"]


def test_a_page_that_found_too_little_says_how_far_it_looked(
    township: Township, dossier: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "WINDOWS", (1,))

    page = register(township.context("auditor"), Filters(rule="recorded_late"))

    assert page.rows == ()
    assert page.looked_to is not None
    assert page.looked_to.date() == date(2014, 9, 1)


def test_nothing_out_of_reach_is_listed(township: Township, dossier: str) -> None:
    assert every(township, Filters(), login="neighbour") == []
    assert every(township, Filters(dossiers=(dossier,)), login="neighbour") == []
    assert every(township, Filters(branch=township.places["first"]), login="neighbour") == []


def test_a_page_costs_as_many_statements_as_any(township: Township, dossier: str) -> None:
    few = statements_of(township)
    for _ in range(8):
        township.open(on="2014-07-01")

    assert statements_of(township) == few


def statements_of(township: Township) -> int:
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    count = 0

    def told(*_: object) -> None:
        nonlocal count
        count += 1

    context = township.context("auditor")
    register(context, Filters())
    event.listen(Engine, "before_cursor_execute", told)
    try:
        register(context, Filters())
    finally:
        event.remove(Engine, "before_cursor_execute", told)
    return count


@pytest.mark.parametrize("delay", [2, 3, 4])
def test_what_was_entered_late_is_marked_in_the_register_the_act_and_the_difference(
    township: Township, delay: int
) -> None:
    dossier, held, calendar = township.open(on="2014-07-01"), date(2014, 7, 20), china_calendar()
    recorded = next(
        held + timedelta(days=days)
        for days in range(1, 20)
        if calendar.working_days_after(held, held + timedelta(days=days)) == delay
    )
    command = township.command(dossier, "talk_held", held.isoformat(), talker="演示书记")
    record_act(township.context("secretary", at(recorded.isoformat())), command)
    reader = township.context("auditor")

    row = every(township, Filters(dossiers=(dossier,)))[0]
    entry = opened_act(reader, dossier, 2).entry
    since = difference(reader, dossier, earlier=at("2014-07-02"), later=reader.now).entries

    assert {row.is_late, entry.is_late, since[0].is_late} == {delay > 3}


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(moments=st.tuples(st.integers(0, 400), st.integers(0, 400)))
def test_a_difference_put_on_the_earlier_view_is_the_later_one(
    township: Township, dossier: str, moments: tuple[int, int]
) -> None:
    earlier, later = (at("2014-06-20") + timedelta(hours=6 * step) for step in sorted(moments))
    reader = township.context("auditor")
    old, new = (dossier_as_known(reader, dossier, known_at=moment) for moment in (earlier, later))

    found = difference(reader, dossier, earlier=earlier, later=later)

    assert applied(old.facts, found.changes) == new.facts
    kept = {one.key: one for one in old.deadlines}
    for change in found.deadlines:
        if change.old:
            del kept[change.old.key]
        if change.new:
            kept[change.new.key] = change.new
    assert sorted(kept.values(), key=lambda one: one.key) == sorted(new.deadlines, key=lambda one: one.key)
    acts = [entry for entry in found.entries if not entry.is_refused]
    assert old.acts + len(acts) == new.acts or later.date() < date(2014, 7, 25)


def test_an_opened_act_is_judged_by_every_rule_of_its_day(township: Township, dossier: str) -> None:
    opened = opened_act(township.context("auditor"), dossier, 2)

    states = {check.rule: check.state for check in opened.checks}
    assert states["recorded_late"] == "missing"
    assert states["stage_allows"] == "met"
    assert (opened.edition, opened.count) == ("2014", 3)
    assert {change.name for change in opened.changes} >= {"talk_on"}
    assert [change.new.closed_on for change in opened.deadlines if change.new] == [date(2014, 7, 20)]

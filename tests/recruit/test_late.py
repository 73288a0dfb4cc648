"""What is recorded more than three working days after it happened is marked wherever it can be read."""

import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recruit.commands.acts import record_act
from recruit.commands.exports import ExportLog, export_log
from recruit.queries.as_known import dossier_as_known
from recruit.queries.dossiers import dossier_view, dossiers
from recruit.queries.history import history
from recruit.queries.oddities import oddities
from recruit.queries.rows import DossierRow
from recruit.queries.scan import scan
from tests.homes import Home, ask
from tests.recruit.builders import Township, at, make_township, reopened
from workflows.calendar import china_calendar

OPENED = date(2014, 7, 1)
ALL, NONE = (
    frozenset({"history", "as_known", "bundle", "scan", "oddities", "dossier", "roll"}),
    frozenset[str](),
)
DAYS = st.integers(min_value=1, max_value=400).map(lambda days: OPENED + timedelta(days=days))


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Township]:
    """One for all the days that are tried, each with a dossier of its own."""
    folder = tmp_path_factory.mktemp("late") / "data"
    make_township(Home(folder))
    with Home(folder).open() as record:
        yield reopened(record)


@dataclass(frozen=True, slots=True)
class Entered:
    """A talk that was held on one day and recorded on another."""

    dossier: str
    on: date
    recorded_on: date


def entered(township: Township, on: date, recorded_on: date) -> Entered:
    dossier = township.open(on=OPENED.isoformat())
    command = township.command(dossier, "talk_held", on.isoformat(), note="演示")
    record_act(township.context("secretary", at(recorded_on.isoformat())), command)
    return Entered(dossier, on, recorded_on)


def marked_by(township: Township, one: Entered) -> frozenset[str]:
    """The read paths that mark the talk as a late entry; none of them may mark the application."""
    township.now = at(one.recorded_on.isoformat(), 18)
    reader, dossier = township.context("auditor"), one.dossier
    entries = history(reader, dossier)
    assert not entries[0].is_late
    row = next(row for row in every_row(township) if row.id == dossier)
    of_scan = [found for found in scan(reader).irregularities if found.dossier == dossier]
    found = {
        "history": entries[1].is_late,
        "as_known": dossier_as_known(reader, dossier).late == 1,
        "bundle": bundled(township, dossier) == [entries[1].hash],
        "scan": any(irregularity.finding.rule == "recorded_late" for irregularity in of_scan),
        "oddities": any(row.dossier == dossier for row in oddities(reader, limit=9999).late.rows),
        "dossier": dossier_view(reader, dossier).row.late_count == 1,
        "roll": row.late_count == 1,
    }
    return frozenset(name for name, is_marked in found.items() if is_marked)


def every_row(township: Township) -> Iterator[DossierRow]:
    cursor = None
    while True:
        page = dossiers(township.context("auditor"), cursor=cursor, limit=200)
        yield from page.items
        cursor = page.next_cursor
        if cursor is None:
            return


def bundled(township: Township, dossier: str) -> list[str]:
    """The hashes of the acts that the marks of an exported bundle name."""
    with TemporaryDirectory() as name:
        file = Path(name) / "one.zip"
        export_log(township.context("auditor"), ExportLog(path=file, dossiers=(dossier,)))
        with zipfile.ZipFile(file) as bundle:
            marked = {json.loads(line)["act"] for line in bundle.read("marks.jsonl").splitlines()}
            acts = [json.loads(line) for line in bundle.read("acts.jsonl").splitlines()]
    with township.record.reading() as connection:
        return [
            ask(connection, "SELECT hash FROM act WHERE id = :id", id=act["id"]).scalar_one().hex()
            for act in acts
            if act["id"] in marked
        ]


@pytest.mark.parametrize(
    ("recorded_on", "marks"),
    [
        ("2014-07-22", NONE),  # held on Sunday 20 July: Tuesday is its second working day
        ("2014-07-23", NONE),
        ("2014-07-24", ALL),
        ("2014-09-24", ALL),
    ],
)
def test_the_third_working_day_is_in_time_and_the_fourth_is_marked_everywhere(
    house: Township, recorded_on: str, marks: frozenset[str]
) -> None:
    one = entered(house, date(2014, 7, 20), date.fromisoformat(recorded_on))

    assert marked_by(house, one) == marks


@settings(max_examples=25)
@given(on=DAYS, delay=st.integers(min_value=0, max_value=14))
def test_every_read_path_marks_exactly_what_was_recorded_more_than_three_working_days_later(
    house: Township, on: date, delay: int
) -> None:
    recorded_on, calendar = on + timedelta(days=delay), china_calendar()
    days = [on + timedelta(days=number) for number in range(1, delay + 1)]
    is_late = sum(calendar.is_working(day) for day in days) > 3

    assert marked_by(house, entered(house, on, recorded_on)) == (ALL if is_late else NONE)


def test_a_late_entry_counts_as_known_only_once_it_was_recorded_and_had_happened(house: Township) -> None:
    one = entered(house, date(2014, 7, 20), date(2014, 8, 20))
    reader = house.context("auditor", at("2014-09-01"))

    assert dossier_as_known(reader, one.dossier, known_at=at("2014-08-19")).late == 0
    assert dossier_as_known(reader, one.dossier, as_of=date(2014, 7, 19)).late == 0
    assert dossier_as_known(reader, one.dossier, as_of=date(2014, 7, 20)).late == 1

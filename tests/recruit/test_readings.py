"""Whoever opens a dossier from outside is on record, once an hour; an export of N dossiers is N readings."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from recruit.commands.exports import ExportLog, export_log
from recruit.commands.extracts import Extract, log_extract
from recruit.commands.readings import keep_reading
from recruit.commands.reveals import Reveal, reveal
from recruit.errors import BadInput, NotAllowed, NotFound
from recruit.queries.readings import readings, readings_of
from recruit.tables import Event, Reading
from tests.recruit.builders import Township, at


def kept(township: Township) -> list[tuple[str, str]]:
    with township.record.reading() as connection:
        rows = connection.execute(select(Reading.page, Reading.role).order_by(Reading.at, Reading.dossier))
        return [(row.page, row.role) for row in rows]


@pytest.mark.parametrize(
    ("login", "is_noted"),
    [("secretary", False), ("clerk", False), ("organizer", False), ("head", False), ("county", True),
     ("auditor", True)],
)  # fmt: skip
def test_the_branch_and_the_committee_in_charge_are_not_noted_and_everybody_else_is(
    township: Township, login: str, is_noted: bool
) -> None:
    dossier = township.open()

    assert keep_reading(township.context(login), dossier, "history") is is_noted
    assert bool(kept(township)) is is_noted


@pytest.mark.parametrize(("minute", "count"), [(0, 1), (59, 1), (60, 2)])
def test_the_same_page_is_noted_once_an_hour(township: Township, minute: int, count: int) -> None:
    dossier, hour = township.open(), at("2016-03-01", 9)

    keep_reading(township.context("auditor", hour), dossier, "history")
    later = hour.replace(minute=minute) if minute < 60 else at("2016-03-01", 10)
    keep_reading(township.context("auditor", later), dossier, "history")

    assert len(kept(township)) == count


def test_another_page_is_a_reading_of_its_own(township: Township) -> None:
    dossier = township.open()
    for page in ("dossier", "history", "dossier"):
        keep_reading(township.context("auditor"), dossier, page)

    assert sorted(kept(township)) == [("dossier", "auditor"), ("history", "auditor")]


def test_a_reading_leaves_the_log_as_it_was(township: Township) -> None:
    dossier = township.open()
    before = [township.snapshot(dossier), events(township)]

    keep_reading(township.context("auditor"), dossier, "history")

    assert [township.snapshot(dossier), events(township)] == before


def test_out_of_reach_nothing_is_noted(township: Township) -> None:
    dossier = township.open()

    with pytest.raises(NotFound):
        keep_reading(township.context("neighbour"), dossier, "history")
    assert kept(township) == []


def test_pages_and_what_was_revealed_stand_together_for_who_oversees(township: Township) -> None:
    dossier = township.open()
    keep_reading(township.context("auditor", at("2016-03-01", 9)), dossier, "history")
    wanted = Reveal(dossier=dossier, what="born", reason="inspection")
    reveal(township.context("secretary", at("2016-03-01", 10)), wanted)

    rows = readings_of(township.context("auditor"), dossier)

    assert [(row.page, row.what, row.user_name) for row in rows] == [
        ("revealed", "born", "演示secretary"),
        ("history", "", "演示auditor"),
    ]
    assert readings_of(township.context("secretary"), dossier) == ()


def test_a_security_administrator_sees_who_read_and_nobody_else_may(township: Township) -> None:
    keep_reading(township.context("auditor"), township.open(), "history")

    rows = readings(township.context("security_admin")).rows

    assert [(row.user_name, row.page) for row in rows] == [("演示auditor", "history")]
    with pytest.raises(NotAllowed):
        readings(township.context("organizer"))


def test_an_export_is_one_event_a_branch_and_one_reading_a_dossier(township: Township) -> None:
    dossiers = [township.open() for _ in range(3)] + [township.open(branch="second")]

    taken = log_extract(township.context("auditor"), Extract(kind="xlsx", reason="inspection"))

    assert sorted(taken) == sorted(dossiers)
    assert kept(township) == [("export", "auditor")] * 4
    exported = [details for do, details in events(township) if do == "exported"]
    assert sorted((len(one["dossiers"]), one["count"], one["reason"]) for one in exported) == [
        (1, 4, "inspection"),
        (3, 4, "inspection"),
    ]


def test_a_bundle_is_as_many_readings(township: Township, tmp_path: Path) -> None:
    dossiers = [township.open(), township.open()]

    export_log(township.context("auditor"), ExportLog(path=tmp_path / "log.zip"))

    assert kept(township) == [("export", "auditor")] * len(dossiers)


@pytest.mark.parametrize(
    ("extract", "error"),
    [
        (Extract(kind="xlsx", reason="curiosity"), BadInput),
        (Extract(kind="xlsx", reason="inspection", dossiers=("01AAAAAAAAAAAAAAAAAAAAAAAA",)), NotFound),
    ],
)
def test_without_a_reason_or_for_a_stranger_nothing_leaves(
    township: Township, extract: Extract, error: type[Exception]
) -> None:
    township.open()

    with pytest.raises(error):
        log_extract(township.context("auditor"), extract)
    assert kept(township) == []


def events(township: Township) -> list[tuple[str, dict[str, Any]]]:
    with township.record.reading() as connection:
        rows = connection.execute(select(Event.do, Event.canonical).order_by(Event.org, Event.seq))
        return [(row.do, json.loads(row.canonical)["details"]) for row in rows]

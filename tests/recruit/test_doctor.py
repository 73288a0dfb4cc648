"""The doctor: what it finds in a record, and what it says of it."""

from datetime import datetime
from pathlib import Path

import pytest

from notifications.heartbeat import beat
from recruit.checked import Checked
from recruit.commands.checkpoints import keep_checkpoint
from recruit.cures import cure_of
from recruit.doctor import examine
from recruit.guards import drop_guards
from recruit.lately import BACKUP, note
from tests.recruit.builders import Township, at


def found(township: Township, now: datetime) -> dict[str, Checked]:
    return {one.id: one for one in examine(township.record.folder, now, url=township.record.url)}


def test_a_sound_record_whose_clock_runs_has_nothing_wrong(township: Township) -> None:
    beat(township.record, "sweep", at("2026-06-01"), node="演示", done=0)
    note(township.record.folder, BACKUP, at=at("2026-06-01"))
    keep_checkpoint(township.record, now=at("2026-06-01"))

    checks = found(township, at("2026-06-01"))

    assert [one.id for one in checks.values() if one.ok is False] == []
    assert {
        "disk",
        "keys",
        "guards",
        "database",
        "calendar_2026",
        "heartbeat",
        "administrators",
        "crew",
        "set_aside",
        "backup",
        "log_key",
        "unsigned",
        "unwitnessed",
        "verified",
    } == set(checks) - {"sqlite", "postgres", "jobs"}


@pytest.mark.parametrize(("minutes", "is_ok"), [(3, True), (4, False)])
def test_a_clock_that_is_silent_for_three_minutes_is_said(
    township: Township, minutes: int, is_ok: bool
) -> None:
    beat(township.record, "sweep", at("2026-06-01"), node="演示", done=0)

    assert found(township, at("2026-06-01").replace(minute=minutes))["heartbeat"].ok is is_ok


@pytest.mark.parametrize(
    ("on", "is_missing"), [("2026-11-14", False), ("2026-11-15", True), ("2027-01-01", True)]
)
def test_next_years_calendar_is_missed_from_15_november(
    township: Township, on: str, is_missing: bool
) -> None:
    checks = found(township, at(on))

    assert ("calendar_2027" in checks and checks["calendar_2027"].ok is False) is is_missing


def test_a_guard_that_was_removed_is_named(township: Township) -> None:
    with township.record.writing() as connection:
        drop_guards(connection)

    guards = found(township, at("2026-06-01"))["guards"]

    assert guards.ok is False
    assert "leaf_no_" in guards.message("zh")


def test_a_key_that_others_may_read_is_named(township: Township) -> None:
    (township.record.folder / "keys" / "master.key").chmod(0o644)

    keys = found(township, at("2026-06-01"))["keys"]

    assert keys.ok is False
    assert "master.key" in keys.message("en")


def test_a_vacant_seat_is_named(township: Township) -> None:
    with township.record.writing() as connection:
        connection.exec_driver_sql("UPDATE \"grant\" SET to_on = '2020-01-01' WHERE role = 'audit_admin'")

    seats = found(township, at("2026-06-01"))["administrators"]

    assert seats.ok is False
    assert "audit_admin" in seats.message("zh")


def test_a_folder_without_a_record_is_said(tmp_path: Path) -> None:
    checks = {one.id: one for one in examine(tmp_path / "nothing", at("2026-06-01"))}

    assert checks["database"].ok is False
    assert "recruit init" in checks["database"].message("en")


def test_everything_is_said_in_both_languages(township: Township) -> None:
    for one in examine(township.record.folder, at("2026-11-15")):
        assert one.message("zh") != one.message("en")


def test_what_is_vacant_is_named_with_its_organization(township: Township) -> None:
    with township.record.writing() as connection:
        connection.exec_driver_sql(
            "UPDATE \"grant\" SET to_on = '2020-01-01' WHERE role IN ('committee_member', 'branch_secretary')"
        )

    crew = found(township, at("2026-06-01"))["crew"]

    assert crew.ok is None
    assert "青河镇党委：缺党委委员" in crew.message("zh")
    assert "一村党支部：缺支部书记" in crew.message("zh")


def test_whatever_is_wrong_has_something_to_do_about_it(township: Township) -> None:
    checks = examine(township.record.folder, at("2026-11-15"), url=township.record.url)

    assert [one.id for one in checks if one.ok is not True and cure_of(one) is None] == []
    assert cure_of(Checked("guards", ok=True, says=checks[0].says)) is None

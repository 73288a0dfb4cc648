"""The official calendar: days and years that an administrator enters, and what they do to open deadlines."""

from datetime import date

import pytest

from notifications.sweep import sweep
from recruit.commands.calendar import (
    AddCalendarRow,
    PublishCalendarYear,
    add_calendar_row,
    publish_calendar_year,
)
from recruit.errors import BadInput, NotAllowed
from recruit.log.rebuild import check_projections
from recruit.log.verify import verify
from tests.homes import ask
from tests.recruit.builders import Township, at
from workflows.calendar import Calendar

NOTICE = "演示放假安排通知"


def calendar(township: Township) -> Calendar:
    with township.record.reading() as connection:
        return township.record.laws.ground(connection, f"/{township.places['county']}/").calendar


def talk(township: Township, dossier: str) -> tuple[date, date, bool]:
    """Due day, grace and whether they are provisional."""
    with township.record.reading() as connection:
        row = ask(
            connection,
            "SELECT due, grace, is_provisional FROM deadline WHERE dossier = :dossier AND id = 'talk'",
            dossier=dossier,
        ).one()
    return date.fromisoformat(str(row[0])), date.fromisoformat(str(row[1])), bool(row[2])


def enter(
    township: Township, day: str, *, is_working: bool, reason: str = "", on: str = "2026-11-20"
) -> None:
    row = AddCalendarRow(
        on=date.fromisoformat(day), is_working=is_working, source=NOTICE, name="演示节", reason=reason
    )
    add_calendar_row(township.context("system_admin", at(on)), row)


def test_a_holiday_that_is_announced_moves_the_grace_of_an_open_deadline_and_not_its_due_day(
    township: Township,
) -> None:
    dossier = township.open(on="2026-10-20")
    assert talk(township, dossier) == (date(2026, 11, 20), date(2026, 11, 20), False)

    enter(township, "2026-11-20", is_working=False, on="2026-11-10")
    sweep(township.record, at("2026-11-10", 10))

    assert talk(township, dossier) == (date(2026, 11, 20), date(2026, 11, 23), False)
    assert check_projections(township.record).ok


def test_a_day_shows_its_name_and_the_notice_that_made_it_free(township: Township) -> None:
    enter(township, "2026-11-20", is_working=False)

    kind = calendar(township).day_kind(date(2026, 11, 20))

    assert (kind.working, kind.reason, kind.name) == (False, "added", "演示节")


def test_a_day_is_entered_again_only_with_a_reason_and_both_rows_stay(township: Township) -> None:
    enter(township, "2026-11-21", is_working=True)

    with pytest.raises(BadInput) as refusal:
        enter(township, "2026-11-21", is_working=False)
    enter(township, "2026-11-21", is_working=False, reason="通知更正")

    assert "2026-11-21" in refusal.value.message("zh")
    assert not calendar(township).is_working(date(2026, 11, 21))
    with township.record.reading() as connection:
        kept = connection.exec_driver_sql(
            "SELECT is_working, reason FROM calendar_row ORDER BY version"
        ).fetchall()
    assert [(bool(working), reason) for working, reason in kept] == [(True, ""), (False, "通知更正")]


def test_a_year_is_provisional_until_its_notice_is_published(township: Township) -> None:
    dossier = township.open(on="2026-12-28")
    assert talk(township, dossier)[2]

    publish_calendar_year(
        township.context("system_admin", at("2026-12-29")), PublishCalendarYear(year=2027, source=NOTICE)
    )
    sweep(township.record, at("2026-12-29", 10))

    assert not talk(township, dossier)[2]
    assert not calendar(township).is_provisional(date(2027, 12, 31))
    assert calendar(township).is_provisional(date(2028, 1, 1))


@pytest.mark.parametrize("year", [2026, 2028])
def test_calendar_years_are_published_one_after_the_other(township: Township, year: int) -> None:
    with pytest.raises(BadInput) as refusal:
        publish_calendar_year(township.context("system_admin"), PublishCalendarYear(year=year, source=NOTICE))

    assert "2027" in refusal.value.message("en")


def test_only_a_system_administrator_keeps_the_calendar(township: Township) -> None:
    row = AddCalendarRow(on=date(2027, 2, 6), is_working=True, source=NOTICE)
    for login in ("secretary", "organizer", "security_admin", "auditor"):
        with pytest.raises(NotAllowed):
            add_calendar_row(township.context(login), row)


def test_nothing_is_entered_without_the_notice_that_says_so(township: Township) -> None:
    before = verify(township.record).events
    with pytest.raises(BadInput):
        add_calendar_row(
            township.context("system_admin"), AddCalendarRow(on=date(2027, 2, 6), is_working=True, source=" ")
        )
    with pytest.raises(BadInput):
        publish_calendar_year(township.context("system_admin"), PublishCalendarYear(year=2027, source=""))

    assert verify(township.record).events == before

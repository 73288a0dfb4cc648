"""Local settings in the record: their first day, and what they may not reach."""

import json
from datetime import date

import pytest
from sqlalchemy import select

from recruit.commands.law import SetSetting, set_setting
from recruit.errors import BadInput
from recruit.log.rebuild import check_projections
from recruit.tables import SettingValue
from tests.recruit.builders import Township, at


def ask(township: Township, valid_from: str, *, today: str, place: str = "committee") -> None:
    setting = SetSetting(
        organization=township.places[place],
        name="thought_report.every",
        value="quarter",
        valid_from=date.fromisoformat(valid_from),
    )
    set_setting(township.context("organizer", at(today)), setting)


def test_a_setting_does_not_reach_back_over_recorded_acts(township: Township) -> None:
    township.open(on="2016-03-01")

    with pytest.raises(BadInput) as refusal:
        ask(township, "2016-02-29", today="2016-03-01")
    with pytest.raises(BadInput):
        ask(township, "2016-03-01", today="2016-03-02")

    assert "2016-03-01" in refusal.value.message("zh")
    assert check_projections(township.record).ok


def test_a_setting_may_begin_today_and_before_today_where_nothing_is_recorded_since(
    township: Township,
) -> None:
    township.open(on="2016-03-01")

    ask(township, "2016-03-02", today="2016-03-03")
    ask(township, "2016-03-03", today="2016-03-03", place="first")

    assert check_projections(township.record).ok


def test_what_another_branch_has_recorded_does_not_hold_a_setting(township: Township) -> None:
    township.open(on="2016-03-01")

    ask(township, "2016-02-01", today="2016-03-02", place="second")

    assert check_projections(township.record).ok


@pytest.mark.parametrize(
    ("name", "lawful", "looser", "valid_from"),
    [
        ("cultivation.months", 12, 11, "2026-06-01"),
        ("review.months", 6, 7, "2026-06-01"),
        ("training.days", 3, 2, "2026-06-01"),
        ("training.hours", 24, 23, "2026-06-01"),
        ("preexamination.to_meeting_months", 1, 2, "2026-06-01"),
        ("preexamination.to_meeting_months", 1, 0, "2026-05-11"),
    ],
)
def test_nobody_loosens_what_an_article_says(
    township: Township, name: str, lawful: int, looser: int, valid_from: str
) -> None:
    def put(value: int) -> None:
        setting = SetSetting(
            organization=township.places["committee"],
            name=name,
            value=value,
            valid_from=date.fromisoformat(valid_from),
        )
        set_setting(township.context("organizer", at("2026-05-01")), setting)

    with pytest.raises(BadInput) as refusal:
        put(looser)
    put(lawful)

    assert str(lawful) in refusal.value.message("zh")


def test_what_is_only_our_convention_an_organization_may_set_as_it_likes(township: Township) -> None:
    free = {"late_entry.working_days": 10, "conversion.meeting_within_months": 3}
    for name, value in free.items():
        setting = SetSetting(
            organization=township.places["committee"], name=name, value=value, valid_from=date(2026, 6, 1)
        )
        set_setting(township.context("organizer", at("2026-05-01")), setting)

    with township.record.reading() as connection:
        wanted = select(SettingValue.name, SettingValue.value)
        kept = {name: json.loads(value) for name, value in connection.execute(wanted)}
    assert {name: kept[name] for name in free} == free

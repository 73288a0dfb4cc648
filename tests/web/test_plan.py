"""The year's plan beside the to-dos: done, now, to come, and what has no day."""

from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from web.deadlines.strip import holiday
from web.desk.plan import holiday_notes, next_due, plan_rows
from workflows.calendar import china_calendar
from workflows.edition import load_edition
from workflows.texts import read_yaml

PLAN = Path(__file__).resolve().parents[2] / "web" / "demo" / "township-2016.yaml"
TODAY = date(2016, 6, 7)


@pytest.fixture
def document() -> dict[str, object]:
    plain = read_yaml(PLAN.read_bytes(), name=PLAN.name)
    assert isinstance(plain, dict)
    return plain


def test_the_first_milestone_that_is_not_over_is_the_present_one(
    app: Flask, document: dict[str, object]
) -> None:
    with app.test_request_context():
        rows = plan_rows(document, TODAY, load_edition("2014"))

    assert [row.css for row in rows] == ["d", "now", "", "", "", "", "q"]
    assert rows[1].text == "6月8日 周三，正在进行"
    assert rows[2].text == "6月9日至12日"
    assert rows[-1].text == "计划里没有定日子"


def test_a_part_of_a_plan_says_nothing_about_what_it_lacks(app: Flask) -> None:
    part = {"milestones": [{"id": "publicity", "label": "全镇公示", "until": date(2016, 6, 18), "acts": []}]}

    with app.test_request_context():
        rows = plan_rows(part, TODAY, load_edition("2014"))

    assert [row.css for row in rows] == ["now"]
    assert rows[0].text == "到6月18日 周六"


def test_the_holiday_of_june_leaves_one_day_for_the_inspection(
    app: Flask, document: dict[str, object]
) -> None:
    with app.test_request_context():
        notes = holiday_notes(document, TODAY, china_calendar(), load_edition("2014"), holiday)

    assert notes[0].title == "端午放假"
    assert "只有 1 天上班" in notes[0].text
    assert "6月12日（周日）上班" in notes[0].text


def test_the_papers_are_due_next(document: dict[str, object]) -> None:
    due = next_due(document, TODAY)

    assert due is not None
    assert due.last == date(2016, 6, 8)

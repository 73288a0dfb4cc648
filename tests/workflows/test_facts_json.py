"""Facts as JSON: the same facts come back, and an empty dossier takes no room."""

import json
from dataclasses import fields, replace

import pytest

from tests.workflows.builders import a_dossier, act, an_applicant, converted, day, road
from workflows import facts as kinds
from workflows.facts import Facts

EVERYTHING = Facts(
    stage="probation",
    stages=((day("2026-01-01"), "applicant"), (day("2026-02-01"), "activist")),
    opened_on=day("2026-01-01"),
    branch="b1",
    version=7,
    last_recorded_on=day("2026-03-01"),
    first_on={"talk_held": day("2026-01-02")},
    last_on={"talk_held": day("2026-01-03")},
    timers=(kinds.Timer("talk", 1, day("2026-01-01"), day("2026-01-02"), None),),
    floating=True,
    league_member=True,
    category="student",
    leaves_on=day("2026-12-01"),
    branches=((day("2026-01-01"), "b1"),),
    received_on=day("2026-01-01"),
    talk_on=day("2026-01-02"),
    recommendations=(kinds.Recommendation(day("2026-01-05"), "members"),),
    activist_on=day("2026-02-01"),
    activist_filed_on=day("2026-02-02"),
    contacts=("m1", "m2"),
    contacts_on=day("2026-02-03"),
    reviews=(day("2026-07-01"), day("2026-12-01")),
    thought_reports=(day("2026-04-01"),),
    papers=(kinds.Paper(day("2026-02-05"), "minutes", signed=True, dated=False),),
    opinions=(kinds.Opinion(day("2026-02-06"), "masses"),),
    pauses=(kinds.Pause(day("2026-03-01"), None), kinds.Pause(day("2026-04-01"), day("2026-04-09"))),
    proposed_on=day("2027-02-01"),
    consented_on=day("2027-02-02"),
    listed_on=day("2027-02-12"),
    notices=(
        kinds.Notice(
            9, "target", "home", day("2027-02-03"), day("2027-02-09"), day("2027-02-03"), "09:00", None, None
        ),
    ),
    objections=(kinds.Objection(10, 1, "letter", day("2027-02-04"), day("2027-02-05"), upheld=True),),
    sponsors=("m1", "m3"),
    sponsors_on=day("2027-02-13"),
    review=kinds.Review(day("2027-02-14"), qualified=True, places=("household",)),
    trainings=(kinds.Training(day("2027-02-15"), 3, 24, passed=True),),
    submitted_on=day("2027-02-16"),
    examination=kinds.Examination(day("2027-02-17"), passed=True),
    inspection=kinds.Examination(day("2027-02-18"), passed=False),
    preexamination=kinds.Examination(day("2027-02-19"), passed=True),
    department=kinds.Examination(day("2027-02-20"), passed=True),
    form="F-1",
    form_on=day("2027-02-21"),
    theory=kinds.Examination(day("2027-02-22"), passed=True),
    votes=(kinds.Vote(20, day("2027-02-23"), "admission", "passed", 0, "u1", None),),
    talks=(kinds.Talk(day("2027-02-24"), "organizer"),),
    deliberated_on=day("2027-02-25"),
    prolonged_on=day("2027-02-26"),
    decisions=(kinds.Decision(23, day("2027-02-27"), "admission", approved=True),),
    filed_on=day("2027-03-01"),
    oath_on=day("2027-03-02"),
    group_on=day("2027-03-03"),
    admitted_on=day("2027-02-23"),
    probation_on=day("2027-02-27"),
    extended_months=6,
    requested_on=day("2028-02-01"),
    moved_in_on=day("2027-05-01"),
    deferred_on=day("2028-03-01"),
    deferred_until=day("2028-04-01"),
    archived_on=day("2028-05-01"),
    ended_on=day("2028-06-01"),
)


def through_json(facts: Facts) -> Facts:
    return Facts.from_json(json.loads(json.dumps(facts.to_json())))


def test_the_specimen_leaves_no_field_at_its_default() -> None:
    empty = Facts(stage="", stages=(), opened_on=day("1900-01-01"))

    assert [f.name for f in fields(Facts) if getattr(EVERYTHING, f.name) == getattr(empty, f.name)] == []


def test_every_field_comes_back_as_it_was() -> None:
    back = through_json(EVERYTHING)

    assert back == EVERYTHING
    for field in fields(Facts):
        assert type(getattr(back, field.name)) is type(getattr(EVERYTHING, field.name)), field.name


@pytest.mark.parametrize("edition", ["2014", "2026"])
def test_each_step_of_a_road_comes_back_as_it_was(edition: str) -> None:
    dossier = converted(edition)
    for one in dossier.acts:
        step = road(edition, one.name)
        assert through_json(step.known) == step.known


def test_an_empty_dossier_takes_no_room() -> None:
    plain = an_applicant(since="2026-03-16").known.to_json()

    assert set(plain) == {
        "stage",
        "stages",
        "opened_on",
        "branch",
        "branches",
        "version",
        "last_recorded_on",
        "first_on",
        "last_on",
        "timers",
        "received_on",
    }


def test_carried_days_and_pauses_come_back() -> None:
    moved = a_dossier(
        act("transferred_in", "2026-01-05", stage="activist", carried={"activist_decided": "2025-03-10"}),
        act("suspended", "2026-02-01", reason="illness"),
        act("transferred", "2026-02-05", to="b2"),
    )

    assert through_json(moved.known) == moved.known


def test_a_field_that_facts_do_not_have_is_refused() -> None:
    with pytest.raises(KeyError, match="nickname"):
        Facts.from_json({**EVERYTHING.to_json(), "nickname": "x"})


def test_days_and_rows_are_plain_text_and_lists() -> None:
    plain = replace(EVERYTHING, papers=()).to_json()

    assert plain["opened_on"] == "2026-01-01"
    assert plain["talks"] == [["2027-02-24", "organizer"]]
    assert "papers" not in plain

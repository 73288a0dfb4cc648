"""Milestones of a plan: their days, their ladders, and whom they still concern as a dossier moves on."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, cast

import pytest

from tests.workflows.builders import Dossier, act, an_activist, an_applicant, in_approval, in_vetting
from tests.workflows.plans.builders import TOWNSHIP
from workflows.calendar import china_calendar
from workflows.plans.milestones import StoredYear, milestone_deadlines, open_steps, stages_of, year_of
from workflows.texts import read_yaml

DOCUMENT = cast("Mapping[str, Any]", read_yaml(TOWNSHIP, name="plan.yaml"))
YEAR = year_of(2016, DOCUMENT)
NOTICE = {"publicity.admission.days": 3, "publicity.admission.unit": "calendar"}


def still(dossier: Dossier, on: str, year: StoredYear = YEAR) -> list[str]:
    """The milestones that concern the dossier on that day."""
    day = date.fromisoformat(on)
    return [one.id for one in year.milestones if open_steps(year, one, dossier.known, dossier.ground, day)]


def concerned(name: str, dossier: Dossier, on: str, year: StoredYear = YEAR) -> bool:
    return name in still(dossier, on, year)


def an_activist_of(since: str) -> Dossier:
    return an_activist(since=since)


def test_the_townships_milestones_are_due_on_their_last_day_and_open_with_the_plan() -> None:
    found = milestone_deadlines(YEAR, date(2016, 1, 11), china_calendar())

    assert {one.key: one.due.isoformat() for one in found} == {
        "2016:activist_course": "2016-06-04",
        "2016:branches_report": "2016-06-08",
        "2016:inspection": "2016-06-12",
        "2016:committee_meeting": "2016-06-15",
        "2016:publicity": "2016-06-18",
        "2016:education_test_talk": "2016-06-19",
    }
    assert {one.opened_on for one in found} == {date(2016, 1, 11)}
    assert [one.id for one in found if one.is_provisional] == []


def test_a_notice_is_told_the_day_before_posting_and_on_its_last_day_and_others_a_week_ahead() -> None:
    ladders = {one.id: one.ladder for one in YEAR.milestones}

    assert ladders.pop("publicity") == (-3, 0)
    assert set(ladders.values()) == {(-7, -1, 0, 1)}


def test_what_cannot_be_read_is_left_out_and_an_impossible_id_is_replaced_by_its_place() -> None:
    entries: list[object] = [
        {"id": "a", "on": "2016-03-01"}, {"id": "b", "from": "2016-03-02"}, {"id": "c", "on": "soon"},
        {"on": date(2016, 3, 4), "acts": ["preexamined", "no_such_act"]},
        {"id": "x" * 41, "on": "2016-03-05"}, {"id": "a", "on": "2016-03-06"}, "text",
        {"id": "d", "from": "2016-03-08", "to": "2016-03-07"},
    ]  # fmt: skip

    year = year_of(2016, {"milestones": entries})

    assert [(one.id, one.steps) for one in year.milestones] == [("a", ()), ("4", ("preexamined",)), ("5", ())]
    assert year_of(2016, {"total": 0}).milestones == year_of(2016, {"milestones": "none"}).milestones == ()


def test_a_dossier_in_vetting_is_concerned_until_its_acts_are_done() -> None:
    dossier = in_vetting("2014", without=["branch_examined"])

    assert concerned("committee_meeting", dossier, "2016-06-15")
    assert concerned("inspection", dossier, "2016-06-12")
    inspected = dossier.after(act("inspected", "2016-08-01", from_="2016-07-30", to="2016-08-01"))

    assert not concerned("inspection", inspected, "2016-08-02")
    assert concerned("committee_meeting", inspected, "2016-08-02")


def test_the_notice_concerns_whoever_is_on_the_way_and_from_its_first_day_only_those_it_is_for() -> None:
    vetted = in_vetting("2014")
    examined = in_vetting("2014", settings=NOTICE).after(act("preexamined", "2016-08-14"))

    assert concerned("publicity", vetted, "2016-06-15")
    assert not concerned("publicity", vetted, "2016-06-16")
    assert examined.stage == "admission_publicity"
    assert concerned("publicity", examined, "2016-06-18")


def test_the_notice_concerns_nobody_once_it_is_posted_and_closed() -> None:
    year = year_of(2016, {**DOCUMENT, "milestones": [moved("publicity", "2016-08-15", "2016-08-17")]})
    examined = in_vetting("2014", settings=NOTICE).after(act("preexamined", "2016-08-14"))
    posted = examined.after(
        act("notice_posted", "2016-08-15", purpose="admission", from_="2016-08-15", to="2016-08-17")
    )
    closed = posted.after(act("notice_closed", "2016-08-18", purpose="admission"))

    assert [concerned("publicity", one, "2016-08-18", year) for one in (examined, posted, closed)] == [
        True,
        True,
        False,
    ]


def moved(name: str, first: str, last: str) -> dict[str, object]:
    entry = next(one for one in DOCUMENT["milestones"] if one["id"] == name)
    return {**entry, "from": date.fromisoformat(first), "to": date.fromisoformat(last)}


@pytest.mark.parametrize(
    ("since", "is_concerned"),
    [("2014-12-31", True), ("2015-01-01", False), ("2013-12-31", False), ("2014-05-29", True)],
)
def test_only_activists_of_the_plans_pool_may_be_proposed(since: str, is_concerned: bool) -> None:
    assert concerned("branches_report", an_activist_of(since), "2016-06-08") is is_concerned


@pytest.mark.parametrize(
    ("since", "is_concerned"), [("2015-06-07", True), ("2015-06-08", True), ("2015-06-09", False)]
)
def test_without_a_pool_only_those_who_are_cultivated_long_enough_by_then(
    since: str, is_concerned: bool
) -> None:
    year = replace(YEAR, pool=None)

    assert concerned("branches_report", an_activist_of(since), "2016-06-08", year) is is_concerned


def test_an_activist_who_has_been_to_this_years_course_is_no_longer_concerned_by_it() -> None:
    activist = an_activist_of("2015-06-02")
    before = activist.after(act("course_attended", "2015-12-31"))
    after = activist.after(act("course_attended", "2016-01-01"))

    assert concerned("activist_course", before, "2016-06-04")
    assert not concerned("activist_course", after, "2016-06-04")


def test_whoever_was_not_proposed_by_the_plans_day_is_not_on_the_way_any_more() -> None:
    activist = an_activist_of("2014-06-02")

    proposing = [concerned("branches_report", activist, on) for on in ("2016-06-08", "2016-06-09")]
    assert proposing == [True, False]
    days = ("2016-06-08", "2016-06-09", "2016-06-14")
    assert [concerned("committee_meeting", activist, on) for on in days] == [True, False, False]


def test_a_course_that_the_plan_names_twice_calls_no_activist_the_second_time() -> None:
    activist = an_activist_of("2015-06-02")

    assert concerned("activist_course", activist, "2016-06-17")
    assert not concerned("education_test_talk", activist, "2016-06-17")
    assert not concerned("education_test_talk", activist, "2016-06-19")


def test_an_applicant_and_a_suspended_dossier_are_not_concerned() -> None:
    applicant = an_applicant(since="2016-01-04")
    suspended = in_vetting("2014").after(act("suspended", "2016-08-01", reason="演示"))

    assert still(applicant, "2016-06-08") == []
    assert not concerned("committee_meeting", suspended, "2016-08-02")


def test_test_and_talk_concern_those_in_approval() -> None:
    approved = in_approval("2014")
    tested = approved.after(act("theory_tested", "2016-08-20"))
    taught = tested.after(act("course_attended", "2016-08-21"))

    assert [concerned("education_test_talk", one, "2016-08-22") for one in (approved, tested, taught)] == [
        True, True, True,
    ]  # fmt: skip
    talked = taught.after(
        act("meeting_voted", "2016-08-28", purpose="admission", entitled=9, present=7, for_=7),
        act("committee_talk_held", "2016-09-03", talker_is="organizer"),
    )
    assert not concerned("education_test_talk", talked, "2016-09-04")


def test_the_stages_that_are_looked_at_hold_everybody_concerned() -> None:
    for dossier in (an_activist_of("2014-06-02"), in_vetting("2014"), in_approval("2014")):
        for on in ("2016-05-01", "2016-06-12", "2016-06-20"):
            day = date.fromisoformat(on)
            for one in YEAR.milestones:
                if open_steps(YEAR, one, dossier.known, dossier.ground, day):
                    assert dossier.stage in stages_of(YEAR, one, dossier.ground, day)

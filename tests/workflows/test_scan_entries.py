"""Who entered a file, on which days its offices acted, which rules its papers cite."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import pytest

from tests.workflows.builders import a_ground, act
from workflows.acts import Act
from workflows.scan import WITHIN
from workflows.scan.registry import Entries, Irregularity, irregularity
from workflows.words import render_finding

CLERK, REST, LATER = "same_clerk", "rest_day_dates", "later_edition_cited"


def seen(rule: str, acts: Iterable[Act], settings: Mapping[str, object] | None = None) -> list[Irregularity]:
    ground = a_ground(settings)
    entries = Entries(dossier="d1", acts=tuple(enumerate(acts)), ground=ground)
    return [irregularity(rule, one, ground) for one in WITHIN[rule](entries)]


def by(who: str, do: str = "activist_decided", on: str = "2015-06-02", **given: object) -> Act:
    return act(do, on, by=who, **given)


def decided(who: str, **given: object) -> Act:
    return by(who, "committee_decided", "2016-09-09", purpose="admission", **given)


def test_one_hand_for_the_branch_and_the_committee_is_found() -> None:
    found = seen(CLERK, [by("u1"), decided("u1")])

    assert [(one.dossier, one.act, one.finding.found) for one in found] == [("d1", 1, ("u1",))]
    assert render_finding(found[0].finding, "zh", names={"u1": "刘敏"}) == (
        "第四十一条：支部和党委的手续都经手的有刘敏，请核对两边的原始记录。"
    )


def test_who_confirms_the_decision_is_a_hand_as_well() -> None:
    assert seen(CLERK, [by("u1"), decided("u2", confirmed_by="u1")]) != []
    assert seen(CLERK, [by("u1"), decided("u2", confirmed_by="u3")]) == []


def test_two_steps_of_one_side_may_come_from_one_hand() -> None:
    assert seen(CLERK, [by("u1"), by("u1", "target_proposed", "2016-06-24")]) == []
    assert seen(CLERK, [by("u2", "preexamined", "2016-08-12"), decided("u2")]) == []


def test_records_that_anybody_may_enter_tell_nothing() -> None:
    assert seen(CLERK, [by("u1", "talk_held", "2015-04-03"), decided("u1")]) == []


def test_an_act_whose_recorder_is_not_known_has_no_hand() -> None:
    assert seen(CLERK, [act("activist_decided", "2015-06-02"), decided("u1")]) == []


def test_what_an_organizer_copies_from_the_branchs_paper_is_no_branchs_hand() -> None:
    copied = replace(by("u1"), role="organizer")
    own = replace(by("u1"), role="branch_secretary")

    assert seen(CLERK, [copied, decided("u1")]) == []
    assert seen(CLERK, [own, decided("u1")]) != []


def test_a_file_of_before_the_living_day_is_copied_by_one_hand() -> None:
    entered = {"recorded": "2017-06-05T10:00+08:00"}
    file = [by("u1", **entered), decided("u1", **entered)]

    assert seen(CLERK, file) != []
    assert seen(CLERK, file, {"live.from": "2017-06-01"}) == []


@pytest.mark.parametrize(
    ("on", "is_found"),
    [
        ("2016-06-08", False),  # Wednesday
        ("2016-06-09", True),  # Dragon Boat Festival
        ("2016-06-11", True),  # Saturday
        ("2016-06-12", False),  # Sunday, a make-up working day
        ("2016-06-13", False),
    ],
)
def test_a_committees_decision_on_a_rest_day_is_found(on: str, is_found: bool) -> None:
    found = seen(REST, [act("committee_decided", on, purpose="admission")])

    assert [one.finding.values["act"] for one in found] == (
        ["committee_decided admission"] if is_found else []
    )


@pytest.mark.parametrize(
    "do", ["meeting_voted", "talk_held", "training_completed", "oath_taken", "notice_posted"]
)
def test_meetings_talks_courses_and_oaths_may_fall_on_a_rest_day(do: str) -> None:
    purpose = {"purpose": "admission"} if do in {"meeting_voted", "notice_posted"} else {}

    assert seen(REST, [act(do, "2016-06-11", **purpose)]) == []


@pytest.mark.parametrize(("on", "is_found"), [("2026-06-20", True), ("2061-06-18", False)])
def test_a_rest_day_of_a_year_without_a_calendar_is_not_held_against_anybody(on: str, is_found: bool) -> None:
    assert bool(seen(REST, [act("preexamined", on)])) is is_found


@pytest.mark.parametrize(
    ("on", "cites", "in_force"),
    [
        ("2014-05-27", "2014", "1990"),
        ("2014-05-28", "2014", None),
        ("2014-05-27", "1990", None),
        ("2026-05-10", "2026", "2014"),
        ("2026-05-11", "2026", None),
        ("2016-01-01", "1990", None),
        ("2016-01-01", None, None),
    ],
)
def test_a_paper_that_cites_rules_of_after_its_day(on: str, cites: str | None, in_force: str | None) -> None:
    found = seen(LATER, [act("application_received", on, cites=cites)])

    assert [(one.finding.found, one.finding.needed, one.finding.severity) for one in found] == (
        [(cites, in_force, "high")] if in_force else []
    )

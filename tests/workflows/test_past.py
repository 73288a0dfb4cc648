"""Files of the past: nothing is refused, what is missing is found, and living files keep their door."""

from collections.abc import Iterable

import pytest

from tests.workflows.builders import (
    ROADS,
    SOURCES,
    Dossier,
    a_dossier,
    a_ground,
    act,
    an_applicant,
    blocking,
    finding,
    judged,
    road,
    then,
    warnings,
)
from workflows.acts import Act
from workflows.around import Around
from workflows.past import judge_past

EDITIONS = pytest.mark.parametrize("edition", ["2014", "2026"])


def irregularities(acts: Iterable[Act]) -> dict[str, str]:
    found = judge_past(tuple(acts), a_ground(), Around())[1]
    return {one.rule: one.severity for _, one in found}


def the_road(edition: str, until: str, *, without: Iterable[str] = ()) -> tuple[Act, ...]:
    return road_acts(edition, until, set(without))


def road_acts(edition: str, until: str, without: set[str]) -> tuple[Act, ...]:
    acts = ROADS[edition]
    last = max(index for index, one in enumerate(acts) if until in {one.name, one.do})
    return tuple(one for one in acts[: last + 1] if not {one.do, one.name} & without)


@EDITIONS
def test_a_clean_file_has_no_irregularities(edition: str) -> None:
    facts, found = judge_past(ROADS[edition], a_ground(), Around())

    assert found == ()
    assert facts is not None
    assert facts.stage == "full_member"


MISSING = [
    ("talk_held", "activist_decided", "missing_talk", "medium"),
    ("review_recorded", "target_proposed", "missing_review", "medium"),
    ("political_review_concluded", "branch_examined", "missing_political_review", "high"),
    ("political_review_concluded", "preexamined", "missing_political_review", "high"),
    ("training_completed", "branch_examined", "missing_training", "high"),
    ("preexamined", "form_issued", "missing_preexamination", "high"),
    ("preexamined", "meeting_voted admission", "missing_preexamination", "high"),
    ("meeting_voted admission", "committee_decided admission", "missing_vote", "high"),
    ("committee_talk_held", "committee_decided admission", "missing_committee_talk", "medium"),
    ("meeting_voted conversion", "committee_decided conversion", "missing_vote", "high"),
]


@pytest.mark.parametrize(("left_out", "until", "rule", "severity"), MISSING)
@EDITIONS
def test_what_a_later_act_rests_on_and_is_not_there_is_found(
    edition: str, left_out: str, until: str, rule: str, severity: str
) -> None:
    assert rule not in irregularities(the_road(edition, until))
    assert irregularities(the_road(edition, until, without=[left_out]))[rule] == severity


@EDITIONS
def test_an_oath_without_a_decision_is_found(edition: str) -> None:
    oath = act("oath_taken", then(edition, "2026-10-01"))

    assert "missing_decision" in irregularities((*the_road(edition, "committee_talk_held"), oath))
    assert "missing_decision" not in irregularities((*the_road(edition, "committee_decided admission"), oath))


def test_a_listing_without_a_notice_is_found_under_the_edition_of_2026() -> None:
    without = the_road("2026", "target_listed", without=["notice_posted", "notice_closed"])

    assert irregularities(without)["missing_notice"] == "high"
    assert "missing_notice" not in irregularities(the_road("2014", "target_filed"))


def test_only_acts_dated_before_the_later_one_count() -> None:
    acts = list(the_road("2014", "activist_decided"))
    acts[1] = act("talk_held", "2015-06-03")

    assert "missing_talk" in irregularities(acts)
    acts[1] = act("talk_held", "2015-06-02")
    assert "missing_talk" not in irregularities(acts)


def test_an_act_that_stands_later_in_the_file_counts_by_its_day() -> None:
    decided, talk = act("activist_decided", "2015-06-02"), act("talk_held", "2015-04-03")
    begun = act("application_received", "2015-03-19")

    assert "missing_talk" not in irregularities((begun, decided, talk))
    assert "missing_talk" in irregularities((begun, decided))


def test_a_file_is_judged_as_it_stands_after_its_corrections() -> None:
    late = (*the_road("2014", "application_received"), act("talk_held", "2015-05-03"))
    mended = act(
        "corrected", "2016-01-10", act=2, reason="a slip", replacement=act("talk_held", "2015-04-03")
    )
    taken_back = act("corrected", "2016-01-10", act=2, reason="it was somebody else")
    decided = act("activist_decided", "2015-06-02")

    assert "talk_in_time" in irregularities(late)
    assert irregularities((*late, mended)) == {}
    assert "missing_talk" in irregularities((*late, decided, taken_back))


def test_nothing_is_missing_before_the_first_edition() -> None:
    acts = (act("application_received", "2013-05-06"), act("activist_decided", "2013-09-10"))

    assert irregularities(acts) == {}


def test_who_came_from_another_system_is_not_asked_for_what_was_carried_along() -> None:
    carried = {"activist_decided": "2025-03-10", "review_recorded": "2025-09-01"}
    moved = act("transferred_in", "2026-01-05", stage="activist", carried=carried)
    proposal = (
        act("contacts_assigned", "2026-01-10", contacts=["m1"]),
        act("activist_filed", "2026-01-10"),
        act("opinions_heard", "2026-06-20", from_=SOURCES),
        act("target_proposed", "2026-06-24"),
    )

    assert "missing_review" not in irregularities((moved, *proposal))
    assert "missing_review" in irregularities(
        (act("transferred_in", "2026-01-05", stage="activist"), *proposal)
    )


def test_several_bodies_on_one_day_are_a_yellow_flag() -> None:
    proposed = the_road("2014", "target_proposed")

    same_day = irregularities((*proposed, act("target_filed", "2016-06-24")))
    assert same_day["several_bodies_one_day"] == "low"
    assert "several_bodies_one_day" not in irregularities((*proposed, act("target_filed", "2016-06-25")))


def test_two_acts_of_one_body_on_one_day_are_none() -> None:
    decided = the_road("2014", "activist_decided")
    again = (*decided, act("target_proposed", "2015-06-02"))

    assert "several_bodies_one_day" not in irregularities(again)


@pytest.mark.parametrize(
    ("second_on", "recorded", "is_found"),
    [
        ("2017-02-20", "2017-06-12", True),
        ("2017-02-20", "2017-06-13", False),
        ("2016-10-29", "2017-06-06", True),
        ("2016-10-28", "2017-06-06", False),
    ],
)
def test_reviews_of_different_times_entered_within_a_week_are_found(
    second_on: str, recorded: str, is_found: bool
) -> None:
    acts = (
        *the_road("2014", "activist_decided"),
        act("review_recorded", "2016-08-29", recorded="2017-06-05T10:00+08:00"),
        act("review_recorded", second_on, recorded=f"{recorded}T10:00+08:00"),
    )

    assert ("reviews_entered_together" in irregularities(acts)) is is_found


def test_in_a_file_of_the_past_nothing_is_refused() -> None:
    wild = judged(road("2026", "activist_decided"), act("oath_taken", "2026-07-01"), mode="historic")

    assert wild.accepted
    assert {one.rule: one.severity for one in wild.findings} == {
        "oath_after_approval": "medium",
        "stage_allows": "high",
    }


def test_an_inquiry_answered_after_the_conclusion_is_found() -> None:
    sent = act("inquiry_sent", "2016-07-12", number="1")
    vetted = (*the_road("2014", "sponsors_named"), sent)
    concluded = act("political_review_concluded", "2016-07-19")

    def answered(on: str) -> Act:
        return act("inquiry_answered", on, number="1")

    assert "inquiry_after_conclusion" not in irregularities((*vetted, concluded, answered("2016-07-19")))
    assert (
        irregularities((*vetted, concluded, answered("2016-07-20")))["inquiry_after_conclusion"] == "medium"
    )
    assert "inquiry_after_conclusion" in irregularities((*vetted, answered("2016-07-20"), concluded))
    assert "inquiry_after_conclusion" not in irregularities((*vetted, answered("2016-07-19"), concluded))


LIVE = {"live.from": "2026-01-01"}


def from_paper(do: str, on: str, recorded: str = "2026-01-20", **details: object) -> Act:
    return act(do, on, recorded=f"{recorded}T10:00+08:00", **details)


def a_living_file() -> Dossier:
    return a_dossier(from_paper("application_received", "2025-03-19"), settings=LIVE)


def test_acts_of_before_the_living_day_are_entered_from_paper_and_not_refused() -> None:
    decided = from_paper("activist_decided", "2025-06-02")

    assert blocking(a_living_file(), decided) == []
    assert rules_of(a_living_file(), decided) == ["talk_before_decision", "recommendation_before_decision"]
    assert a_living_file().after(decided).stage == "activist"


def rules_of(dossier: Dossier, one: Act) -> list[str]:
    return [found.rule for found in judged(dossier, one).findings]


@pytest.mark.parametrize(("on", "is_refused"), [("2025-12-31", False), ("2026-01-01", True)])
def test_from_the_living_day_on_acts_are_judged_live(on: str, is_refused: bool) -> None:
    assert bool(blocking(a_living_file(), from_paper("activist_decided", on))) is is_refused


@pytest.mark.parametrize(
    ("recorded", "is_refused"), [("2026-03-01", False), ("2026-03-02", False), ("2026-03-03", True)]
)
def test_sixty_days_after_the_living_day_the_door_closes(recorded: str, is_refused: bool) -> None:
    file = a_living_file()

    assert bool(blocking(file, from_paper("activist_decided", "2025-06-02", recorded))) is is_refused
    late = from_paper("talk_held", "2025-04-03", recorded)
    assert ("recorded_late" in warnings(file, late)) is is_refused


def test_an_old_gap_blocks_only_where_the_later_act_itself_rests_on_it() -> None:
    file = a_living_file().after(
        from_paper("activist_decided", "2025-01-02"), act("opinions_heard", "2026-02-01", from_=SOURCES)
    )

    assert blocking(file, act("target_proposed", "2026-02-02")) == []
    short = a_living_file().after(
        from_paper("activist_decided", "2025-06-02"), act("opinions_heard", "2026-02-01", from_=SOURCES)
    )
    assert blocking(short, act("target_proposed", "2026-02-02")) == ["cultivation_period"]


def test_acts_of_before_the_first_edition_lead_on_without_being_judged() -> None:
    old = an_applicant(since="2013-05-06").after(act("activist_decided", "2013-09-10"))

    assert old.stage == "activist"
    assert finding(old, act("target_proposed", "2014-06-10"), "cultivation_period") is not None

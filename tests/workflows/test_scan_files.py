"""One dossier in a scan: only acts in force count, what a superior answers for is left out."""

from collections.abc import Iterable

import pytest

from tests.workflows.builders import ROADS, a_ground, act, day
from workflows.acts import Act
from workflows.around import Around
from workflows.scan.files import File, judge_file, summary_of
from workflows.scan.register import Ripe, Summary

ROAD = ROADS["2014"]


def a_file(acts: Iterable[Act]) -> File:
    return File(dossier="d1", person="p1", branch="b1", acts=tuple(acts))


def found(acts: Iterable[Act], *, live_from: str | None = None) -> list[tuple[str, int | None]]:
    ground = a_ground({"live.from": live_from} if live_from else None)
    judged = judge_file(a_file(acts), ground, lambda _facts, _act: Around())
    return [(one.finding.rule, one.act) for one in judged]


def kept(acts: Iterable[Act]) -> Summary:
    summary = summary_of(a_file(acts), a_ground(), lambda branch: ((branch, "c1"), "c1"))
    assert summary is not None
    return summary


def road(until: str, *, without: str = "") -> list[Act]:
    last = max(index for index, one in enumerate(ROAD) if until in {one.name, one.do})
    return [one for one in ROAD[: last + 1] if without not in {one.do, one.name}]


def test_a_clean_file_shows_nothing_but_its_rest_days() -> None:
    assert {rule for rule, _ in found(ROAD)} == {"rest_day_dates"}


def test_what_was_accepted_under_an_override_is_not_told_as_if_it_were_new() -> None:
    """The committee admits a person who leaves within three months; the county answers for it."""
    begun = act("application_received", "2015-03-19", org="b1", leaves_on="2016-10-01")
    rest = road("form_issued")[1:]
    answered = {"override_by": "county", "by": "u1"}

    def file(**given: str) -> list[Act]:
        vote = act("meeting_voted", "2016-08-28", purpose="admission", entitled=9, present=7, for_=7, **given)
        return [begun, *rest, vote]

    assert [rule for rule, _ in found(file())].count("leaving_soon") == 2
    assert [rule for rule, _ in found(file(**answered))].count("leaving_soon") == 1


def test_an_override_answers_for_no_rule_that_it_cannot_lift() -> None:
    vote = act(
        "meeting_voted", "2016-08-28", purpose="admission", entitled=9, present=7, for_=7, secret=False,
        override_by="county", by="u1",
    )  # fmt: skip

    assert ("secret_ballot", len(ROAD[:17])) in [
        (rule, place) for rule, place in found([*road("form_issued"), vote])
    ]


def test_an_act_that_was_taken_back_breaks_nothing_and_its_replacement_is_judged() -> None:
    late = [*road("application_received"), act("talk_held", "2015-05-03")]
    mended = act(
        "corrected", "2015-05-04", act=2, reason="a slip", replacement=act("talk_held", "2015-04-03")
    )
    worse = act("corrected", "2015-05-04", act=2, reason="a slip", replacement=act("talk_held", "2015-05-02"))

    assert found(late) == [("talk_in_time", 1)]
    assert found([*late, mended]) == []
    assert found([*late, worse]) == [("talk_in_time", 1)]


def test_an_act_that_fell_with_a_correction_breaks_nothing() -> None:
    """The decision as activist was another person's: the proposal that followed has no effect any more."""
    file = road("target_proposed")
    taken_back = act("corrected", "2016-07-01", act=4, reason="somebody else")

    assert kept([*file, taken_back]).ripe == ()
    assert found([*file, taken_back]) == []


def test_an_index_is_that_of_the_act_among_all_of_the_dossier() -> None:
    file = [
        *road("talk_held"),
        act("corrected", "2015-04-05", act=2, reason="twice"),
        act("talk_held", "2015-05-03"),
    ]

    assert found(file) == [("talk_in_time", 3)]


def test_a_file_of_before_the_living_day_is_judged_as_it_was_copied() -> None:
    late = act("talk_held", "2015-05-03", recorded="2017-06-05T10:00+08:00")

    assert found([*road("application_received"), late], live_from="2017-06-01") == [("talk_in_time", 1)]
    assert found([*road("application_received"), late]) == [("talk_in_time", 1), ("recorded_late", 1)]


def test_of_an_admission_the_vote_the_decision_the_units_and_the_sponsors_are_kept() -> None:
    admission = kept(ROAD).admission

    assert admission is not None
    assert (admission.voted_on, admission.decided_on) == (day("2016-08-28"), day("2016-09-10"))
    assert (admission.units, admission.committee) == (("b1", "c1"), "c1")
    assert admission.sponsors == ("m1", "m2")
    assert not admission.is_overridden
    assert kept(ROAD).form == "F-2026-017"


@pytest.mark.parametrize("approved", [True, False])
def test_a_refusal_is_no_admission(approved: bool) -> None:
    decided = act("committee_decided", "2016-09-10", purpose="admission", approved=approved)

    assert (kept([*road("committee_talk_held"), decided]).admission is not None) is approved


def test_who_moved_in_on_probation_was_not_admitted_here() -> None:
    moved = act(
        "transferred_in", "2016-09-01", stage="probation", carried={"meeting_voted": "2016-03-01"}, org="b1"
    )

    assert kept([moved]).admission is None


def test_an_activist_is_ripe_from_the_anniversary_until_the_admission() -> None:
    still = kept(road("target_proposed"))
    admitted = kept(road("committee_decided admission"))

    assert still.ripe == (Ripe(branch="b1", first=day("2016-06-02")),)
    assert admitted.ripe == (Ripe(branch="b1", first=day("2016-06-02"), until=day("2016-09-10")),)


def test_days_of_suspension_ripen_nobody() -> None:
    paused = [act("suspended", "2015-07-01"), act("resumed", "2015-07-11")]

    assert kept([*road("activist_decided"), *paused]).ripe[0].first == day("2016-06-12")


def test_who_moves_is_ripe_first_here_and_then_there() -> None:
    moved = [*road("activist_decided"), act("transferred", "2016-08-01", to="b2")]

    assert kept(moved).ripe == (
        Ripe(branch="b1", first=day("2016-06-02"), until=day("2016-08-01")),
        Ripe(branch="b2", first=day("2016-08-01")),
    )


def test_who_is_removed_is_not_ripe_any_more_and_begins_anew() -> None:
    removed = [*road("activist_decided"), act("activist_removed", "2016-07-01")]
    again = [
        *removed,
        act("recommended", "2016-08-01", source="members"),
        act("activist_decided", "2016-09-01"),
    ]

    first = Ripe(branch="b1", first=day("2016-06-02"), until=day("2016-07-01"))
    assert kept(removed).ripe == (first,)
    assert kept(again).ripe == (first, Ripe(branch="b1", first=day("2017-09-01")))


@pytest.mark.parametrize(
    ("until", "is_open"), [("target_proposed", True), ("committee_decided conversion", True)]
)
def test_a_member_and_who_is_on_the_road_hold_an_open_dossier(until: str, is_open: bool) -> None:
    assert kept(road(until)).is_open is is_open
    assert not kept([*road("talk_held"), act("withdrawn", "2015-05-01")]).is_open


def test_a_file_that_no_act_begins_is_not_kept() -> None:
    assert summary_of(a_file(()), a_ground(), lambda _: ((), None)) is None

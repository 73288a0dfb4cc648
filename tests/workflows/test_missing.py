"""What is not there: the day before, on and after; after each return anew; told once, by the first act."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

import pytest

from tests.workflows.builders import ROADS, a_ground, act, day, then
from workflows.acts import Act
from workflows.around import Around
from workflows.past import judge_past

EDITIONS = pytest.mark.parametrize("edition", ["2014", "2026"])
ONE_DAY = timedelta(days=1)
# The act that may be missing, the act that rests on it, and the rule that tells.
PAIRS = [
    ("talk_held", "activist_decided", "missing_talk"),
    ("review_recorded", "target_proposed", "missing_review"),
    ("political_review_concluded", "branch_examined", "missing_political_review"),
    ("training_completed", "branch_examined", "missing_training"),
    ("preexamined", "form_issued", "missing_preexamination"),
    ("meeting_voted admission", "committee_decided admission", "missing_vote"),
    ("committee_talk_held", "committee_decided admission", "missing_committee_talk"),
    ("meeting_voted conversion", "committee_decided conversion", "missing_vote"),
]


def told(acts: Iterable[Act], settings: Mapping[str, object] | None = None) -> list[tuple[str, date]]:
    """Each gap with the day of the act that tells of it."""
    file = tuple(acts)
    found = judge_past(file, a_ground(settings), Around())[1]
    return [(one.rule, file[index].on) for index, one in found if one.rule.startswith("missing_")]


def gaps(acts: Iterable[Act], settings: Mapping[str, object] | None = None) -> list[str]:
    return [rule for rule, _ in told(acts, settings)]


def walked(edition: str, until: str, *, without: Iterable[str] = ()) -> list[Act]:
    acts = ROADS[edition]
    last = max(index for index, one in enumerate(acts) if until in {one.name, one.do})
    return [one for one in acts[: last + 1] if not {one.do, one.name} & set(without)]


def dated(one: Act, on: date) -> Act:
    details = {name: value for name, value in one.details.items() if name != "purpose"}
    named = {"from_": details.pop("from_whom", None)} if "from_whom" in details else {}
    purpose = {"purpose": one.purpose} if one.purpose else {}
    return act(one.do, on.isoformat(), **details, **named, **purpose)


@pytest.mark.parametrize(("name", "later", "rule"), PAIRS)
@pytest.mark.parametrize(("days", "is_missing"), [(-1, False), (0, False), (1, True)])
@EDITIONS
def test_what_is_dated_after_the_act_that_rests_on_it_is_missing(
    edition: str, name: str, later: str, rule: str, days: int, is_missing: bool
) -> None:
    road = walked(edition, later)
    rests = road[-1]
    moved = [dated(one, rests.on + days * ONE_DAY) if name in {one.do, one.name} else one for one in road]

    assert (rule in gaps(moved)) is is_missing


@pytest.mark.parametrize(
    ("posted", "is_missing"), [("2026-07-08", False), ("2026-07-09", False), ("2026-07-10", True)]
)
def test_a_notice_posted_after_the_listing_is_none(posted: str, is_missing: bool) -> None:
    road = walked("2026", "target_listed", without=["notice_posted"])
    notice = act("notice_posted", posted, purpose="target", from_="2026-07-01", to="2026-07-07")

    assert (gaps([*road, notice]) == ["missing_notice"]) is is_missing


BEFORE_MEETING = {"publicity.admission.days": 1, "publicity.admission.when": "before_meeting"}
BEFORE_DECISION = {"publicity.admission.days": 1, "publicity.admission.when": "before_decision"}


@pytest.mark.parametrize(
    ("settings", "name"),
    [(BEFORE_MEETING, "meeting_voted admission"), (BEFORE_DECISION, "committee_decided admission")],
)
@pytest.mark.parametrize(("days", "is_missing"), [(-1, False), (0, False), (1, True)])
def test_the_notice_on_an_admission_is_missing_where_a_local_setting_of_2014_asks_for_it(
    settings: Mapping[str, object], name: str, days: int, is_missing: bool
) -> None:
    road = walked("2014", name)
    rests = road[-1]
    on = (rests.on + days * ONE_DAY).isoformat()
    notice = act("notice_posted", on, purpose="admission", from_=on, to=on)

    assert (told([*road, notice], settings) == [("missing_notice", rests.on)]) is is_missing
    assert gaps(road, settings) == ["missing_notice"]
    assert gaps(road) == []


def test_the_notice_on_a_conversion_is_missing_where_a_local_setting_asks_for_it() -> None:
    road = walked("2014", "meeting_voted conversion")
    posted = act("notice_posted", "2017-08-21", purpose="conversion", from_="2017-08-21", to="2017-08-25")

    assert gaps(road, {"publicity.conversion.days": 1}) == ["missing_notice"]
    assert gaps([*road[:-1], posted, road[-1]], {"publicity.conversion.days": 1}) == []
    assert gaps(road) == []


def test_the_first_act_that_rests_on_a_gap_tells_of_it_and_no_later_one() -> None:
    road = walked("2014", "preexamined", without=["training_completed"])

    assert told(road) == [("missing_training", day("2016-07-29"))]


def test_without_a_decision_the_first_act_of_a_member_tells_of_it() -> None:
    road = walked("2014", "committee_talk_held")
    filed, oath = act("filed_with_department", "2016-09-20"), act("oath_taken", "2016-10-01")

    assert told([*road, filed, oath]) == [("missing_decision", day("2016-09-20"))]


@pytest.mark.parametrize("purpose", ["extension", "cancellation"])
def test_an_extension_and_a_cancellation_rest_on_a_vote_of_their_own(purpose: str) -> None:
    member = walked("2014", "committee_decided admission")
    details = {"months": 6} if purpose == "extension" else {}
    vote = act("meeting_voted", "2017-08-30", purpose=purpose, entitled=9, present=7, for_=7, **details)
    decided = act("committee_decided", "2017-09-10", purpose=purpose)

    assert gaps([*member, decided]) == ["missing_vote"]
    assert gaps([*member, vote, decided]) == []


def test_after_an_extension_the_conversion_asks_for_a_new_vote() -> None:
    member = walked("2014", "committee_decided admission")
    not_passed = act("meeting_voted", "2017-08-30", purpose="conversion", entitled=9, present=7, for_=3)
    extended = act(
        "meeting_voted", "2017-08-30", purpose="extension", entitled=9, present=7, for_=7, months=6
    )
    decided = act("committee_decided", "2017-09-10", purpose="extension")
    converted = act("committee_decided", "2018-03-10", purpose="conversion")

    assert gaps([*member, not_passed, extended, decided, converted]) == ["missing_vote"]


@pytest.mark.parametrize(("again", "is_missing"), [("training_completed", False), ("course_attended", True)])
def test_after_a_return_to_activist_the_training_is_made_anew(again: str, is_missing: bool) -> None:
    first = walked("2014", "training_completed")
    course = {"days": 3, "hours": 24} if again == "training_completed" else {"course": "pre_admission"}
    second = [
        act("target_removed", "2016-08-01"),
        act("target_proposed", "2016-09-01"),
        act("target_filed", "2016-09-05"),
        act("sponsors_named", "2016-09-06", sponsors=["m1", "m2"]),
        act("political_review_concluded", "2016-09-07"),
        act(again, "2016-09-10", **course),
        act("branch_examined", "2016-09-12"),
    ]

    assert ("missing_training" in gaps([*first, *second])) is is_missing


def test_after_a_vote_that_was_not_passed_the_preexamination_is_made_anew_and_the_training_is_not() -> None:
    before = walked("2014", "form_issued")
    lost = act("meeting_voted", "2016-08-28", purpose="admission", entitled=9, present=7, for_=4)
    again = act("meeting_voted", "2016-10-28", purpose="admission", entitled=9, present=7, for_=7)
    anew = [act("branch_examined", "2016-09-20"), act("preexamined", "2016-10-14")]

    assert gaps([*before, lost, again]) == ["missing_preexamination"]
    assert gaps([*before, lost, *anew, again]) == []


def test_who_is_decided_as_activist_a_second_time_is_reviewed_anew_and_not_talked_to_again() -> None:
    removed = [*walked("2014", "review_recorded"), act("activist_removed", "2016-05-03")]
    again = [act("activist_decided", "2016-06-01"), act("target_proposed", "2017-06-01")]

    assert gaps([*removed, *again]) == ["missing_review"]


def test_who_moved_in_on_probation_is_asked_for_the_vote_on_conversion_and_for_nothing_earlier() -> None:
    carried = {
        "application_received": "2014-06-10",
        "activist_decided": "2015-01-10",
        "meeting_voted": "2016-03-01",
    }
    moved = act("transferred_in", "2016-09-01", stage="probation", carried=carried)
    vote = act("meeting_voted", "2017-03-02", purpose="conversion", entitled=9, present=7, for_=7)
    decided = act("committee_decided", "2017-04-01", purpose="conversion")

    assert gaps([moved, vote, decided]) == []
    assert gaps([moved, decided]) == ["missing_vote"]


@EDITIONS
def test_an_act_of_before_the_first_edition_fills_a_gap_and_tells_of_none(edition: str) -> None:
    old = [act("application_received", "2013-05-06"), act("activist_decided", "2013-09-10")]
    proposed = act("target_proposed", then(edition, "2026-06-24"))

    assert gaps([*old, proposed]) == ["missing_review"]
    assert gaps([*old, act("review_recorded", "2014-03-10"), proposed]) == []


def test_two_acts_of_one_day_that_rest_on_a_gap_tell_of_it_once() -> None:
    road = walked("2014", "branch_examined", without=["training_completed"])

    assert gaps([*road, act("preexamined", road[-1].on.isoformat())]) == ["missing_training"]


@pytest.mark.parametrize(("first", "teller"), [("2014-05-27", 1), ("2014-05-28", 0), ("2014-05-29", 0)])
def test_the_first_act_that_is_judged_tells(first: str, teller: int) -> None:
    acts = [act("application_received", "2013-05-06"), act("branch_examined", first)]
    later = act("preexamined", "2014-06-20")

    told_on = [on for rule, on in told([*acts, later]) if rule == "missing_training"]
    assert told_on == [(acts[1], later)[teller].on]


def a_second_attempt(first: str, trained: str | None) -> list[Act]:
    training = [act("training_completed", trained, days=3, hours=24)] if trained else []
    return [
        act("target_removed", first),
        *training,
        act("target_proposed", "2016-09-01"),
        act("target_filed", "2016-09-05"),
        act("sponsors_named", "2016-09-06", sponsors=["m1", "m2"]),
        act("political_review_concluded", "2016-09-07"),
    ]


@pytest.mark.parametrize(
    ("trained", "is_missing"), [("2016-07-31", True), ("2016-08-01", False), ("2016-08-02", False)]
)
def test_what_is_made_anew_counts_from_the_day_of_the_return(trained: str, is_missing: bool) -> None:
    file = [*walked("2014", "training_completed"), *a_second_attempt("2016-08-01", trained)]

    assert ("missing_training" in gaps([*file, act("branch_examined", "2016-09-12")])) is is_missing


def test_after_two_returns_only_what_follows_the_second_counts() -> None:
    file = [*walked("2014", "training_completed"), *a_second_attempt("2016-08-01", "2016-08-02")]
    again = [
        act("target_removed", "2016-09-20"),
        act("target_proposed", "2016-10-01"),
        act("branch_examined", "2016-10-12"),
    ]

    assert "missing_training" in gaps([*file, *again])

"""The plan beside a meeting: who is counted, and by what is known on that day."""

import pytest

from recruit.commands.plans import SetPlan, set_plan
from recruit.queries.meeting_quota import Quota, quota_of
from tests.recruit.builders import Township, at, with_roll
from tests.recruit.test_meetings import DAY, opened, sitting, vote
from tests.recruit.test_road import examined

pytestmark = pytest.mark.embedded

PLAN = {
    "total": 9,
    "allocations": [
        {"category": "farmer_herder", "label": "农牧民", "places": 7},
        {"category": "school", "label": "学校", "places": 2},
    ],
    "composition": [{"group": "women", "percent": 45, "label": "妇女"}],
}


def plan(township: Township, document: dict[str, object] = PLAN) -> None:
    command = SetPlan(committee=township.places["committee"], year=2016, document=document)
    set_plan(township.context("organizer", at("2016-01-04")), command)


def quota(township: Township, meeting: str) -> Quota:
    found = quota_of(township.context("organizer", at(DAY)), sitting(township, meeting))
    assert found is not None
    return found


def test_those_on_the_agenda_count_once_they_may_pass_and_no_more_once_they_have_not(
    township: Township,
) -> None:
    plan(township)
    members = with_roll(township, 5)
    women = township.person("演示甲", sex="female", category="farmer_herder")
    men = township.person("演示乙", sex="male", category="farmer_herder")
    first, second = (examined(township, members, person=one) for one in (women, men))
    meeting = opened(township, first, second)

    before = quota(township, meeting)
    vote(township, meeting, second, votes={1: "against", 2: "against", 3: "against"})
    after = quota(township, meeting)

    assert (before.total, before.now, before.if_all) == (9, 0, 2)
    assert (after.now, after.if_all) == (0, 1)
    share = after.lines[0].share
    assert (share.exact_hundredths, share.required, share.now, share.if_all_pass) == (405, 5, 0, 1)


def test_a_category_counts_as_the_acts_say_it_and_not_as_the_directory_had_it(township: Township) -> None:
    plan(township)
    person = township.person(category="farmer_herder")
    dossier = examined(township, with_roll(township, 5), person=person)
    township.act(dossier, "details_changed", "2016-06-10", category="school")
    meeting = opened(township, dossier)

    assert quota(township, meeting).places == (("农牧民", 0, 7), ("学校", 1, 2))


def test_a_year_without_a_plan_has_no_quota(township: Township) -> None:
    meeting = opened(township, examined(township, with_roll(township, 5)))

    assert quota_of(township.context("organizer", at(DAY)), sitting(township, meeting)) is None

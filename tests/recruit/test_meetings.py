"""Meetings: drafts that change nothing, a confirmation by a second person, one act for each decision."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from recruit.commands.agenda import NewItem, add_item, drop_item, set_ballot
from recruit.commands.ballots import SaveVote, defer_item, save_vote, take_up_item
from recruit.commands.confirming import Confirmed, ConfirmMeeting, confirm_meeting
from recruit.commands.handing import hand_over_meeting, take_back_meeting
from recruit.commands.sitting import SittingRow, find_sitting
from recruit.commands.sittings import OpenMeeting, SetAttendance, open_meeting, set_attendance
from recruit.errors import (
    BadInput,
    MeetingClosed,
    MeetingHanded,
    NoQuorum,
    NotAllowed,
    NotFound,
    RecordError,
    Refused,
    StaleMeeting,
)
from recruit.log.rebuild import check_projections
from recruit.log.verify import verify
from recruit.queries.history import history
from recruit.tables import Base
from tests.recruit.builders import Township, at, key, with_roll
from tests.recruit.test_faults import Died, failing_at
from tests.recruit.test_road import examined, vetted

DAY = "2016-06-15"


def sitting(township: Township, meeting: str, login: str = "organizer") -> SittingRow:
    context = township.context(login, at(DAY))
    with township.record.reading() as connection:
        return find_sitting(connection, context, meeting)


def opened(
    township: Township, *dossiers: str, ballot: str = "named", present: tuple[int, ...] = (1, 2, 3)
) -> str:
    """A committee of three on 15 June, to pre-examine."""
    items = tuple(NewItem(dossier=one, do="preexamined") for one in dossiers)
    opening = OpenMeeting(
        kind="committee", organization=township.places["committee"], on=date(2016, 6, 15), ballot=ballot,
        key=key(), items=items,
    )  # fmt: skip
    context = township.context("organizer", at(DAY))
    meeting = open_meeting(context, opening)
    attend(township, meeting, seats=frozenset(present))
    return meeting


def attend(township: Township, meeting: str, by: str = "organizer", **given: Any) -> None:
    seen = sitting(township, meeting, by).version
    set_attendance(township.context(by, at(DAY)), SetAttendance(meeting=meeting, seen_version=seen, **given))


def vote(township: Township, meeting: str, dossier: str, by: str = "organizer", **given: Any) -> None:
    item = next(one for one in sitting(township, meeting, by).items if one.dossier == dossier)
    command = SaveVote(meeting=meeting, item=item.id, seen_version=given.pop("seen", item.version), **given)
    save_vote(township.context(by, at(DAY)), command)


def hand_over(township: Township, meeting: str, by: str = "organizer") -> str:
    seen = sitting(township, meeting, by).version
    return hand_over_meeting(township.context(by, at(DAY)), meeting, seen_version=seen)


def confirm(township: Township, meeting: str, by: str = "head") -> Confirmed:
    seen = sitting(township, meeting, by).version
    return confirm_meeting(
        township.context(by, at(DAY, 11)), ConfirmMeeting(meeting=meeting, seen_version=seen)
    )


def state_of(township: Township, meeting: str, dossier: str) -> str:
    return next(one.state for one in sitting(township, meeting).items if one.dossier == dossier)


def test_each_decision_becomes_an_act_of_its_own_only_when_a_second_person_confirms(
    township: Township,
) -> None:
    members = with_roll(township, 5)
    passed, failed = examined(township, members), examined(township, members)
    meeting = opened(township, passed, failed)
    vote(township, meeting, passed, votes={1: "for", 2: "for", 3: "recused"})
    vote(township, meeting, failed, votes={1: "for", 2: "against", 3: "abstain"})
    hand_over(township, meeting)
    assert [township.stage(one) for one in (passed, failed)] == ["vetting", "vetting"]

    confirmed = confirm(township, meeting)

    assert [one.state for one in confirmed.items] == ["recorded", "recorded"]
    assert [township.stage(one) for one in (passed, failed)] == ["approval", "vetting"]
    entry = history(township.context("auditor", at(DAY, 12)), passed)[-1]
    assert entry.act is not None
    assert (entry.by_name, entry.confirmed_by_name) == ("演示organizer", "演示head")
    assert (entry.act.details["members"], entry.act.details["present"], entry.act.details["for"]) == (3, 3, 2)
    assert history(township.context("auditor", at(DAY, 12)), failed)[-1].act.details["passed"] is False  # type: ignore[union-attr]
    assert verify(township.record).ok
    assert check_projections(township.record).ok


def test_the_same_confirmation_again_gives_the_same_answer_and_doubles_nothing(township: Township) -> None:
    dossier = examined(township, with_roll(township, 5))
    meeting = opened(township, dossier)
    vote(township, meeting, dossier, is_all_for=True)
    hand_over(township, meeting)

    first = confirm(township, meeting)
    version = township.version(dossier)

    assert confirm(township, meeting) == first
    assert confirm(township, meeting, by="member") == first
    assert township.version(dossier) == version


def test_a_crash_in_the_middle_of_the_confirmation_is_completed_by_the_next(township: Township) -> None:
    members = with_roll(township, 5)
    dossiers = [examined(township, members) for _ in range(2)]
    meeting = opened(township, *dossiers)
    for dossier in dossiers:
        vote(township, meeting, dossier, is_all_for=True)
    hand_over(township, meeting)
    before = [township.version(one) for one in dossiers]
    halves = 0
    statement = 1
    while True:
        with failing_at(township.record, statement) as begun, suppress(Died):
            confirm(township, meeting)
        halves += sum(map(int, (township.version(d) > b for d, b in zip(dossiers, before, strict=True)))) == 1
        if begun() < statement:
            break
        statement += 7

    assert halves, "no crash fell between the two acts"
    assert [township.version(one) for one in dossiers] == [seq + 1 for seq in before]
    assert [one.state for one in confirm(township, meeting).items] == ["recorded", "recorded"]
    assert verify(township.record).ok


def test_two_who_confirm_at_once_make_one_act(township: Township) -> None:
    dossier = examined(township, with_roll(township, 5))
    meeting = opened(township, dossier)
    vote(township, meeting, dossier, is_all_for=True)
    hand_over(township, meeting)
    version, barrier = township.version(dossier), threading.Barrier(2)

    def press(login: str) -> object:
        barrier.wait()
        try:
            return confirm(township, meeting, by=login)
        except RecordError as error:
            return error

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(press, ["head", "member"]))

    assert township.version(dossier) == version + 1
    assert len({one.by for one in answers if isinstance(one, Confirmed)}) == 1


def test_what_a_rule_refuses_at_that_moment_is_told_for_that_person_and_changes_nobody_else(
    township: Township,
) -> None:
    members = with_roll(township, 5)
    held, clear = examined(township, members), examined(township, members)
    meeting = opened(township, held, clear)
    for dossier in (held, clear):
        vote(township, meeting, dossier, is_all_for=True)
    hand_over(township, meeting)
    township.act(held, "objection_received", DAY, by="organizer", purpose="letter")

    items = {one.dossier: one for one in confirm(township, meeting).items}

    assert (items[held].state, items[clear].state) == ("refused", "recorded")
    assert "objections_concluded" in [one.rule for one in items[held].findings]
    assert (township.stage(held), township.stage(clear)) == ("vetting", "approval")


@pytest.mark.embedded
@pytest.mark.parametrize("login", ["organizer", "secretary", "auditor"])
def test_the_recorder_and_whoever_does_not_decide_cannot_confirm(township: Township, login: str) -> None:
    dossier = examined(township, with_roll(township, 5))
    meeting = opened(township, dossier)
    vote(township, meeting, dossier, is_all_for=True)
    hand_over(township, meeting)
    seen = sitting(township, meeting).version
    command = ConfirmMeeting(meeting=meeting, seen_version=seen)

    with pytest.raises((NotAllowed, NotFound)):
        confirm_meeting(township.context(login, at(DAY, 11)), command)

    assert township.stage(dossier) == "vetting"


@pytest.mark.embedded
def test_a_secretary_who_recorded_the_meeting_needs_another_member(township: Township) -> None:
    dossier = examined(township, with_roll(township, 5))
    meeting = opened(township, dossier)
    vote(township, meeting, dossier, is_all_for=True, by="head")
    hand_over(township, meeting, by="head")

    with pytest.raises(NotAllowed):
        confirm(township, meeting, by="head")

    assert confirm(township, meeting, by="member").items[0].state == "recorded"


@pytest.mark.embedded
def test_there_is_no_approving_of_several(township: Township) -> None:
    members = with_roll(township, 5)
    dossiers = [examined(township, members) for _ in range(2)]
    meeting = opened(township, *dossiers)
    vote(township, meeting, dossiers[0], is_all_for=True)

    with pytest.raises(BadInput, match="no “approve all”"):
        hand_over(township, meeting)

    assert state_of(township, meeting, dossiers[1]) == "waiting"


@pytest.mark.embedded
def test_all_for_is_kept_with_who_entered_it_and_gone_with_the_next_change(township: Township) -> None:
    dossier = examined(township, with_roll(township, 5))
    meeting = opened(township, dossier)

    vote(township, meeting, dossier, is_all_for=True)
    (first,) = sitting(township, meeting).items
    vote(township, meeting, dossier, votes={1: "for", 2: "for", 3: "abstain"})
    (second,) = sitting(township, meeting).items

    assert (first.counts["for"], first.all_for_by) == (3, township.context("organizer").actor.user_id)
    assert (second.counts["for"], second.all_for_by) == (2, None)


@pytest.mark.embedded
def test_a_vote_is_asked_of_everybody_present_and_of_nobody_else(township: Township) -> None:
    dossier = examined(township, with_roll(township, 5))
    meeting = opened(township, dossier, present=(1, 2))

    for votes, why in (({1: "for"}, "1 members' votes"), ({1: "for", 2: "for", 3: "for"}, "absent")):
        with pytest.raises(BadInput, match=why):
            vote(township, meeting, dossier, votes=votes)
    vote(township, meeting, dossier, votes={1: "for", 2: "for"})

    assert sitting(township, meeting).items[0].counts == {"for": 2, "against": 0, "abstain": 0, "recused": 0}


def test_two_who_type_at_once_the_second_is_told(township: Township) -> None:
    dossier = examined(township, with_roll(township, 5))
    meeting = opened(township, dossier)
    vote(township, meeting, dossier, is_all_for=True, by="head")

    with pytest.raises(StaleMeeting) as refusal:
        vote(township, meeting, dossier, votes={1: "against", 2: "for", 3: "for"}, seen=1)

    assert refusal.value.version == 2
    assert sitting(township, meeting).items[0].counts["for"] == 3


@pytest.mark.embedded
def test_counts_that_contradict_each_other_are_refused_with_the_difference(township: Township) -> None:
    dossier = examined(township, with_roll(township, 5))
    meeting = opened(township, dossier, ballot="secret")
    counts = {"issued": 3, "returned": 3, "for": 2, "against": 1, "abstain": 0, "invalid": 1, "recused": 0}

    with pytest.raises(BadInput) as refusal:
        vote(township, meeting, dossier, counts=counts)

    assert "收回3张，各项加起来是4张，多1张" in refusal.value.message("zh")
    assert sitting(township, meeting).items[0].counts == {}
    vote(township, meeting, dossier, counts={**counts, "invalid": 0})
    assert sitting(township, meeting).items[0].state == "voted"


@pytest.mark.embedded
def test_without_a_quorum_nothing_is_voted_on_and_the_meeting_is_void(township: Township) -> None:
    dossier = examined(township, with_roll(township, 5))
    meeting = opened(township, dossier, present=(1,))

    with pytest.raises(NoQuorum, match="1 more are needed"):
        vote(township, meeting, dossier, is_all_for=True)

    assert hand_over(township, meeting) == "void"
    with pytest.raises(MeetingClosed):
        vote(township, meeting, dossier, is_all_for=True)
    assert township.stage(dossier) == "vetting"


@pytest.mark.embedded
def test_who_leaves_takes_the_quorum_along_and_what_was_voted_stands(township: Township) -> None:
    members = with_roll(township, 5)
    voted, later = examined(township, members), examined(township, members)
    meeting = opened(township, voted, later, present=(1, 2))
    vote(township, meeting, voted, is_all_for=True)
    attend(township, meeting, seats=frozenset((1,)))

    with pytest.raises(NoQuorum):
        vote(township, meeting, later, is_all_for=True)
    hand_over(township, meeting)
    items = {one.dossier: one.state for one in confirm(township, meeting).items}

    assert items == {voted: "recorded", later: "deferred"}


@pytest.mark.embedded
def test_somebody_who_cannot_be_pre_examined_is_refused_and_passed_over_with_the_reason(
    township: Township,
) -> None:
    barred, ready = township.open(), examined(township, with_roll(township, 5))
    meeting = opened(township, barred, ready)
    vote(township, meeting, ready, is_all_for=True)

    with pytest.raises(Refused) as refusal:
        vote(township, meeting, barred, is_all_for=True)
    hand_over(township, meeting)

    assert "stage_allows" in [one.rule for one in refusal.value.findings]
    assert state_of(township, meeting, barred) == "barred"


@pytest.mark.embedded
def test_a_deferred_person_is_taken_up_again(township: Township) -> None:
    dossier = examined(township, with_roll(township, 5))
    meeting = opened(township, dossier)
    (item,) = sitting(township, meeting).items
    context = township.context("organizer", at(DAY))

    defer_item(context, meeting, item.id, seen_version=1)
    assert state_of(township, meeting, dossier) == "deferred"
    take_up_item(context, meeting, item.id, seen_version=2)

    assert state_of(township, meeting, dossier) == "waiting"
    assert hand_over_raises(township, meeting)


def hand_over_raises(township: Township, meeting: str) -> bool:
    with pytest.raises(BadInput):
        hand_over(township, meeting)
    return True


@pytest.mark.embedded
def test_what_is_handed_over_changes_only_after_it_was_taken_back_and_what_is_confirmed_never(
    township: Township,
) -> None:
    dossier = examined(township, with_roll(township, 5))
    meeting = opened(township, dossier)
    vote(township, meeting, dossier, is_all_for=True)
    hand_over(township, meeting)

    with pytest.raises(MeetingHanded):
        vote(township, meeting, dossier, votes={1: "against", 2: "for", 3: "for"})
    seen = sitting(township, meeting).version
    take_back_meeting(township.context("head", at(DAY)), meeting, seen_version=seen)
    vote(township, meeting, dossier, votes={1: "against", 2: "for", 3: "for"})
    hand_over(township, meeting)
    confirm(township, meeting)

    with pytest.raises(MeetingClosed, match="another meeting"):
        vote(township, meeting, dossier, is_all_for=True)
    with pytest.raises(MeetingClosed):
        attend(township, meeting, seats=frozenset((1,)))


@pytest.mark.embedded
def test_the_way_of_voting_changes_only_before_the_first_vote(township: Township) -> None:
    dossier = examined(township, with_roll(township, 5))
    meeting = opened(township, dossier)
    context = township.context("organizer", at(DAY))
    set_ballot(context, meeting, "secret", seen_version=sitting(township, meeting).version)
    set_ballot(context, meeting, "named", seen_version=sitting(township, meeting).version)
    vote(township, meeting, dossier, is_all_for=True)

    with pytest.raises(BadInput):
        set_ballot(context, meeting, "secret", seen_version=sitting(township, meeting).version)


@pytest.mark.embedded
def test_the_agenda_takes_each_person_once_and_only_what_this_body_decides(township: Township) -> None:
    dossier, other = township.open(), township.open()
    meeting = opened(township, dossier)
    context = township.context("organizer", at(DAY))

    def put(item: NewItem) -> str:
        return add_item(context, meeting, item, seen_version=sitting(township, meeting).version)

    for item in (NewItem(dossier=dossier, do="preexamined"), NewItem(dossier=other, do="activist_decided")):
        with pytest.raises(BadInput):
            put(item)
    added = put(NewItem(dossier=other, do="preexamined"))
    drop_item(context, meeting, added, seen_version=sitting(township, meeting).version)

    assert [one.dossier for one in sitting(township, meeting).items] == [dossier]


def general_meeting(
    township: Township, dossier: str, *, present: int = 5, whole: int = 5, **given: Any
) -> str:
    item = NewItem(dossier=dossier, do="meeting_voted", purpose="admission")
    opening = OpenMeeting(
        kind="general_meeting", organization=township.places["first"], on=date(2016, 6, 15), ballot="secret",
        key=key(), items=(item,),
    )  # fmt: skip
    meeting = open_meeting(township.context("secretary", at(DAY)), opening)
    attend(township, meeting, by="secretary", whole_count=whole, present_count=present, **given)
    return meeting


BALLOTS = {
    "issued": 5, "returned": 5, "for": 3, "against": 1, "abstain": 1, "invalid": 0, "written_for": 0,
    "written_against": 0, "written_abstain": 0,
}  # fmt: skip


def test_a_branch_confirms_its_own_general_meeting(township: Township) -> None:
    dossier = vetted(township, with_roll(township, 5))
    township.act(dossier, "form_issued", DAY, by="organizer", number="A-0001")
    meeting = general_meeting(township, dossier)
    vote(township, meeting, dossier, by="secretary", counts=BALLOTS)
    hand_over(township, meeting, by="secretary")

    confirmed = confirm(township, meeting, by="secretary")

    assert [one.state for one in confirmed.items] == ["recorded"]
    act = history(township.context("auditor", at(DAY, 12)), dossier)[-1].act
    assert act is not None
    assert (act.do, act.details["secret"], act.details["for"], act.details["entitled"]) == (
        "meeting_voted", True, 3, 5,
    )  # fmt: skip
    assert township.stage(dossier) == "approval"


def test_a_secret_ballot_leaves_no_voter_in_any_table(township: Township) -> None:
    dossier = vetted(township, with_roll(township, 5))
    township.act(dossier, "form_issued", DAY, by="organizer", number="A-0001")
    meeting = general_meeting(township, dossier)
    with pytest.raises(BadInput):
        vote(township, meeting, dossier, by="secretary", votes={1: "for"})
    with pytest.raises(BadInput):
        vote(township, meeting, dossier, by="secretary", is_all_for=True, counts=BALLOTS)
    vote(township, meeting, dossier, by="secretary", counts=BALLOTS)
    hand_over(township, meeting, by="secretary")
    confirm(township, meeting, by="secretary")

    with township.record.reading() as connection:
        for table in Base.metadata.sorted_tables:
            if {"vote", "seat"} & set(table.columns.keys()) or table.name == "seat":
                rows = connection.execute(text(f'SELECT count(*) FROM "{table.name}"'))
                assert rows.scalar_one() == 0, table.name


@pytest.mark.embedded
def test_a_committee_that_votes_secretly_has_seats_and_no_votes(township: Township) -> None:
    dossier = examined(township, with_roll(township, 5))
    meeting = opened(township, dossier, ballot="secret")
    counts = {"issued": 3, "returned": 3, "for": 2, "against": 1, "abstain": 0, "invalid": 0, "recused": 0}
    vote(township, meeting, dossier, counts=counts)
    hand_over(township, meeting)
    confirm(township, meeting)

    with township.record.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM named_vote")).scalar_one() == 0
        kept = [bytes(row[0]).decode() for row in connection.execute(text("SELECT canonical FROM event"))]
    assert not any('"votes"' in one or '"against"' in one for one in kept)


@pytest.mark.embedded
def test_a_branch_committee_that_does_not_decide_leaves_the_dossier_alone(township: Township) -> None:
    people = with_roll(township, 5)
    dossier = township.open()
    township.act(dossier, "talk_held", "2014-07-20")
    township.act(dossier, "recommended", "2015-01-10", source="members")
    opening = OpenMeeting(
        kind="branch_committee", organization=township.places["first"], on=date(2016, 6, 15), ballot="named",
        key=key(), items=(NewItem(dossier=dossier, do="activist_decided"),), seats=people[:3],
    )  # fmt: skip
    meeting = open_meeting(township.context("clerk", at(DAY)), opening)
    attend(township, meeting, by="clerk", seats=frozenset((1, 2, 3)))
    vote(township, meeting, dossier, by="clerk", votes={1: "for", 2: "against", 3: "abstain"})
    hand_over(township, meeting, by="clerk")
    version = township.version(dossier)

    confirmed = confirm(township, meeting, by="secretary")

    assert [one.state for one in confirmed.items] == ["not_passed"]
    assert township.version(dossier) == version


@pytest.mark.embedded
def test_nobody_outside_the_body_finds_its_meeting(township: Township) -> None:
    meeting = opened(township, examined(township, with_roll(township, 5)))

    for login in ("secretary", "neighbour"):
        with pytest.raises(NotFound):
            sitting(township, meeting, login)


def test_a_repeated_opening_gives_the_first_meeting(township: Township) -> None:
    opening = OpenMeeting(
        kind="committee", organization=township.places["committee"], on=date(2016, 6, 15), ballot="counts",
        key=key(),
    )  # fmt: skip
    context = township.context("organizer", at(DAY))

    assert open_meeting(context, opening) == open_meeting(context, opening)

"""One person's road from the application to full membership, through the commands alone."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from recruit.commands.acts import Proposed, Recorded
from recruit.commands.law import SetSetting, set_setting
from recruit.commands.meetings import HoldMeeting, hold_meeting, record_meeting_item
from recruit.commands.notices import CloseNotice, PostNotice, close_notice, post_notice
from recruit.commands.plans import SetPlan, set_plan
from recruit.commands.proposals import ConfirmProposal, confirm_proposal
from recruit.commands.reveals import RevealContents, reveal_contents
from recruit.errors import BadInput, Refused
from recruit.log.rebuild import check_projections
from recruit.log.verify import verify
from recruit.queries.desk import desk
from recruit.queries.dossiers import dossier_view
from recruit.queries.history import history
from recruit.tables import Membership
from tests.recruit.builders import Township, at, key, with_roll


def confirmed(township: Township, outcome: Recorded | Proposed, *, by: str, on: str) -> Recorded:
    assert isinstance(outcome, Proposed)
    command = ConfirmProposal(proposal=outcome.proposal, key=key())
    recorded = confirm_proposal(township.context(by, at(on, 10)), command)
    assert isinstance(recorded, Recorded)
    return recorded


def examined(township: Township, members: tuple[str, ...], *, person: str | None = None) -> str:
    """Up to the branch's examination of 8 June 2016."""
    dossier = township.open(person=person)
    township.act(dossier, "talk_held", "2014-07-20")
    township.act(dossier, "recommended", "2015-01-10", source="members")
    township.act(dossier, "activist_decided", "2015-02-10", members=3, present=3, for_=3)
    township.act(dossier, "activist_filed", "2015-02-20", by="organizer")
    township.act(dossier, "contacts_assigned", "2015-02-20", contacts=", ".join(members[:2]))
    township.act(dossier, "review_recorded", "2015-08-08")
    township.act(dossier, "review_recorded", "2016-02-05")
    for source in ("group", "contacts", "members", "masses"):
        township.act(dossier, "opinions_heard", "2016-03-01", from_=source)
    township.act(dossier, "target_proposed", "2016-03-02", members=3, present=3, for_=3)
    township.act(dossier, "target_filed", "2016-03-10", by="organizer")
    township.act(dossier, "sponsors_named", "2016-03-11", sponsors=f"{members[0]}, {members[1]}")
    township.act(dossier, "political_review_concluded", "2016-04-10", by="organizer", qualified=True)
    township.act(dossier, "training_completed", "2016-04-20", by="organizer", days=3, hours=24)
    township.act(dossier, "branch_examined", "2016-06-08", passed=True)
    return dossier


def vetted(township: Township, members: tuple[str, ...], *, person: str | None = None) -> str:
    """Up to the pre-examination of 15 June 2016."""
    dossier = examined(township, members, person=person)
    outcome = township.act(dossier, "preexamined", "2016-06-15", by="organizer", members=7, present=6, for_=6)
    confirmed(township, outcome, by="member", on="2016-06-15")
    return dossier


def admitted(township: Township, members: tuple[str, ...]) -> str:
    dossier = vetted(township, members)
    township.act(dossier, "form_issued", "2016-06-16", by="organizer", number="A-0001")
    vote: dict[str, Any] = {
        "entitled": len(members),
        "present": len(members),
        "for": len(members),
        "against": 0,
        "abstain": 0,
    }
    township.act(dossier, "meeting_voted", "2016-06-20", purpose="admission", secret=True, **vote)
    township.act(dossier, "committee_talk_held", "2016-06-22", by="organizer", talker_is="organizer")
    decision = {"purpose": "admission", "approved": True, "members": 7, "present": 7, "for": 7}
    outcome = township.act(dossier, "committee_decided", "2016-06-28", by="organizer", **decision)
    confirmed(township, outcome, by="member", on="2016-06-28")
    return dossier


def roll(township: Township) -> list[tuple[str, str | None]]:
    with township.record.reading() as connection:
        rows = connection.execute(
            select(Membership.since, Membership.full_since).where(Membership.since > date(2010, 1, 1))
        ).all()
    return [(str(since), None if full_since is None else str(full_since)) for since, full_since in rows]


def test_an_applicant_becomes_a_probationary_and_then_a_full_member(township: Township) -> None:
    members = with_roll(township, 5)
    dossier = admitted(township, members)

    assert township.stage(dossier) == "probation"
    assert roll(township) == [("2016-06-20", None)]

    township.act(dossier, "conversion_requested", "2017-06-20")
    vote: dict[str, Any] = {"entitled": 5, "present": 5, "for": 5, "against": 0, "abstain": 0}
    township.act(dossier, "meeting_voted", "2017-06-21", purpose="conversion", **vote)
    decision = {"purpose": "conversion", "members": 7, "present": 7, "for": 7}
    outcome = township.act(dossier, "committee_decided", "2017-07-01", by="organizer", **decision)
    recorded = confirmed(township, outcome, by="member", on="2017-07-01")

    assert recorded.stage == "full_member"
    assert roll(township) == [("2016-06-20", "2017-06-20")]
    township.now = at("2017-07-02")
    view = dossier_view(township.context("secretary"), dossier)
    assert view.membership_from == date(2017, 6, 20)
    assert view.probation is not None
    assert (view.probation.first, view.probation.last) == (date(2016, 6, 20), date(2017, 6, 19))
    assert verify(township.record).ok
    assert check_projections(township.record).differences == ()


def test_a_form_number_in_use_is_refused_to_the_next(township: Township) -> None:
    members = with_roll(township, 5)
    first, second = vetted(township, members), vetted(township, members)
    township.act(first, "form_issued", "2016-06-16", by="organizer", number="A-0001")

    assert township.refused(second, "form_issued", "2016-06-16", by="organizer", number="A-0001") == [
        "form_number_unique"
    ]
    township.act(second, "form_issued", "2016-06-16", by="organizer", number="A-0002")


def test_the_same_person_cannot_open_a_second_dossier(township: Township) -> None:
    person = township.person()
    township.open(person=person)

    with pytest.raises(Refused) as refusal:
        township.open(person=person, branch="second")

    assert "one_open_dossier" in [one.rule for one in refusal.value.findings]


def test_an_admission_over_the_plan_needs_the_county_to_answer_for_it(township: Township) -> None:
    members = with_roll(township, 5)
    plan = SetPlan(committee=township.places["committee"], year=2016, document={"total": 0})
    set_plan(township.context("organizer"), plan)
    dossier = vetted(township, members)
    township.act(dossier, "form_issued", "2016-06-16", by="organizer", number="A-0001")
    vote: dict[str, Any] = {"entitled": 5, "present": 5, "for": 5, "against": 0, "abstain": 0}
    township.act(dossier, "meeting_voted", "2016-06-20", purpose="admission", **vote)
    township.act(dossier, "committee_talk_held", "2016-06-22", by="organizer", talker_is="organizer")
    decision = {"purpose": "admission", "members": 7, "present": 7, "for": 7}

    assert township.refused(dossier, "committee_decided", "2016-06-28", by="organizer", **decision) == [
        "within_plan"
    ]
    outcome = township.act(
        dossier,
        "committee_decided",
        "2016-06-28",
        by="organizer",
        override="县委组织部同意增加一名",
        **decision,
    )
    assert isinstance(outcome, Proposed)
    command = ConfirmProposal(proposal=outcome.proposal, key=key())
    half = confirm_proposal(township.context("member", at("2016-06-28", 10)), command)
    assert isinstance(half, Proposed)
    command = ConfirmProposal(proposal=outcome.proposal, key=key())
    whole = confirm_proposal(township.context("county", at("2016-06-28", 11)), command)

    assert isinstance(whole, Recorded)
    assert whole.stage == "probation"
    auditor = township.context("auditor", at("2016-06-29"))
    entry = history(auditor, dossier)[-1]
    assert (entry.confirmed_by_name, entry.overridden_by_name) == ("演示member", "演示county")
    assert entry.seq is not None
    wanted = RevealContents(dossier=dossier, reason="inspection", acts=(entry.seq,))
    assert reveal_contents(auditor, wanted) == {entry.seq: {"override": "县委组织部同意增加一名"}}


def test_a_meeting_decides_once_on_each_person(township: Township) -> None:
    with_roll(township, 5)
    dossiers = [township.open(), township.open()]
    for dossier in dossiers:
        township.act(dossier, "talk_held", "2014-07-20")
        township.act(dossier, "recommended", "2015-01-10", source="members")
    context = township.context("secretary", at("2015-02-10"))
    held = HoldMeeting(
        kind="branch_committee",
        organization=township.places["first"],
        on=date(2015, 2, 10),
        members_count=3,
        present_count=3,
    )
    meeting = hold_meeting(context, held)

    for dossier in dossiers:
        item = township.command(dossier, "activist_decided", "2015-02-10", for_=3)
        assert isinstance(record_meeting_item(context, meeting, item), Recorded)
    again = township.command(dossiers[0], "activist_decided", "2015-02-10", for_=3)

    with pytest.raises(BadInput, match="has decided"):
        record_meeting_item(context, meeting, again)
    with township.record.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM act WHERE meeting IS NOT NULL").scalar() == 2
    assert verify(township.record).problems == ()


def test_a_setting_of_the_committee_holds_for_its_branches(township: Township) -> None:
    setting = SetSetting(
        organization=township.places["committee"],
        name="inspection.required",
        value=True,
        valid_from=date(2016, 1, 1),
    )
    set_setting(township.context("organizer", at("2016-01-01")), setting)

    members = with_roll(township, 5)
    with pytest.raises(Refused) as refusal:
        vetted(township, members)

    assert [one.rule for one in refusal.value.findings if one.is_blocking] == ["inspection_passed"]


def test_the_desk_shows_what_is_over_the_due_day(township: Township) -> None:
    dossier = township.open(on="2016-01-15")

    before = desk(township.context("secretary", at("2016-02-15"))).todos
    after = desk(township.context("secretary", at("2016-02-16"))).todos

    assert [(one.kind, one.id, one.days, one.dossier) for one in before] == [("due_soon", "talk", 0, dossier)]
    assert [(one.kind, one.id, one.days, one.act) for one in after] == [("overdue", "talk", -1, "talk_held")]
    assert desk(township.context("neighbour", at("2016-02-16"))).todos == ()


def test_an_open_objection_stands_on_the_organizers_desk_from_its_first_day(township: Township) -> None:
    dossier = township.open(on="2016-03-01")
    township.act(dossier, "objection_received", "2016-03-02", by="organizer", purpose="letter")

    todos = desk(township.context("organizer", at("2016-03-02"))).todos
    township.act(dossier, "objection_concluded", "2016-03-03", by="organizer", objection=1, upheld=False)
    after = desk(township.context("organizer", at("2016-03-03"))).todos

    assert [(todo.id, todo.kind, todo.days) for todo in todos if todo.id == "objection"] == [
        ("objection", "waiting", 21)
    ]
    assert [todo for todo in after if todo.id == "objection"] == []


def test_one_notice_for_two_people_is_held_only_for_the_one_with_an_objection(township: Township) -> None:
    members = with_roll(township, 5)
    for name, value in (("publicity.admission.days", 3), ("publicity.admission.unit", "calendar")):
        setting = SetSetting(
            organization=township.places["committee"], name=name, value=value, valid_from=date(2016, 1, 1)
        )
        set_setting(township.context("organizer", at("2016-01-01")), setting)
    clear, held = vetted(township, members), vetted(township, members)
    post = PostNotice(
        purpose="admission", on="2016-06-16", from_on="2016-06-16", to_on="2016-06-18", key=key(),
        dossiers={one: township.version(one) for one in (clear, held)},
    )  # fmt: skip
    post_notice(township.context("organizer", at("2016-06-16")), post)
    township.act(held, "objection_received", "2016-06-17", by="organizer", purpose="admission")

    close = CloseNotice(
        purpose="admission", on="2016-06-19", key=key(),
        dossiers={one: township.version(one) for one in (clear, held)},
    )  # fmt: skip
    items = {
        one.dossier: one.outcome
        for one in close_notice(township.context("organizer", at("2016-06-19")), close)
    }

    refused = items[held]
    assert isinstance(items[clear], Recorded)
    assert isinstance(refused, Refused)
    assert [one.rule for one in refused.findings if one.is_blocking] == ["objections_concluded"]
    assert (township.stage(clear), township.stage(held)) == ("approval", "admission_publicity")

"""Standing in is never a way to approve one's own: a stand-in counts as the one who is stood in for."""

from collections.abc import Callable
from typing import Any

import pytest

from recruit.commands.acts import Proposed, Recorded
from recruit.commands.plans import SetPlan, set_plan
from recruit.commands.proposals import ConfirmProposal, confirm_proposal, withdraw_proposal
from recruit.commands.substitutes import accept_substitute, end_substitute
from recruit.errors import CountAsOne, NotAllowed, NotFound, Refused
from recruit.queries.history import history
from recruit.queries.proposals import proposals
from tests.recruit.builders import Township, at, key, with_roll
from tests.recruit.standing_in import named, standing_in
from tests.recruit.test_road import vetted

VOTED_ON, DECIDED_ON = "2016-06-20", "2016-06-28"
Stands = tuple[str, str, str, str]


def confirm(township: Township, proposal: str, login: str, day: str, hour: int = 12) -> Recorded | Proposed:
    context = township.context(login, at(day, hour))
    return confirm_proposal(context, ConfirmProposal(proposal=proposal, key=key()))


def corrected(township: Township, *, of: str, by: str, on: str = "2016-03-08") -> str:
    """A correction of somebody's talk, waiting for the committee."""
    dossier = township.open(on="2016-03-01")
    township.act(dossier, "talk_held", "2016-03-02", by=of, talker="演示甲")
    new = {"do": "talk_held", "on": "2016-03-01", "talker": "演示乙"}
    outcome = township.act(dossier, "corrected", on, by=by, act=2, reason="演示", replacement=new)
    assert isinstance(outcome, Proposed)
    return outcome.proposal


def may(township: Township, login: str, day: str) -> list[bool]:
    return [row.may_confirm for row in proposals(township.context(login, at(day, 12)))]


@pytest.mark.parametrize(
    "stands",
    [
        pytest.param([("secretary", "organizer", "2016-03-09", "2016-03-09")], id="of the proposer, now"),
        pytest.param([("secretary", "organizer", "2016-03-08", "2016-03-08")], id="of the proposer, then"),
        pytest.param([("organizer", "secretary", "2016-03-08", "2016-03-08")], id="the proposer, then"),
        pytest.param([("organizer", "secretary", "2016-03-09", "2016-03-09")], id="the proposer, now"),
        pytest.param(
            [
                ("member", "secretary", "2016-03-08", "2016-03-08"),
                ("member", "organizer", "2016-03-09", "2016-03-09"),
            ],
            id="both for a third",
        ),
    ],
)
def test_the_proposer_and_a_stand_in_are_no_two_persons(township: Township, stands: list[Stands]) -> None:
    for one in (one for one in stands if one[2] == "2016-03-08"):
        standing_in(township, *one)
    proposal = corrected(township, of="clerk", by="secretary")
    for one in (one for one in stands if one[2] == "2016-03-09"):
        standing_in(township, *one)

    assert may(township, "organizer", "2016-03-09") == [False]
    with pytest.raises(CountAsOne):
        confirm(township, proposal, "organizer", "2016-03-09")
    assert may(township, "other_member", "2016-03-09") == [True]
    assert isinstance(confirm(township, proposal, "other_member", "2016-03-09"), Recorded)


def test_before_and_after_the_days_and_unaccepted_two_persons_are_two(township: Township) -> None:
    standing_in(township, "secretary", "organizer", "2016-03-07", "2016-03-07")
    named(township, "secretary", "organizer", "2016-03-09", "2016-03-09")
    standing_in(township, "organizer", "secretary", "2016-03-10", "2016-03-12", on="2016-03-09")

    proposal = corrected(township, of="clerk", by="secretary")

    assert may(township, "organizer", "2016-03-09") == [True]
    assert isinstance(confirm(township, proposal, "organizer", "2016-03-09"), Recorded)


def test_ending_it_does_not_make_two_persons_of_one(township: Township) -> None:
    stood = standing_in(township, "secretary", "organizer", "2016-03-08", "2016-03-31")
    proposal = corrected(township, of="clerk", by="secretary")
    end_substitute(township.context("organizer", at("2016-03-09", 9)), stood)

    with pytest.raises(CountAsOne):
        confirm(township, proposal, "organizer", "2016-03-09")


@pytest.mark.parametrize("absent", ["organizer", "member", "head"])
def test_nobody_confirms_the_own_proposal_as_somebodys_stand_in(township: Township, absent: str) -> None:
    proposal = corrected(township, of="clerk", by="secretary")
    standing_in(township, absent, "secretary", "2016-03-09", "2016-03-09")

    assert may(township, "secretary", "2016-03-09") == [False]
    with pytest.raises(NotAllowed):
        confirm(township, proposal, "secretary", "2016-03-09")


def test_a_stand_in_confirms_what_others_proposed_and_is_named_so(township: Township) -> None:
    proposal = corrected(township, of="clerk", by="secretary")
    standing_in(township, "member", "neighbour", "2016-03-09", "2016-03-09")
    (row,) = proposals(township.context("neighbour", at("2016-03-09", 12)))

    confirm(township, proposal, "neighbour", "2016-03-09")

    entry = history(township.context("auditor", at("2016-04-01")), row.dossier)[-1]
    assert (entry.by_name, entry.by_instead_of) == ("演示secretary", None)
    assert (entry.confirmed_by_name, entry.confirmed_instead_of) == ("演示neighbour", "演示member")


def test_a_proposal_says_for_whom_it_was_made_and_the_proposers_stand_in_may_take_it_back(
    township: Township,
) -> None:
    standing_in(township, "secretary", "neighbour", "2016-03-08", "2016-03-08")
    proposal = corrected(township, of="clerk", by="neighbour")
    (row,) = proposals(township.context("organizer", at("2016-03-09")))
    standing_in(township, "neighbour", "clerk", "2016-03-09", "2016-03-09")

    withdraw_proposal(township.context("clerk", at("2016-03-09", 10)), proposal)

    assert (row.proposed_by_name, row.proposed_instead_of) == ("演示neighbour", "演示secretary")
    assert proposals(township.context("organizer", at("2016-03-10"))) == ()


def test_a_stand_in_does_not_correct_what_the_absent_one_recorded(township: Township) -> None:
    standing_in(township, "secretary", "organizer", "2016-03-08", "2016-03-31")
    dossier = township.open(on="2016-03-01")
    township.act(dossier, "talk_held", "2016-03-02", talker="演示甲")
    own = {"act": 2, "reason": "演示"}

    assert township.refused(dossier, "corrected", "2016-03-08", by="organizer", **own) == ["separate_persons"]
    outcome = township.act(dossier, "corrected", "2016-03-08", by="clerk", **own)
    assert isinstance(outcome, Proposed)
    with pytest.raises(Refused) as refusal:
        confirm(township, outcome.proposal, "organizer", "2016-03-09")

    assert [one.rule for one in refusal.value.findings if one.is_blocking] == ["separate_persons"]
    assert isinstance(confirm(township, outcome.proposal, "member", "2016-03-09"), Recorded)


def decided(township: Township, before_vote: list[Stands], voter: str) -> str:
    """The organizer's proposal to admit somebody, after a vote that `voter` recorded."""
    dossier = vetted(township, with_roll(township, 5))
    township.act(dossier, "form_issued", "2016-06-16", by="organizer", number="A-0001")
    for one in before_vote:
        standing_in(township, *one)
    vote: dict[str, Any] = {"entitled": 5, "present": 5, "for": 5, "against": 0, "abstain": 0}
    township.act(dossier, "meeting_voted", VOTED_ON, by=voter, purpose="admission", secret=True, **vote)
    township.act(dossier, "committee_talk_held", "2016-06-22", by="organizer", talker_is="organizer")
    decision = {"purpose": "admission", "members": 7, "present": 7, "for": 7}
    outcome = township.act(dossier, "committee_decided", DECIDED_ON, by="organizer", **decision)
    assert isinstance(outcome, Proposed)
    return outcome.proposal


@pytest.mark.parametrize(
    ("before_vote", "voter", "before_decision", "confirmer"),
    [
        pytest.param([("secretary", "member", VOTED_ON, VOTED_ON)], "member", [], "member", id="recorded it"),
        pytest.param(
            [], "secretary", [("secretary", "member", DECIDED_ON, DECIDED_ON)], "member", id="the absent one"
        ),
        pytest.param(
            [], "secretary", [("member", "secretary", DECIDED_ON, DECIDED_ON)], "secretary", id="as stand-in"
        ),
        pytest.param([("member", "secretary", VOTED_ON, VOTED_ON)], "secretary", [], "member", id="reversed"),
        pytest.param(
            [("secretary", "neighbour", VOTED_ON, VOTED_ON)],
            "neighbour",
            [("secretary", "member", DECIDED_ON, DECIDED_ON)],
            "member",
            id="both for a third",
        ),
    ],
)
def test_who_counts_as_the_recorder_of_the_vote_confirms_no_decision_on_it(
    township: Township, before_vote: list[Stands], voter: str, before_decision: list[Stands], confirmer: str
) -> None:
    proposal = decided(township, before_vote, voter)
    for one in before_decision:
        standing_in(township, *one)

    with pytest.raises(Refused) as refusal:
        confirm(township, proposal, confirmer, DECIDED_ON)

    assert [one.rule for one in refusal.value.findings if one.is_blocking] == ["separate_persons"]
    assert isinstance(confirm(township, proposal, "other_member", DECIDED_ON), Recorded)


def test_an_exception_takes_three_persons_whoever_stands_in_for_the_county(township: Township) -> None:
    plan = SetPlan(committee=township.places["committee"], year=2016, document={"total": 0})
    dossier = vetted(township, with_roll(township, 5))
    set_plan(township.context("organizer"), plan)
    township.act(dossier, "form_issued", "2016-06-16", by="organizer", number="A-0001")
    vote: dict[str, Any] = {"entitled": 5, "present": 5, "for": 5, "against": 0, "abstain": 0}
    township.act(dossier, "meeting_voted", VOTED_ON, purpose="admission", secret=True, **vote)
    township.act(dossier, "committee_talk_held", "2016-06-22", by="organizer", talker_is="organizer")
    decision = {"purpose": "admission", "members": 7, "present": 7, "for": 7, "override": "演示"}
    outcome = township.act(dossier, "committee_decided", DECIDED_ON, by="organizer", **decision)
    assert isinstance(outcome, Proposed)

    def answer(login: str, expected: Callable[[object], bool] | type[Exception]) -> None:
        if isinstance(expected, type):
            with pytest.raises(expected):
                confirm(township, outcome.proposal, login, DECIDED_ON)
        else:
            assert expected(confirm(township, outcome.proposal, login, DECIDED_ON))

    first = standing_in(township, "county", "organizer", DECIDED_ON, DECIDED_ON)
    answer("organizer", NotAllowed)
    end_substitute(township.context("county", at(DECIDED_ON, 9)), first)
    answer("member", lambda done: isinstance(done, Proposed))
    standing_in(township, "county", "member", DECIDED_ON, DECIDED_ON)
    answer("member", NotAllowed)
    answer("county", CountAsOne)


def test_whoever_is_asked_and_has_not_accepted_reaches_nothing(township: Township) -> None:
    proposal = corrected(township, of="clerk", by="secretary")
    id_ = named(township, "member", "neighbour", "2016-03-09", "2016-03-09")

    with pytest.raises(NotFound):
        confirm(township, proposal, "neighbour", "2016-03-09")
    accept_substitute(township.context("neighbour", at("2016-03-09", 12)), id_)
    assert isinstance(confirm(township, proposal, "neighbour", "2016-03-09"), Recorded)

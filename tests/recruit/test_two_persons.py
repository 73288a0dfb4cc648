"""What needs two persons is a proposal first; two log-ins, judged again, both in the act."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from recruit.commands.acts import Proposed, Recorded
from recruit.commands.proposals import ConfirmProposal, confirm_proposal, withdraw_proposal
from recruit.errors import NotAllowed, RecordError, StaleDossier
from recruit.queries.history import history
from recruit.queries.proposals import proposals
from tests.recruit.builders import Township, at, key


def proposed(township: Township) -> tuple[str, str]:
    """A correction of the clerk's talk: proposed by the secretary, waiting for the committee."""
    dossier = township.open()
    township.act(dossier, "talk_held", "2014-07-20", by="clerk", talker="演示甲")
    replacement = {"do": "talk_held", "on": "2014-07-18", "talker": "演示乙"}
    outcome = township.act(
        dossier, "corrected", "2014-07-22", act=2, reason="日期抄错", replacement=replacement
    )
    assert isinstance(outcome, Proposed)
    return dossier, outcome.proposal


def confirm(township: Township, proposal: str, login: str, day: str = "2014-07-23") -> Recorded | Proposed:
    return confirm_proposal(township.context(login, at(day)), ConfirmProposal(proposal=proposal, key=key()))


def test_a_proposal_is_no_act(township: Township) -> None:
    dossier, _ = proposed(township)

    assert township.version(dossier) == 2
    assert [one.do for one in proposals(township.context("organizer"))] == ["corrected"]


def test_the_second_person_makes_it_an_act_that_names_both(township: Township) -> None:
    dossier, proposal = proposed(township)

    recorded = confirm(township, proposal, "organizer")

    assert isinstance(recorded, Recorded)
    entry = history(township.context("auditor"), dossier)[-1]
    assert (entry.by_name, entry.confirmed_by_name) == ("演示secretary", "演示organizer")
    assert entry.recorded_at == at("2014-07-23")
    old = history(township.context("auditor"), dossier)[1]
    assert (old.effect, old.corrected_by) == ("superseded", 3)
    assert proposals(township.context("organizer")) == ()


@pytest.mark.parametrize("login", ["secretary", "clerk", "auditor"])
def test_nobody_confirms_alone_or_without_the_role(township: Township, login: str) -> None:
    dossier, proposal = proposed(township)

    with pytest.raises(NotAllowed):
        confirm(township, proposal, login)

    assert township.version(dossier) == 2


def test_two_who_confirm_at_once_make_one_act(township: Township) -> None:
    dossier, proposal = proposed(township)
    barrier = threading.Barrier(2)

    def press(login: str) -> object:
        barrier.wait()
        try:
            return confirm(township, proposal, login)
        except RecordError as error:
            return error

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(press, ["organizer", "member"]))

    assert sorted(type(one).__name__ for one in answers) == ["Recorded", "StaleDossier"]
    assert township.version(dossier) == 3


def test_a_withdrawn_proposal_cannot_be_confirmed(township: Township) -> None:
    _, proposal = proposed(township)

    withdraw_proposal(township.context("secretary", at("2014-07-23")), proposal)

    with pytest.raises(StaleDossier):
        confirm(township, proposal, "organizer")


def test_the_second_press_of_the_same_button_gives_the_same_answer(township: Township) -> None:
    _, proposal = proposed(township)
    command = ConfirmProposal(proposal=proposal, key="confirm-once")
    context = township.context("organizer", at("2014-07-23"))

    assert confirm_proposal(context, command) == confirm_proposal(context, command)

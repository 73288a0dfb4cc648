"""Corrections: new acts; everything folds anew, and what then no longer holds is said and shown."""

import pytest

from recruit.commands.acts import Proposed, Recorded
from recruit.commands.proposals import ConfirmProposal, confirm_proposal
from recruit.errors import BadInput
from recruit.log.rebuild import check_projections
from recruit.log.verify import verify
from recruit.queries.history import history
from tests.recruit.builders import Township, at, key


def corrected(township: Township, dossier: str, act: int, **replacement: object) -> Recorded:
    given = {"replacement": replacement} if replacement else {}
    outcome = township.act(dossier, "corrected", "2015-03-02", by="clerk", act=act, reason="抄错", **given)
    assert isinstance(outcome, Proposed)
    command = ConfirmProposal(proposal=outcome.proposal, key=key())
    recorded = confirm_proposal(township.context("head", at("2015-03-02", 11)), command)
    assert isinstance(recorded, Recorded)
    return recorded


def an_activist(township: Township) -> str:
    dossier = township.open()
    township.act(dossier, "talk_held", "2014-07-20")
    township.act(dossier, "recommended", "2015-01-10", source="members")
    township.act(dossier, "activist_decided", "2015-02-10", members=3, present=3, for_=3)
    township.act(dossier, "contacts_assigned", "2015-02-20", contacts="m1")
    return dossier


def test_a_decision_taken_back_takes_with_it_what_rested_on_its_stage(township: Township) -> None:
    dossier = an_activist(township)

    recorded = corrected(township, dossier, 4)

    assert (recorded.stage, recorded.version) == ("applicant", 6)
    effects = [one.effect for one in history(township.context("auditor"), dossier)]
    assert effects == ["in_force", "in_force", "in_force", "superseded", "fallen", "in_force"]
    assert "stage_allows" in [one.rule for one in recorded.findings]
    assert verify(township.record).ok
    assert check_projections(township.record).differences == ()


def test_a_replacement_stands_where_the_old_act_stood(township: Township) -> None:
    dossier = an_activist(township)

    recorded = corrected(township, dossier, 2, do="talk_held", on="2015-02-20")

    assert recorded.stage == "activist"
    assert "talk_in_time" in [one.rule for one in recorded.findings]
    assert check_projections(township.record).differences == ()


def test_the_beginning_cannot_be_taken_back(township: Township) -> None:
    dossier = an_activist(township)
    before = township.snapshot(dossier)

    for act in (1, 9):
        with pytest.raises(BadInput):
            township.act(dossier, "corrected", "2015-03-02", by="clerk", act=act, reason="抄错")

    assert township.snapshot(dossier) == before

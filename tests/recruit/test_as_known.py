"""Time travel: where a dossier stood on a day, and what was known of it at an instant."""

from datetime import date, timedelta

import pytest

from recruit.commands.acts import record_act
from recruit.commands.proposals import ConfirmProposal, confirm_proposal
from recruit.errors import NotFound
from recruit.queries.as_known import dossier_as_known
from tests.recruit.builders import Township, at, key


@pytest.fixture
def dossier(township: Township) -> str:
    """Talked to on 20 July, entered on 25 July; an activist from 10 November."""
    dossier = township.open(on="2014-07-01")
    late = township.command(dossier, "talk_held", "2014-07-20", talker="演示书记")
    record_act(township.context("secretary", at("2014-07-25")), late)
    township.act(dossier, "recommended", "2014-09-01", source="members")
    township.act(dossier, "activist_decided", "2014-11-10", members=5, present=5, for_=5)
    return dossier


@pytest.mark.parametrize(
    ("as_of", "acts", "stage"),
    [
        ("2014-06-30", 0, None),
        ("2014-07-01", 1, "applicant"),
        ("2014-07-19", 1, "applicant"),
        ("2014-07-20", 2, "applicant"),
        ("2014-11-09", 3, "applicant"),
        ("2014-11-10", 4, "activist"),
    ],
)
def test_a_dossier_as_it_was_on_a_day(
    township: Township, dossier: str, as_of: str, acts: int, stage: str | None
) -> None:
    found = dossier_as_known(township.context("auditor"), dossier, as_of=date.fromisoformat(as_of))

    assert (found.acts, found.stage) == (acts, stage)


@pytest.mark.parametrize(
    ("known_at", "is_talked"), [("2014-07-24", False), ("2014-07-25", True), ("2014-07-26", True)]
)
def test_what_was_entered_later_was_not_known_before(
    township: Township, dossier: str, known_at: str, is_talked: bool
) -> None:
    found = dossier_as_known(
        township.context("auditor"), dossier, as_of=date(2014, 7, 22), known_at=at(known_at)
    )

    assert found.facts is not None
    assert (found.facts.talk_on is not None) is is_talked
    assert next(one for one in found.deadlines if one.id == "talk").status(date(2014, 8, 2)) == (
        "met" if is_talked else "overdue"
    )


def test_the_day_of_an_instant_is_that_of_shanghai(township: Township, dossier: str) -> None:
    last_second = at("2014-11-11", 0) - timedelta(seconds=1)

    assert dossier_as_known(township.context("auditor"), dossier, known_at=last_second).as_of == date(
        2014, 11, 10
    )
    midnight = dossier_as_known(township.context("auditor"), dossier, known_at=at("2014-11-11", 0))
    assert (midnight.as_of, midnight.stage) == (date(2014, 11, 11), "activist")


def test_a_correction_changes_what_was_from_its_own_day_on(township: Township, dossier: str) -> None:
    replacement = {"do": "activist_decided", "on": "2014-11-12", "members": 5, "present": 5, "for": 5}
    correction = township.command(
        dossier, "corrected", "2014-12-01", act=4, reason="演示笔误", replacement=replacement
    )
    waiting = record_act(township.context("clerk", at("2014-12-01")), correction)
    confirm_proposal(
        township.context("member", at("2014-12-01", 10)),
        ConfirmProposal(proposal=waiting.proposal, key=key()),  # type: ignore[union-attr]
    )

    def activist_on(as_of: str) -> date | None:
        facts = dossier_as_known(township.context("auditor"), dossier, as_of=date.fromisoformat(as_of)).facts
        return facts.activist_on if facts else None

    assert activist_on("2014-11-30") == date(2014, 11, 10)
    assert activist_on("2014-12-01") == date(2014, 11, 12)


def test_out_of_reach_is_not_found(township: Township, dossier: str) -> None:
    with pytest.raises(NotFound):
        dossier_as_known(township.context("neighbour"), dossier)

"""The auditor's desk: refused attempts, late entries and corrections, counted, the newest first."""

import pytest

from recruit.commands.acts import Proposed, record_act
from recruit.commands.proposals import ConfirmProposal, confirm_proposal
from recruit.errors import Refused
from recruit.queries.history import history
from recruit.queries.oddities import oddities
from tests.recruit.builders import Township, at, key

ACTS = "SELECT 1 FROM dossier JOIN act ON act.dossier = dossier.id WHERE branch = '1'"


def late(township: Township, dossier: str) -> None:
    command = township.command(dossier, "talk_held", "2014-07-20", note="忘了录入")
    record_act(township.context("clerk", at("2014-08-20")), command)


def corrected(township: Township, dossier: str) -> None:
    """The talk was held a day later."""
    replacement = {"do": "talk_held", "on": "2014-07-21"}
    proposed = township.act(
        dossier, "corrected", "2014-08-21", act=2, reason="日期写错", replacement=replacement
    )
    assert isinstance(proposed, Proposed)
    confirm_proposal(
        township.context("organizer", at("2014-08-22")),
        ConfirmProposal(proposal=proposed.proposal, key=key()),
    )


def test_each_list_has_its_count_and_its_newest(township: Township) -> None:
    dossier = township.open()
    late(township, dossier)
    for day in ("2014-07-25", "2014-07-26", "2014-07-27"):
        assert township.refused(dossier, "activist_decided", day)
    corrected(township, dossier)

    found = oddities(township.context("auditor"), limit=2)

    assert (found.refused.count, found.late.count, found.corrected.count) == (3, 1, 1)
    assert [row.on.isoformat() for row in found.refused.rows] == ["2014-07-27", "2014-07-26"]
    assert found.late.rows[-1].by_name == "演示clerk"
    assert any(finding.rule == "recorded_late" for finding in found.late.rows[-1].findings)
    assert found.corrected.rows[0].do == "corrected"
    assert found.corrected.rows[0].name == "演示甲"


def test_only_what_is_within_reach_is_counted(township: Township) -> None:
    township.refused(township.open(), "activist_decided", "2014-07-25")

    assert oddities(township.context("neighbour")).refused.count == 0
    assert oddities(township.context("system_admin")).refused.count == 0


def test_an_application_that_was_refused_is_listed_without_a_dossier(township: Township) -> None:
    person = township.person(born=at("2005-05-18").date())
    with pytest.raises(Refused):
        township.open(person=person)

    row = oddities(township.context("auditor")).refused.rows[0]

    assert (row.dossier, row.name, row.branch_name) == (None, None, "一村党支部")


def test_a_corrected_act_is_superseded_and_its_correction_is_in_force(township: Township) -> None:
    dossier = township.open()
    late(township, dossier)
    corrected(township, dossier)

    entries = history(township.context("auditor"), dossier, attempts=False)

    assert [(one.seq, one.effect, one.corrected_by) for one in entries] == [
        (1, "in_force", None),
        (2, "superseded", 3),
        (3, "in_force", None),
    ]


@pytest.mark.embedded
def test_the_lists_are_found_by_their_indexes(township: Township) -> None:
    with township.record.reading() as connection:
        plans = [
            str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {wanted}").all())
            for wanted in (
                f"{ACTS} AND act.is_late",
                f"{ACTS} AND act.\"do\" = 'corrected'",
                "SELECT 1 FROM attempt WHERE branch = '1' ORDER BY at DESC",
            )
        ]

    assert "ix_act_late" in plans[0]
    assert "ix_act_corrected" in plans[1]
    assert "ix_attempt_branch_at" in plans[2]

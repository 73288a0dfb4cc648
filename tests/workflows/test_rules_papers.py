"""Papers that a local setting asks for (`papers.required`)."""

from collections.abc import Mapping

import pytest

from tests.workflows.builders import Dossier, act, blocking, day, in_vetting, irregularity
from workflows.acts import Act

PREEXAMINED = act("preexamined", "2026-08-14")
PAPERS = pytest.mark.parametrize("do", ["papers_submitted", "preexamined"])


def asked_for(*papers: Mapping[str, object] | str) -> Dossier:
    return in_vetting("2026", settings={"papers.required": list(papers)})


def a_paper(kind: str, on: str = "2026-08-01", *, signed: bool = True, dated: bool = True) -> Act:
    return act("paper_received", on, kind=kind, signed=signed, dated=dated)


@PAPERS
def test_every_paper_that_is_asked_for_is_there_signed_and_dated(do: str) -> None:
    vetting = asked_for("autobiography")
    asking = act(do, "2026-08-14")

    assert blocking(vetting, asking) == ["papers_complete"]
    assert blocking(vetting.after(a_paper("autobiography")), asking) == []
    assert blocking(vetting.after(a_paper("autobiography", "2026-08-14")), asking) == []
    assert blocking(vetting.after(a_paper("autobiography", "2026-08-15")), asking) == ["papers_complete"]
    assert blocking(vetting.after(a_paper("autobiography", signed=False)), asking) == ["papers_complete"]
    assert blocking(vetting.after(a_paper("autobiography", dated=False)), asking) == ["papers_complete"]
    assert blocking(vetting.after(a_paper("minutes")), asking) == ["papers_complete"]


def test_a_later_paper_of_a_kind_replaces_the_earlier_one() -> None:
    vetting = asked_for("autobiography").after(a_paper("autobiography"))
    replaced = vetting.after(a_paper("autobiography", "2026-08-02", signed=False))

    assert blocking(replaced, PREEXAMINED) == ["papers_complete"]
    assert irregularity(replaced, PREEXAMINED, "papers_complete") == "medium"


def test_papers_may_be_asked_of_league_members_or_of_the_young_only() -> None:
    league = asked_for({"kind": "league_recommendation", "condition": {"league_member": True}})
    young = asked_for({"kind": "minutes", "condition": {"age_at_most": 28}})
    member = league.after(act("details_changed", "2026-08-01", league_member=True))

    assert blocking(league, PREEXAMINED) == []
    assert blocking(member, PREEXAMINED) == ["papers_complete"]
    assert blocking(young.among(born=day("1997-08-15")), PREEXAMINED) == ["papers_complete"]
    assert blocking(young.among(born=day("1997-08-14")), PREEXAMINED) == []
    assert blocking(young, PREEXAMINED) == ["papers_complete"]


def test_a_paper_of_each_period_is_asked_for_every_full_period() -> None:
    vetting = asked_for({"kind": "thought_report", "condition": {"every": "half_year"}})
    first = act("thought_report_received", "2025-07-01")

    assert blocking(vetting, PREEXAMINED) == ["papers_complete"]
    assert blocking(vetting.after(first), PREEXAMINED) == ["papers_complete"]
    assert blocking(vetting.after(first, a_paper("thought_report", "2026-06-30")), PREEXAMINED) == []
    assert blocking(vetting.after(first, a_paper("thought_report", "2026-07-01")), PREEXAMINED) == [
        "papers_complete"
    ]

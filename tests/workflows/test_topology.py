"""The machine of an edition: which act leads where, what it leads to in a file with gaps, and its drawing."""

import pytest

from workflows.edition import load_edition
from workflows.topology import Topology, mermaid, topology_of

EDITIONS = pytest.mark.parametrize("edition", ["2014", "2026"])


def test_an_outcome_decides_where_an_act_leads() -> None:
    machine = topology_of("2026")

    assert machine.leads_to("vetting", "preexamined", "passed") == "approval"
    assert machine.leads_to("vetting", "preexamined", "passed_to_notice") == "admission_publicity"
    assert machine.leads_to("vetting", "preexamined", None) is None
    assert machine.leads_to("approval", "meeting_voted", "not_passed") == "vetting"
    assert machine.leads_to("approval", "meeting_voted", "passed") is None
    assert machine.leads_to("approval", "meeting_voted", "void") is None


def test_an_act_without_outcomes_leads_where_it_leads_whatever_came_of_it() -> None:
    assert topology_of("2026").leads_to("applicant", "activist_decided", "anything") == "activist"


def test_an_act_leads_nowhere_from_a_stage_that_does_not_know_it() -> None:
    machine = topology_of("2026")

    assert machine.leads_to("activist", "target_listed", None) is None
    assert machine.leads_to("applicant", "review_recorded", None) is None
    assert machine.leads_to("applicant", "unheard_of", None) is None


def test_the_ways_of_a_committees_decision() -> None:
    machine = topology_of("2026")

    def leads(stage: str, outcome: str) -> str | None:
        return machine.leads_to(stage, "committee_decided", outcome)

    assert leads("approval", "admission_approved") == "probation"
    assert leads("approval", "admission_refused") == "vetting"
    assert (
        leads("probation", "conversion_approved")
        == leads("extended_probation", "conversion_approved")
        == "full_member"
    )
    assert leads("probation", "extension_approved") == "extended_probation"
    assert leads("extended_probation", "extension_approved") is None
    assert leads("extended_probation", "cancellation_approved") == "cancelled"
    assert leads("probation", "conversion_refused") is None


def test_listing_differs_between_the_editions() -> None:
    assert topology_of("2014").leads_to("proposed", "target_filed", None) == "development_target"
    assert topology_of("2014").leads_to("proposed", "notice_posted", "target") is None
    assert topology_of("2026").leads_to("proposed", "notice_posted", "target") == "target_publicity"
    assert topology_of("2026").leads_to("target_publicity", "target_listed", None) == "development_target"


def test_where_an_act_of_a_file_with_gaps_leads() -> None:
    assert topology_of("2014").natural_end("preexamined", "passed") == "approval"
    assert topology_of("2014").natural_end("target_filed", None) == "development_target"
    assert topology_of("2014").natural_end("review_recorded", None) is None


@EDITIONS
def test_the_machine_is_built_once(edition: str) -> None:
    assert topology_of(edition) is topology_of(edition)


@EDITIONS
def test_the_whole_drawing_shows_every_stage_and_every_arrow(edition: str) -> None:
    drawing = mermaid(load_edition(edition), ways_out=True)

    assert drawing.startswith("stateDiagram-v2\n")
    for stage_id, stage in load_edition(edition).stages.items():
        assert f"    {stage_id}: {stage.en}" in drawing
    assert "    [*] --> applicant: application_received, transferred_in" in drawing
    assert "    approval --> probation: committee_decided" in drawing


def test_without_the_ways_out_nobody_leaves_the_road() -> None:
    drawing = mermaid(load_edition("2026"), ways_out=False)

    assert "full_member" in drawing
    assert "withdrawn" not in drawing
    assert "deceased" not in drawing


def test_two_arrows_with_one_trigger_from_one_stage_are_refused() -> None:
    edition = load_edition("2014")
    closed = edition.acts["closed"]
    twice = closed.model_copy(update={"moves": (*closed.moves, *closed.moves)})
    broken = edition.model_copy(update={"acts": {**edition.acts, "closed": twice}})

    with pytest.raises(ValueError, match="two arrows closed from applicant"):
        Topology(broken)

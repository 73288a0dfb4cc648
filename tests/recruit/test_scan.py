"""The register scanned: each dossier as it stands, all of them together, within reach, beside a writer."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from recruit.commands.acts import Proposed
from recruit.commands.law import SetSetting, set_setting
from recruit.commands.plans import SetPlan, set_plan
from recruit.commands.proposals import ConfirmProposal, confirm_proposal
from recruit.identity import check_digit
from recruit.queries.handed_in import HandedIn, read_handed_in
from recruit.queries.scan import NOTHING_HANDED_IN, scan, scan_record
from recruit.record import Record
from tests.recruit.builders import Township, at, key, with_roll
from tests.recruit.test_road import admitted, confirmed
from workflows.errors import UnreadableText
from workflows.scan.registry import Irregularity


def rules(township: Township, *, handed_in: HandedIn = NOTHING_HANDED_IN) -> list[tuple[str, str | None]]:
    return [(one.finding.rule, one.dossier) for one in found(township, handed_in=handed_in)]


def found(township: Township, *, handed_in: HandedIn = NOTHING_HANDED_IN) -> list[Irregularity]:
    """All but the offices' rest days, on which these roads fall here and there."""
    scanned = scan_record(township.record, handed_in=handed_in)
    return [one for one in scanned.irregularities if one.finding.rule != "rest_day_dates"]


def late_talk(township: Township, dossier: str) -> None:
    township.act(dossier, "talk_held", "2014-08-14")


def test_what_was_accepted_with_a_remark_is_an_irregularity_with_its_act(township: Township) -> None:
    dossier = township.open()
    late_talk(township, dossier)

    (late,) = found(township)

    assert (late.dossier, late.finding.rule, late.finding.severity) == (dossier, "talk_in_time", "medium")
    assert late.act == 1
    assert late.unit == township.places["first"]


def test_what_was_corrected_is_no_irregularity_any_more(township: Township) -> None:
    dossier = township.open()
    late_talk(township, dossier)
    replacement = {"do": "talk_held", "on": "2014-07-20"}
    proposed = township.act(
        dossier, "corrected", "2014-08-21", by="clerk", act=2, reason="日期写错", replacement=replacement
    )
    confirmed(township, proposed, by="organizer", on="2014-08-22")

    assert rules(township) == []


def league_member(township: Township, **given: Any) -> str:
    """Decided as activist without the League's recommendation that the committee asks for."""
    below = SetSetting(
        organization=township.places["committee"], name="league_recommendation.below_age", value=29,
        valid_from=date(2014, 6, 1),
    )  # fmt: skip
    set_setting(township.context("organizer", at("2014-06-01")), below)
    dossier = township.open()
    township.act(dossier, "details_changed", "2014-07-02", league_member=True)
    township.act(dossier, "talk_held", "2014-07-20")
    township.act(dossier, "recommended", "2015-01-10", source="members")
    decided = {"members": 3, "present": 3, "for": 3, **given}
    outcome = township.act(dossier, "activist_decided", "2015-02-10", **decided)
    assert isinstance(outcome, Proposed)
    command = ConfirmProposal(proposal=outcome.proposal, key=key())
    confirm_proposal(township.context("member", at("2015-02-10", 10)), command)
    return dossier


def test_what_a_superior_answers_for_is_not_told_as_if_it_were_new(township: Township) -> None:
    league_member(township, override="团支部正在筹建")

    assert rules(township) == []


def test_only_what_is_within_reach_is_scanned(township: Township) -> None:
    late_talk(township, township.open())
    township.now = at("2016-03-01")

    assert [one.finding.rule for one in scan(township.context("auditor")).irregularities] == ["talk_in_time"]
    assert scan(township.context("neighbour")).dossiers == 0
    assert scan(township.context("system_admin")).dossiers == 0


def test_an_admission_in_order_leaves_nothing_behind(township: Township) -> None:
    members = with_roll(township, 5)
    admitted(township, members)

    assert rules(township) == []


def test_a_member_counts_on_the_roll_from_the_decision_and_not_from_the_expiry(township: Township) -> None:
    """Nobody votes in the meeting on the own conversion, though membership counts from before it."""
    members = with_roll(township, 5)
    dossier = admitted(township, members)
    township.act(dossier, "conversion_requested", "2017-06-20")
    vote: dict[str, Any] = {"entitled": 5, "present": 5, "for": 5, "against": 0, "abstain": 0}
    township.act(dossier, "meeting_voted", "2017-06-21", purpose="conversion", **vote)
    decision = {"purpose": "conversion", "members": 7, "present": 7, "for": 7}
    outcome = township.act(dossier, "committee_decided", "2017-07-03", by="organizer", **decision)
    confirmed(township, outcome, by="member", on="2017-07-03")

    assert rules(township) == []


def an_id_number(born: str) -> str:
    first = f"999999{born.replace('-', '')}001"
    return first + check_digit(first)


@pytest.mark.parametrize(("numbered", "is_found"), [("1990-05-18", False), ("1988-05-18", True)])
def test_a_day_of_birth_that_differs_from_the_identity_number_is_high(
    township: Township, numbered: str, is_found: bool
) -> None:
    dossier = township.open(person=township.person(id_number=an_id_number(numbered)))

    assert [(one.dossier, one.finding.rule, one.finding.severity) for one in found(township)] == (
        [(dossier, "differing_identity", "high")] if is_found else []
    )
    assert [(one.finding.found, one.finding.needed) for one in found(township)] == (
        [(date(1990, 5, 18), date(1988, 5, 18))] if is_found else []
    )


def test_a_person_whose_key_is_destroyed_is_scanned_without_what_was_sealed(township: Township) -> None:
    person = township.person(id_number=an_id_number("1988-05-18"))
    late_talk(township, township.open(person=person))
    township.record.keys.destroy(person)

    assert [rule for rule, _ in rules(township)] == ["talk_in_time"]


def test_a_year_is_judged_by_the_newest_version_of_its_plan(township: Township) -> None:
    committee = township.places["committee"]
    admitted(township, with_roll(township, 5))
    for document in ({"total": 9}, {"total": 0}):
        set_plan(township.context("organizer"), SetPlan(committee=committee, year=2016, document=document))

    (exceeded,) = found(township)

    assert (exceeded.finding.rule, exceeded.unit, exceeded.year) == ("plan_exceeded", committee, 2016)
    assert scan_record(township.record).units[committee] == "青河镇党委"


def test_shares_of_a_plan_are_read_from_its_document(township: Township) -> None:
    share = {"group": "women", "label": "女党员", "percent": 45}
    document = {"total": 1, "composition": [share]}
    plan = SetPlan(committee=township.places["committee"], year=2016, document=document)
    set_plan(township.context("organizer"), plan)
    admitted(township, with_roll(township, 5))

    assert "plan_composition" in scan_record(township.record).not_checked  # nobody's sex is on record


def test_a_record_is_judged_as_of_its_own_last_day(township: Township) -> None:
    late_talk(township, township.open())

    assert scan_record(township.record).on == date(2014, 8, 14)
    assert scan_record(township.record, on=date(2020, 1, 1)).on == date(2020, 1, 1)


def test_it_runs_beside_a_writer_and_writes_nothing(township: Township) -> None:
    dossier = township.open()
    late_talk(township, dossier)
    before = township.snapshot(dossier)

    with Record.open(township.record.folder, url=township.record.url, write=False) as beside:
        scanned = scan_record(beside)

    assert [one.finding.rule for one in scanned.irregularities] == ["talk_in_time"]
    assert township.snapshot(dossier) == before


def handed(text: str) -> HandedIn:
    return read_handed_in(text.encode(), name="known.yaml")


def test_kinship_and_elections_are_handed_in_by_name(township: Township) -> None:
    members = with_roll(township, 5)
    dossier = admitted(township, members)
    text = """
        kinship: [[演示甲, 演示党员0]]
        elections: [{unit: 一村党支部, on: 2016-07-01}]
        thresholds: {election_least: 1}
    """

    scanned = scan_record(township.record, handed_in=handed(text))

    told = {(one.finding.rule, one.dossier or one.unit) for one in found(township, handed_in=handed(text))}
    assert told == {("kinship", dossier), ("rush_before_election", township.places["first"])}
    assert not {"kinship", "rush_before_election"} & set(scanned.not_checked)
    assert scanned.names == {members[0]: "演示党员0"}


def test_without_what_is_handed_in_the_scan_says_what_it_has_not_checked(township: Township) -> None:
    assert {"kinship", "rush_before_election"} <= set(scan_record(township.record).not_checked)
    assert "kinship" not in scan_record(township.record, handed_in=handed("kinship: []")).not_checked


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("kinship:\n  - [演示甲, 无此人]", 2, "nobody and no organization is called '无此人'"),
        ("kinship:\n  - [演示甲, 演示乙]", 2, "several are called '演示乙'"),
        ("elections:\n  - {unit: 三村党支部, on: 2016-07-01}", 2, "nobody and no organization"),
        ("elections:\n  - {unit: 一村党支部, on: soon}", 2, "'soon' is not a day"),
        ("relatives: []", 1, "there is no such entry"),
        ("thresholds: {rush_percent: 0}", 1, "0 is too small"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(
    township: Township, text: str, line: int, said: str
) -> None:
    for name in ("演示甲", "演示乙", "演示乙"):
        township.person(name)

    with pytest.raises(UnreadableText) as refusal:
        scan_record(township.record, handed_in=handed(text))

    assert refusal.value.line == line
    assert said in refusal.value.message("en")


def test_an_empty_record_has_no_irregularities(folder: Path) -> None:
    with Record.open(folder, write=False) as record:
        assert scan_record(record).irregularities == ()

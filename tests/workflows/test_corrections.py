"""What a correction brings about is said in its findings, and none of them refuses it."""

from tests.workflows.builders import a_ground, act, road, with_a_passed_vote
from workflows.acts import Act
from workflows.around import Around
from workflows.corrections import findings_of_correction
from workflows.findings import Finding

GROUND = a_ground()
UNTIL_PROPOSED = road("2026", "target_proposed").acts


def corrected(number: int, on: str = "2026-06-30", replacement: Act | None = None) -> Act:
    return act("corrected", on, act=number, reason="the minutes say so", replacement=replacement)


def found(acts: tuple[Act, ...], correction: Act, around: Around | None = None) -> tuple[Finding, ...]:
    return findings_of_correction(acts, correction, GROUND, around or Around())


def said(acts: tuple[Act, ...], correction: Act, around: Around | None = None) -> list[tuple[str, object]]:
    return [(one.rule, one.values.get("act")) for one in found(acts, correction, around)]


def test_a_replacement_is_judged_as_on_its_own_day() -> None:
    late_talk = act("talk_held", "2025-04-20")

    assert said(UNTIL_PROPOSED, corrected(2, replacement=late_talk)) == [("talk_in_time", "talk_held")]
    assert said(UNTIL_PROPOSED, corrected(2, replacement=act("talk_held", "2025-04-19"))) == []


def test_a_later_act_that_a_rule_would_now_refuse_is_a_finding() -> None:
    decided = act("activist_decided", "2025-06-25", members=5, present=5, for_=5)

    rules = said(UNTIL_PROPOSED, corrected(4, replacement=decided))

    assert ("cultivation_period", "target_proposed") in rules
    assert ("order_of_acts", "contacts_assigned") in rules


def test_no_finding_of_a_correction_refuses_it() -> None:
    decided = act("activist_decided", "2025-06-25", members=5, present=2, for_=2)

    assert {one.severity for one in found(UNTIL_PROPOSED, corrected(4, replacement=decided))} == {"warn"}


def test_what_falls_is_named() -> None:
    rules = found(UNTIL_PROPOSED, corrected(4))

    assert {(one.rule, one.variant) for one in rules} == {("stage_allows", "fallen")}
    assert [one.values["act"] for one in rules] == [one.name for one in UNTIL_PROPOSED[4:]]


def test_what_already_stood_in_the_file_is_not_said_again() -> None:
    without_contacts = road("2026", "target_proposed", without=["contacts_assigned"]).acts
    paper = act("talk_held", "2025-04-04")

    assert said(without_contacts, corrected(2, replacement=paper)) == []


def test_the_plan_of_today_does_not_judge_an_act_of_then() -> None:
    acts = with_a_passed_vote("2026").acts
    around = Around(forms_in_use=frozenset({"F-2026-017"}))

    assert said(acts, corrected(19, "2026-09-01", act("preexamined", "2026-08-15")), around) == []


def test_a_correction_of_a_correction_is_judged_by_what_stands_then() -> None:
    once = (*UNTIL_PROPOSED, corrected(4))

    assert said(once, corrected(11, "2026-07-01")) == []
    late = act("activist_decided", "2025-06-25", members=5, present=5, for_=5)
    twice = said(once, corrected(11, "2026-07-01", corrected(4, "2026-06-30", late)))
    assert ("cultivation_period", "target_proposed") in twice


def test_a_correction_of_nothing_brings_nothing_about() -> None:
    assert said(UNTIL_PROPOSED, corrected(99)) == []
    assert said(UNTIL_PROPOSED, corrected(0)) == []

"""Corrections: the replacement stands where the old act stood, and what no longer rests on anything falls."""

from collections.abc import Sequence

from tests.workflows.builders import a_ground, act, day, road
from workflows.acts import Act
from workflows.facts import Facts
from workflows.fold import Effect, fold_history

GROUND = a_ground()
UNTIL_PROPOSED = road("2026", "target_proposed").acts  # the decision is the fourth of ten acts


def corrected(number: int, on: str = "2026-06-30", replacement: Act | None = None) -> Act:
    return act("corrected", on, act=number, reason="the minutes say so", replacement=replacement)


def folded(*acts: Act) -> tuple[Facts, Sequence[Effect]]:
    whole = fold_history(acts, GROUND)
    assert whole.facts is not None
    return whole.facts, whole.effects


def decided(on: str) -> Act:
    return act("activist_decided", on, members=5, present=5, for_=5)


def test_the_replacement_stands_where_the_old_act_stood() -> None:
    facts, effects = folded(*UNTIL_PROPOSED, corrected(4, replacement=decided("2025-06-05")))

    assert (facts.stage, facts.activist_on) == ("proposed", day("2025-06-05"))
    assert set(effects) == {"in_force"}
    assert facts.version == len(UNTIL_PROPOSED) + 1


def test_an_act_that_is_taken_back_never_counted_and_what_rested_on_it_falls() -> None:
    facts, effects = folded(*UNTIL_PROPOSED, corrected(4))

    assert (facts.stage, facts.activist_on, facts.proposed_on) == ("applicant", None, None)
    assert effects[:4] == ("in_force", "in_force", "in_force", "superseded")
    assert set(effects[4:10]) == {"fallen"}
    assert facts.version == len(UNTIL_PROPOSED) + 1


def test_a_record_that_is_taken_back_lets_the_rest_stand() -> None:
    facts, effects = folded(*UNTIL_PROPOSED, corrected(2))

    assert (facts.stage, facts.talk_on) == ("proposed", None)
    assert effects.count("in_force") == len(UNTIL_PROPOSED)


def test_the_last_correction_of_an_act_counts() -> None:
    facts, _ = folded(
        *UNTIL_PROPOSED,
        corrected(4, replacement=decided("2025-06-05")),
        corrected(4, "2026-07-01", decided("2025-06-09")),
    )

    assert facts.activist_on == day("2025-06-09")


def test_a_correction_that_is_taken_back_lets_the_old_act_stand_again() -> None:
    facts, effects = folded(*UNTIL_PROPOSED, corrected(4), corrected(11, "2026-07-01"))

    assert (facts.stage, facts.activist_on) == ("proposed", day("2025-06-02"))
    assert effects[3] == "in_force"
    assert effects[10] == "superseded"


def test_the_last_of_two_corrections_taken_back_lets_the_first_stand_again() -> None:
    facts, effects = folded(
        *UNTIL_PROPOSED,
        corrected(4, replacement=decided("2025-06-05")),
        corrected(4, "2026-07-01", decided("2025-06-09")),
        corrected(12, "2026-07-02"),
    )

    assert facts.activist_on == day("2025-06-05")
    assert effects[10:] == ("in_force", "superseded", "in_force")


def test_a_correction_may_be_replaced_by_another() -> None:
    facts, effects = folded(
        *UNTIL_PROPOSED,
        corrected(4, replacement=decided("2025-06-05")),
        corrected(11, "2026-07-01", corrected(4, "2026-06-30", decided("2025-06-10"))),
    )

    assert facts.activist_on == day("2025-06-10")
    assert set(effects) == {"in_force"}


def test_taking_back_the_taking_back_of_a_correction_brings_it_back() -> None:
    facts, _ = folded(
        *UNTIL_PROPOSED,
        corrected(4, replacement=decided("2025-06-05")),
        corrected(11, "2026-07-01"),
        corrected(12, "2026-07-02"),
    )

    assert facts.activist_on == day("2025-06-05")


def test_a_replacement_may_be_an_act_of_another_kind() -> None:
    refused = act("target_refused", "2026-06-30", reason="not ripe")
    consented = (*UNTIL_PROPOSED, act("target_consented", "2026-06-30"))

    facts, effects = folded(*consented, corrected(11, "2026-07-01", refused))

    assert (facts.stage, facts.consented_on) == ("activist", None)
    assert effects[10] == "in_force"


def test_a_correction_of_nothing_or_of_what_comes_later_has_no_effect() -> None:
    plain, _ = folded(*UNTIL_PROPOSED)

    for number in (0, 11, 12, 99):
        facts, effects = folded(*UNTIL_PROPOSED, corrected(number))
        assert (facts.stage, facts.activist_on) == (plain.stage, plain.activist_on)
        assert set(effects) == {"in_force"}


def test_the_order_of_the_days_of_a_replacement_does_not_move_its_place() -> None:
    later = act("talk_held", "2025-06-20")

    facts, effects = folded(*UNTIL_PROPOSED, corrected(2, replacement=later))

    assert facts.talk_on == day("2025-06-20")
    assert facts.stage == "proposed"
    assert set(effects) == {"in_force"}


def test_a_replacement_of_before_its_edition_falls_and_what_rested_on_it_with_it() -> None:
    listed = road("2026", "notice_posted target").acts

    facts, effects = folded(*listed, corrected(11, "2026-07-10", act("target_consented", "2026-05-10")))

    assert effects[10] == "fallen"
    assert (facts.stage, facts.consented_on) == ("target_publicity", None)


def test_the_first_act_taken_back_leaves_no_dossier() -> None:
    whole = fold_history((*UNTIL_PROPOSED, corrected(1)), GROUND)

    assert whole.facts is None
    assert whole.effects[0] == "superseded"
    assert set(whole.effects[1:10]) == {"fallen"}


def test_the_first_act_replaced_keeps_its_branch() -> None:
    facts, _ = folded(*UNTIL_PROPOSED, corrected(1, replacement=act("application_received", "2025-03-20")))

    assert (facts.received_on, facts.opened_on, facts.branch) == (day("2025-03-20"), day("2025-03-20"), "b1")


def test_numbers_of_objections_and_notices_count_every_act_of_the_record() -> None:
    posted = road("2026", "notice_posted target").acts

    facts, _ = folded(*posted, corrected(2), act("objection_received", "2026-07-03", purpose="target"))

    assert facts.notices[0].seq == 12
    assert (facts.objections[0].number, facts.objections[0].seq) == (1, 14)
    assert facts.version == 14

"""The application and the talk (Art. 5, 6, 7)."""

import pytest

from tests.workflows.builders import (
    a_dossier,
    act,
    an_activist,
    an_applicant,
    blocking,
    day,
    finding,
    irregularity,
    warnings,
)
from workflows.acts import Act


def the_application(on: str, **details: str) -> Act:
    return act("application_received", on, **details)


@pytest.mark.parametrize(
    ("on", "rules"), [("2026-05-17", ["age_eighteen"]), ("2026-05-18", []), ("2026-05-19", [])]
)
def test_who_is_eighteen_on_the_day_may_apply(on: str, rules: list[str]) -> None:
    nobody = a_dossier(born=day("2008-05-18"))

    assert blocking(nobody, the_application(on)) == rules


def test_the_eighteenth_birthday_is_said_to_who_came_too_early() -> None:
    nobody = a_dossier(born=day("2008-05-18"))

    found = finding(nobody, the_application("2026-05-17"), "age_eighteen")

    assert found is not None
    assert (found.needed, found.earliest, found.who) == (day("2026-05-18"), day("2026-05-18"), "time")


def test_who_was_born_on_a_leap_day_is_eighteen_on_28_february() -> None:
    nobody = a_dossier(born=day("2008-02-29"))

    assert blocking(nobody, the_application("2026-02-27")) == ["age_eighteen"]
    assert blocking(nobody, the_application("2026-02-28")) == []


def test_rolled_forward_who_was_born_on_a_leap_day_is_eighteen_on_1_march() -> None:
    nobody = a_dossier(born=day("2008-02-29"), settings={"leap_rule": "roll_forward"})

    assert blocking(nobody, the_application("2026-02-28")) == ["age_eighteen"]
    assert blocking(nobody, the_application("2026-03-01")) == []


def test_where_no_birthday_is_known_no_age_is_judged() -> None:
    assert blocking(a_dossier(), the_application("2026-05-17")) == []


def test_a_person_has_one_open_dossier() -> None:
    elsewhere = a_dossier(is_open_elsewhere=True)
    comes_from_outside = act("transferred_in", "2026-05-18", stage="activist")

    assert blocking(elsewhere, the_application("2026-05-18")) == ["one_open_dossier"]
    assert blocking(elsewhere, comes_from_outside) == ["one_open_dossier"]
    assert blocking(a_dossier(), comes_from_outside) == []


@pytest.mark.parametrize(("belongs", "rules"), [(False, ["belongs_to_unit"]), (True, []), (None, [])])
def test_an_applicant_belongs_to_the_unit_where_that_is_known(belongs: bool | None, rules: list[str]) -> None:
    assert blocking(a_dossier(belongs=belongs), the_application("2026-05-18")) == rules


def test_a_superior_may_answer_for_an_applicant_of_another_unit() -> None:
    stranger = a_dossier(belongs=False)

    overridden = the_application("2026-05-18", by="u1", override_by="u2")

    assert blocking(stranger, overridden) == []
    assert warnings(stranger, overridden) == ["belongs_to_unit"]


def test_who_is_proposed_belongs_to_the_unit() -> None:
    moved_away = an_activist(since="2025-06-02").among(belongs=False)

    assert "belongs_to_unit" in blocking(moved_away, act("target_proposed", "2026-06-24"))


@pytest.mark.parametrize("received", ["2016-03-31", "2026-03-31"])
def test_a_talk_on_the_day_a_month_after_receipt_is_in_time(received: str) -> None:
    applicant = an_applicant(since=received)
    year = received[:4]

    assert warnings(applicant, act("talk_held", f"{year}-04-29")) == []
    assert warnings(applicant, act("talk_held", f"{year}-04-30")) == []
    assert "talk_in_time" in warnings(applicant, act("talk_held", f"{year}-05-01"))


def test_a_late_talk_warns_and_does_not_stop_anything() -> None:
    applicant = an_applicant(since="2026-03-31")

    assert blocking(applicant, act("talk_held", "2026-07-01")) == []


@pytest.mark.parametrize(
    ("on", "severity"), [("2026-02-15", None), ("2026-02-24", "low"), ("2026-02-25", "medium")]
)
def test_lateness_within_the_grace_of_the_spring_festival_is_low(on: str, severity: str | None) -> None:
    applicant = an_applicant(since="2026-01-15")

    assert irregularity(applicant, act("talk_held", on), "talk_in_time") == severity


def test_only_the_first_talk_is_judged() -> None:
    talked = an_applicant(since="2026-03-31").after(act("talk_held", "2026-04-10"))

    assert warnings(talked, act("talk_held", "2026-05-20")) == []


def test_a_person_who_came_from_outside_without_an_application_day_is_not_late() -> None:
    moved_in = a_dossier(act("transferred_in", "2026-01-05", stage="applicant"))

    assert warnings(moved_in, act("talk_held", "2026-05-20")) == []

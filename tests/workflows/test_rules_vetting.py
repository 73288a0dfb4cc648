"""Political review, training, examination, leaving, power (Art. 16, 17; 2014 Art. 19, 2026 Art. 18)."""

import pytest

from tests.workflows.builders import (
    Dossier,
    act,
    blocking,
    day,
    finding,
    in_approval,
    in_vetting,
    road,
    then,
    warnings,
)
from workflows.acts import Act
from workflows.around import Places

EDITIONS = pytest.mark.parametrize("edition", ["2014", "2026"])


def examined(edition: str, on: str = "2026-07-29", **details: object) -> Act:
    return act("branch_examined", then(edition, on), **details)


def preexamined(edition: str, on: str = "2026-08-14", **details: object) -> Act:
    return act("preexamined", then(edition, on), **details)


def the_vote(edition: str, on: str = "2026-08-28") -> Act:
    return act("meeting_voted", then(edition, on), purpose="admission", entitled=9, present=7, for_=7)


def with_sponsors(edition: str, **options: object) -> Dossier:
    return road(edition, "sponsors_named", **options)  # type: ignore[arg-type]


def reviewed(edition: str, on: str, **details: object) -> Act:
    return act("political_review_concluded", then(edition, on), **details)


def trained(edition: str, on: str = "2026-07-23", days: int = 3, hours: int = 24, **details: object) -> Act:
    return act("training_completed", then(edition, on), days=days, hours=hours, **details)


@EDITIONS
def test_nobody_is_examined_without_a_political_review(edition: str) -> None:
    vetting = with_sponsors(edition).after(trained(edition))

    assert blocking(vetting, examined(edition)) == ["political_review_qualified"]
    assert "political_review_qualified" in blocking(vetting, preexamined(edition))
    for on in ("2026-07-28", "2026-07-29"):
        assert blocking(vetting.after(reviewed(edition, on)), examined(edition)) == []
    late = vetting.after(reviewed(edition, "2026-07-30"))
    assert "political_review_qualified" in blocking(late, examined(edition))


@EDITIONS
def test_who_was_not_found_qualified_is_not_admitted_until_another_review(edition: str) -> None:
    vetting = with_sponsors(edition).after(trained(edition), reviewed(edition, "2026-07-20", qualified=False))

    assert blocking(vetting, examined(edition)) == ["political_review_qualified"]
    assert blocking(vetting.after(reviewed(edition, "2026-07-28")), examined(edition)) == []


def test_a_review_of_a_later_day_is_said() -> None:
    vetting = with_sponsors("2026").after(trained("2026"), reviewed("2026", "2026-07-30"))

    found = finding(vetting, examined("2026"), "political_review_qualified")

    assert found is not None
    assert (found.found, found.earliest) == (day("2026-07-30"), day("2026-07-30"))


@EDITIONS
@pytest.mark.parametrize(
    ("places", "rules"),
    [
        ([], ["political_review_two_places"]),
        (["household"], ["political_review_two_places"]),
        (["household", "residence"], []),
    ],
)
def test_a_floating_person_is_reviewed_in_two_places(
    edition: str, places: list[str], rules: list[str]
) -> None:
    vetting = with_sponsors(edition).after(trained(edition), reviewed(edition, "2026-07-20", places=places))
    floating = vetting.after(act("details_changed", then(edition, "2026-07-21"), floating=True))

    assert blocking(floating, examined(edition)) == rules
    assert blocking(vetting, examined(edition)) == []


@EDITIONS
@pytest.mark.parametrize(
    ("days", "hours", "rules"),
    [
        (2, 23, ["training_length"]),
        (3, 0, []),
        (0, 24, []),
        (3, 24, []),
        (4, 30, []),
        (0, 0, ["training_length"]),
    ],
)
def test_training_is_three_days_or_twenty_four_hours(
    edition: str, days: int, hours: int, rules: list[str]
) -> None:
    vetting = with_sponsors(edition).after(
        reviewed(edition, "2026-07-20"), trained(edition, days=days, hours=hours)
    )

    assert blocking(vetting, examined(edition)) == rules


@EDITIONS
def test_training_comes_before_the_examination(edition: str) -> None:
    vetting = with_sponsors(edition).after(reviewed(edition, "2026-07-20"))

    assert blocking(vetting, examined(edition)) == ["training_length"]
    assert blocking(vetting.after(trained(edition, "2026-07-29")), examined(edition)) == []
    assert "training_length" in blocking(vetting.after(trained(edition, "2026-07-30")), examined(edition))


def test_training_that_was_not_passed_does_not_count() -> None:
    vetting = with_sponsors("2026").after(
        reviewed("2026", "2026-07-20"), trained("2026", days=5, hours=40, passed=False)
    )

    found = finding(vetting, examined("2026"), "training_length")

    assert found is not None
    assert (found.found, found.variant) == (5, "not_passed")
    assert blocking(vetting.after(trained("2026", "2026-07-28")), examined("2026")) == []
    overridden = examined("2026", by="u1", override_by="u2")
    assert warnings(vetting, overridden) == ["training_length"]


@pytest.mark.parametrize(("days", "hours", "rules"), [(4, 39, ["training_length"]), (5, 0, []), (0, 40, [])])
def test_a_local_rule_may_ask_for_more_training(days: int, hours: int, rules: list[str]) -> None:
    settings = {"training.days": 5, "training.hours": 40}
    vetting = with_sponsors("2026", settings=settings).after(
        reviewed("2026", "2026-07-20"), trained("2026", days=days, hours=hours)
    )

    assert blocking(vetting, examined("2026")) == rules


@EDITIONS
def test_the_committee_pre_examines_after_the_branch_committee(edition: str) -> None:
    ready = in_vetting(edition)
    vetting = road(edition, "training_completed")

    assert blocking(vetting, preexamined(edition)) == ["branch_examination_passed"]
    assert blocking(ready, preexamined(edition, "2026-07-29")) == []
    assert "branch_examination_passed" in blocking(ready, preexamined(edition, "2026-07-28"))
    failed = ready.after(examined(edition, "2026-08-01", passed=False))
    assert blocking(failed, preexamined(edition)) == ["branch_examination_passed"]


@EDITIONS
def test_where_it_is_asked_for_the_committee_inspects_first(edition: str) -> None:
    ready = in_vetting(edition, settings={"inspection.required": True})
    inspection = {"from_": then(edition, "2026-08-10"), "to": then(edition, "2026-08-12")}

    def inspected(on: str, **details: object) -> Dossier:
        return ready.after(act("inspected", then(edition, on), **inspection, **details))

    assert blocking(ready, preexamined(edition)) == ["inspection_passed"]
    assert blocking(inspected("2026-08-13"), preexamined(edition)) == []
    assert blocking(inspected("2026-08-14"), preexamined(edition)) == []
    assert "inspection_passed" in blocking(inspected("2026-08-15"), preexamined(edition))
    assert blocking(inspected("2026-08-13", passed=False), preexamined(edition)) == ["inspection_passed"]
    assert blocking(in_vetting(edition), preexamined(edition)) == []


@EDITIONS
def test_where_it_is_asked_for_the_department_examines_before_form_and_vote(edition: str) -> None:
    settings = {"preexamination.by_department": True}
    approval = road(edition, "preexamined", settings=settings)
    form = act("form_issued", then(edition, "2026-08-16"), number="F-1")

    def answered(on: str, **details: object) -> Dossier:
        return approval.after(act("department_preexamined", then(edition, on), **details))

    assert blocking(approval, form) == ["department_preexamination"]
    assert blocking(answered("2026-08-16", passed=False), form) == ["department_preexamination"]
    assert blocking(answered("2026-08-16"), form) == []
    assert blocking(answered("2026-08-17"), form) == ["department_preexamination"]
    issued = answered("2026-08-16").after(form)
    assert blocking(issued, the_vote(edition)) == []
    revoked = issued.after(act("department_preexamined", then(edition, "2026-08-20"), passed=False))
    assert blocking(revoked, the_vote(edition)) == ["department_preexamination"]


@pytest.mark.parametrize(
    ("on", "rules"),
    [("2027-01-18", []), ("2027-01-19", []), ("2027-01-20", ["political_review_valid"])],
)
def test_a_local_rule_may_limit_how_long_a_review_is_good_for(on: str, rules: list[str]) -> None:
    waiting = in_approval("2014", settings={"political_review.valid_months": 6})

    assert blocking(waiting, the_vote("2014", on)) == rules


def test_without_that_rule_a_review_does_not_age() -> None:
    assert blocking(in_approval("2014"), the_vote("2014", "2027-08-28")) == []


@EDITIONS
@pytest.mark.parametrize(
    ("leaves_on", "rules"),
    [("2026-11-13", ["leaving_soon"]), ("2026-11-14", ["leaving_soon"]), ("2026-11-15", [])],
)
def test_who_leaves_within_three_months_is_normally_not_taken_up(
    edition: str, leaves_on: str, rules: list[str]
) -> None:
    leaving = in_vetting(edition).after(
        act("details_changed", then(edition, "2026-08-01"), leaves_on=then(edition, leaves_on))
    )

    assert blocking(leaving, preexamined(edition)) == rules
    assert blocking(leaving, preexamined(edition, by="u1", override_by="u2")) == []


def test_the_same_holds_on_the_day_of_the_vote() -> None:
    leaving = in_approval("2026").after(act("details_changed", "2026-08-20", leaves_on="2026-11-28"))

    assert blocking(leaving, the_vote("2026", "2026-08-27")) == []
    assert blocking(leaving, the_vote("2026", "2026-08-28")) == ["leaving_soon"]


@EDITIONS
@pytest.mark.parametrize(
    ("kind", "rules"),
    [
        ("township", []),
        ("subdistrict", []),
        ("primary_under_township", ["approving_power"]),
        ("general_branch", ["approving_power"]),
        ("temporary", ["approving_power"]),
        ("leading_group", ["approving_power"]),
    ],
)
def test_only_a_committee_with_the_power_to_approve_pre_examines_and_decides(
    edition: str, kind: str, rules: list[str]
) -> None:
    decision = act("committee_decided", then(edition, "2026-09-10"), purpose="admission")
    talked = road(edition, "committee_talk_held")

    assert blocking(in_vetting(edition).among(committee_kind=kind), preexamined(edition)) == rules
    assert blocking(in_vetting(edition), preexamined(edition, body=kind)) == rules
    assert blocking(talked.among(committee_kind=kind), decision) == rules


def test_the_body_that_is_named_counts_before_the_committee_in_charge() -> None:
    dossier = in_vetting("2026").among(committee_kind="general_branch")

    assert blocking(dossier, preexamined("2026", body="township")) == []


@pytest.mark.parametrize(
    ("places", "rules"),
    [
        (Places(9, 8), []),
        (Places(9, 9), ["within_plan"]),
        (Places(9, 10), ["within_plan"]),
        (Places(9, 3, category_total=2, category_used=1), []),
        (Places(9, 3, category_total=2, category_used=2), ["within_plan"]),
    ],
)
def test_a_pre_examination_over_the_plan_is_warned(places: Places, rules: list[str]) -> None:
    assert warnings(in_vetting("2026").among(plan=places), preexamined("2026")) == rules
    assert blocking(in_vetting("2026").among(plan=places), preexamined("2026")) == []
    assert warnings(in_vetting("2026").among(plan=places), preexamined("2026", passed=False)) == []

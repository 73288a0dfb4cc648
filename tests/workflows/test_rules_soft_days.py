"""The soft days: from 11 to 17 May 2026 a breach of a duty that is new is a warning."""

import pytest

from tests.workflows.builders import (
    SOURCES,
    Dossier,
    a_member,
    a_roll,
    act,
    an_activist,
    blocking,
    day,
    warnings,
)
from workflows.around import Penalty

AROUND = pytest.mark.parametrize(
    ("on", "severity"), [("2026-05-11", "warn"), ("2026-05-17", "warn"), ("2026-05-18", "block")]
)


def proposed(*, settings: dict[str, object] | None = None) -> Dossier:
    return an_activist(since="2025-04-02", settings=settings).after(
        act("opinions_heard", "2026-05-05", from_=SOURCES), act("target_proposed", "2026-05-06")
    )


def consented(**options: dict[str, object]) -> Dossier:
    return proposed(**options).after(act("target_consented", "2026-05-11"))


def said(dossier: Dossier, do: str, on: str, **details: object) -> dict[str, str]:
    one = act(do, on, **details)
    return dict.fromkeys(blocking(dossier, one), "block") | dict.fromkeys(warnings(dossier, one), "warn")


@AROUND
def test_a_notice_without_consent(on: str, severity: str) -> None:
    notice = {"purpose": "target", "from_": on, "to": "2026-06-10"}

    assert said(proposed(), "notice_posted", on, **notice) == {"consent_before_notice": severity}


@AROUND
def test_a_notice_that_is_too_short(on: str, severity: str) -> None:
    notice = {"purpose": "target", "from_": on, "to": on}

    assert said(consented(), "notice_posted", on, **notice) == {"publicity_length": severity}


def test_where_a_local_setting_asks_for_the_notice_it_is_refused_in_the_soft_days_too() -> None:
    notice = {"purpose": "target", "from_": "2026-05-12", "to": "2026-05-12"}
    local = consented(settings={"publicity.target.days": 5})

    assert said(local, "notice_posted", "2026-05-12", **notice) == {"publicity_length": "block"}


@pytest.mark.parametrize("on", ["2026-05-10", "2026-05-18"])
def test_outside_the_soft_days_filing_follows_its_edition(on: str) -> None:
    rules = said(proposed(), "target_filed", on)

    assert rules == ({} if on == "2026-05-10" else {"publicity_length": "block", "stage_allows": "block"})


@pytest.mark.parametrize("on", ["2026-05-11", "2026-05-17"])
def test_in_the_soft_days_filing_still_lists_with_a_warning(on: str) -> None:
    assert said(proposed(), "target_filed", on) == {"publicity_length": "warn"}
    assert proposed().after(act("target_filed", on)).stage == "development_target"


def test_nobody_files_any_more_where_a_local_setting_asks_for_the_notice() -> None:
    local = proposed(settings={"publicity.target.days": 5})

    assert said(local, "target_filed", "2026-05-12") == {"publicity_length": "block"}


@AROUND
def test_a_listing_before_the_notice_is_over(on: str, severity: str) -> None:
    posted = consented().after(
        act("notice_posted", "2026-05-11", purpose="target", from_="2026-05-11", to="2026-05-18")
    )

    assert said(posted, "target_listed", on) == {"publicity_ended": severity}


def test_a_floating_person_in_one_place() -> None:
    posted = consented().after(
        act("details_changed", "2026-05-11", floating=True),
        act("notice_posted", "2026-05-11", purpose="target", from_="2026-05-11", to="2026-05-15"),
        act("notice_closed", "2026-05-16", purpose="target"),
    )

    assert said(posted, "target_listed", "2026-05-17") == {"publicity_two_places": "warn"}
    assert said(posted, "target_listed", "2026-05-18") == {"publicity_two_places": "block"}


@AROUND
def test_a_sponsor_under_a_warning(on: str, severity: str) -> None:
    listed = proposed().after(act("target_filed", "2026-05-08"))
    warned = a_member("m2", penalties=[Penalty("warning", day("2026-01-15"))])
    listed = listed.among(roll=a_roll(a_member("m1"), warned))

    assert said(listed, "sponsors_named", on, sponsors=["m1", "m2"]) == {"sponsor_penalty_period": severity}


def in_approval(*, preexamined_on: str = "2026-04-02", settings: dict[str, object] | None = None) -> Dossier:
    listed = an_activist(since="2024-12-02", settings=settings).after(
        act("opinions_heard", "2025-12-05", from_=SOURCES),
        act("target_proposed", "2025-12-06"),
        act("target_filed", "2025-12-12"),
        act("sponsors_named", "2025-12-14", sponsors=["m1", "m2"]),
        act("political_review_concluded", "2026-01-10"),
        act("training_completed", "2026-01-12", days=3, hours=24),
        act("branch_examined", "2026-02-02"),
        act("preexamined", preexamined_on),
    )
    return (
        listed if listed.stage != "approval" else listed.after(act("form_issued", "2026-04-05", number="F-1"))
    )


COUNTS = {"purpose": "admission", "entitled": 9, "present": 7, "for_": 7}


@AROUND
def test_a_meeting_after_the_month(on: str, severity: str) -> None:
    assert said(in_approval(), "meeting_voted", on, **COUNTS) == {"meeting_in_time": severity}


def test_where_a_local_setting_asks_for_the_month_it_is_refused_in_the_soft_days_too() -> None:
    local = in_approval(settings={"preexamination.to_meeting_months": 1})

    assert said(local, "meeting_voted", "2026-05-12", **COUNTS) == {"meeting_in_time": "block"}


def test_a_notice_that_a_local_setting_asks_for_is_no_new_duty() -> None:
    local = in_approval(settings={"publicity.admission.days": 5})
    short = {"purpose": "admission", "from_": "2026-05-11", "to": "2026-05-12"}
    posted = local.after(
        act("notice_posted", "2026-05-11", purpose="admission", from_="2026-05-11", to="2026-05-15")
    )

    assert said(local, "notice_posted", "2026-05-11", **short) == {"publicity_length": "block"}
    assert said(posted, "notice_closed", "2026-05-15", purpose="admission") == {"publicity_ended": "block"}


def test_a_duty_that_is_not_new_is_refused_as_always() -> None:
    activist = an_activist(since="2025-05-13").after(act("opinions_heard", "2026-05-09", from_=SOURCES))

    assert "cultivation_period" in blocking(activist, act("target_proposed", "2026-05-12"))
    assert blocking(activist, act("target_proposed", "2026-05-13")) == []

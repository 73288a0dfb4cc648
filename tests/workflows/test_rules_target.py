"""From activist to development target: the year, the opinions, the majority, the consent (Art. 13)."""

import pytest

from tests.workflows.builders import (
    SOURCES,
    Dossier,
    a_dossier,
    act,
    an_activist,
    blocking,
    day,
    finding,
    irregularity,
    road,
    then,
    warnings,
)

EDITIONS = ["2014", "2026"]


def an_activist_who_was_heard_of(*, since: str, heard: str, **settings: object) -> Dossier:
    activist = an_activist(since=since, settings={k.replace("__", "."): v for k, v in settings.items()})
    return activist.after(act("opinions_heard", heard, from_=SOURCES))


def test_an_activist_may_be_proposed_on_the_anniversary_and_not_a_day_before() -> None:
    activist = an_activist_who_was_heard_of(since="2025-02-28", heard="2026-02-20")

    assert "cultivation_period" in blocking(activist, act("target_proposed", "2026-02-27"))
    assert blocking(activist, act("target_proposed", "2026-02-28")) == []
    assert blocking(activist, act("target_proposed", "2026-03-01")) == []


def test_the_first_day_is_said_to_who_is_proposed_too_early() -> None:
    activist = an_activist(since="2015-02-28")

    found = finding(activist, act("target_proposed", "2016-02-27"), "cultivation_period")

    assert found is not None
    assert (found.found, found.earliest, found.who) == (day("2015-02-28"), day("2016-02-28"), "time")


@pytest.mark.parametrize(
    ("rule", "before", "on"),
    [("clamp", "2025-02-27", "2025-02-28"), ("roll_forward", "2025-02-28", "2025-03-01")],
)
def test_a_year_that_begins_on_a_leap_day(rule: str, before: str, on: str) -> None:
    activist = an_activist_who_was_heard_of(since="2024-02-29", heard="2025-02-01", leap_rule=rule)

    assert blocking(activist, act("target_proposed", before)) == ["cultivation_period"]
    assert blocking(activist, act("target_proposed", on)) == []


def test_a_local_rule_may_ask_for_more_than_a_year() -> None:
    activist = an_activist_who_was_heard_of(since="2025-02-01", heard="2026-02-20", cultivation__months=18)

    assert blocking(activist, act("target_proposed", "2026-07-31")) == ["cultivation_period"]
    assert blocking(activist, act("target_proposed", "2026-08-01")) == []


def test_days_of_suspension_do_not_count() -> None:
    activist = an_activist(since="2025-01-10").after(
        act("suspended", "2025-07-01", reason="illness"),
        act("resumed", "2025-10-01"),
        act("opinions_heard", "2026-03-01", from_=SOURCES),
    )

    assert blocking(activist, act("target_proposed", "2026-04-11")) == ["cultivation_period"]
    assert blocking(activist, act("target_proposed", "2026-04-12")) == []


def test_the_day_of_resumption_counts_again() -> None:
    activist = an_activist(since="2025-01-10").after(
        act("suspended", "2025-07-01", reason="illness"), act("resumed", "2025-07-02")
    )

    found = finding(activist, act("target_proposed", "2025-12-01"), "cultivation_period")

    assert found is not None
    assert (found.values["paused"], found.earliest) == (1, day("2026-01-11"))


def test_a_pause_that_began_before_the_decision_counts_from_the_decision() -> None:
    applicant = a_dossier(
        act("application_received", "2025-01-02"),
        act("talk_held", "2025-01-10"),
        act("recommended", "2025-01-10", source="members"),
        act("suspended", "2025-01-20", reason="illness"),
    )
    moved = applicant.after(act("resumed", "2025-02-20"))
    activist = moved.after(act("activist_decided", "2025-02-10", recorded="2025-02-21T09:00+08:00"))

    found = finding(activist, act("target_proposed", "2026-01-01"), "cultivation_period")

    assert found is not None
    assert found.earliest == day("2026-02-20")


@pytest.mark.parametrize("missing", SOURCES)
def test_all_four_sources_are_heard_before_the_proposal(missing: str) -> None:
    activist = road("2026", "review_recorded").after(
        act("opinions_heard", "2026-06-20", from_=[source for source in SOURCES if source != missing])
    )
    proposal = act("target_proposed", "2026-06-24")

    assert blocking(activist, proposal) == ["opinions_heard"]
    assert blocking(activist.after(act("opinions_heard", "2026-06-23", from_=[missing])), proposal) == []
    assert blocking(activist.after(act("opinions_heard", "2026-06-24", from_=[missing])), proposal) == []
    assert "opinions_heard" in blocking(
        activist.after(act("opinions_heard", "2026-06-25", from_=[missing])), proposal
    )


def test_which_opinions_are_missing_is_said() -> None:
    activist = road("2026", "review_recorded").after(act("opinions_heard", "2026-06-20", from_=["masses"]))

    found = finding(activist, act("target_proposed", "2026-06-24"), "opinions_heard")

    assert found is not None
    assert found.found == ("group", "contacts", "members")


COUNTS = [
    ({"members": 5, "present": 3, "for_": 3}, True),
    ({"members": 5, "present": 2, "for_": 2}, False),
    ({"members": 5, "present": 5, "for_": 2}, False),
    ({"members": 6, "present": 4, "for_": 3}, False),
    ({"members": 6, "present": 4, "for_": 4}, True),
    ({"members": 5, "present": 5}, False),
    ({"members": 5, "for_": 5}, False),
    ({"present": 5, "for_": 5}, False),
    ({}, True),
]


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize(("counts", "is_enough"), COUNTS)
def test_a_body_decides_with_more_than_half_of_all_its_members(
    edition: str, counts: dict[str, int], is_enough: bool
) -> None:
    wanted = [] if is_enough else ["decision_majority"]
    decided_on, proposed_on = then(edition, "2025-06-02"), then(edition, "2026-06-24")
    preexamined_on = then(edition, "2026-08-14")

    assert blocking(road(edition, "recommended"), act("activist_decided", decided_on, **counts)) == wanted
    assert blocking(road(edition, "opinions_heard"), act("target_proposed", proposed_on, **counts)) == wanted
    assert blocking(road(edition, "branch_examined"), act("preexamined", preexamined_on, **counts)) == wanted


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize(("counts", "is_enough"), COUNTS)
def test_an_admission_is_approved_by_more_than_half_of_all_members(
    edition: str, counts: dict[str, int], is_enough: bool
) -> None:
    decision = act("committee_decided", then(edition, "2026-09-10"), purpose="admission", **counts)

    assert blocking(road(edition, "committee_talk_held"), decision) == (
        [] if is_enough else ["decision_majority"]
    )


@pytest.mark.parametrize(("counts", "is_enough"), COUNTS)
def test_a_superior_committee_consents_with_more_than_half_of_all_its_members(
    counts: dict[str, int], is_enough: bool
) -> None:
    wanted = [] if is_enough else ["decision_majority"]

    assert (
        blocking(road("2026", "target_proposed"), act("target_consented", "2026-06-30", **counts)) == wanted
    )


def test_how_many_are_needed_is_said() -> None:
    counts = {"members": 6, "present": 4, "for_": 3}

    found = finding(
        road("2026", "recommended"), act("activist_decided", "2025-06-02", **counts), "decision_majority"
    )

    assert found is not None
    assert (found.found, found.needed) == (3, 4)


def test_what_is_not_passed_or_not_approved_needs_no_majority() -> None:
    few = {"members": 9, "present": 3, "for_": 2}
    talked = road("2026", "committee_talk_held")
    refusal = act("committee_decided", "2026-09-10", purpose="admission", approved=False, **few)

    assert (
        blocking(road("2026", "branch_examined"), act("preexamined", "2026-08-14", passed=False, **few)) == []
    )
    assert blocking(talked, refusal) == []


def test_the_consent_comes_before_the_notice() -> None:
    proposed = road("2026", "target_proposed")
    notice = act("notice_posted", "2026-07-01", purpose="target", from_="2026-07-01", to="2026-07-07")

    assert blocking(proposed, notice) == ["consent_before_notice"]
    assert blocking(proposed.after(act("target_consented", "2026-06-30")), notice) == []
    assert blocking(proposed.after(act("target_consented", "2026-07-01")), notice) == []
    assert "consent_before_notice" in blocking(proposed.after(act("target_consented", "2026-07-02")), notice)


def test_a_notice_that_begins_after_the_consent_may_be_recorded_before() -> None:
    proposed = road("2026", "target_proposed").after(act("target_consented", "2026-07-02"))
    notice = act("notice_posted", "2026-07-02", purpose="target", from_="2026-07-01", to="2026-07-08")

    assert "consent_before_notice" in blocking(proposed, notice)


def test_filing_lists_the_target_under_the_edition_of_2014() -> None:
    proposed = road("2014", "target_proposed")

    assert blocking(proposed, act("target_filed", "2016-06-30")) == []
    assert warnings(proposed, act("target_filed", "2016-06-30")) == []
    assert proposed.after(act("target_filed", "2016-06-30")).stage == "development_target"


def test_a_short_year_is_a_high_irregularity() -> None:
    activist = an_activist_who_was_heard_of(since="2015-02-28", heard="2016-02-20")

    assert irregularity(activist, act("target_proposed", "2016-02-27"), "cultivation_period") == "high"
    assert irregularity(activist, act("target_proposed", "2016-02-28"), "cultivation_period") is None

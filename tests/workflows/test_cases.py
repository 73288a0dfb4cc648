"""The conformance cases: what they compare, and the public ones, which all pass."""

from pathlib import Path

import pytest

from workflows.cases import CaseResult, run_cases

PUBLIC = Path(__file__).parents[3] / "shared" / "cases"
OWN = Path(__file__).parent / "cases"
ACTIVIST = """
    - {on: 2026-01-05, do: application_received}
    - {on: 2026-01-20, do: talk_held}
    - {on: 2026-01-25, do: recommended, source: members}
    - {on: 2026-02-02, do: activist_decided, members: 5, present: 5, for: 5}
"""


def run(text: str) -> CaseResult:
    results = run_cases(text, "trial.yaml")
    assert len(results) == 1
    return results[0]


def differences(*, acts: str = ACTIVIST, expect: str = "", **keys: str) -> tuple[str, ...]:
    above = "".join(f"  {name}: {value}\n" for name, value in keys.items())
    below = f"  expect:\n    - {expect}\n" if expect else ""
    return run(f"- case: a trial\n{above}  acts:{acts}{below}").differences


def test_a_case_that_comes_out_as_expected_is_ok() -> None:
    result = run(
        f"- case: an activist\n  acts:{ACTIVIST}  expect:\n    - {{on: 2026-02-02, stage: activist}}\n"
    )

    assert result == CaseResult("trial.yaml", "an activist", ok=True, differences=())


@pytest.mark.parametrize(
    ("expect", "difference"),
    [
        ("{on: 2026-02-02, stage: proposed}", "stage: expected proposed, found activist"),
        ("{on: 2026-02-01, stage: activist}", "stage: expected activist, found applicant"),
        ("{on: 2026-02-02, phase: vetting}", "phase: expected vetting, found activist"),
        (
            "{on: 2026-02-02, deadlines: {talk: {due: 2026-02-06}}}",
            "deadline talk due: expected 2026-02-06, found 2026-02-05",
        ),
        (
            "{on: 2026-02-02, deadlines: {talk: {status: open}}}",
            "deadline talk status: expected open, found met",
        ),
        ("{on: 2026-02-02, deadlines: {oath: {status: open}}}", "deadline oath: not there"),
        ("{on: 2026-02-02, overdue: [talk]}", "deadline talk: expected overdue, found met"),
        ("{on: 2026-02-02, overdue: [oath]}", "deadline oath: expected overdue, found not there"),
        ("{on: 2026-08-03, not_overdue: [review]}", "deadline review: overdue"),
        (
            "{on: 2026-02-02, earliest: {target_proposed: 2027-02-01}}",
            "earliest target_proposed: expected 2027-02-01, found 2027-02-02",
        ),
        ("{on: 2026-02-02, outcome: passed}", "outcome: expected passed, found None"),
        ("{on: 2026-02-02, membership_from: 2027-01-01}", "membership_from: expected 2027-01-01, found None"),
        (
            "{on: 2026-02-02, probation: {expires: 2027-01-01}}",
            "probation expires: expected 2027-01-01, found None",
        ),
        ("{on: 2026-01-04, stage: applicant}", "no act yet"),
    ],
)
def test_what_differs_is_said_with_its_day(expect: str, difference: str) -> None:
    found = differences(expect=expect)

    assert len(found) == 1
    assert found[0].endswith(difference)
    assert found[0].startswith("on 2026-")


def test_only_the_keys_that_are_given_are_compared() -> None:
    assert differences(expect="{on: 2026-02-02, deadlines: {talk: {}}, probation: {}}") == ()


OATH = "\n    - {on: 2026-02-01, do: application_received}\n    - {on: 2026-02-02, do: oath_taken"


@pytest.mark.parametrize(
    ("rest", "difference"),
    [
        ("}\n", "expected accepted, refused by oath_after_approval, stage_allows"),
        (", refused: [stage_allows]}\n", None),
        (
            ", refused: [stage_allows, order_of_acts]}\n",
            "refused order_of_acts expected, found oath_after_approval, stage_allows",
        ),
        (", warns: [stage_allows]}\n", "expected accepted, refused by oath_after_approval, stage_allows"),
    ],
)
def test_an_act_that_is_refused_unexpectedly_or_otherwise_is_said(rest: str, difference: str | None) -> None:
    found = differences(acts=OATH + rest)

    assert found == (() if difference is None else (f"act 2 (oath_taken on 2026-02-02): {difference}",))


def test_an_act_that_is_accepted_where_a_refusal_was_expected_is_said() -> None:
    acts = "\n    - {on: 2026-02-01, do: application_received, refused: [age_eighteen]}\n"

    assert differences(acts=acts) == (
        "act 1 (application_received on 2026-02-01): expected refused by age_eighteen, accepted",
    )


def test_a_warning_that_does_not_come_is_said() -> None:
    acts = ACTIVIST.replace("do: talk_held", "do: talk_held, warns: [talk_in_time]")

    assert differences(acts=acts) == (
        "act 2 (talk_held on 2026-01-20): warns talk_in_time expected, found none",
    )


def test_a_refused_act_changes_nothing_and_counts_in_the_numbers() -> None:
    acts = """
    - {on: 2026-01-05, do: application_received}
    - {on: 2026-01-06, do: oath_taken, refused: [stage_allows]}
    - {on: 2026-01-20, do: talk_held}
    - {on: 2026-01-22, do: corrected, act: 3, reason: day, replacement: {on: 2026-01-21, do: talk_held}}
    - {on: 2026-01-23, do: corrected, act: 4, reason: it was right}
"""
    assert differences(acts=acts, expect="{on: 2026-01-23, deadlines: {talk: {status: met}}}") == ()


def test_expectations_see_the_acts_dated_up_to_their_day_and_a_correction_from_its_own() -> None:
    acts = f"""{ACTIVIST}    - {{on: 2026-02-10, do: corrected, act: 4, reason: they never met}}
    - {{on: 2026-02-12, do: activist_decided}}
"""
    for on, stage in (("2026-02-09", "activist"), ("2026-02-10", "applicant"), ("2026-02-12", "activist")):
        assert differences(acts=acts, expect=f"{{on: {on}, stage: {stage}}}") == ()


def test_a_late_record_is_recorded_when_the_case_says_so() -> None:
    acts = """
    - {on: 2026-03-02, do: application_received}
    - {on: 2026-03-06, do: talk_held, recorded: 2026-03-12T09:00+08:00, warns: [recorded_late]}
"""
    assert differences(acts=acts) == ()


def test_what_surrounds_the_dossier_is_judged() -> None:
    act = "\n    - {on: 2026-02-01, do: application_received, refused: [age_eighteen]}\n"
    assert differences(acts=act, person="{born: 2008-02-02}") == ()

    refused = "refused: [contacts_full_members]"
    contacts = f"{ACTIVIST}    - {{on: 2026-02-03, do: contacts_assigned, contacts: [m1, m2], {refused}}}\n"
    assert differences(acts=contacts, members="[{id: m1, full_since: 2001-07-01}, {id: m2}]") == ()
    assert len(differences(acts=contacts)) == 1


def test_who_acts_for_which_branch_may_be_said() -> None:
    acts = """
    - {on: 2026-01-05, do: application_received, by: u1, attachments: [scan.pdf]}
    - {on: 2026-01-06, do: talk_held, org: b2, refused: [in_charge]}
    - {on: 2026-01-07, do: talk_held, org: b1}
    - {on: 2026-01-08, do: transferred, to: b2}
    - {on: 2026-01-09, do: recommended, source: members, org: b2}
    - {on: 2026-01-10, do: corrected, act: 1, reason: wrong day, by: u1, refused: [separate_persons]}
"""
    assert differences(acts=acts) == ()


def test_a_historic_case_refuses_nothing_and_lists_irregularities() -> None:
    old = "\n    - {on: 2016-01-04, do: application_received}\n    - {on: 2016-03-07, do: activist_decided}\n"

    def found(expect: str) -> tuple[str, ...]:
        return differences(acts=old, mode="historic", expect=f"{{on: 2016-03-07, {expect}}}")

    assert found("irregularities: [missing_talk], no_irregularities: [missing_review]") == ()
    assert "irregularity missing_review not found" in found("irregularities: [missing_review]")[0]
    assert "irregularities none, found" in found("irregularities: []")[0]
    assert found("no_irregularities: [missing_talk]") == ("on 2016-03-07: irregularity missing_talk found",)


def test_a_historic_case_may_be_corrected() -> None:
    old = """
    - {on: 2016-01-04, do: application_received}
    - {on: 2016-03-05, do: talk_held}
    - {on: 2016-04-01, do: corrected, act: 2, reason: a slip, replacement: {on: 2016-02-03, do: talk_held}}
"""
    before = differences(acts=old, mode="historic", expect="{on: 2016-03-31, irregularities: [talk_in_time]}")
    after = differences(acts=old, mode="historic", expect="{on: 2016-04-01, irregularities: []}")
    assert before == after == ()


def test_several_cases_of_a_file_stand_alone() -> None:
    one = f"- case: one\n  acts:{ACTIVIST}"
    two = "- case: two\n  acts: [{on: 2026-02-02, do: talk_held}]\n"

    assert [(result.case, result.ok) for result in run_cases(one + two, "trial.yaml")] == [
        ("one", True),
        ("two", False),
    ]


WINDOWS = [
    (
        "{start: 2026-09-28, days: 5, unit: working, last: 2026-10-09, next: 2026-10-10, provisional: false}",
        None,
    ),
    (
        "{start: 2026-09-28, days: 5, unit: working, last: 2026-10-08}",
        "row 1: last: expected 2026-10-08, found 2026-10-09",
    ),
    ('{start: 2026-05-15, days: 5, unit: working, time: "18:30", cutoff: "18:00", last: 2026-05-22}', None),
    ("{start: 2016-06-16, to: 2016-06-18, unit: working, count: 2}", None),
    ("{start: 2016-06-16, to: 2016-06-18, unit: calendar, count: 3}", None),
    ("{start: 2016-06-16, to: 2016-06-18, unit: working, count: 3}", "row 1: count: expected 3, found 2"),
]


@pytest.mark.parametrize(("row", "difference"), WINDOWS)
def test_windows_alone(row: str, difference: str | None) -> None:
    assert run(f"- case: windows\n  windows:\n    - {row}\n").differences == (
        (difference,) if difference else ()
    )


@pytest.mark.parametrize(
    ("row", "difference"),
    [
        ("{entitled: 10, present: 6, for: 5, abstain: 1, written_for: 1, outcome: passed}", None),
        ("{entitled: 10, present: 11, for: 5, outcome: inconsistent}", None),
        (
            "{entitled: 10, present: 5, for: 5, outcome: passed}",
            "row 1: outcome: expected passed, found void",
        ),
    ],
)
def test_votes_alone(row: str, difference: str | None) -> None:
    assert run(f"- case: votes\n  votes:\n    - {row}\n").differences == ((difference,) if difference else ())


@pytest.mark.parametrize(
    ("row", "difference"),
    [
        ("{required: {percent: 45, of: 9, is: 5}}", None),
        ("{required: {percent: 45, of: 9, is: 4}}", "row 1: is: expected 4, found 5"),
        ("{headcount: {staff: 50, activists: 3, admissions: 1}}", None),
        ("{headcount: {staff: 49, activists: 3}}", "row 1: activists: expected 3, found 1"),
        ("{reserve: {admissions: 9, min: 2, max: 3, from: 18, to: 27}}", None),
        ("{reserve: {admissions: 9, min: 2, max: 3, to: 28}}", "row 1: to: expected 28, found 27"),
    ],
)
def test_plans_alone(row: str, difference: str | None) -> None:
    assert run(f"- case: plans\n  plans:\n    - {row}\n").differences == ((difference,) if difference else ())


def public_files() -> list[Path]:
    return sorted(PUBLIC.glob("*.yaml"))


@pytest.mark.skipif(not public_files(), reason="needs the public cases beside the repository")
@pytest.mark.parametrize("path", public_files(), ids=lambda path: path.name)
def test_the_public_cases_pass(path: Path) -> None:
    results = run_cases(path.read_bytes(), path.name)

    assert results
    assert [(result.case, result.differences) for result in results if not result.ok] == []


@pytest.mark.parametrize("file", sorted(OWN.glob("*.yaml")), ids=lambda file: file.stem)
def test_our_own_cases_come_out_as_the_regulation_says(file: Path) -> None:
    results = run_cases(file.read_bytes(), file.name)

    assert results
    assert [(result.case, result.differences) for result in results if not result.ok] == []

"""One person in several files, papers that differ on a person, relatives among those who decide."""

from typing import Any

import pytest

from tests.workflows.builders import day
from tests.workflows.registers import BRANCH, COMMITTEE, a_summary, admitted, is_checked, seen
from workflows.scan.register import Identity, Seat, Summary
from workflows.words import render_finding

KINSHIP, IDENTITY = "kinship", "differing_identity"
KIN = {"p": frozenset({"uncle"}), "uncle": frozenset({"p"})}


def the_nephew(on: str = "2016-06-30", **given: Any) -> Summary:
    return admitted(on, person={"person": "p"}, **given)


def a_seat(
    unit: str = BRANCH, first: str = "2015-01-01", last: str | None = None, person: str = "uncle"
) -> Seat:
    return Seat(person=person, unit=unit, first=day(first), last=day(last) if last else None)


@pytest.mark.parametrize("unit", [BRANCH, COMMITTEE])
def test_a_relative_of_the_secretary_or_the_committee_among_the_admitted_is_found(unit: str) -> None:
    nephew = the_nephew()

    found = seen(KINSHIP, [nephew], kin=KIN, seats=(a_seat(unit),))

    assert [(one.dossier, one.finding.found) for one in found] == [(nephew.dossier, ("uncle",))]
    assert render_finding(found[0].finding, "zh", names={"uncle": "马志强"}).startswith(
        "第四十一条：本人的亲属马志强当时"
    )


def test_a_seat_in_another_branch_or_of_somebody_else_is_no_matter() -> None:
    assert seen(KINSHIP, [the_nephew()], kin=KIN, seats=(a_seat("b2"), a_seat(person="stranger"))) == []


@pytest.mark.parametrize(
    ("first", "last", "is_found"),
    [
        ("2016-06-29", None, True),
        ("2016-06-30", None, True),
        ("2016-07-01", None, False),
        ("2015-01-01", "2016-06-29", False),
        ("2015-01-01", "2016-06-30", True),
        ("2015-01-01", "2016-07-01", True),
    ],
)
def test_only_who_holds_the_seat_on_the_day_of_the_vote_counts(
    first: str, last: str | None, is_found: bool
) -> None:
    assert bool(seen(KINSHIP, [the_nephew()], kin=KIN, seats=(a_seat(first=first, last=last),))) is is_found


def test_a_sponsor_who_is_a_relative_is_found() -> None:
    found = seen(
        KINSHIP, [the_nephew(sponsors=("m1", "uncle")), admitted("2016-06-30", sponsors=("uncle",))], kin=KIN
    )

    assert [(one.finding.variant, one.finding.found) for one in found] == [("sponsor", ("uncle",))]


def test_where_no_kinship_is_known_nothing_is_found_and_the_scan_says_so() -> None:
    nephew = [the_nephew(sponsors=("uncle",))]

    assert seen(KINSHIP, nephew, seats=(a_seat(),)) == []
    assert not is_checked(KINSHIP, nephew)
    assert is_checked(KINSHIP, nephew, kin={})


def said(
    seen_on: str | None = None, *, digest: str = "x", paper: str = "application", **given: Any
) -> Summary:
    identity = Identity(digest=digest, paper=paper, seen_on=day(seen_on) if seen_on else None, **given)
    return a_summary(identities=(identity,))


@pytest.mark.parametrize(
    ("field", "values", "severity"),
    [
        ("name", ("张晓东", "张小东"), "medium"),
        ("native_place", ("河西县", "河东县"), "medium"),
        ("born", (day("1988-05-18"), day("1990-05-18")), "high"),
    ],
)
def test_what_differs_from_the_earliest_paper_is_found(
    field: str, values: tuple[Any, Any], severity: str
) -> None:
    later, earlier = said("2015-01-05", **{field: values[1]}), said("2014-06-10", **{field: values[0]})

    found = seen(IDENTITY, [later, earlier, said("2016-01-01", **{field: values[0]})])

    assert [(one.dossier, one.finding.found, one.finding.needed) for one in found] == [
        (later.dossier, values[1], values[0])
    ]
    assert found[0].finding.severity == severity


def test_a_difference_is_judged_by_the_edition_of_the_paper_that_shows_it() -> None:
    earlier = said("2014-06-10", name="张晓东")

    (found,) = seen(IDENTITY, [earlier, said("2026-06-10", name="张小东")])
    (undated,) = seen(IDENTITY, [earlier, said(name="张小东")])

    assert (found.finding.edition, undated.finding.edition) == ("2026", "2014")


def test_papers_of_different_numbers_may_differ() -> None:
    assert seen(IDENTITY, [said(name="张晓东"), said(name="张小东", digest="y")]) == []


def test_what_a_paper_does_not_say_does_not_differ() -> None:
    assert (
        seen(IDENTITY, [said("2014-06-10", name="张晓东"), said("2015-01-05", born=day("1990-05-18"))]) == []
    )


@pytest.mark.parametrize("other", ["张 晓东", "张\u3000晓东", "张晓东 "])
def test_spaces_make_no_other_name(other: str) -> None:
    assert seen(IDENTITY, [said("2014-06-10", name="张晓东"), said("2015-01-05", name=other)]) == []


@pytest.mark.parametrize(
    ("stages", "is_found"), [((True, True), True), ((True, False), False), ((False, False), False)]
)
def test_a_person_with_two_open_dossiers_is_found(stages: tuple[bool, bool], is_found: bool) -> None:
    dossiers = [a_summary(person="p", is_open=is_open) for is_open in stages]

    found = seen("one_open_dossier", [*dossiers, a_summary(person="q")])

    assert [one.dossier for one in found] == ([one.dossier for one in dossiers] if is_found else [])


def test_a_form_that_stands_in_two_dossiers_is_found_in_both() -> None:
    twins = [a_summary(form="A-0001"), a_summary(form="A-0001")]

    found = seen("form_number_unique", [*twins, a_summary(form="A-0002"), a_summary(), a_summary()])

    assert [(one.dossier, one.finding.found) for one in found] == [(one.dossier, "A-0001") for one in twins]
    assert {one.finding.severity for one in found} == {"high"}

"""Organizations: added, named anew, described, and closed only when they are empty."""

from datetime import date

import pytest

from recruit.commands.dossiers import OpenDossier, open_dossier
from recruit.commands.organization_changes import (
    DescribeOrganization,
    close_organization,
    describe_organization,
    rename_organization,
)
from recruit.commands.organizations import AddOrganization, add_organization
from recruit.commands.rolls import end_membership
from recruit.errors import BadInput, NotAllowed, NotFound
from recruit.queries.organization_tree import organization_tree, organization_view
from recruit.queries.organizations import places
from recruit.queries.rolls import roll_view
from tests.homes import ask
from tests.recruit.builders import Township, at, key, with_roll

CLOSED = date(2016, 3, 1)


def close(township: Township, place: str = "first") -> None:
    close_organization(township.context("organizer"), township.places[place], closed_on=CLOSED)


def ids(raised: pytest.ExceptionInfo[BadInput]) -> list[str]:
    return [problem.id for problem in raised.value.problems]


def test_the_tree_shows_each_below_the_one_above_it(township: Township) -> None:
    rows = organization_tree(township.context("system_admin"))

    assert [(row.depth, row.name) for row in rows] == [
        (0, "青河县"), (1, "青河镇党委"), (2, "一村党支部"), (2, "二村党支部"),
    ]  # fmt: skip
    assert organization_tree(township.context("organizer"))[0].name == "青河镇党委"
    assert organization_tree(township.context("secretary")) == ()


def test_a_new_name_keeps_the_old_one_and_is_known_at_once(township: Township) -> None:
    system, place = township.context("system_admin"), township.places["first"]

    rename_organization(system, place, name="新村党支部")

    view = organization_view(system, place)
    assert view.row.name == "新村党支部"
    assert [(one.name, one.until) for one in view.former] == [("一村党支部", date(2016, 3, 1))]
    with township.record.reading() as connection:
        line = township.record.laws.line(connection, view.row.path)
        assert (
            ask(connection, "SELECT count(*) FROM event WHERE \"do\" = 'organization_renamed'").scalar() == 1
        )
    assert line[-1].name == "新村党支部"


def test_two_neighbours_do_not_bear_one_name(township: Township) -> None:
    with pytest.raises(BadInput) as raised:
        rename_organization(township.context("system_admin"), township.places["first"], name="二村党支部")

    assert ids(raised) == ["taken"]


def test_nothing_is_set_up_below_a_branch_and_a_temporary_one_has_its_days(township: Township) -> None:
    system = township.context("system_admin")
    below = AddOrganization(name="演示", kind="branch", parent=township.places["first"])
    endless = AddOrganization(name="演示临时", kind="temporary", parent=township.places["committee"])

    for wanted, problem in ((below, "takes_none"), (endless, "temporary_needs_days")):
        with pytest.raises(BadInput) as raised:
            add_organization(system, wanted)
        assert ids(raised) == [problem]


def test_a_branch_with_an_open_dossier_is_not_closed_and_the_dossier_is_named(township: Township) -> None:
    dossier = township.open()

    with pytest.raises(BadInput) as raised:
        close(township)

    assert ids(raised) == ["dossiers_there"]
    view = organization_view(township.context("organizer"), township.places["first"])
    assert [one.dossier for one in view.waiting] == [dossier]


def test_a_branch_with_members_is_closed_once_they_are_off_its_roll(township: Township) -> None:
    with_roll(township, 1)
    with pytest.raises(BadInput) as raised:
        close(township)
    assert ids(raised) == ["members_there"]
    organizer = township.context("organizer")
    (row,) = roll_view(organizer, township.places["first"]).present

    end_membership(organizer, row.id, until=CLOSED)
    close(township)

    assert [place.name for place in places(organizer, kind="branch")] == ["二村党支部"]


def test_a_closed_branch_takes_nobody(township: Township) -> None:
    person = township.person()
    close(township)
    application = OpenDossier(branch=township.places["first"], person=person, on=date(2016, 2, 1), key=key())

    with pytest.raises(BadInput) as raised:
        open_dossier(township.context("secretary"), application)

    assert ids(raised) == ["closed_before"]


def test_a_committee_is_closed_after_its_branches(township: Township) -> None:
    system = township.context("system_admin")
    with pytest.raises(BadInput) as raised:
        close_organization(system, township.places["committee"], closed_on=CLOSED)
    assert ids(raised) == ["organizations_below"]

    for place in ("first", "second", "committee"):
        close_organization(system, township.places[place], closed_on=CLOSED)

    with pytest.raises(BadInput) as raised:
        close_organization(system, township.places["county"], closed_on=CLOSED)
    assert "topmost_stays" in ids(raised)


def test_what_is_described_is_kept_and_a_negative_staff_is_none(township: Township) -> None:
    organizer, place = township.context("organizer"), township.places["first"]
    with pytest.raises(BadInput):
        describe_organization(organizer, DescribeOrganization(organization=place, staff_count=-1))

    describe_organization(
        organizer,
        DescribeOrganization(organization=place, has_committee=False, staff_count=50, is_new_economic=True),
    )

    row = organization_view(organizer, place).row
    assert (row.has_committee, row.staff_count, row.is_new_economic) == (False, 50, True)


def test_who_only_reads_changes_nothing_and_a_stranger_finds_nothing(township: Township) -> None:
    with pytest.raises(NotAllowed):
        rename_organization(
            township.context("auditor", at("2016-03-01")), township.places["first"], name="演示"
        )
    with pytest.raises(NotFound):
        rename_organization(township.context("secretary"), township.places["second"], name="演示")

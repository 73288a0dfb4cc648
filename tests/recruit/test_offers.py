"""What forms and desks are made from: the year's plan, a branch's members, the organizations in reach."""

from datetime import date
from pathlib import Path

import pytest

from recruit.commands.plans import SetPlan, set_plan
from recruit.commands.rolls import AddMember, AddPenalty, add_member, add_penalty, end_membership
from recruit.errors import NotFound
from recruit.queries.members import member_names, members_of
from recruit.queries.organizations import branches_beside, is_founded, places
from recruit.queries.plans import plan_of
from recruit.record import Record
from tests.recruit.builders import Township, with_roll

DAY = date(2016, 3, 1)


def plan(township: Township, place: str, total: int, *, by: str = "organizer", year: int = 2016) -> None:
    change = SetPlan(committee=township.places[place], year=year, document={"total": total, "milestones": []})
    set_plan(township.context(by), change)


def test_the_newest_plan_of_the_nearest_committee_holds(township: Township) -> None:
    plan(township, "county", 90, by="county")
    for login in ("secretary", "organizer", "county"):
        assert plan_of(township.context(login), 2016)["total"] == 90
    plan(township, "committee", 9)
    plan(township, "committee", 8)

    assert [plan_of(township.context(login), 2016)["total"] for login in ("secretary", "organizer")] == [8, 8]
    assert plan_of(township.context("county"), 2016)["total"] == 90
    assert plan_of(township.context("secretary"), 2017) == {}


def test_who_reads_nothing_sees_no_plan(township: Township) -> None:
    plan(township, "committee", 9)

    assert plan_of(township.context("system_admin"), 2016) == {}


def test_members_are_those_on_the_roll_that_day_with_their_standing(township: Township) -> None:
    full, barred = with_roll(township, 2)
    left = township.person("演示离开")
    new = township.person("演示预备")
    organizer, branch = township.context("organizer"), township.places["first"]
    add_member(organizer, AddMember(person=new, branch=branch, since=date(2016, 2, 1)))
    add_penalty(organizer, AddPenalty(person=barred, kind="probation_within_party", on=date(2015, 1, 1)))
    stay = add_member(organizer, AddMember(person=left, branch=branch, since=date(2001, 7, 1)))
    end_membership(organizer, stay, until=DAY)

    found = {row.id: row for row in members_of(township.context("secretary"), branch, DAY)}

    assert found.keys() == {full, barred, new}
    assert (found[full].full_since, found[full].is_barred) == (date(2001, 7, 1), False)
    assert found[barred].is_barred
    assert (found[new].name, found[new].full_since) == ("演示预备", None)


def test_the_members_of_another_branch_are_not_found(township: Township) -> None:
    with pytest.raises(NotFound):
        members_of(township.context("neighbour"), township.places["first"], DAY)


def test_a_dossier_names_its_person_and_whom_its_acts_name(township: Township) -> None:
    members = with_roll(township, 2)
    dossier = township.open(person=township.person("演示申请人"))

    names = member_names(township.context("auditor"), dossier)

    assert set(members) <= names.keys()
    assert "演示申请人" in names.values()
    with pytest.raises(NotFound):
        member_names(township.context("neighbour"), dossier)


def test_places_are_those_within_reach(township: Township) -> None:
    def names(login: str, kind: str | None = None) -> list[str]:
        return [row.name for row in places(township.context(login), kind=kind)]

    assert names("secretary") == ["一村党支部"]
    assert names("organizer") == ["青河镇党委", "一村党支部", "二村党支部"]
    assert names("organizer", "branch") == ["一村党支部", "二村党支部"]
    assert names("system_admin") == []


def test_a_dossier_may_be_moved_to_the_other_branches_of_its_committee(township: Township) -> None:
    dossier = township.open()

    beside = branches_beside(township.context("secretary"), dossier)

    assert [row.name for row in beside] == ["二村党支部"]


def test_a_record_is_founded_once_it_has_an_organization(township: Township, tmp_path: Path) -> None:
    assert is_founded(township.record)
    with Record.create(tmp_path / "empty") as empty:
        assert not is_founded(empty)

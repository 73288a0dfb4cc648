"""Branch rolls: who may be entered, who has a vote, and what ends or moves a stay."""

from datetime import date

import pytest

from recruit.commands.enrolling import Enrol, MoveMember, Newcomer, confirm_full, enrol, move_member
from recruit.commands.rolls import AddPenalty, add_penalty, end_membership
from recruit.errors import BadInput, NotAllowed, NotFound
from recruit.queries.rolls import RollRow, roll_view
from tests.homes import ask
from tests.recruit.builders import Township, at, with_roll

BORN = date(1970, 5, 18)
TODAY = "2016-03-01"


def newcomer(name: str = "演示乙", **known: date | None) -> Newcomer:
    days: dict[str, date | None] = {"born": BORN, "since": date(2001, 7, 1), "full_since": date(2002, 7, 1)}
    days |= known
    assert days["born"] is not None
    assert days["since"] is not None
    return Newcomer(
        name=name, sex="female", born=days["born"], since=days["since"], full_since=days["full_since"]
    )


def entered(township: Township, *members: Newcomer, branch: str = "first") -> tuple[str, ...]:
    return enrol(
        township.context("secretary" if branch == "first" else "neighbour", at(TODAY)),
        Enrol(branch=township.places[branch], members=members),
    )


def rows(township: Township, login: str = "secretary", branch: str = "first") -> list[RollRow]:
    return list(roll_view(township.context(login, at(TODAY)), township.places[branch]).present)


def refused(raised: pytest.ExceptionInfo[BadInput]) -> list[str]:
    return [problem.id for problem in raised.value.problems]


def test_members_are_entered_together_and_stand_in_the_order_of_strokes(township: Township) -> None:
    entered(township, newcomer("王一"), newcomer("丁二"), newcomer("马三", full_since=None))

    found = rows(township)

    assert [row.name for row in found] == ["丁二", "马三", "王一"]
    assert [row.is_entitled(date(2016, 3, 1)) for row in found] == [True, False, True]


def test_what_is_wrong_with_one_line_keeps_all_of_them_off_the_roll(township: Township) -> None:
    with pytest.raises(BadInput) as raised:
        entered(township, newcomer("王一"), newcomer("丁二", since=date(2016, 3, 2)), newcomer("王一"))

    assert [(one.field, one.id) for one in raised.value.problems] == [
        ("members.0", "stands_twice"),
        ("members.1", "joined_later"),
        ("members.2", "stands_twice"),
    ]
    assert rows(township) == []


def test_pressing_twice_enters_nobody_twice(township: Township) -> None:
    entered(township, newcomer())

    with pytest.raises(BadInput) as raised:
        entered(township, newcomer())

    assert refused(raised) == ["on_this_roll"]
    assert len(rows(township)) == 1


def test_a_secretary_enters_nobody_elsewhere_and_a_member_of_the_committee_nowhere(
    township: Township,
) -> None:
    wanted = Enrol(branch=township.places["second"], members=(newcomer(),))
    with pytest.raises(NotFound):
        enrol(township.context("secretary", at(TODAY)), wanted)
    with pytest.raises(NotAllowed):
        enrol(township.context("member", at(TODAY)), wanted)
    with pytest.raises(NotFound):
        rows(township, "secretary", "second")


@pytest.mark.parametrize(
    ("day", "has_vote"),
    [("2016-01-31", True), ("2016-02-01", False), ("2018-01-31", False), ("2018-02-01", True)],
)
def test_probation_within_the_party_takes_the_vote_from_its_day_until_rights_are_restored(
    township: Township, day: str, has_vote: bool
) -> None:
    (person, *_others) = with_roll(township, 1)
    barred = AddPenalty(
        person=person, kind="probation_within_party", on=date(2016, 2, 1), until=date(2018, 2, 1)
    )
    add_penalty(township.context("secretary", at("2016-02-02")), barred)

    (row,) = roll_view(township.context("auditor", at(day)), township.places["first"]).present

    assert row.is_entitled(date.fromisoformat(day)) is has_vote


def test_a_penalty_is_on_record_and_of_a_known_kind(township: Township) -> None:
    (person,) = with_roll(township, 1)
    context = township.context("secretary", at(TODAY))
    with pytest.raises(BadInput):
        add_penalty(context, AddPenalty(person=person, kind="frown", on=date(2016, 2, 1)))
    with pytest.raises(BadInput):
        add_penalty(context, AddPenalty(person=person, kind="warning", on=date(2016, 3, 2)))

    add_penalty(context, AddPenalty(person=person, kind="warning", on=date(2016, 3, 1)))
    with pytest.raises(BadInput):
        add_penalty(context, AddPenalty(person=person, kind="warning", on=date(2016, 3, 1)))

    with township.record.reading() as connection:
        assert ask(connection, "SELECT count(*) FROM event WHERE \"do\" = 'penalty_added'").scalar() == 1


def test_a_move_ends_one_stay_and_begins_another_on_the_same_day(township: Township) -> None:
    (stay,) = entered(township, newcomer())
    move = MoveMember(membership=stay, to_branch=township.places["second"], on=date(2016, 2, 1))
    with pytest.raises(NotFound):
        move_member(township.context("secretary", at(TODAY)), move)

    move_member(township.context("organizer", at(TODAY)), move)

    view = roll_view(township.context("organizer", at(TODAY)), township.places["first"])
    (row,) = rows(township, "organizer", "second")
    assert view.present == ()
    assert [one.moved_to for one in view.former] == ["二村党支部"]
    assert (row.member.since, row.member.full_since, row.moved_from) == (
        date(2016, 2, 1), date(2002, 7, 1), "一村党支部",
    )  # fmt: skip


def test_who_has_a_running_dossier_moves_and_ends_by_the_dossier_alone(township: Township) -> None:
    (stay,) = entered(township, newcomer(full_since=None))
    (row,) = rows(township)
    dossier = township.open()
    with township.record.writing() as connection:
        ask(connection, "UPDATE dossier SET person = :person WHERE id = :id", person=row.person, id=dossier)
    organizer = township.context("organizer", at(TODAY))

    for act in (
        lambda: end_membership(organizer, stay, until=date(2016, 2, 1)),
        lambda: confirm_full(organizer, stay, full_since=date(2016, 2, 1)),
        lambda: move_member(
            organizer, MoveMember(membership=stay, to_branch=township.places["second"], on=date(2016, 2, 1))
        ),
    ):
        with pytest.raises(BadInput) as raised:
            act()
        assert refused(raised) == ["dossier_runs"]


@pytest.mark.parametrize(
    ("until", "problem"), [("2001-06-30", "days_reversed"), ("2016-03-02", "day_to_come")]
)
def test_a_stay_ends_within_its_days(township: Township, until: str, problem: str) -> None:
    (stay,) = entered(township, newcomer())
    secretary = township.context("secretary", at(TODAY))

    with pytest.raises(BadInput) as raised:
        end_membership(secretary, stay, until=date.fromisoformat(until))
    end_membership(secretary, stay, until=date(2016, 3, 1), why="died")

    assert refused(raised) == [problem]
    assert rows(township) == []

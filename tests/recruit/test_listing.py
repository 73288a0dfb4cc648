"""Lists of dossiers: page after page the whole order, whichever way the database walks."""

import pytest
from sqlalchemy import update

from recruit.commands.acts import record_act
from recruit.errors import BadInput
from recruit.log.rebuild import check_projections
from recruit.queries import listing
from recruit.queries.dossiers import dossiers
from recruit.tables import Dossier
from tests.recruit.builders import Township, at

NAMES = ("演示丁一", "演示王二", "演示马三", "演示赵四", "演示王五", "演示田六", "演示Ann")


@pytest.fixture
def listed(township: Township) -> Township:
    for number, name in enumerate(NAMES):
        branch = ("first", "second")[number % 2]
        township.open(person=township.person(name), branch=branch)
    return township


@pytest.fixture(params=[0, 5_000], ids=["walked", "sorted"])
def either_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "FEW", request.param)


@pytest.mark.usefixtures("either_way")
def test_pages_of_two_give_everybody_once_in_the_order_of_the_strokes(listed: Township) -> None:
    context = listed.context("organizer")
    whole = [row.name for row in dossiers(context).items]
    found: list[str] = []
    cursor = None
    while True:
        page = dossiers(context, cursor=cursor, limit=2)
        found += [row.name for row in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break

    assert found == whole
    assert sorted(found) == sorted(NAMES)


@pytest.mark.usefixtures("either_way")
def test_a_person_is_found_by_a_part_of_the_name_and_by_pinyin(listed: Township) -> None:
    def found(q: str) -> set[str]:
        return {row.name for row in dossiers(listed.context("organizer"), q=q).items}

    assert found("王") == found("wang") == {"演示王二", "演示王五"}
    assert found("ystl") == {"演示田六"}
    assert found("Ann") == {"演示Ann"}
    assert found("%") == found("1") == set()


@pytest.mark.usefixtures("either_way")
def test_people_are_found_by_their_branch_from_two_signs_on(listed: Township) -> None:
    def found(q: str) -> set[str]:
        return {row.name for row in dossiers(listed.context("organizer"), q=q).items}

    assert found("一村") == set(NAMES[0::2])
    assert found("村") == set()


@pytest.mark.usefixtures("either_way")
def test_a_list_is_narrowed_by_stage_phase_and_branch(listed: Township) -> None:
    context = listed.context("organizer")
    first = listed.places["first"]

    own = [row.name for row in dossiers(listed.context("secretary")).items]
    assert sorted(own) == sorted(NAMES[0::2])
    assert len(dossiers(context, stage="applicant", branch=first).items) == len(NAMES[0::2])
    assert len(dossiers(context, phase="application").items) == len(NAMES)
    assert dossiers(context, stage="vetting").items == ()
    assert dossiers(context, phase="vetting").items == ()


@pytest.mark.usefixtures("either_way")
def test_whoever_moves_is_listed_with_the_new_branch(listed: Township) -> None:
    moved = dossiers(listed.context("secretary")).items[0]
    context = listed.context("organizer", at("2016-03-01"))
    command = listed.command(moved.id, "transferred", "2016-03-01", to=listed.places["second"])
    record_act(context, command)

    assert moved.id not in {row.id for row in dossiers(listed.context("secretary")).items}
    assert moved.id in {row.id for row in dossiers(listed.context("neighbour")).items}
    assert check_projections(listed.record).differences == ()


def test_a_place_in_lists_that_is_not_the_persons_is_a_difference(listed: Township) -> None:
    with listed.record.writing() as connection:
        connection.execute(update(Dossier).values(listed="0000 演示"))

    assert all("place in lists" in one for one in check_projections(listed.record).differences)
    assert check_projections(listed.record).differences


def test_a_cursor_that_is_none_is_refused(listed: Township) -> None:
    for cursor in ("no cursor", "WzFd", ""):
        with pytest.raises(BadInput):
            dossiers(listed.context("organizer"), cursor=cursor)

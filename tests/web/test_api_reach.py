"""Each call for each user: what lies outside the own subtree is not there, what is sealed is in no answer."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from recruit.commands.grants import GrantRole, grant_role
from recruit.commands.organizations import AddOrganization, add_organization
from recruit.commands.sittings import OpenMeeting, open_meeting
from recruit.commands.users import NewUser, add_user, disable_user
from recruit.errors import Refused
from tests.web.program import Program, token_of
from tests.web.test_privacy import EIGHTEEN, SECRETS
from tests.web.township import PASSWORD, USERS, WRITTEN, Township, revealed, withdrawn
from web.api.operation import OPERATIONS

UNKNOWN = "01AAAAAAAAAAAAAAAAAAAAAAAA"
EVERYBODY = (*USERS, "sysadmin", "secadmin", "audadmin")
Reads = Callable[[str], list[str]]


@pytest.fixture
def neighbours(town: Township) -> Township:
    """A second township beside the first, with its own organizer: two roots of grants that never meet."""
    system, security = town.context("sysadmin"), town.context("secadmin")
    town.places["beside"] = add_organization(
        system, AddOrganization(name="白石镇党委", kind="township", parent=town.places["township"])
    )
    town.users["he"] = add_user(
        system, NewUser(login="he", name="何组织", password=PASSWORD), organization=town.places["beside"]
    )
    grant_role(
        security,
        GrantRole(
            user=town.users["he"],
            role="organizer",
            organization=town.places["beside"],
            from_on=date(2014, 1, 1),
        ),
    )
    return town


def paths(dossier: str) -> list[str]:
    return [f"/dossiers/{dossier}", f"/dossiers/{dossier}/acts", f"/log/proof/{dossier}/1"]


@pytest.mark.parametrize(
    ("login", "own", "sibling"),
    [("li", 200, 404), ("zhao", 404, 200), ("liu", 200, 200), ("wu", 200, 200), ("he", 404, 404),
     ("sysadmin", 404, 404), ("audadmin", 200, 200)],
)  # fmt: skip
def test_a_dossier_out_of_reach_is_not_found_whoever_asks(
    app: Flask, neighbours: Township, login: str, own: int, sibling: int
) -> None:
    program = Program(app, token_of(neighbours, login))
    for name, status in (("王秀兰", own), ("马国强", sibling)):
        found = [program.get(path).status_code for path in paths(neighbours.dossiers[name])[:2]]
        assert found == [status, status], name
    assert [program.get(path).status_code for path in paths(UNKNOWN)] == [404, 404, 404]
    names = {one["name"] for one in program.get("/dossiers").get_json()["items"]}
    assert names == {name for name, status in (("王秀兰", own), ("马国强", sibling)) if status == 200}
    due = {one["name"] for one in program.get("/deadlines").get_json()["items"]}
    assert due <= names


def bodies(town: Township, dossier: str) -> dict[str, dict[str, object]]:
    """A fitting request for each call that writes to that dossier, or to the township's own."""
    return {
        f"/dossiers/{dossier}/acts": {"do": "talk_held", "on": "2016-06-07", "seen_version": 1},
        "/notices": {
            "purpose": "target", "from": "2016-06-08", "to": "2016-06-14", "dossiers": [dossier],
        },
    }  # fmt: skip


@pytest.mark.parametrize(
    ("login", "name", "status"),
    [
        ("li", "马国强", 404), ("zhao", "王秀兰", 404), ("he", "马国强", 404), ("wu", "马国强", 403),
        ("wang", "马国强", 403), ("sysadmin", "马国强", 403), ("li", "nobody", 404), ("liu", "nobody", 404),
    ],
)  # fmt: skip
def test_nothing_is_written_outside_the_subtree_or_without_the_role(
    app: Flask, neighbours: Township, login: str, name: str, status: int
) -> None:
    program = Program(app, token_of(neighbours, login))
    before = len(Program(app, token_of(neighbours, "wu")).get("/dossiers").get_json()["items"])

    for path, body in bodies(neighbours, neighbours.dossiers.get(name, UNKNOWN)).items():
        assert program.post(path, body).status_code == status, path
    opened = {
        "branch": neighbours.places["north" if login == "li" else "willow"],
        "person": {"name": "演示"},
        "on": "2016-06-07",
    }
    if login != "liu":
        assert program.post("/dossiers", opened).status_code in {403, 404}
    for path in (f"/proposals/{UNKNOWN}/confirm", f"/notices/{UNKNOWN}/close"):
        assert program.post(path, {}).status_code in {403, 404}, path

    after = Program(app, token_of(neighbours, "wu"))
    assert len(after.get("/dossiers").get_json()["items"]) == before
    versions = {one["name"]: one["version"] for one in after.get("/dossiers").get_json()["items"]}
    assert versions == {"王秀兰": 6, "马国强": 1}


def test_a_meeting_of_somebody_else_is_not_found(app: Flask, neighbours: Township) -> None:
    meeting = open_meeting(
        neighbours.context("liu"),
        OpenMeeting(
            kind="committee", organization=neighbours.places["township"], on=date(2016, 6, 7),
            ballot="counts", key="held", present_count=2,
        ),
    )  # fmt: skip
    item = {"dossier": neighbours.dossiers["王秀兰"], "do": "preexamined", "for": 5}

    he, li = (Program(app, token_of(neighbours, login)) for login in ("he", "li"))

    assert he.post(f"/meetings/{meeting}/confirm").status_code == 404
    assert he.post(f"/meetings/{meeting}/items", item).status_code == 404
    assert li.post(f"/meetings/{meeting}/items", item).status_code == 404


def test_no_answer_shows_what_is_sealed_and_reading_is_no_revealing(app: Flask, town: Township) -> None:
    withdrawn(town)
    town.act("王秀兰", "objection_received", date(2016, 6, 6), "liu", purpose="letter", note=WRITTEN)
    with pytest.raises(Refused):
        town.act("王秀兰", "target_proposed", date(2016, 6, 6), members=5, present=5, for_=2, note=WRITTEN)
    listed = ["/dossiers", "/deadlines?status=met", "/deadlines", "/proposals", "/organizations"]
    of_dossiers = [path for one in town.dossiers.values() for path in paths(one)]
    asked = [*listed, *of_dossiers, *(f"{path}?attempts=true" for path in of_dossiers[1::3])]

    for login in EVERYBODY:
        program = Program(app, token_of(town, login))
        for path in asked:
            text = program.get(path).get_data(as_text=True)
            assert [secret for secret in SECRETS if secret in text] == [], (login, path)
            assert not EIGHTEEN.search(text), (login, path)
    assert revealed(town) == []


def test_every_call_that_is_served_is_described_and_says_whom_it_serves() -> None:
    assert {(one.method, one.path) for one in OPERATIONS if not one.whom} == set()
    assert len(OPERATIONS) == 16


def test_a_user_who_is_disabled_is_refused_at_once(app: Flask, town: Township) -> None:
    program = Program(app, token_of(town, "li"))
    assert program.get("/dossiers").status_code == 200

    disable_user(town.context("secadmin"), town.users["li"])

    assert program.get("/dossiers").status_code == 401


def test_a_grant_that_ends_takes_its_reach_with_it(app: Flask, town: Township) -> None:
    token = token_of(town, "liu")
    user = add_user(
        town.context("sysadmin"),
        NewUser(login="day", name="一天", password=PASSWORD),
        organization=town.places["township"],
    )
    one_day = date(2016, 6, 7)
    grant_role(
        town.context("secadmin"),
        GrantRole(
            user=user, role="organizer", organization=town.places["north"], from_on=one_day, to_on=one_day
        ),
    )
    program = Program(app, token_of(town, "day"))
    assert [one["name"] for one in program.get("/dossiers").get_json()["items"]] == ["马国强"]

    town.clock.move_to(town.clock.now().replace(day=8))

    assert program.get("/dossiers").get_json()["items"] == []
    assert len(Program(app, token).get("/dossiers").get_json()["items"]) == 2

"""Notices through the interface: one paper for several people, posted and closed; each is judged alone."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from flask import Flask

from recruit.commands.submissions import HandIn, hand_in
from recruit.queries.noticed import noticed
from recruit.queries.notices import HungNotice, notices
from tests.web.program import Program, token_of
from tests.web.township import Township

Programs = Callable[[str], Program]
SECOND = "演示丁"
POSTED = {
    "purpose": "target", "from": "2026-06-08", "to": "2026-06-12", "time": "09:00", "where": "演示公开栏",
}  # fmt: skip


@pytest.fixture
def program(app: Flask, town: Township) -> Programs:
    return lambda login: Program(app, token_of(town, login))


def morning(town: Township, day: str) -> None:
    town.clock.move_to(datetime.fromisoformat(f"{day}T01:00:00").replace(tzinfo=UTC))


def activist(program: Programs, town: Township) -> None:
    """A second activist of the branch, opened through the interface."""
    morning(town, "2025-01-02")
    new = {"name": SECOND, "born": "1990-01-01", "sex": "male"}
    sent = {"branch": town.places["willow"], "person": new, "on": "2025-01-02"}
    opened = program("li").post("/dossiers", sent).get_json()
    town.dossiers[SECOND], town.versions[SECOND] = opened["id"], opened["version"]
    town.act(SECOND, "talk_held", date(2025, 1, 10), talker="演示")
    town.act(SECOND, "recommended", date(2025, 2, 5), source="members")
    town.act(SECOND, "activist_decided", date(2025, 2, 10), members=5, present=5, for_=5)


def consented(program: Programs, town: Township, name: str) -> str:
    """Proposed by the branch and consented to by the committee; gives the dossier."""
    morning(town, "2026-06-05")
    for source in ("group", "contacts", "members", "masses"):
        town.act(name, "opinions_heard", date(2026, 6, 1), from_=source)
    proposed = town.act(name, "target_proposed", date(2026, 6, 2), members=5, present=5, for_=5)
    decision = {"do": "target_consented", "on": "2026-06-05", "members": 3, "present": 3, "for": 3}
    path = f"/dossiers/{town.dossiers[name]}/acts"
    waits = program("liu").post(path, {**decision, "seen_version": proposed.version})
    done = program("zhang").post(f"/proposals/{waits.get_json()['proposal']}/confirm")
    assert (waits.status_code, done.status_code) == (202, 201)
    return town.dossiers[name]


def hanging(town: Township) -> list[HungNotice]:
    return list(notices(town.context("liu")))


def test_a_notice_of_development_targets_is_posted_and_closed_on_the_day_after_its_last(
    app: Flask, program: Programs, town: Township
) -> None:
    dossier = consented(program, town, "王秀兰")
    morning(town, "2026-06-08")

    posted = program("li").post("/notices", {**POSTED, "dossiers": [dossier]}, key="posting")
    again = program("li").post("/notices", {**POSTED, "dossiers": [dossier]}, key="posting")

    assert (posted.status_code, again.get_json()) == (201, posted.get_json())
    (item,) = posted.get_json()["items"]
    assert (item["status"], item["recorded"]["stage"]) == (201, "target_publicity")
    (hung,) = hanging(town)
    assert (posted.get_json()["id"], posted.get_json()["notices"]) == (hung.id, [hung.id])
    assert "王秀兰" in app.test_client().get(f"/public/notices/{hung.code}").get_data(as_text=True)
    answers = {}
    for day in ("2026-06-12", "2026-06-13"):
        morning(town, day)
        answers[day] = program("li").post(
            f"/notices/{hung.id}/close", {"result": "没有意见"}, key=f"of-{day}"
        )
    early, closed = answers["2026-06-12"], answers["2026-06-13"]
    assert early.status_code == 422
    assert [one["rule"] for one in early.get_json()["findings"]] == ["publicity_ended"]
    assert early.get_json()["items"][0]["problem"]["findings"][0]["earliest"] == "2026-06-13"
    assert closed.status_code == 201
    assert [one["recorded"]["stage"] for one in closed.get_json()["items"]] == ["target_publicity"]
    assert hanging(town) == []
    last = program("li").get(f"/dossiers/{dossier}/acts").get_json()["items"][-1]
    assert (last["do"], last["on"], last["details"]["purpose"]) == ("notice_closed", "2026-06-13", "target")
    ready = {one["do"]: one["ready"] for one in program("li").get(f"/dossiers/{dossier}").get_json()["next"]}
    assert ready["target_listed"]


def test_an_opinion_holds_its_own_person_and_the_others_are_closed(program: Programs, town: Township) -> None:
    activist(program, town)
    held, free = consented(program, town, "王秀兰"), consented(program, town, SECOND)
    morning(town, "2026-06-08")
    posted = program("li").post("/notices", {**POSTED, "dossiers": [held, free], "places": ["home", "stay"]})
    papers = posted.get_json()["notices"]
    assert (posted.status_code, len(set(papers)), len(posted.get_json()["items"])) == (201, 2, 4)
    code = hanging(town)[0].code
    people = {one.dossier: one.token for one in noticed(town.record, code, on=date(2026, 6, 9)).people}
    opinion = HandIn(notice=code, text="演示", key="k" * 32, persons=(people[held],))
    hand_in(town.record, opinion, now=town.clock.now())
    morning(town, "2026-06-13")

    closed = program("li").post(f"/notices/{papers[0]}/close", {})

    found = {one["dossier"]: one for one in closed.get_json()["items"]}
    assert closed.status_code == 201
    assert (found[held]["status"], found[free]["status"]) == (422, 201)
    assert [one["rule"] for one in found[held]["problem"]["findings"]] == ["objections_concluded"]
    assert {one.dossier for notice in hanging(town) for one in notice.people} == {held}

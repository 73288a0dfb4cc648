"""The JSON interface: each answer of its table, and each way in which it refuses."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from recruit.commands import acts
from recruit.commands.checkpoints import keep_checkpoint
from recruit.errors import NotWritable
from recruit.log.merkle import is_included
from recruit.queries.history import history
from tests.web.conftest import CONFIG, Counter
from tests.web.meetings import examine
from tests.web.program import Program, token_of
from tests.web.township import Township
from web.app import create_app

Programs = Callable[[str], Program]


@pytest.fixture
def program(app: Flask, town: Township) -> Programs:
    return lambda login: Program(app, token_of(town, login))


@pytest.fixture
def dossier(town: Township) -> str:
    return town.dossiers["王秀兰"]


def review(town: Township, **more: object) -> dict[str, object]:
    return {"do": "review_recorded", "on": "2016-06-07", "seen_version": town.version("王秀兰"), **more}


def problem(answer: TestResponse, status: int, kind: str) -> dict[str, object]:
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json"), answer.text
    told: dict[str, object] = answer.get_json()
    assert told["status"] == status
    assert told["type"] == f"/api/v1/docs#{kind}"
    assert told["title"]
    assert told["detail"]
    assert "Set-Cookie" not in answer.headers
    return told


def test_an_application_opens_a_dossier_with_its_person(program: Programs, town: Township) -> None:
    new = {"name": "演示新", "born": "1990-01-01", "sex": "male"}

    answer = program("li").post(
        "/dossiers", {"branch": town.places["willow"], "person": new, "on": "2016-06-06"}
    )

    opened = answer.get_json()
    assert answer.status_code == 201
    assert (opened["stage"], opened["phase"], opened["version"]) == ("applicant", "application", 1)
    shown = program("li").get(f"/dossiers/{opened['id']}").get_json()
    assert (shown["person"]["name"], shown["branch"]) == ("演示新", town.places["willow"])
    assert [one["due"] for one in shown["deadlines"] if one["id"] == "talk"] == ["2016-07-06"]


def test_somebody_of_the_directory_is_named_by_the_id_and_a_second_dossier_is_refused(
    program: Programs, town: Township
) -> None:
    body = {"branch": town.places["willow"], "person": town.people["王秀兰"], "on": "2016-06-07"}

    told = problem(program("li").post("/dossiers", body), 422, "refused")

    assert "one_open_dossier" in [one["rule"] for one in told["findings"]]  # type: ignore[attr-defined]


def test_a_dossier_says_where_it_stands_and_what_comes_next(program: Programs, dossier: str) -> None:
    shown = program("li").get(f"/dossiers/{dossier}").get_json()

    assert (shown["id"], shown["stage"], shown["version"]) == (dossier, "activist", 6)
    proposing = next(one for one in shown["next"] if one["do"] == "target_proposed")
    assert (proposing["to"], proposing["ready"], proposing["earliest"]) == ("proposed", False, "2015-09-10")
    assert "opinions_heard" in [one["rule"] for one in proposing["findings"]]
    review = next(one for one in shown["deadlines"] if one["id"] == "review")
    assert (review["due"], review["status"]) == ("2015-03-10", "overdue")
    assert "6 months" in review["why"]
    assert (shown["probation"], shown["membership_from"]) == (None, None)


def test_dossiers_come_page_by_page_and_are_narrowed(program: Programs, town: Township) -> None:
    organizer = program("liu")

    first = organizer.get("/dossiers", limit=1).get_json()
    second = organizer.get("/dossiers", limit=1, cursor=first["next_cursor"]).get_json()

    assert [one["name"] for one in first["items"] + second["items"]] == ["马国强", "王秀兰"]
    assert second["next_cursor"] is None
    assert organizer.get("/dossiers", stage="activist").get_json()["items"][0]["name"] == "王秀兰"
    assert organizer.get("/dossiers", q="mgq").get_json()["items"][0]["name"] == "马国强"
    assert len(organizer.get("/dossiers", branch=town.places["north"]).get_json()["items"]) == 1


def test_an_act_is_recorded(program: Programs, town: Township, dossier: str) -> None:
    answer = program("li").post(f"/dossiers/{dossier}/acts", review(town, result="合格"))

    done = answer.get_json()
    assert answer.status_code == 201
    assert (done["seq"], done["version"], done["stage"]) == (7, 7, "activist")
    assert [one["rule"] for one in done["findings"]] == ["review_in_time"]
    last = program("wu").get(f"/dossiers/{dossier}/acts").get_json()["items"][-1]
    assert (last["hash"], last["do"], last["by"]) == (done["hash"], "review_recorded", "李建国")


def test_the_same_key_gives_the_first_answer_and_another_body_under_it_is_refused(
    program: Programs, town: Township, dossier: str
) -> None:
    li, path = program("li"), f"/dossiers/{dossier}/acts"
    first = li.post(path, review(town), key="once")

    again = li.post(path, review(town), key="once")

    assert (again.status_code, again.get_json()) == (201, first.get_json())
    problem(li.post(path, review(town, note="其他"), key="once"), 422, "refused")
    assert len(li.get(path).get_json()["items"]) == 7


def test_a_dry_run_gives_the_same_answer_and_writes_nothing(
    program: Programs, town: Township, dossier: str
) -> None:
    li, path = program("li"), f"/dossiers/{dossier}/acts"

    tried = li.post(path, review(town), dry_run=True).get_json()
    done = li.post(path, review(town)).get_json()

    assert {**tried, "hash": ""} == {**done, "hash": ""}
    assert tried["hash"] == ""
    refused = li.post(path, {"do": "target_proposed", "on": "2016-06-07", "seen_version": 7}, dry_run=True)
    problem(refused, 422, "refused")
    assert li.get(path, attempts="true").get_json()["items"][-1]["is_refused"] is False


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_the_page_refuses_the_interface_refuses_for_the_same_reasons(
    app: Flask, town: Township, dossier: str, secretary: Counter, language: str
) -> None:
    body = {
        "do": "target_proposed", "on": "2016-06-07", "seen_version": 6, "members": 5, "present": 5, "for": 2,
    }  # fmt: skip

    told = problem(
        Program(app, token_of(town, "li"), language).post(f"/dossiers/{dossier}/acts", body), 422, "refused"
    )

    on_page = secretary.act(
        f"/dossiers/{dossier}/acts/target_proposed", on="2016-06-07", members=5, present=5, for_=2
    )
    found = told["findings"]
    assert isinstance(found, list)
    assert on_page.status_code == 422
    assert {one["rule"] for one in found} >= {"opinions_heard", "decision_majority"}
    kept = [entry for entry in history(town.context("wu"), dossier) if entry.is_refused]
    assert [[one.rule for one in entry.findings] for entry in kept] == [[one["rule"] for one in found]] * 2
    if language == "zh":
        text = on_page.get_data(as_text=True)
        assert all(one["message"] in text for one in found)


def test_somebody_who_was_slower_is_told_the_present_version(
    program: Programs, town: Township, dossier: str
) -> None:
    told = problem(
        program("li").post(f"/dossiers/{dossier}/acts", {**review(town), "seen_version": 5}), 409, "stale"
    )

    assert told["version"] == 6


def test_the_history_is_read_as_of_a_day_and_as_known_then(program: Programs, dossier: str) -> None:
    wu, path = program("wu"), f"/dossiers/{dossier}/acts"

    before = wu.get(path, as_of="2014-09-09").get_json()
    known = wu.get(path, known_at="2014-06-28T11:59:59+08:00").get_json()

    assert [one["do"] for one in before["items"]] == ["application_received", "talk_held", "recommended"]
    assert before["stage"] == "applicant"
    assert [one["do"] for one in known["items"]] == ["application_received"]
    assert wu.get(path).get_json()["items"][1]["written"] == "sealed"


def a_decision_that_waits(program: Programs, dossier: str) -> str:
    """A correction of the branch's act, which the committee confirms."""
    body = {
        "do": "corrected", "on": "2016-06-07", "seen_version": 6, "act": 4, "reason": "日期写错",
        "replacement": {"do": "activist_decided", "on": "2014-09-11", "members": 5, "present": 5, "for": 5},
    }  # fmt: skip
    answer = program("liu").post(f"/dossiers/{dossier}/acts", body)
    assert answer.status_code == 202, answer.text
    return str(answer.get_json()["proposal"])


def test_what_needs_a_second_person_waits_and_is_confirmed_by_another(
    program: Programs, town: Township, dossier: str
) -> None:
    proposal = a_decision_that_waits(program, dossier)

    (waiting,) = program("zhang").get("/proposals").get_json()["items"]
    assert (waiting["id"], waiting["may_confirm"]) == (proposal, True)
    problem(program("liu").post(f"/proposals/{proposal}/confirm"), 403, "not_allowed")
    done = program("zhang").post(f"/proposals/{proposal}/confirm", key="mine")
    again = program("zhang").post(f"/proposals/{proposal}/confirm", key="mine")

    assert (done.status_code, done.get_json()["seq"]) == (201, 7)
    assert again.get_json() == done.get_json()
    problem(program("wang").post(f"/proposals/{proposal}/confirm"), 409, "stale")
    last = program("li").get(f"/dossiers/{dossier}/acts").get_json()["items"][-1]
    assert (last["confirmed_by"], last["replacement"]["on"]) == ("张书记", "2014-09-11")


def stage_of(program: Programs, dossier: str) -> str:
    return str(program("li").get(f"/dossiers/{dossier}").get_json()["stage"])


def a_meeting(program: Programs, town: Township, **more: object) -> TestResponse:
    body = {"kind": "committee", "organization": town.places["township"], "on": "2016-06-15", **more}
    return program("liu").post("/meetings", {"present_count": 2, **body}, key="held")


def test_a_meeting_is_held_decided_person_by_person_and_confirmed_by_another(
    program: Programs, town: Township, dossier: str
) -> None:
    examine(town)
    held = a_meeting(program, town, members_count=2)
    meeting = held.get_json()["id"]
    decision = {"dossier": dossier, "do": "preexamined", "for": 2}

    decided = program("liu").post(f"/meetings/{meeting}/items", decision)
    again = program("liu").post(f"/meetings/{meeting}/items", decision)
    barred = program("liu").post(
        f"/meetings/{meeting}/items", {**decision, "dossier": town.dossiers["马国强"]}
    )
    before = program("li").get(f"/dossiers/{dossier}").get_json()["stage"]
    confirmed = program("zhang").post(f"/meetings/{meeting}/confirm")

    assert (held.status_code, held.get_json()["has_quorum"], len(held.get_json()["seats"])) == (201, True, 2)
    assert a_meeting(program, town, members_count=2).get_json()["id"] == meeting
    assert (decided.status_code, again.get_json()) == (201, decided.get_json())
    assert decided.get_json()["items"][0]["decision"]["outcome"] == "passed"
    assert barred.status_code == 422
    assert before == "vetting"
    (settled,) = confirmed.get_json()["items"]
    assert (confirmed.status_code, confirmed.get_json()["state"], settled["state"]) == (
        201, "confirmed", "recorded",
    )  # fmt: skip
    last = program("li").get(f"/dossiers/{dossier}/acts").get_json()["items"][-1]
    assert (last["do"], last["by"], last["confirmed_by"]) == ("preexamined", "刘敏", "张书记")
    assert last["details"]["passed"] is True
    assert program("zhang").post(f"/meetings/{meeting}/confirm").get_json() == confirmed.get_json()
    problem(
        program("liu").post(f"/meetings/{meeting}/items", {**decision, "for": 1, "against": 1}), 409, "stale"
    )


def test_whoever_recorded_a_committees_meeting_hands_it_over_and_does_not_confirm_it(
    program: Programs, town: Township, dossier: str
) -> None:
    examine(town)
    meeting = a_meeting(program, town).get_json()["id"]
    program("liu").post(f"/meetings/{meeting}/items", {"dossier": dossier, "do": "preexamined", "for": 2})

    own = [program("liu").post(f"/meetings/{meeting}/confirm") for _ in range(2)]

    assert [(one.status_code, one.get_json()["state"]) for one in own] == [(202, "handed")] * 2
    assert stage_of(program, dossier) == "vetting"
    assert program("zhang").post(f"/meetings/{meeting}/confirm").status_code == 201
    assert stage_of(program, dossier) == "approval"


def test_nobody_is_decided_on_in_one_go_or_by_counts_that_contradict_each_other(
    program: Programs, town: Township, dossier: str
) -> None:
    examine(town)
    liu, meeting = program("liu"), a_meeting(program, town).get_json()["id"]
    one = {"dossier": dossier, "do": "preexamined"}
    other = {"dossier": town.dossiers["马国强"], "do": "preexamined"}
    path = f"/meetings/{meeting}/items"

    for together in ([one, other], {**one, "dossiers": [dossier], "for": 2}, one, [{**one, "for": 2}, other]):
        problem(liu.post(path, together), 422, "refused")
    problem(liu.post(path, {**one, "for": 3}), 400, "bad_input")
    several = liu.post(path, [{**one, "for": 2}, {**other, "for": 2}]).get_json()["items"]

    assert [one["status"] for one in several] == [201, 422]


def test_members_who_are_absent_are_named_and_the_numbers_must_say_the_same(
    program: Programs, town: Township
) -> None:
    examine(town)

    wrong = a_meeting(program, town, present_count=1)
    few = a_meeting(program, town, present_count=1, absent=["张书记"])

    problem(wrong, 400, "bad_input")
    assert (few.status_code, few.get_json()["has_quorum"]) == (201, False)
    assert [one["is_present"] for one in few.get_json()["seats"]].count(True) == 1


def test_a_general_meeting_is_confirmed_by_its_branch(program: Programs, town: Township) -> None:
    li, branch = program("li"), town.places["willow"]
    held = li.post(
        "/meetings",
        {"kind": "general_meeting", "organization": branch, "on": "2016-06-07", "present_count": 4,
         "entitled_count": 5},
    )  # fmt: skip
    path = f"/meetings/{held.get_json()['id']}"
    body = {"dossier": town.dossiers["王秀兰"], "do": "meeting_voted", "purpose": "admission"}

    refused = li.post(f"{path}/items", {**body, "for": 4, "issued": 4, "returned": 4})

    assert held.get_json()["whole"] == 5
    problem(refused, 422, "refused")
    problem(li.post(f"{path}/confirm"), 400, "bad_input")


def test_a_dry_run_says_that_a_second_person_is_needed(program: Programs, dossier: str) -> None:
    body = {"do": "corrected", "on": "2016-06-07", "seen_version": 6, "act": 4, "reason": "日期写错"}

    answer = program("liu").post(f"/dossiers/{dossier}/acts", body, dry_run=True)

    assert (answer.status_code, answer.get_json()["proposal"]) == (202, None)
    assert program("zhang").get("/proposals").get_json()["items"] == []


def test_an_override_is_a_reason_and_waits_for_somebody_superior(
    program: Programs, town: Township, dossier: str
) -> None:
    body = review(town, override={"reason": "镇党委同意"})

    answer = program("li").post(f"/dossiers/{dossier}/acts", body)

    assert answer.status_code == 202
    assert program("zhang").get("/proposals").get_json()["items"][0]["has_override"] is True


def test_deadlines_across_the_reach_come_by_their_day(program: Programs, town: Township) -> None:
    liu = program("liu")

    overdue = liu.get("/deadlines", status="overdue").get_json()["items"]
    first = liu.get("/deadlines", limit=1).get_json()
    second = liu.get("/deadlines", limit=1, cursor=first["next_cursor"]).get_json()

    assert [(one["name"], one["id"]) for one in overdue] == [("王秀兰", "review"), ("马国强", "talk")]
    assert [one["id"] for one in first["items"] + second["items"]] == ["review", "talk"]
    assert liu.get("/deadlines", due_before="2016-06-03").get_json()["items"] == overdue[:1]
    assert len(liu.get("/deadlines", branch=town.places["north"]).get_json()["items"]) == 1
    assert liu.get("/deadlines", status="met").get_json()["items"][0]["status"] == "met"


def test_a_proof_leads_to_the_signed_checkpoint(program: Programs, town: Township, dossier: str) -> None:
    problem(program("li").get("/log/checkpoint"), 404, "not_found")
    keep_checkpoint(town.record, now=town.clock.now())

    signed = program("li").get("/log/checkpoint").get_json()
    proof = program("li").get(f"/log/proof/{dossier}/3").get_json()

    assert proof["checkpoint"] == signed
    assert signed["note"].split("\n")[1] == str(signed["size"])
    path = [bytes.fromhex(one) for one in proof["path"]]
    leaf, root = bytes.fromhex(proof["leaf"]), bytes.fromhex(signed["root"])
    assert is_included(leaf, proof["index"], signed["size"], path, root)
    problem(program("li").get(f"/log/proof/{dossier}/99"), 404, "not_found")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"do": "review_recorded", "on": "2016-06-07"}, "seen_version"),
        ({"do": "review_recorded", "on": "7 June", "seen_version": 6}, "on"),
        ({"do": "review_recorded", "on": "2016-06-07", "seen_version": "6"}, "seen_version"),
        ({"do": "review_recorded", "on": "2016-06-07", "seen_version": 6, "sex": "male"}, "sex"),
        ({"do": "review_recorded", "on": "2016-06-07", "seen_version": 6, "members": 3}, "members"),
        ({"do": "no_such_act", "on": "2016-06-07", "seen_version": 6}, "do"),
        ({"do": "contacts_assigned", "on": "2016-06-07", "seen_version": 6, "contacts": "all"}, "contacts"),
        ([], "body"),
    ],
)
def test_a_body_that_cannot_be_used_names_each_field(
    program: Programs, dossier: str, body: object, field: str
) -> None:
    told = problem(program("li").post(f"/dossiers/{dossier}/acts", body), 400, "bad_input")

    assert [one["field"] for one in told["problems"]] == [field]  # type: ignore[attr-defined]


def test_a_request_that_is_no_json_a_key_that_is_missing_and_a_query_that_is_unknown(
    program: Programs, dossier: str
) -> None:
    li, path = program("li"), f"/api/v1/dossiers/{dossier}/acts"
    body = '{"do": "talk_held", "on": "2016-06-07", "seen_version": 6}'

    problem(li.client.post(path, data=body, headers=li.headers), 415, "not_json")
    for sent in ("{", '{"do": "\\u0000"}', "[" * 100_000, '{"do": "\\ud800"}', "NaN", b"\xff"):
        answer = li.client.post(
            path, data=sent, headers={**li.headers, "Idempotency-Key": "x"}, content_type="application/json"
        )
        problem(answer, 400, "bad_input")
    keyless = li.client.post(path, data=body, headers=li.headers, content_type="application/json")
    assert "Idempotency-Key" in str(problem(keyless, 400, "bad_input")["problems"])
    for query in ("?nothing=1", "?limit=1&limit=2", "?limit=0", "?limit=201", "?cursor=x", "?stage=%00"):
        problem(li.client.get(f"/api/v1/dossiers{query}", headers=li.headers), 400, "bad_input")
    problem(li.client.get("/api/v1/dossiers/%00", headers=li.headers), 404, "not_found")


def test_too_large_a_body_and_a_method_that_is_not_served(program: Programs, dossier: str) -> None:
    li = program("li")

    large = li.post(f"/dossiers/{dossier}/acts", {"note": "x" * (CONFIG.form_bytes + 1)})
    other = li.client.delete(f"/api/v1/dossiers/{dossier}", headers=li.headers)

    problem(large, 413, "too_large")
    problem(other, 405, "wrong_method")
    assert "GET" in other.headers["Allow"]
    problem(li.get("/nowhere"), 404, "not_found")


def test_without_a_token_nothing_is_answered_and_a_cookie_is_none(
    app: Flask, secretary: Counter, town: Township, dossier: str
) -> None:
    for headers in ({}, {"Authorization": "Bearer nonsense"}, {"Authorization": "Basic bGk6eA=="}):
        answer = secretary.client.get(f"/api/v1/dossiers/{dossier}", headers=headers)
        problem(answer, 401, "no_token")
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    posted = secretary.client.post(f"/api/v1/dossiers/{dossier}/acts", json=review(town))
    problem(posted, 401, "no_token")
    on_a_page = app.test_client().get("/", headers={"Authorization": f"Bearer {token_of(town, 'li')}"})
    assert on_a_page.status_code == 302


def test_no_other_site_is_let_in_and_no_cookie_is_set(program: Programs) -> None:
    li = program("li")

    preflight = li.client.options(
        "/api/v1/dossiers",
        headers={"Origin": "https://other.example", "Access-Control-Request-Method": "POST"},
    )
    answer = li.client.get("/api/v1/dossiers", headers={**li.headers, "Origin": "https://other.example"})

    for one in (preflight, answer):
        assert [name for name, _ in one.headers if name.startswith("Access-Control")] == []
        assert "Set-Cookie" not in one.headers
    assert answer.headers["Cache-Control"] == "no-store"


def test_more_requests_than_the_pace_allows_are_told_to_wait(town: Township) -> None:
    app = create_app(town.record, town.clock, config=CONFIG.model_copy(update={"api_per_minute": 3}))
    li, other = Program(app, token_of(town, "li")), Program(app, token_of(town, "zhao"))

    statuses = [li.get("/organizations").status_code for _ in range(3)]
    slower = li.get("/organizations")

    assert statuses == [200, 200, 200]
    problem(slower, 429, "too_many")
    assert slower.headers["Retry-After"] == "60"
    assert other.get("/organizations").status_code == 200
    town.clock.move_to(town.clock.now().replace(minute=1))
    assert li.get("/organizations").status_code == 200


def test_a_disk_that_refuses_is_a_503_and_what_fails_inside_a_500_without_a_word_of_it(
    program: Programs, town: Township, dossier: str, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    li = program("li")

    def full(*_: object, **__: object) -> None:
        raise NotWritable(path="x", detail="full")

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("secret inside")

    monkeypatch.setattr(acts, "judge_act", full)
    busy = li.post(f"/dossiers/{dossier}/acts", review(town))
    monkeypatch.setattr(acts, "judge_act", broken)
    failed = li.post(f"/dossiers/{dossier}/acts", review(town))

    problem(busy, 503, "unavailable")
    assert busy.headers["Retry-After"] == "10"
    assert "inside" not in str(problem(failed, 500, "failed"))
    logged = "".join(capsys.readouterr())
    assert "request failed" in logged
    assert li.headers["Authorization"].split()[1] not in logged


def test_what_is_said_comes_in_the_language_that_is_asked_for(app: Flask, town: Township) -> None:
    secret = token_of(town, "li")

    said = {
        asked: Program(app, secret, asked).get("/nowhere").get_json()["title"]
        for asked in ("zh-CN,zh;q=0.9,en;q=0.8", "en-GB", "fr")
    }

    assert list(said.values()) == ["没有找到", "Not found", "没有找到"]


def test_an_act_of_the_future_or_of_long_ago_is_no_failure(program: Programs, dossier: str) -> None:
    for on in ("1900-01-01", "2199-12-31", date.max.isoformat(), "0001-01-01"):
        body = {"do": "review_recorded", "on": on, "seen_version": 6}
        tried = program("li").post(f"/dossiers/{dossier}/acts", body, dry_run=True)
        assert tried.status_code in {201, 400, 422}, on

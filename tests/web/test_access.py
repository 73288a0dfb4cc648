"""Closed by default: every endpoint says whom it serves."""

import pytest
from flask import Flask

from tests.web.conftest import Counter
from tests.web.township import Township
from web.access import PUBLIC, reach_of


def test_every_endpoint_declares_its_reach(app: Flask) -> None:
    undeclared = [rule.endpoint for rule in app.url_map.iter_rules() if not reach_of(app, rule.endpoint)]

    assert undeclared == []


def test_an_endpoint_without_a_reach_serves_nobody(app: Flask, town: Township) -> None:
    app.add_url_rule("/forgotten", "forgotten", lambda: "open")
    counter = Counter(app)
    counter.log_in("zhang")

    assert counter.get("/forgotten").status_code == 403


def test_only_the_door_is_public(app: Flask) -> None:
    public = {rule.endpoint for rule in app.url_map.iter_rules() if PUBLIC in reach_of(app, rule.endpoint)}

    assert public == {
        "static", "auth.login", "auth.log_in", "auth.switch", "health.alive", "health.ready", "setup.page",
        "setup.found", "feeds.calendar", "public.index", "public.notice",
        "public.form", "public.send", "public.receipts", "public.receipt",
        "own.page", "own.enter", "own.close",
        "auth.code", "auth.enter_code", "first.page", "first.choose",
    }  # fmt: skip


def test_a_stranger_is_sent_to_the_log_in_page_and_back(stranger: Counter) -> None:
    answer = stranger.get("/dossiers?q=wxl")

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/login?next=/dossiers?q%3Dwxl"


def test_another_branch_is_not_found_rather_than_forbidden(secretary: Counter, town: Township) -> None:
    other = town.dossiers["马国强"]

    for page in (f"/dossiers/{other}", f"/dossiers/{other}/history", f"/dossiers/{other}/acts/talk_held"):
        assert secretary.get(page).status_code == 404, page
    assert secretary.get("/dossiers/01AAAAAAAAAAAAAAAAAAAAAAAA").status_code == 404


def test_an_auditor_reads_and_records_nothing(auditor: Counter, town: Township) -> None:
    dossier = town.dossiers["王秀兰"]

    assert auditor.get(f"/dossiers/{dossier}/history").status_code == 200
    refused = auditor.get(f"/dossiers/{dossier}/acts/talk_held")

    assert refused.status_code == 403
    assert "您的职责不包括这件事" in refused.get_data(as_text=True)


@pytest.mark.parametrize("path", ["/nowhere", "/dossiers/x/acts/no_such_act", "/%00"])
def test_what_is_not_there_is_a_page_with_a_number(secretary: Counter, path: str) -> None:
    answer = secretary.get(path)

    assert answer.status_code in {400, 404}
    assert 'class="num"' in answer.get_data(as_text=True)


def test_every_posting_route_asks_for_the_token(app: Flask, secretary: Counter) -> None:
    for rule in app.url_map.iter_rules():
        if "POST" in (rule.methods or set()) and not rule.rule.startswith("/api/"):  # those take no cookie
            path = app.url_map.bind("localhost").build(rule.endpoint, dict.fromkeys(rule.arguments, 1))
            assert secretary.client.post(path, data={}).status_code == 400, path

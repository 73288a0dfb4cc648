"""The figures for a collector: who may read them, and that they are the record's own."""

from datetime import timedelta

import pytest
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr

from notifications.heartbeat import beat
from recruit.commands.checkpoints import keep_checkpoint
from tests.web.conftest import CONFIG, Counter
from tests.web.program import token_of
from tests.web.township import Township
from web.app import create_app

Figures = dict[tuple[str, tuple[tuple[str, str], ...]], float]


def scraped(app: Flask, secret: str) -> Figures:
    answer = app.test_client().get("/metrics", headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == 200
    assert answer.content_type.startswith("text/plain; version=0.0.4")
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(answer.get_data(as_text=True))
        for sample in family.samples
    }


def test_the_figures_are_those_of_the_record(app: Flask, town: Township) -> None:
    now = town.clock.now()
    keep_checkpoint(town.record, now=now)
    beat(town.record, "sweep", now - timedelta(seconds=40), node="n", done=1)

    found = scraped(app, token_of(town, "wu"))

    assert found["recruit_acts_total", ()] == 7
    assert found["recruit_deadlines_overdue", ()] == 2
    assert found["recruit_dossiers", (("stage", "activist"),)] == 1
    assert found["recruit_outbox_messages", (("state", "dead"),)] == 0
    assert found["recruit_heartbeat_age_seconds", (("tick", "sweep"),)] == 40
    assert found["recruit_heartbeat_missing", (("tick", "sweep"),)] == 0
    assert found["recruit_heartbeat_missing", (("tick", "outbox"),)] == 1
    assert found["recruit_sweep_failures", (("tick", "sweep"),)] == 0
    assert found["recruit_oldest_unwitnessed_age_seconds", ()] > timedelta(days=800).total_seconds()
    assert found["recruit_guards_missing", ()] == 0


def test_requests_are_counted_by_their_route_and_never_by_an_id(app: Flask, secretary: Counter) -> None:
    del secretary
    client = app.test_client()
    for path in ("/dossiers/01AAAAAAAAAAAAAAAAAAAAAAAA", "/dossiers/x", "/nowhere", "/elsewhere"):
        client.get(path)

    assert "recruit_http" not in client.get("/metrics").get_data(as_text=True)
    app = create_app_with_token(app)
    app.test_client().get("/dossiers/x")
    app.test_client().get("/nowhere")
    found = scraped(app, "for the collector")

    labels = (("method", "GET"), ("route", "/dossiers/<dossier>"), ("status", "302"))
    assert found["recruit_http_requests_total", labels] == 1
    assert found["recruit_http_request_seconds_count", (("method", "GET"), ("route", "none"))] == 1
    assert not [name for name in found if "01AAAA" in str(name)]


def create_app_with_token(app: Flask) -> Flask:
    served = app.extensions["recruit_counter"]
    config = CONFIG.model_copy(update={"metrics_token": SecretStr("for the collector")})
    return create_app(served.record, served.clock, config=config)


@pytest.mark.parametrize(
    ("login", "status"),
    [("wu", 200), ("sysadmin", 200), ("secadmin", 200), ("audadmin", 200), ("li", 403), ("liu", 403)],
)
def test_only_who_watches_reads_the_figures(app: Flask, town: Township, login: str, status: int) -> None:
    headers = {"Authorization": f"Bearer {token_of(town, login)}"}

    assert app.test_client().get("/metrics", headers=headers).status_code == status


def test_without_a_token_or_with_an_empty_one_no_figure_is_told(app: Flask, auditor: Counter) -> None:
    assert auditor.get("/metrics").status_code == 401
    for shown in ("Bearer", "Bearer ", "Bearer nonsense"):
        answer = app.test_client().get("/metrics", headers={"Authorization": shown})
        assert (answer.status_code, answer.content_type) == (401, "application/problem+json")


def test_the_token_of_the_collector_opens_the_figures_alone(app: Flask) -> None:
    client = create_app_with_token(app).test_client()
    headers = {"Authorization": "Bearer for the collector"}

    assert client.get("/metrics", headers=headers).status_code == 200
    assert client.get("/api/v1/dossiers", headers=headers).status_code == 401

"""Alive and ready are two questions."""

from flask import Flask

from notifications.heartbeat import beat
from tests.web.conftest import Counter
from tests.web.township import Township
from web.setup.token import new_token


def test_the_process_is_alive_without_a_log_in(stranger: Counter) -> None:
    assert stranger.get("/healthz").get_json() == {"ok": True}


def test_it_is_ready_once_the_clock_has_ticked(stranger: Counter, town: Township) -> None:
    assert stranger.get("/readyz").status_code == 503

    beat(town.record, "sweep", town.clock.now(), node="test", done=0)

    answer = stranger.get("/readyz")
    assert answer.status_code == 200
    assert answer.get_json()["checks"] == {"database": True, "guards": True, "heartbeat": True}


def test_a_setup_link_opens_once_and_only_with_its_token(
    app: Flask, stranger: Counter, town: Township
) -> None:
    token = new_token(town.record, town.clock.now())

    assert stranger.get(f"/setup/{token}").status_code == 200
    assert stranger.get(f"/setup/{token}x").status_code == 404

    new_token(town.record, town.clock.now())
    assert stranger.get(f"/setup/{token}").status_code == 404


def test_a_record_that_is_founded_is_not_founded_again(stranger: Counter, town: Township) -> None:
    token = new_token(town.record, town.clock.now())
    users = {
        f"{role}.{name}": f"{role}-{name}-long-enough"
        for role in ("system_admin", "security_admin", "audit_admin")
        for name in ("login", "name", "password")
    }

    answer = stranger.post(f"/setup/{token}", {"name": "县委", "kind": "county", **users})

    assert answer.status_code == 403

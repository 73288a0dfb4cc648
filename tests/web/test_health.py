"""Alive and ready are two questions."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from notifications.heartbeat import INTERVALS, beat
from recruit.commands.checkpoints import keep_checkpoint
from tests.web.conftest import Counter
from tests.web.township import Township
from web.setup.token import new_token


def ticked(town: Township, *, but: str = "") -> None:
    for tick in INTERVALS:
        if tick != but:
            beat(town.record, tick, town.clock.now(), node="test", done=0)


def test_the_process_is_alive_without_a_log_in(stranger: Counter, town: Township) -> None:
    ticked(town)
    keep_checkpoint(town.record, now=town.clock.now())

    answer = stranger.get("/healthz")

    assert (answer.status_code, answer.get_json()) == (200, {"ok": True, "missing": [], "warnings": []})


@pytest.mark.parametrize("tick", INTERVALS)
def test_a_clock_of_which_three_runs_are_missing_is_red_and_named(
    stranger: Counter, town: Township, tick: str
) -> None:
    ticked(town)
    town.clock.move_to(town.clock.now() + 3 * INTERVALS[tick])
    ticked(town, but=tick)
    before = stranger.get("/healthz")

    town.clock.move_to(town.clock.now() + timedelta(seconds=1))

    answer = stranger.get("/healthz")
    assert (before.status_code, before.get_json()["missing"]) == (200, [])
    assert (answer.status_code, answer.get_json()["missing"]) == (503, [tick])


def test_a_clock_that_never_ran_is_red(stranger: Counter) -> None:
    answer = stranger.get("/healthz")

    assert answer.status_code == 503
    assert answer.get_json()["missing"] == list(INTERVALS)


@pytest.mark.parametrize(
    ("tick", "minutes", "says"),
    [
        ("sweep", 12, "提醒停了 12 分钟，正在补发。办事不受影响。"),
        ("log", 12, "时钟的一部分（日志签名）停了 12 分钟。办事不受影响。"),
        ("housekeeping", 200, "时钟的一部分（清理）停了 200 分钟。办事不受影响。"),
    ],
)
def test_whoever_logs_in_sees_which_part_of_the_clock_stopped(
    stranger: Counter, town: Township, tick: str, minutes: int, says: str
) -> None:
    ticked(town)
    town.clock.move_to(town.clock.now() + timedelta(minutes=minutes))
    ticked(town, but=tick)

    stranger.log_in("li")

    page = stranger.text("/")
    assert says in page
    assert page.count("停了") == 1


def test_it_is_ready_once_the_clock_has_ticked(stranger: Counter, town: Township) -> None:
    assert stranger.get("/readyz").status_code == 503

    beat(town.record, "sweep", town.clock.now(), node="test", done=0)
    keep_checkpoint(town.record, now=town.clock.now())

    answer = stranger.get("/readyz")
    assert answer.status_code == 200
    assert set(answer.get_json()["checks"]) == {"database", "guards", "heartbeat", "checkpoint"}
    assert all(answer.get_json()["checks"].values())


@pytest.mark.parametrize(("seconds", "warnings"), [(59, []), (60, []), (61, ["checkpoint"])])
def test_an_act_that_is_not_signed_within_a_minute_is_warned_of(
    stranger: Counter, town: Township, seconds: int, warnings: list[str]
) -> None:
    keep_checkpoint(town.record, now=town.clock.now())
    town.act("马国强", "talk_held", date(2016, 6, 7), "zhao")
    town.clock.move_to(datetime(2016, 6, 7, 4, tzinfo=UTC) + timedelta(seconds=seconds))
    beat(town.record, "sweep", town.clock.now(), node="test", done=0)

    assert stranger.get("/healthz").get_json()["warnings"] == warnings
    assert stranger.get("/readyz").get_json()["checks"]["checkpoint"] == (warnings == [])


def test_whoever_watches_the_log_sees_on_every_page_that_it_is_not_signed(
    stranger: Counter, town: Township
) -> None:
    beat(town.record, "sweep", town.clock.now(), node="test", done=0)
    stranger.log_in("wu")
    assert "没有签名" in stranger.text("/")

    keep_checkpoint(town.record, now=town.clock.now())

    assert "没有签名" not in stranger.text("/")


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

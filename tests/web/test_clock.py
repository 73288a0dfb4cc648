"""The page of the clock: for those who watch, with nothing about anybody."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection

from notifications.batches import in_batches
from notifications.heartbeat import INTERVALS, beat, beat_jump
from recruit.clock import MovedClock
from tests.web.conftest import Counter
from tests.web.township import Township
from web.clocks.page import MOST

NOVEMBER = datetime(2025, 11, 14, 4, tzinfo=UTC)


@pytest.mark.parametrize("login", ["wu", "sysadmin", "secadmin", "audadmin"])
def test_auditors_and_administrators_find_it_in_their_menu(stranger: Counter, login: str) -> None:
    stranger.log_in(login)

    assert 'href="/clock"' in stranger.text("/")
    assert stranger.get("/clock").status_code == 200


@pytest.mark.parametrize("login", ["li", "liu", "zhang", "wang"])
def test_nobody_else_sees_it(stranger: Counter, login: str) -> None:
    stranger.log_in(login)

    assert 'href="/clock"' not in stranger.text("/")
    assert stranger.get("/clock").status_code == 403


def test_it_tells_each_last_run_and_what_never_ran(auditor: Counter, town: Township) -> None:
    beat(town.record, "sweep", town.clock.now(), node="machine/1/ab12", done=4)

    page = auditor.text("/clock")

    assert "machine/1/ab12" in page
    assert page.count("在走") == 1
    assert page.count("没有走过") == len(INTERVALS) - 1


def test_it_tells_gaps_and_jumps_of_thirty_days_the_newest_first(auditor: Counter, town: Township) -> None:
    now = town.clock.now()
    for days, jump in ((31, 5), (30, -2), (1, 30)):
        beat_jump(town.record, now - timedelta(days=days), node="demo", jump=timedelta(days=jump))
    beat(town.record, "sweep", now - timedelta(minutes=12), node="demo", done=0)
    beat(town.record, "sweep", now, node="demo", done=0)

    page = auditor.text("/clock")

    places = [page.index(says) for says in ("停了 12 分钟", "拨快了 30 天", "拨慢了 2 天")]
    assert places == sorted(places)
    assert "5 天" not in page


def test_it_lists_a_hundred_silences_and_says_how_many_there_were(auditor: Counter, town: Township) -> None:
    for minute in range(MOST + 1):
        at = town.clock.now() - timedelta(minutes=minute)
        beat_jump(town.record, at, node="demo", jump=timedelta(days=3))

    page = auditor.text("/clock")

    assert page.count("拨快了") == MOST
    assert f"共 {MOST + 1} 条，只列最近 {MOST} 条。" in page


def test_it_names_what_is_set_aside_by_ids_alone(auditor: Counter, town: Township) -> None:
    def fetch(connection: Connection, last: str | None) -> list[str]:
        del connection
        return [f"{town.dossiers['王秀兰']}/talk"] if last is None else []

    def fail(connection: Connection, item: str) -> int:
        raise ValueError("王秀兰", connection, item)

    in_batches(town.record, fetch, fail, name=str, tick="sweep", now=town.clock.now())

    page = auditor.text("/clock")

    assert f"{town.dossiers['王秀兰']}/talk" in page
    assert "ValueError" in page
    assert "王秀兰" not in page


@pytest.mark.parametrize(
    ("day", "says"),
    [
        (NOVEMBER, ["2025 年放假安排已有"]),
        (NOVEMBER.replace(year=2026), ["2026 年放假安排已有"]),
        (NOVEMBER.replace(year=2026, day=15), ["2026 年放假安排已有", "2027 年放假安排还没有录入"]),
    ],
)
def test_it_says_from_15_november_on_that_the_next_year_is_missing(
    stranger: Counter, town: Township, day: datetime, says: list[str]
) -> None:
    assert isinstance(town.clock, MovedClock)
    town.clock.move_to(day)
    stranger.log_in("wu")

    page = stranger.text("/clock")

    assert [one for one in says if one not in page] == []
    assert page.count("年放假安排") == len(says)

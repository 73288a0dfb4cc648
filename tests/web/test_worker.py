"""`recruit worker` as a process, and which clock ticks where."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from notifications.guarding import GuardWatch
from notifications.scaled import ScaledClock
from notifications.ticker import TICKS, Ticker
from recruit.clock import SystemClock
from recruit.errors import NoScheduler
from recruit.record import Record
from tests.homes import Home
from tests.notifications.waiting import beats, wait_for
from tests.postgres import Server
from tests.recruit.builders import make_township
from tests.recruit.conftest import postgres
from web.cli import main
from web.cli.clockwork import SCHEDULER, clock_of_pages, clock_of_worker

__all__ = ["postgres"]

COMMAND = [sys.executable, "-c", "from web.cli import main; main()"]
PATIENCE = 60.0


@pytest.fixture(params=["sqlite", "postgres"])
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Home:
    url = None
    if request.param == "postgres":
        running: Server = request.getfixturevalue("postgres")
        url = running.url(running.make())
    made = Home(tmp_path / "data", url=url)
    make_township(made)
    if url is not None:
        upgraded = run(made, "upgrade", "--without-backup")
        assert upgraded.exit_code == 0, upgraded.stderr
    return made


def run(home: Home, *arguments: str, scheduler: str | None = None) -> Result:
    environment = {"RECRUIT_DATABASE_URL": home.url, SCHEDULER: scheduler, "LANG": "en_US.UTF-8"}
    return CliRunner().invoke(main, ["--data", str(home.folder), *arguments], env=environment)


def test_it_ticks_alone_and_ends_cleanly(home: Home, tmp_path: Path) -> None:
    log, environment = tmp_path / "log", {"RECRUIT_DATABASE_URL": home.url} if home.url else {}
    with (
        log.open("w") as lines,
        subprocess.Popen(
            [*COMMAND, "--data", str(home.folder), "worker"], stdout=lines, stderr=lines, env=environment
        ) as process,
    ):
        try:
            with home.open(write=False) as record:
                wait_for(lambda: set(TICKS) <= set(beats(record)), log.read_text(), patience=PATIENCE)
            second = run(home, "worker") if home.url is None else None
            process.send_signal(signal.SIGTERM)
            code = process.wait(PATIENCE)
        finally:
            process.kill()

    assert code == 0
    assert log.read_text() == f"clock: {'embedded' if home.url is None else 'procrastinate'}\n"
    if second is not None:
        assert second.exit_code == 2
        assert "Another process" in second.stderr


@pytest.mark.parametrize(
    ("named", "of_pages", "of_worker"),
    [
        (None, (Ticker, GuardWatch), (Ticker, ScaledClock)),
        ("embedded", (Ticker, Ticker), (Ticker, Ticker)),
        ("procrastinate", (None, GuardWatch), (None, ScaledClock)),
        ("celery", (None, None), (None, None)),
    ],
)
def test_the_clock_is_chosen_by_name_else_by_the_database(
    home: Home,
    monkeypatch: pytest.MonkeyPatch,
    named: str | None,
    of_pages: tuple[type | None, ...],
    of_worker: tuple[type | None, ...],
) -> None:
    monkeypatch.delenv(SCHEDULER, raising=False)
    if named is not None:
        monkeypatch.setenv(SCHEDULER, named)
    which = 0 if home.url is None else 1
    with home.open() as record:
        for choose, wanted in ((clock_of_pages, of_pages[which]), (clock_of_worker, of_worker[which])):
            if wanted is None:
                with pytest.raises(NoScheduler):
                    choose(record, SystemClock())
            else:
                assert type(choose(record, SystemClock())) is wanted


def test_a_clock_that_does_not_exist_is_one_line(home: Home) -> None:
    for command in ("worker", "serve"):
        refused = run(home, command, scheduler="celery")

        assert refused.exit_code == 2
        assert refused.stderr.splitlines() == [
            "RECRUIT_SCHEDULER cannot be celery: SQLite takes embedded, PostgreSQL procrastinate or embedded."
        ]


def test_a_worker_without_its_queue_says_what_makes_it(postgres: Server, tmp_path: Path) -> None:
    home = Home(tmp_path / "data", url=postgres.url(postgres.make()))
    Record.create(home.folder, url=home.url).close()

    refused = run(home, "worker")

    assert refused.exit_code == 2
    assert "recruit upgrade" in refused.stderr

"""The command line where the environment names a PostgreSQL: founded, verified, dumped, restored."""

import json
import shutil
from pathlib import Path
from threading import Event, Thread

import pytest
from click.testing import CliRunner, Result

from recruit.commands.checkpoints import keep_checkpoint
from recruit.errors import NoDatabase
from recruit.log.verify import verify
from tests.homes import Home
from tests.postgres import Server
from tests.recruit.builders import Township, at, make_township, reopened
from tests.recruit.conftest import postgres
from web.cli import main

__all__ = ["postgres"]


def run(home: Home, *arguments: str) -> Result:
    environment = {"RECRUIT_DATABASE_URL": home.url, "LANG": "en_US.UTF-8"}
    return CliRunner().invoke(main, ["--data", str(home.folder), *arguments], env=environment)


@pytest.fixture
def home(postgres: Server, tmp_path: Path) -> Home:
    return Home(tmp_path / "data", url=postgres.url(postgres.make()))


def recorded(home: Home) -> Township:
    with home.open() as record:
        township = reopened(record)
        dossier = township.open(on="2016-01-05")
        township.act(dossier, "talk_held", "2016-01-20", note="演示")
        keep_checkpoint(record, now=at("2016-01-20"))
    return township


def test_init_makes_the_tables_there_and_the_keys_here(home: Home) -> None:
    made = run(home, "init")

    assert made.exit_code == 0, made.stderr
    assert "/setup/" in made.stdout
    assert not (home.folder / "recruit.db").exists()
    assert (home.folder / "keys" / "master.key").exists()


def test_the_log_is_verified_exported_and_rebuilt_there(home: Home, tmp_path: Path) -> None:
    make_township(home)
    recorded(home)

    verified = run(home, "audit", "verify", "--json")
    rebuilt = run(home, "audit", "rebuild", "--check")
    exported = run(home, "audit", "export", "-o", str(tmp_path / "log.zip"))
    checkpoint = run(home, "audit", "checkpoint", "-o", str(tmp_path / "checkpoint.txt"))
    offline = run(home, "audit", "verify", str(tmp_path / "log.zip"), "--json")

    assert [one.exit_code for one in (verified, rebuilt, exported, checkpoint, offline)] == [0] * 5
    assert json.loads(verified.stdout)["acts"] == 2
    assert json.loads(offline.stdout)["acts"] == 2


def test_doctor_says_that_the_role_that_serves_owns_the_tables(home: Home) -> None:
    make_township(home)

    checks = {one["id"]: one for one in json.loads(run(home, "doctor", "--json").stdout)["checks"]}

    assert "sqlite" not in checks
    assert "RECRUIT_DATABASE_OWNER_URL" in checks["postgres"]["message"]


@pytest.mark.parametrize("command", [["backup", "-o", "x"], ["restore", "x"], ["upgrade", "--backup", "x"]])
def test_what_only_the_embedded_database_has_says_what_to_use_instead(home: Home, command: list[str]) -> None:
    refused = run(home, *command)

    assert refused.exit_code == 2
    assert "pg_" in refused.stderr


def test_upgrade_goes_on_where_a_dump_was_taken(home: Home) -> None:
    make_township(home)

    assert run(home, "upgrade", "--without-backup").exit_code == 0


def test_an_owner_without_a_database_changes_nothing_on_the_server(home: Home) -> None:
    environment = {"RECRUIT_DATABASE_OWNER_URL": home.url, "RECRUIT_DATABASE_URL": None}

    made = CliRunner().invoke(main, ["--data", str(home.folder), "init"], env=environment)

    assert made.exit_code == 0, made.stderr
    assert (home.folder / "recruit.db").exists()
    with pytest.raises(NoDatabase):
        home.open()


def test_no_server_is_one_line_and_no_password(home: Home) -> None:
    silent = Home(home.folder, url="postgresql://serving:geheim@127.0.0.1:1/none")

    refused = run(silent, "init")

    assert refused.exit_code == 2
    assert len(refused.stderr.splitlines()) == 1
    assert "geheim" not in refused.stderr


def test_a_dump_taken_while_the_record_is_written_to_restores_whole_with_its_guards(
    home: Home, postgres: Server, tmp_path: Path
) -> None:
    make_township(home)
    dossier, stop = _dossier(home), Event()
    assert home.url is not None
    begun = Event()
    writing = Thread(target=_write, args=(home, dossier, begun, stop))
    writing.start()
    assert begun.wait(60)
    try:
        dump = postgres.call("pg_dump", "-Fc", home.url)
    finally:
        stop.set()
        writing.join()
    name = postgres.make()

    postgres.call("pg_restore", "--exit-on-error", "-d", postgres.url(name), given=dump)

    restored = Home(shutil.copytree(home.folder, tmp_path / "restored"), url=postgres.url(name))
    with restored.open() as record:  # the guards stand, or it would not open to write
        keep_checkpoint(record, now=at("2016-03-01"))
        verified = verify(record)
        assert verified.problems == ()
        assert verified.acts > 1


def _dossier(home: Home) -> str:
    with home.open() as record:
        return reopened(record).open(on="2016-01-05")


def _write(home: Home, dossier: str, begun: Event, stop: Event) -> None:
    with home.open() as record:
        township = reopened(record)
        while not stop.is_set():
            township.act(dossier, "talk_held", "2016-01-20", note="演示")
            begun.set()

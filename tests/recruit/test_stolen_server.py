"""A stolen PostgreSQL, its write-ahead log or its dump holds nothing that is sealed (P20)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from recruit.commands.checkpoints import keep_checkpoint
from tests.homes import Home, ask
from tests.postgres import Server, server
from tests.recruit.builders import Township, at, make_township
from tests.recruit.test_secrets import found_in, planted


@pytest.fixture
def database() -> str:
    """Every test of this module is about PostgreSQL."""
    return "postgres"


@pytest.fixture
def lone() -> Iterator[Server]:
    """A server of its own: the one of the session holds what all the other tests have written."""
    with server() as running:
        yield running


@pytest.fixture
def home(lone: Server, tmp_path: Path) -> Home:
    made = Home(tmp_path / "data", url=lone.url(lone.make()))
    make_township(made)
    return made


@pytest.mark.parametrize("people", [10, pytest.param(100, marks=pytest.mark.slow)])
def test_none_of_the_planted_secrets_lies_in_the_servers_files_or_in_a_dump(
    township: Township, home: Home, lone: Server, people: int
) -> None:
    secrets = planted(township, people).texts
    keep_checkpoint(township.record, now=at("2016-03-04"))
    lone.run("CHECKPOINT")
    assert home.url is not None

    others = other_databases(township)
    places = {
        str(path.relative_to(lone.folder)): path.read_bytes()
        for path in sorted((lone.folder / "data").rglob("*"))
        if path.is_file() and path.parent not in {lone.folder / "data" / "base" / oid for oid in others}
    }
    places["log"] = (lone.folder / "log").read_bytes()
    places["dump"] = lone.call("pg_dump", home.url)

    assert len(secrets) == 10 * people
    assert "演示金丝雀".encode() in places["dump"]
    assert any(name.startswith("data/pg_wal/") for name in places)
    assert {name: found for name, raw in places.items() if (found := found_in(raw, secrets))} == {}


def other_databases(township: Township) -> list[str]:
    """The folders of what the server brings with it: nothing of ours was ever written there."""
    with township.record.reading() as connection:
        wanted = "SELECT oid FROM pg_database WHERE datname <> current_database()"
        return [str(oid) for oid in ask(connection, wanted).scalars()]

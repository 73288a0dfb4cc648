"""A stolen PostgreSQL, its write-ahead log or its dump holds nothing that is sealed (P20)."""

import pytest

from recruit.commands.checkpoints import keep_checkpoint
from tests.homes import Home
from tests.postgres import Server
from tests.recruit.builders import Township, at
from tests.recruit.test_secrets import found_in, planted


@pytest.fixture
def database() -> str:
    """Every test of this module is about PostgreSQL."""
    return "postgres"


@pytest.mark.parametrize("people", [10, pytest.param(100, marks=pytest.mark.slow)])
def test_none_of_the_planted_secrets_lies_in_the_servers_files_or_in_a_dump(
    township: Township, home: Home, postgres: Server, people: int
) -> None:
    secrets = planted(township, people).texts
    keep_checkpoint(township.record, now=at("2016-03-04"))
    postgres.run("CHECKPOINT")
    assert home.url is not None

    places = {
        str(path.relative_to(postgres.folder)): path.read_bytes()
        for path in sorted((postgres.folder / "data").rglob("*"))
        if path.is_file()
    }
    places["log"] = (postgres.folder / "log").read_bytes()
    places["dump"] = postgres.call("pg_dump", home.url)

    assert len(secrets) == 10 * people
    assert "演示金丝雀".encode() in places["dump"]
    assert any(name.startswith("data/pg_wal/") for name in places)
    assert {name: found for name, raw in places.items() if (found := found_in(raw, secrets))} == {}

"""One township founded per session and database, copied for each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.homes import Home
from tests.postgres import Server, server
from tests.recruit.builders import Township, make_township, reopened


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("founded") / "data"
    make_township(Home(folder))
    return folder


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    with server() as running:
        yield running


@pytest.fixture(scope="session")
def founded_on_postgres(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("founded") / "data", url=postgres.url(postgres.make()))
    make_township(home)
    return home


@pytest.fixture
def home(database: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Home]:
    """A copy of the township, on SQLite or on PostgreSQL as the test is run."""
    if database == "sqlite":
        yield Home(shutil.copytree(request.getfixturevalue("founded"), tmp_path / "data"))
        return
    original: Home = request.getfixturevalue("founded_on_postgres")
    running: Server = request.getfixturevalue("postgres")
    name = running.make(like=original.name)
    yield Home(shutil.copytree(original.folder, tmp_path / "data"), url=running.url(name))
    running.drop(name)


@pytest.fixture
def folder(home: Home) -> Path:
    """For tests of the embedded database alone: whoever asks for it is not run on PostgreSQL."""
    return home.folder


@pytest.fixture
def township(home: Home) -> Iterator[Township]:
    with home.open() as record:
        yield reopened(record)

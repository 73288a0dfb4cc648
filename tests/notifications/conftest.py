"""The township of the record's tests, a copy for each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from recruit.record import Record
from tests.recruit.builders import Township, make_township, reopened


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("founded") / "data"
    make_township(folder)
    return folder


@pytest.fixture
def folder(founded: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(founded, tmp_path / "data"))


@pytest.fixture
def township(folder: Path) -> Iterator[Township]:
    with Record.open(folder) as record:
        yield reopened(record)

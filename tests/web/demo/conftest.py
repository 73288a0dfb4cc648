"""The demonstration, run once for all tests of this room."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from recruit.commands.sessions import actor_of_login
from recruit.context import Context
from recruit.queries.dossiers import DossierView, dossier_view, dossiers
from recruit.queries.history import Entry, history
from recruit.record import Record
from web.cli import main
from workflows.acts import SHANGHAI

PASSWORD = "a password for tests"
NEW_YEAR = datetime(2017, 1, 1, 9, 0, tzinfo=SHANGHAI)


@dataclass(slots=True)
class Reading:
    """A record of the demonstration as its auditor reads it."""

    record: Record
    now: datetime = NEW_YEAR
    context: Context = field(init=False)

    def __post_init__(self) -> None:
        self.context = self.as_user("wushenji")

    def as_user(self, login: str) -> Context:
        actor = actor_of_login(self.record, login, now=self.now)
        assert actor is not None, login
        return Context(record=self.record, actor=actor, now=self.now)

    def dossier(self, name: str) -> DossierView:
        return dossier_view(self.context, self._id(name))

    def history(self, name: str) -> tuple[Entry, ...]:
        return history(self.context, self._id(name))

    def refusals(self, name: str, do: str) -> list[Entry]:
        return [entry for entry in self.history(name) if entry.is_refused and entry.do == do]

    def acts(self, name: str, do: str) -> list[Entry]:
        return [entry for entry in self.history(name) if not entry.is_refused and entry.do == do]

    def everything(self) -> Iterator[Entry]:
        for row in self.rows():
            yield from history(self.context, row)

    def rows(self) -> list[str]:
        return [row.id for row in dossiers(self.context, limit=200).items]

    def _id(self, name: str) -> str:
        (row,) = (row for row in dossiers(self.context, q=name).items if row.name == name)
        return row.id


@dataclass(frozen=True, slots=True)
class Demo:
    folder: Path
    result: Result
    story: str

    @property
    def counts(self) -> dict[str, Any]:
        read: dict[str, Any] = json.loads(self.result.stdout)
        return read

    @contextmanager
    def reading(self, name: str, now: datetime = NEW_YEAR) -> Iterator[Reading]:
        with Record.open(self.folder / "demo" / name, write=False) as record:
            yield Reading(record, now)


def run_demo(data: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["--data", str(data), "demo", *arguments])


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """`recruit demo --no-serve --json`, and the story that it would have printed."""
    folder, story = tmp_path_factory.mktemp("demo"), list[str]()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("web.demo.run._silent", story.append)
        patch.setattr("web.demo.run._password", lambda: PASSWORD)
        result = run_demo(folder, "--no-serve", "--json")
    assert result.exit_code == 0, result.output + repr(result.exception)
    return Demo(folder, result, "\n".join(story))


@pytest.fixture(scope="session")
def year(demo: Demo) -> Iterator[Reading]:
    with demo.reading("year") as reading:
        yield reading


@pytest.fixture(scope="session")
def june(demo: Demo) -> Iterator[Reading]:
    with demo.reading(
        "june", datetime(2016, 6, 17, 8, 30, tzinfo=SHANGHAI) + timedelta(minutes=1)
    ) as reading:
        yield reading


@pytest.fixture
def copied(demo: Demo, tmp_path: Path) -> Path:
    """A data folder of an earlier run, to be spoilt."""
    return Path(shutil.copytree(demo.folder, tmp_path / "data"))

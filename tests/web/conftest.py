"""A township at the counter, copied for each test, and browsers that have logged in."""

import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache
from playwright.sync_api import Browser, sync_playwright
from werkzeug.test import TestResponse

from recruit.clock import MovedClock
from recruit.record import Record
from tests.web.served import served
from tests.web.township import JUNE, PASSWORD, Township, build
from web.app import create_app
from web.config import Config

_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
CONFIG = Config(help_name="镇组织办小刘", help_phone="0900-555 0123", demo=True)


class Counter:
    """A browser at the counter, for tests."""

    def __init__(self, app: Flask) -> None:
        self.client: FlaskClient = app.test_client()

    def get(self, path: str, **extra: object) -> TestResponse:
        return self.client.get(path, **extra)

    def text(self, path: str) -> str:
        answer = self.get(path)
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        return answer.get_data(as_text=True)

    def post(self, path: str, data: Mapping[str, object], *, page: str | None = None) -> TestResponse:
        """Send a form with the token of the page that it stands on."""
        token = _TOKEN.search(self.get(page or path).get_data(as_text=True))
        return self.client.post(path, data={"csrf_token": token.group(1) if token else "", **data})

    def form(self, path: str) -> dict[str, str]:
        """The hidden entries of a form as it is rendered."""
        return dict(_HIDDEN.findall(self.text(path)))

    def hidden(self, answer: TestResponse) -> dict[str, str]:
        """The hidden entries of a form that was answered."""
        return dict(_HIDDEN.findall(answer.get_data(as_text=True)))

    def send(self, path: str, entries: Mapping[str, object]) -> TestResponse:
        return self.client.post(path, data=entries)

    def hrefs(self, page: str, beginning: str) -> list[str]:
        """The addresses of a page's forms that begin so."""
        return [found for found in re.findall(r'action="([^"]+)"', page) if found.startswith(beginning)]

    def act(self, path: str, **entries: object) -> TestResponse:
        """Fill in the form of an act as it is rendered, and send it; where it is shown once more, confirm."""
        hidden = self.form(path)
        given = {name.rstrip("_"): value for name, value in entries.items()}
        return self.send_looked_at(path, {**hidden, **given})

    def send_looked_at(self, path: str, entries: Mapping[str, object]) -> TestResponse:
        """Send a form, and press the last button of the page that shows it once more."""
        answer = self.send(path, entries)
        is_shown = 'name="step" value="send"' in answer.get_data(as_text=True) and "switch" not in entries
        return self.send(path, {**entries, "step": "send"}) if is_shown else answer

    def log_in(self, login: str, password: str = PASSWORD) -> TestResponse:
        return self.post("/login", {"account": login, "password": password})


class Compiled(BytecodeCache):
    """Templates are compiled once a run, not once a test."""

    kept: ClassVar[dict[str, bytes]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Township:
    town = build(tmp_path_factory.mktemp("built") / "data")
    town.record.close()
    return town


@pytest.fixture
def town(built: Township, tmp_path: Path) -> Iterator[Township]:
    folder = tmp_path / "data"
    shutil.copytree(built.record.folder, folder)
    with Record.open(folder, write=True) as record:
        yield replace(built, record=record, clock=MovedClock(start=JUNE), versions=dict(built.versions))


@pytest.fixture
def app(town: Township) -> Flask:
    app = create_app(town.record, town.clock, config=CONFIG)
    app.jinja_env.bytecode_cache = Compiled()
    return app


@pytest.fixture
def stranger(app: Flask) -> Counter:
    """Nobody has logged in yet."""
    return Counter(app)


def _logged_in(app: Flask, login: str) -> Counter:
    counter = Counter(app)
    assert counter.log_in(login).status_code == 302
    return counter


@pytest.fixture
def secretary(app: Flask) -> Counter:
    """李建国 of the willow branch."""
    return _logged_in(app, "li")


@pytest.fixture
def organizer(app: Flask) -> Counter:
    return _logged_in(app, "liu")


@pytest.fixture
def auditor(app: Flask) -> Counter:
    return _logged_in(app, "wu")


@pytest.fixture
def head(app: Flask) -> Counter:
    """张书记, the committee's secretary."""
    return _logged_in(app, "zhang")


@pytest.fixture(scope="module")
def browser(chromium: Path) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Where the application of the test answers a real browser."""
    with served(app) as address:
        yield address

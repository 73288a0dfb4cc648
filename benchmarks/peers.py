"""Peers: seven guarded, durable steps of one process on other engines and as `record_act`, in the same run.

uv run python -m benchmarks.peers [--database URL] [--rounds N]

Makes an environment for each peer in a temporary folder, from the package index. SQLite with WAL and
`synchronous=FULL` everywhere, one commit a step. `--database`: an empty PostgreSQL database where the peers
make their tables; ours stays on SQLite until it is handed a database as well.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date
from pathlib import Path
from typing import IO

from benchmarks.record_act import Floor
from benchmarks.rounds import load, measure
from recruit.commands.acts import RecordAct, record_act
from recruit.commands.dossiers import OpenDossier, open_dossier
from recruit.context import Context
from recruit.record import Record
from tests.homes import Home
from tests.recruit.builders import Township, at, key, make_township, reopened, with_roll

HERE = Path(__file__).parent
PROCESSES = 20
STEPS = 7
NOTE = "演示：本季度的思想汇报，字迹清楚，本人签名"
ACTS: tuple[tuple[str, str, dict[str, object]], ...] = (
    ("talk_held", "2014-07-10", {}),
    ("recommended", "2014-07-20", {"source": "members"}),
    ("activist_decided", "2014-08-01", {"members": 5, "present": 5, "for": 5}),
    *(("thought_report_received", day, {"note": NOTE}) for day in ("2014-09-01", "2014-12-01", "2015-03-01")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """`packages`: what its environment holds; `flags`: after the database."""

    name: str
    program: str
    packages: tuple[str, ...]
    flags: tuple[str, ...] = ()


SPIFF = Peer(name="SpiffWorkflow, kept in memory", program="peer_spiff.py", packages=("SpiffWorkflow>=3,<4",))
PEERS = (
    SPIFF,
    replace(SPIFF, name="SpiffWorkflow, loaded for each step", flags=("--load",)),
    Peer(
        name="django-fsm-2, history by hand",
        program="peer_fsm.py",
        packages=("django>=5.2,<5.3", "django-fsm-2>=4,<5"),
    ),
)


class Running:
    """A peer that waits for how many processes it shall run."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._in: IO[str] = process.stdin
        self._out: IO[str] = process.stdout

    def ask(self, line: str) -> float:
        print(line, file=self._in, flush=True)
        return float(json.loads(self._out.readline()))

    def steps(self) -> int:
        self.ask(str(PROCESSES))
        return PROCESSES * STEPS

    def size(self) -> int:
        return int(self.ask("SIZE"))


@dataclass(slots=True)
class Ours:
    """A new dossier of a new person for each process; the persons are there before the clock runs."""

    township: Township
    persons: list[str] = field(default_factory=list)
    contexts: dict[str, Context] = field(default_factory=dict)

    def prepare(self, count: int) -> None:
        self.persons = [self.township.person(f"演示{number}") for number in range(count)]
        days = ("2014-07-01", *(day for _, day, _ in ACTS))
        self.contexts = {day: self.township.context("secretary", at(day)) for day in days}

    def steps(self) -> int:
        for _ in range(PROCESSES):
            self._one(self.persons.pop())
        return PROCESSES * STEPS

    def size(self) -> int:
        with self.township.record.reading() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            return int(pages) * int(connection.exec_driver_sql("PRAGMA page_size").scalar_one())

    def _one(self, person: str) -> None:
        branch = self.township.places["first"]
        begun = OpenDossier(branch=branch, person=person, on="2014-07-01", key=key())
        dossier = open_dossier(self.contexts["2014-07-01"], begun).dossier
        for version, (do, day, details) in enumerate(ACTS, 1):
            command = RecordAct(
                dossier=dossier,
                do=do,
                on=date.fromisoformat(day),
                seen_version=version,
                key=key(),
                details=details,
            )
            record_act(replace(self.contexts[day], now=at(day).astimezone(UTC)), command)


def environment(folder: Path, packages: tuple[str, ...], *, is_postgresql: bool) -> Path:
    """The Python of a new environment that holds the packages."""
    wanted = (*packages, "psycopg[binary]>=3.2,<4") if is_postgresql else packages
    subprocess.run(["uv", "venv", "--quiet", "--python", sys.executable, str(folder)], check=True)
    python = folder / "bin" / "python"
    subprocess.run(["uv", "pip", "install", "--quiet", "--python", str(python), *wanted], check=True)
    return python


@contextmanager
def running(peer: Peer, python: Path, database: str) -> Iterator[Running]:
    command = [str(python), str(HERE / peer.program), database, *peer.flags]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield Running(process)
        assert process.stdin is not None
        process.stdin.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--database", help="postgresql://... for the peers; else a file of SQLite for each")
    parser.add_argument("--rounds", type=int, default=7)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=".") as name, ExitStack() as open_:
        folder = Path(name).resolve()
        make_township(Home(folder / "ours"))
        record = open_.enter_context(Record.open(folder / "ours"))
        ours = Ours(reopened(record))
        with_roll(ours.township, 9)
        ours.prepare(PROCESSES * asked.rounds)
        floor = Floor(folder)
        cases: dict[str, Callable[[], int]] = {
            "raw transaction, three inserts and one update": floor.steps,
            "record_act, everything on": ours.steps,
        }
        sizes = {"record_act, everything on": ours.size}
        pythons: dict[tuple[str, ...], Path] = {}
        for number, peer in enumerate(PEERS):
            if peer.packages not in pythons:
                made = environment(folder / f"e{number}", peer.packages, is_postgresql=bool(asked.database))
                pythons[peer.packages] = made
            database = asked.database or str(folder / f"{number}.db")
            started = open_.enter_context(running(peer, pythons[peer.packages], database))
            cases[peer.name], sizes[peer.name] = started.steps, started.size
            started.ask("0")  # its imports are over before the clock runs
        before = {what: size() for what, size in sizes.items()}
        print(f"load {load()}\n{measure(cases, rounds=asked.rounds)}\nload {load()}")
        for what, size in sizes.items():
            kept = (size() - before[what]) / (PROCESSES * STEPS * asked.rounds)
            print(f"{what:<58} {kept:>10.0f} bytes a step, whole file")


if __name__ == "__main__":
    main()

"""G1, G2: a durable `record_act` on SQLite beside a raw transaction of the same rows, and the least one.

uv run python -m benchmarks.record_act
"""

import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, timedelta
from pathlib import Path

from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine

from benchmarks.rounds import load, measure
from recruit.commands.acts import RecordAct, _body, _record, first_answer, record_act, remember
from recruit.commands.answers import body_digest
from recruit.context import Context
from recruit.prepared import Cursor, Prepared, _Compiled
from recruit.record import Record
from tests.homes import Home
from tests.recruit.builders import Township, at, key, make_township, reopened, with_roll

DOSSIERS = 40  # each gets fifty acts: one with hundreds of thought reports would be none of this world
STEPS = 40
TOGETHER = 100
ROUNDS = 15
PRAGMAS = ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "PRAGMA foreign_keys = ON")
FLOOR = """
CREATE TABLE act (
    id TEXT PRIMARY KEY, dossier TEXT, seq INTEGER, canonical BLOB, UNIQUE (dossier, seq)
) WITHOUT ROWID;
CREATE TABLE content (act TEXT PRIMARY KEY, sealed BLOB) WITHOUT ROWID;
CREATE TABLE answer (key TEXT PRIMARY KEY, answer TEXT) WITHOUT ROWID;
CREATE TABLE dossier (id TEXT PRIMARY KEY, version INTEGER, facts TEXT) WITHOUT ROWID;
"""


class Ours:
    """Thought reports of activists, recorded one by one with everything on."""

    def __init__(self, home: Home) -> None:
        make_township(home)
        self.record = home.open()
        self.township = reopened(self.record)
        with_roll(self.township, 9)
        self.dossiers = [self._activist() for _ in range(DOSSIERS)]
        self.versions = {dossier: self.township.version(dossier) for dossier in self.dossiers}
        self.context: Context = self.township.context("secretary", at("2016-03-01"))
        self.day = date(2015, 1, 1)

    def _activist(self) -> str:
        township: Township = self.township
        dossier = township.open(on="2014-07-01")
        township.act(dossier, "talk_held", "2014-07-10")
        township.act(dossier, "recommended", "2014-07-20", source="members")
        township.act(dossier, "activist_decided", "2014-08-01", members=5, present=5, for_=5)
        return dossier

    def steps(self, count: int = STEPS) -> int:
        for number in range(count):
            command = self._next(number)
            record_act(self.context, command)
            self.versions[command.dossier] += 1
        return count

    def together(self, count: int = TOGETHER) -> int:
        """The same acts with everything on, in one commit, as an import or a meeting writes them."""
        with self.record.writing() as connection:
            for number in range(count):
                command = self._next(number)
                digest = body_digest(self.context, _body(command))
                known = first_answer(connection, self.context, key=command.key, digest=digest)
                assert known is None
                outcome = _record(connection, self.context, command)
                remember(connection, self.context, outcome, key=command.key, digest=digest)
                self.versions[command.dossier] += 1
        return count

    def _next(self, number: int) -> RecordAct:
        dossier = self.dossiers[number % DOSSIERS]
        if number % DOSSIERS == 0:
            self.day += timedelta(days=1)
            self.context = replace(self.context, now=at(self.day.isoformat()).astimezone(UTC))
        return RecordAct(
            dossier=dossier,
            do="thought_report_received",
            on=self.day,
            seen_version=self.versions[dossier],
            key=key(),
            details={"note": "演示：本季度的思想汇报，字迹清楚，本人签名"},
        )


class SameRows:
    """What our steps wrote, replayed through the driver on the database as it was before them."""

    def __init__(self, ours: Ours, folder: Path, *, steps: int) -> None:
        source = folder / "ours"
        ours.record.close()
        shutil.copytree(source, folder / "same")
        ours.record = Record.open(source)
        ours.context = reopened(ours.record).context("secretary", at("2016-03-01"))
        with recorded_writes() as self.writes:
            ours.steps(steps)
        self.driver = connected(folder / "same" / "recruit.db")
        self.at = 0

    def steps(self) -> int:
        for statements in self.writes[self.at : self.at + STEPS]:
            transaction(self.driver, statements)
        self.at += STEPS
        return STEPS


class Floor:
    """Three inserts and one update in one durable commit: the least that a kept step can be."""

    def __init__(self, folder: Path) -> None:
        self.driver = connected(folder / "floor.db")
        self.driver.executescript(FLOOR)
        self.driver.executemany("INSERT INTO dossier VALUES (?, 0, '')", [(str(n),) for n in range(DOSSIERS)])
        self.seq = 0

    def steps(self) -> int:
        for _ in range(STEPS):
            self.seq += 1
            name, dossier = f"{self.seq:026d}", str(self.seq % DOSSIERS)
            statements: Statements = [
                ("INSERT INTO act VALUES (?, ?, ?, ?)", (name, dossier, self.seq, b"x" * 500)),
                ("INSERT INTO content VALUES (?, ?)", (name, b"y" * 150)),
                ("INSERT INTO answer VALUES (?, ?)", (name, "z" * 250)),
                ("UPDATE dossier SET version = ?, facts = ? WHERE id = ?", (self.seq, "f" * 2000, dossier)),
            ]
            transaction(self.driver, statements)
        return STEPS


Statements = list[tuple[str, tuple[object, ...] | dict[str, object]]]


def connected(path: Path) -> sqlite3.Connection:
    driver = sqlite3.connect(path, isolation_level=None, cached_statements=256)
    for pragma in PRAGMAS:
        driver.execute(pragma)
    return driver


def transaction(driver: sqlite3.Connection, statements: Statements) -> None:
    driver.execute("BEGIN IMMEDIATE")
    for statement, values in statements:
        driver.execute(statement, values)
    driver.execute("COMMIT")


@contextmanager
def recorded_writes() -> Iterator[list[Statements]]:
    """The writing statements of each transaction, with their values, while the block runs."""
    found: list[Statements] = []
    original = Prepared.run

    def run(self: Prepared, connection: Connection, values: Mapping[str, object]) -> Cursor:
        cursor = original(self, connection, values)
        known = self._compiled[connection.dialect.name]
        if not known.statement.lstrip().upper().startswith("SELECT"):
            found[-1].append((known.statement, given_to(known, values)))
        return cursor

    def begun(connection: Connection) -> None:
        del connection
        found.append([])

    Prepared.run = run  # type: ignore[method-assign]
    event.listen(Engine, "begin", begun)
    try:
        yield found
    finally:
        Prepared.run = original  # type: ignore[method-assign]
        event.remove(Engine, "begin", begun)
        found[:] = [statements for statements in found if statements]


def given_to(known: _Compiled, values: Mapping[str, object]) -> tuple[object, ...] | dict[str, object]:
    """The values as the driver took them: in order, or by their names."""
    given = {**known.fixed, **values}
    if known.order is not None:
        return tuple(given.get(name) for name in known.order)
    return {name: bool(one) if name in known.booleans else one for name, one in given.items()}


def main() -> None:
    with tempfile.TemporaryDirectory(dir=".") as name:
        folder = Path(name)
        ours = Ours(Home(folder / "ours"))
        same = SameRows(ours, folder, steps=STEPS * ROUNDS)
        floor = Floor(folder)
        cases = {
            "raw transaction of the same rows and bytes": same.steps,
            "record_act, everything on": ours.steps,
            "the same, a hundred acts in one commit": ours.together,
            "raw transaction, three inserts and one update": floor.steps,
        }
        sys.stdout.write(f"load {load()}\n{measure(cases, rounds=ROUNDS)}\nload {load()}\n")
        writes = sum(len(statements) for statements in same.writes) / max(len(same.writes), 1)
        sys.stdout.write(f"writing statements a step: {writes:.1f}\n")
        ours.record.close()


if __name__ == "__main__":
    main()

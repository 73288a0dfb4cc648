"""G1 on PostgreSQL: a durable `record_act` beside a raw transaction of the same rows through psycopg.

uv run python -m benchmarks.record_act_postgres
"""

import sys
import tempfile
from pathlib import Path

import psycopg

from benchmarks.record_act import ROUNDS, STEPS, Ours, Statements, recorded_writes
from benchmarks.rounds import load, measure
from tests.homes import Home
from tests.postgres import Server, server
from tests.recruit.builders import at, reopened


class SameRows:
    """What our steps wrote, replayed through the driver on the database as it was before them."""

    def __init__(self, ours: Ours, home: Home, running: Server) -> None:
        ours.record.close()
        name = running.make(like=home.name)
        ours.record = home.open()
        ours.context = reopened(ours.record).context("secretary", at("2016-03-01"))
        with recorded_writes() as self.writes:
            ours.steps(STEPS * ROUNDS)
        self.driver = psycopg.connect(running.url(name))
        self.at = 0

    def steps(self) -> int:
        for statements in self.writes[self.at : self.at + STEPS]:
            self._transaction(statements)
        self.at += STEPS
        return STEPS

    def _transaction(self, statements: Statements) -> None:
        for statement, values in statements:
            self.driver.execute(statement.encode(), values)
        self.driver.commit()


def main() -> None:
    with server(options=()) as running, tempfile.TemporaryDirectory() as name:
        home = Home(Path(name) / "ours", url=running.url(running.make()))
        ours = Ours(home)
        same = SameRows(ours, home, running)
        cases = {
            "raw transaction of the same rows and bytes": same.steps,
            "record_act, everything on": ours.steps,
        }
        sys.stdout.write(f"load {load()}\n{measure(cases, rounds=ROUNDS)}\nload {load()}\n")
        writes = sum(len(statements) for statements in same.writes) / max(len(same.writes), 1)
        sys.stdout.write(f"writing statements a step: {writes:.1f}\n")
        ours.record.close()
        same.driver.close()


if __name__ == "__main__":
    main()

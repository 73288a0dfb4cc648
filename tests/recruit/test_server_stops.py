"""The server stopped at random moments (P2): nothing acknowledged is lost, nothing is doubled."""

import os
import random
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from recruit.commands.acts import RecordAct, Recorded, record_act
from recruit.commands.checkpoints import keep_checkpoint
from recruit.context import Context
from recruit.errors import Busy
from recruit.log.rebuild import check_projections
from recruit.log.verify import verify
from tests.homes import Home
from tests.postgres import Server, server
from tests.recruit.builders import at, make_township, reopened
from tests.recruit.test_crash import kept, prepare

WRITERS = 4


@pytest.fixture
def durable() -> Iterator[Server]:
    """A server that waits for the disk."""
    with server(options=()) as running:
        yield running


@dataclass(slots=True)
class Writer:
    """Sends each advance until it is answered, always under the same key."""

    name: str
    dossiers: list[str]
    versions: dict[str, int]
    acknowledged: dict[str, int] = field(default_factory=dict)
    unanswered: int = 0

    def run(self, context: Context, numbers: range) -> None:
        for number in numbers:
            dossier = self.dossiers[number % len(self.dossiers)]
            command = RecordAct(
                dossier=dossier,
                do="thought_report_received",
                on="2016-02-29",
                seen_version=self.versions[dossier],
                key=f"advance-{number}",
                details={"note": "演示"},
            )
            recorded = self._sent(context, command)
            self.versions[dossier] += 1
            assert recorded.seq == self.versions[dossier]
            self.acknowledged[f"{dossier}/{recorded.seq}"] = number

    def _sent(self, context: Context, command: RecordAct) -> Recorded:
        while True:
            try:
                recorded = record_act(context, command)
            except Busy:
                self.unanswered += 1
                time.sleep(0.05)
                continue
            assert isinstance(recorded, Recorded)
            return recorded


@pytest.mark.parametrize(
    ("advances", "stops"),
    [pytest.param(1000, 3, id="short"), pytest.param(10_000, 10, id="whole", marks=pytest.mark.slow)],
)
def test_a_server_that_stops_loses_nothing_that_was_acknowledged_and_doubles_nothing(
    durable: Server, tmp_path: Path, advances: int, stops: int
) -> None:
    seed = int(os.environ.get("RECRUIT_SEED", random.SystemRandom().randrange(2**32)))
    sys.stdout.write(f"seed {seed}\n")
    chance = random.Random(seed)
    home = Home(tmp_path / "data", url=durable.url(durable.make()))
    make_township(home)

    with home.open() as record:
        township = reopened(record)
        dossiers = prepare(township)
        versions = {dossier: township.version(dossier) for dossier in dossiers}
        context = township.context("secretary", at("2016-03-01"))
        writers = [Writer(str(number), dossiers[number::WRITERS], versions) for number in range(WRITERS)]
        share = advances // WRITERS
        with ThreadPoolExecutor(WRITERS) as pool:
            running = [
                pool.submit(writer.run, context, range(number * share, (number + 1) * share))
                for number, writer in enumerate(writers)
            ]
            for stop in range(1, stops + 1):
                _wait_for(writers, stop * advances // (stops + 1), chance)
                durable.stop_immediately()
                durable.start()
            for one in running:
                one.result()

        assert sum(writer.unanswered for writer in writers) >= stops, f"seed {seed}: no stop met a writer"
        keep_checkpoint(record, now=at("2016-03-02"))
        verified = verify(record)
        assert verified.ok, (seed, verified.problems)
        assert verified.acts == sum(versions.values()), f"seed {seed}"
        assert check_projections(record).ok
        assert kept(record) == {at: n for writer in writers for at, n in writer.acknowledged.items()}


def _wait_for(writers: list[Writer], count: int, chance: random.Random) -> None:
    while sum(len(writer.acknowledged) for writer in writers) < count:
        time.sleep(0.005)
    time.sleep(chance.uniform(0, 0.02))

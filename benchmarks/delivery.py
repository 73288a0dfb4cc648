"""G5: messages delivered from the outbox beside jobs of Procrastinate, on one PostgreSQL in one run.

uv run python -m benchmarks.delivery
"""

import asyncio
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from procrastinate import App, PsycopgConnector
from sqlalchemy import insert

from benchmarks.rounds import load, measure
from notifications.delivery.composing import compose
from notifications.delivery.letters import SENT, Letter, Result
from notifications.delivery.running import Way, deliver
from recruit.ids import new_id
from recruit.record import Record
from recruit.tables import Outbox, Told
from tests.homes import Home, ask
from tests.notifications.delivery.post import addressed, swept, utc
from tests.postgres import Server, server
from tests.recruit.builders import make_township, reopened

MESSAGES, ROUNDS = 50, 9
WAYS = {
    "outbox, one claimed and marked at a time": Way(claimed=1),
    "outbox as it runs: 20 claimed, each marked by itself": Way(),
    "outbox, 100 claimed and marked at once": Way(claimed=100, marked=100),
}


class Nowhere:
    """Sending costs nothing: what is measured is all around it."""

    def send(self, _letter: Letter) -> Result:
        return SENT


class Ours:
    """Each run has messages of its own, due an hour after those of the run before."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.began = utc("2016-05-24", 8)
        self.user, self.reminder, self.due = _told(record, self.began)
        self.slots = count(1)
        for slot in range(1, ROUNDS * len(WAYS) + 1):
            self._fill(self.began + slot * timedelta(hours=1))

    def run(self, way: Way) -> int:
        now = self.began + next(self.slots) * timedelta(hours=1)
        sent = 0
        while sent < MESSAGES:  # a run ends after ten seconds
            sent += deliver(self.record, now, {"mail": Nowhere()}, way=way).sent
        assert sent == MESSAGES
        return sent

    def _fill(self, at: datetime) -> None:
        ids = [new_id(at) for _ in range(MESSAGES)]
        same = {"subject": "digest/1", "channel": "mail", "recipient": self.user, "template": "digest"}
        with self.record.writing() as connection:
            connection.execute(
                insert(Outbox), [{"id": id_, "key": id_, "not_before": at, **same} for id_ in ids]
            )
            told = [{"outbox": id_, "reminder": self.reminder, "due": self.due} for id_ in ids]
            connection.execute(insert(Told), told)


class Procrastinate:
    """Jobs that do nothing, taken and finished by one worker as it comes; each round has its own queue."""

    def __init__(self, url: str) -> None:
        self.loop = asyncio.new_event_loop()
        self.app = App(connector=PsycopgConnector(conninfo=url))
        self.rounds = count()
        self.done = 0

        @self.app.task(name="send")
        async def send(number: int) -> None:
            self.done += number > 0

        self.loop.run_until_complete(self._fill())

    async def _fill(self) -> None:
        await self.app.open_async()
        await self.app.schema_manager.apply_schema_async()
        for number in range(ROUNDS):
            queue = self.app.configure_task("send", queue=f"round{number}")
            await queue.batch_defer_async(*({"number": one} for one in range(1, MESSAGES + 1)))

    def run(self) -> int:
        before = self.done
        self.loop.run_until_complete(
            self.app.run_worker_async(
                queues=[f"round{next(self.rounds)}"],
                wait=False,
                concurrency=1,
                listen_notify=False,
                install_signal_handlers=False,
            )
        )
        assert self.done - before == MESSAGES
        return MESSAGES

    def close(self) -> None:
        self.loop.run_until_complete(self.app.close_async())
        self.loop.close()


def _told(record: Record, now: datetime) -> tuple[str, str, str]:
    """A user with an address, and a reminder of a deadline that stays open."""
    township = reopened(record)
    addressed(township, "secretary")
    township.open(on="2016-05-03")
    swept(township, "2016-05-24")
    compose(record, now)
    deliver(record, now, {"mail": Nowhere()})
    with record.reading() as connection:
        user, reminder, due = ask(
            connection, "SELECT o.recipient, t.reminder, t.due FROM told t JOIN outbox o ON o.id = t.outbox"
        ).one()
    return user, reminder, due


@contextmanager
def cases(running: Server, folder: Path) -> Iterator[tuple[Ours, Procrastinate]]:
    home = Home(folder / "ours", url=running.url(running.make()))
    make_township(home)
    with home.open() as record:
        peer = Procrastinate(running.url(running.make()))
        yield Ours(record), peer
        peer.close()


def main() -> None:
    with (
        server(options=()) as running,
        tempfile.TemporaryDirectory() as name,
        cases(running, Path(name)) as (ours, peer),
    ):
        runs = {"Procrastinate, its own jobs, one worker": peer.run}
        runs |= {label: (lambda way=way: ours.run(way)) for label, way in WAYS.items()}
        sys.stdout.write(f"load {load()}\n{measure(runs, rounds=ROUNDS)}\nload {load()}\n")


if __name__ == "__main__":
    main()

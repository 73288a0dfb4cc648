"""Killed at random moments: nothing acknowledged is lost, nothing is doubled, every chain holds."""

import json
import os
import random
import select
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

import pytest

from recruit.commands.checkpoints import keep_checkpoint
from recruit.log.rebuild import check_projections
from recruit.log.verify import verify
from recruit.record import Record
from tests.homes import Home, ask
from tests.notifications.waiting import wait_for
from tests.recruit.builders import Township, at, reopened

DOSSIERS = 10


@dataclass(slots=True)
class Child:
    """One life of the recording process."""

    home: Home
    process: "subprocess.Popen[str]" = field(init=False)

    def __post_init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.recruit.advances", str(self.home.folder),
             *([] if self.home.url is None else [self.home.url])],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1,
        )  # fmt: skip

    def open(self) -> "Child":
        """Let it take the folder; until then it only has its modules ready."""
        self._write("open")
        assert self._line(timeout=60) == "ready"
        return self

    def ask(self, asked: dict[str, object]) -> None:
        self._write(json.dumps(asked))

    def answer(self) -> dict[str, object] | None:
        """The acknowledgement, or None from a process that died."""
        line = self._line(timeout=60)
        return json.loads(line) if line else None

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        with suppress(BrokenPipeError):
            self.process.stdin.close()
        self.process.stdout.close()

    def _write(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def _line(self, *, timeout: float) -> str:
        assert self.process.stdout is not None
        ready, _, _ = select.select([self.process.stdout], [], [], timeout)
        return self.process.stdout.readline().strip() if ready else ""


def stored(home: Home, dossier: str) -> int:
    with home.open(write=False) as record, record.reading() as connection:
        count = ask(connection, "SELECT count(*) FROM act WHERE dossier = :dossier", dossier=dossier).scalar()
    return int(count or 0)


def is_stored(home: Home, dossier: str, seq: int) -> bool:
    return stored(home, dossier) >= seq


@pytest.mark.parametrize(
    ("advances", "kills"),
    [pytest.param(1000, 10, id="short"), pytest.param(10_000, 100, id="whole", marks=pytest.mark.slow)],
)
def test_a_killed_process_loses_nothing_that_it_acknowledged_and_doubles_nothing(
    home: Home, advances: int, kills: int
) -> None:
    seed = int(os.environ.get("RECRUIT_SEED", random.SystemRandom().randrange(2**32)))
    sys.stdout.write(f"seed {seed}\n")
    chance = random.Random(seed)
    with home.open() as record:
        dossiers = prepare(reopened(record))
    versions = dict.fromkeys(dossiers, stored(home, dossiers[0]))
    asked_in_order = [(number, chance.choice(dossiers)) for number in range(advances)]
    doomed = set(chance.sample(range(advances), kills))
    after_commit = chance.choice(sorted(doomed))
    took = 0.0
    acknowledged: dict[str, int] = {}
    unacknowledged_commits = 0

    child, next_child = Child(home).open(), Child(home)
    for number, dossier in asked_in_order:
        asked = {
            "dossier": dossier,
            "seen": versions[dossier],
            "key": f"advance-{number}",
            "day": "2016-02-29",
        }
        asked_at = time.monotonic()
        child.ask({**asked, "unanswered": number == after_commit})
        if number in doomed:
            if number == after_commit:
                wait_for(partial(is_stored, home, dossier, versions[dossier] + 1), "the commit")
            else:
                time.sleep(chance.uniform(0, 1.5 * took))
            child.kill()
            unacknowledged_commits += is_stored(home, dossier, versions[dossier] + 1)
            child, next_child = next_child.open(), Child(home)
            child.ask(asked)
        answer = child.answer()
        if number not in doomed:
            took = time.monotonic() - asked_at
        assert answer is not None, f"seed {seed}: the process died by itself at {number}"
        versions[dossier] += 1
        assert answer == {"key": asked["key"], "seq": versions[dossier]}, f"seed {seed}"
        acknowledged[f"{dossier}/{versions[dossier]}"] = number
    child.kill()
    next_child.kill()

    assert unacknowledged_commits > 0, f"seed {seed}: no kill fell between commit and acknowledgement"
    with home.open() as record:
        keep_checkpoint(record, now=at("2016-03-02"))
        verified = verify(record)
        assert verified.ok, (seed, verified.problems)
        assert verified.acts == sum(versions.values())
        assert check_projections(record).ok
        assert kept(record) == acknowledged


def prepare(township: Township) -> list[str]:
    made = []
    for _ in range(DOSSIERS):
        dossier = township.open(on="2015-01-05")
        township.act(dossier, "talk_held", "2015-01-20")
        township.act(dossier, "recommended", "2015-02-02", source="members")
        township.act(dossier, "activist_decided", "2015-03-02", members=3, present=3, for_=3)
        made.append(dossier)
    return made


def kept(record: Record) -> dict[str, int]:
    """Each advance as the log has it: where it stands, and the number in its key."""
    with record.reading() as connection:
        rows = connection.exec_driver_sql("SELECT dossier, seq, canonical FROM act").fetchall()
    keys = {f"{dossier}/{seq}": json.loads(canonical)["key"] for dossier, seq, canonical in rows}
    return {at: int(key.removeprefix("advance-")) for at, key in keys.items() if key.startswith("advance-")}

"""P26: fifty people at the counter of a township of 5,000 dossiers; how long a page and an act take.

uv run python -m benchmarks.counter [--postgres] [--dossiers N] [--seconds N]

The server is the one of `recruit serve` in a process of its own, its clock set to the summer of 2016 and
ticking; the people are threads of this process, each with an own log-in, who read what they got for some
seconds before they ask again.
"""

import argparse
import random
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles

import httpx

from benchmarks.many import PASSWORD, Made, home_of, make_many
from benchmarks.rounds import load
from notifications.ticker import Ticker
from recruit.clock import MovedClock
from tests.homes import Home
from web.cli.serve import serve_record
from web.config import Config

PEOPLE = 50
PORT = 8765
READING = 8.0  # seconds, on average
WARM = 40.0  # fifty log-ins at once, the first page of each kind and the first sweep are not measured
NOON = datetime(2016, 6, 7, 4, tzinfo=UTC)
_DOSSIER = re.compile(r'href="(/dossiers/[0-9A-Z]{26})"')
_NEXT = re.compile(r'href="(/dossiers\?[^"]*cursor=[^"]+)"')
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


def main() -> None:
    asked = _asked()
    if asked.serve:
        _serve(Home(Path(asked.serve), url=asked.url))
        return
    with home_of(is_postgres=asked.postgres) as home:
        made = make_many(home, asked.dossiers)
        with Served(home):
            people = _people(made, asked.seconds)
            for one in people:
                one.start()
            for one in people:
                one.join()
    where = "PostgreSQL" if asked.postgres else "SQLite"
    sys.stdout.write(
        f"{where}, {asked.dossiers} dossiers, {PEOPLE} people, load {load()}\n{_table(people)}\n"
    )


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.counter")
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--dossiers", type=int, default=5_000)
    parser.add_argument("--seconds", type=int, default=120)
    parser.add_argument("--serve", help=argparse.SUPPRESS)
    parser.add_argument("--url", help=argparse.SUPPRESS)
    return parser.parse_args()


def _serve(home: Home) -> None:
    with home.open() as record:
        clock = MovedClock(start=NOON, running=True)
        config = Config(help_name="演示", help_phone="0900-555 0123", demo=True)
        serve_record(
            record, clock, host="127.0.0.1", port=PORT, clockwork=Ticker(record, clock), config=config
        )


class Served:
    """The server in a process of its own, from the first answer to the end of the block."""

    def __init__(self, home: Home) -> None:
        command = [sys.executable, "-m", "benchmarks.counter", "--serve", str(home.folder)]
        self.command = command if home.url is None else [*command, "--url", home.url]

    def __enter__(self) -> None:
        self.process = subprocess.Popen(self.command)
        for _ in range(300):
            try:
                httpx.get(f"http://127.0.0.1:{PORT}/login", timeout=2)
            except httpx.HTTPError:
                time.sleep(0.2)
            else:
                return
        raise RuntimeError("the server does not answer")

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(timeout=60)


@dataclass(eq=False)
class Person(threading.Thread):
    """Somebody at a desk, who clicks from page to page until the time is over."""

    login: str
    seconds: int
    is_branch: bool
    seed: int
    taken: dict[str, list[float]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    def run(self) -> None:
        self.chance = random.Random(self.seed)
        with httpx.Client(
            base_url=f"http://127.0.0.1:{PORT}", timeout=60, follow_redirects=True
        ) as self.client:
            self._log_in()
            self.counts_from = time.monotonic() + WARM
            time.sleep(self.chance.uniform(0, READING))
            ends = self.counts_from + self.seconds
            while time.monotonic() < ends:
                self._one_click()
                time.sleep(self.chance.expovariate(1 / READING))

    def _log_in(self) -> None:
        page = self.client.get("/login").text
        self.client.post(
            "/login", data={**dict(_HIDDEN.findall(page)), "account": self.login, "password": PASSWORD}
        )

    def _one_click(self) -> None:
        choices: list[tuple[int, Callable[[], None]]] = [
            (3, lambda: self._get("today", "/") and None),
            (2, self._look_somebody_up),
            (2, self._turn_the_roll),
            (1, lambda: self._get("messages", "/messages") and None),
        ]
        choices.append((2, self._record) if self.is_branch else (2, self._narrow))
        weights = [weight for weight, _ in choices]
        self.chance.choices([what for _, what in choices], weights)[0]()

    def _get(self, kind: str, path: str) -> str:
        began = time.perf_counter()
        answer = self.client.get(path)
        self._note(kind, answer, began)
        return answer.text

    def _note(self, kind: str, answer: httpx.Response, began: float) -> None:
        self._keep(kind, began)
        if answer.status_code != httpx.codes.OK:
            self.wrong.append(f"{kind} {answer.status_code}")

    def _keep(self, kind: str, began: float) -> None:
        if time.monotonic() >= self.counts_from:
            self.taken.setdefault(kind, []).append(time.perf_counter() - began)

    def _somebody(self) -> str:
        found = _DOSSIER.findall(self._get("roll", "/dossiers"))
        return str(self.chance.choice(found))

    def _look_somebody_up(self) -> None:
        self._get("dossier", self._somebody())

    def _turn_the_roll(self) -> None:
        after = _NEXT.search(self._get("roll", "/dossiers"))
        if after:
            self._get("roll, next page", after.group(1).replace("&amp;", "&"))

    def _narrow(self) -> None:
        self._get("roll, one phase", "/dossiers?phase=activist")

    def _record(self) -> None:
        """A thought report, from the form to the dossier's page that follows."""
        path = f"{self._somebody()}/acts/thought_report_received"
        form = self._get("form of an act", path)
        entries = {**dict(_HIDDEN.findall(form)), "on": "2016-06-07", "note": "演示：思想汇报"}
        began = time.perf_counter()
        answer = self.client.post(path, data=entries, follow_redirects=False)
        self._keep("act", began)
        if answer.status_code not in {httpx.codes.FOUND, httpx.codes.UNPROCESSABLE_ENTITY}:
            self.wrong.append(f"act {answer.status_code}")


def _people(made: Made, seconds: int) -> list[Person]:
    branch = [(login, True) for login in made.secretaries[: PEOPLE - len(made.colleagues)]]
    committee = [(login, False) for login in made.colleagues]
    return [
        Person(login, seconds, is_branch, seed)
        for seed, (login, is_branch) in enumerate([*branch, *committee])
    ]


def _table(people: list[Person]) -> str:
    lines = [f"{'ms':<22}{'asked':>8}{'median':>9}{'p95':>9}{'p99':>9}"]
    for name, chosen in (("branch", True), ("committee", False)):
        lines += _rows(name, [one for one in people if one.is_branch is chosen])
    lines += _rows("everybody", people)
    wrong = [one for person in people for one in person.wrong]
    return "\n".join([*lines, f"answers that were not as expected: {len(wrong)} {sorted(set(wrong))}"])


def _rows(who: str, people: list[Person]) -> list[str]:
    kinds: dict[str, list[float]] = {}
    for person in people:
        for kind, taken in person.taken.items():
            kinds.setdefault(kind, []).extend(taken)
    pages = [one for kind, taken in kinds.items() if kind != "act" for one in taken]
    rows = {**dict(sorted(kinds.items())), "all pages": pages}
    return [f"-- {who}", *(_row(kind, taken) for kind, taken in rows.items() if len(taken) > 1)]


def _row(kind: str, taken: list[float]) -> str:
    cut = quantiles(taken, n=100, method="inclusive")
    numbers = "".join(f"{one * 1000:>9.0f}" for one in (median(taken), cut[94], cut[98]))
    return f"{kind:<22}{len(taken):>8}{numbers}"


if __name__ == "__main__":
    main()

"""G6, G9: a page of a list among 10^3 and 10^6 dossiers, beside the same page without a database.

uv run python -m benchmarks.lists [--postgres] [DOSSIERS ...]     1000 1000000 where none is named

A county of so many dossiers in branches of a hundred: the county's own list (its first page, one in the
middle, one phase), and the list and the desk of one township of a thousand. A page goes through the whole
application.
"""

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from http import HTTPStatus
from itertools import islice
from statistics import median, quantiles
from time import perf_counter
from typing import Any
from unittest.mock import patch

from flask.testing import FlaskClient
from sqlalchemy import Connection, Dialect, FrozenResult, Result, event, insert, select, text
from sqlalchemy.engine import Engine
from werkzeug.test import TestResponse

from benchmarks.many import PASSWORD, home_of, name_of
from benchmarks.rounds import load
from recruit.clock import MovedClock
from recruit.commands.standing import listed_as
from recruit.ids import new_id
from recruit.names import strokes
from recruit.record import Record
from recruit.tables import Dossier, Organization, Person
from tests.recruit.builders import make_township, reopened
from web.app import create_app
from web.config import Config

SIZES = (1_000, 1_000_000)
ROUNDS = 25
IN_A_BRANCH, BRANCHES_OF_A_TOWNSHIP = 100, 10
AT_ONCE = 5_000
NOON = datetime(2016, 6, 7, 4, tzinfo=UTC)
STAGES = (("applicant", "application"), ("activist", "activist"), ("full_member", "ended"))
_TOKEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


def main() -> None:
    is_postgres = "--postgres" in sys.argv
    sizes = [int(one) for one in sys.argv[1:] if one.isdigit()] or list(SIZES)
    sys.stdout.write(f"{'PostgreSQL' if is_postgres else 'SQLite'}, ms (p99), load {load()}\n")
    found = {size: _measured(size, is_postgres=is_postgres) for size in sizes}
    sys.stdout.write(f"{'page':<44}" + "".join(f"{size:>20,}" for size in sizes) + "\n")
    for name in found[sizes[0]]:
        row = "".join(f"{found[size][name]:>20}" for size in sizes)
        sys.stdout.write(f"{name:<44}{row}\n")


@dataclass(frozen=True, slots=True)
class Pages:
    """Somebody who is logged in, and what is asked for."""

    client: FlaskClient
    paths: Mapping[str, str]


def _measured(size: int, *, is_postgres: bool) -> Mapping[str, str]:
    with home_of(is_postgres=is_postgres) as home:
        make_township(home)
        with home.open() as record:
            middle = _fill(record, size)
            app = create_app(record, MovedClock(start=NOON), config=Config(demo=True))
            county, organizer = (_logged_in(app.test_client(), login) for login in ("county", "organizer"))
            with record.reading() as connection:
                dialect = connection.dialect
            cases: dict[str, Callable[[], object]] = {
                "county: first page": lambda: _page(county, "/dossiers"),
                "county: a page in the middle": lambda: _page(county, f"/dossiers?cursor={middle}"),
                "county: one phase": lambda: _page(county, "/dossiers?phase=activist"),
                "township: first page": lambda: _page(organizer, "/dossiers"),
                "township: today": lambda: _page(organizer, "/"),
                "county: first page, without a database": _without(county, "/dossiers", dialect),
            }
            return {**_timed(cases), **_statements(cases)}


def _page(client: FlaskClient, path: str) -> TestResponse:
    """Raises `RuntimeError` for an answer that is no page."""
    answer = client.get(path)
    if answer.status_code != HTTPStatus.OK:
        raise RuntimeError(f"{path}: {answer.status}")
    return answer


def _timed(cases: Mapping[str, Callable[[], object]]) -> dict[str, str]:
    times: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(ROUNDS):
        for name, run in cases.items():
            began = perf_counter()
            run()
            times[name].append(perf_counter() - began)
    return {
        name: f"{median(taken) * 1000:.1f} ({quantiles(taken, n=100, method='inclusive')[98] * 1000:.1f})"
        for name, taken in times.items()
    }


def _statements(cases: Mapping[str, Callable[[], object]]) -> dict[str, str]:
    """How many statements each page asks."""
    asked: list[str] = []

    def noted(*args: Any) -> None:  # noqa: ANN401 - the event's signature
        asked.append(str(args[2]))

    event.listen(Engine, "before_cursor_execute", noted)
    counted = {}
    for name, run in cases.items():
        asked.clear()
        run()
        counted[f"statements, {name}"] = str(len(asked))
    event.remove(Engine, "before_cursor_execute", noted)
    return counted


def _without(client: FlaskClient, path: str, answers_in: Dialect) -> Callable[[], object]:
    """The same page, every answer of the database kept from one real asking and given out again in order."""
    answers: list[FrozenResult[Any]] = []
    real = Record.reading

    @contextmanager
    def keeping(record: Record) -> Iterator[Any]:
        with real(record) as connection:
            yield _Keeping(connection, answers, connection.dialect)

    @contextmanager
    def remembering(_record: Record) -> Iterator[Any]:
        yield _Remembering(given, answers_in)

    given: Iterator[FrozenResult[Any]] = iter(())
    with patch("recruit.law._stamp", _unchanged):
        _page(client, path)  # what is looked up once for all is known
        with patch.object(Record, "reading", keeping):
            shown = _page(client, path).text

    def ask() -> TestResponse:
        nonlocal given
        given = iter(answers)
        with patch.object(Record, "reading", remembering), patch("recruit.law._stamp", _unchanged):
            return _page(client, path)

    if _TOKEN.sub("", ask().text) != _TOKEN.sub("", shown):
        raise RuntimeError("the page without a database is another page")
    return ask


def _unchanged(_connection: Any) -> tuple[int, ...]:  # noqa: ANN401 - a stand-in is asked as well
    """The law that was known before: PostgreSQL is asked for each page whether it has changed."""
    return ()


@dataclass(frozen=True, slots=True)
class _Keeping:
    connection: Connection
    answers: list[FrozenResult[Any]]
    dialect: Dialect

    def execute(self, *asked: Any) -> Result[Any]:  # noqa: ANN401 - whatever a connection is asked
        self.answers.append(self.connection.execute(*asked).freeze())
        return self.answers[-1]()


@dataclass(frozen=True, slots=True)
class _Remembering:
    answers: Iterator[FrozenResult[Any]]
    dialect: Dialect

    def execute(self, *_asked: Any) -> Result[Any]:  # noqa: ANN401 - whatever a connection is asked
        return next(self.answers)()


def _logged_in(client: FlaskClient, login: str) -> FlaskClient:
    hidden = dict(_TOKEN.findall(client.get("/login").get_data(as_text=True)))
    client.post("/login", data={**hidden, "account": login, "password": PASSWORD})
    return client


def _fill(record: Record, size: int) -> str:
    """Rows as the commands leave them, in branches of a hundred; gives the cursor of the middle."""
    seed = reopened(record).open(on="2014-07-01")
    with record.writing() as connection:
        branches = _branches(connection, size)
        rows = _copies(connection, seed, size, branches)
        while some := list(islice(rows, AT_ONCE)):
            for table, place in ((Person, 0), (Dossier, 1)):
                connection.execute(insert(table), [one[place] for one in some])
        connection.execute(text("ANALYZE"))
    with record.reading() as connection:
        wanted = select(Dossier.id).order_by(Dossier.listed, Dossier.id)
        return connection.execute(wanted.offset(size // 2).limit(1)).scalar_one()


def _branches(connection: Connection, size: int) -> list[tuple[str, str]]:
    """The first township is the one of the tests; the others stand beside it."""
    rows = {
        row.name: row
        for row in connection.execute(select(Organization.id, Organization.name, Organization.path))
    }
    county, first = rows["青河县"], rows["青河镇党委"]
    pattern = _row(connection, Organization, Organization.id == rows["一村党支部"].id)
    made: list[tuple[str, str]] = []
    new: list[dict[str, Any]] = []
    township = {"id": first.id, "path": first.path}
    for number in range(max(1, size // IN_A_BRANCH)):
        if number and number % BRANCHES_OF_A_TOWNSHIP == 0:
            id_ = new_id(NOON)
            township = {"id": id_, "path": f"{county.path}{id_}/"}
            above = _row(connection, Organization, Organization.id == first.id)
            new.append({**above, **township, "name": f"演示{number // BRANCHES_OF_A_TOWNSHIP}镇党委"})
        id_ = new_id(NOON)
        place = {"id": id_, "path": f"{township['path']}{id_}/"}
        new.append({**pattern, **place, "name": f"演示{number}村党支部"})
        made.append((id_, place["path"]))
    for one in new:
        if "parent" in one:
            one["parent"] = one["path"].strip("/").split("/")[-2]
    connection.execute(insert(Organization), new)
    return made


def _copies(
    connection: Connection, seed: str, size: int, branches: list[tuple[str, str]]
) -> Iterator[tuple[dict[str, Any], ...]]:
    dossier = _row(connection, Dossier, Dossier.id == seed)
    person = _row(connection, Person, Person.id == dossier["person"])
    for number in range(size):
        of, whose = new_id(NOON), new_id(NOON)
        branch, path = branches[number * 7 % len(branches)]
        stage, phase = STAGES[number % len(STAGES)]
        name = name_of(number)
        order = strokes(name)
        yield (
            {**person, "id": whose, "id_index": None, "name": name, "strokes": order},
            {
                **dossier, "id": of, "person": whose, "branch": branch, "path": path, "stage": stage,
                "phase": phase, "listed": listed_as(order, name), "projected_until": date(2030, 1, 1),
            },
        )  # fmt: skip


def _row(connection: Connection, table: Any, where: Any) -> dict[str, Any]:  # noqa: ANN401 - any of the tables
    columns = table.__table__.columns
    return dict(connection.execute(select(*columns).where(where)).mappings().one())


if __name__ == "__main__":
    main()

"""G4: a sweep with 1,000 due among 10^4, 10^5, 10^6 dossiers, beside the bare query and a job per deadline.

uv run python -m benchmarks.sweep [DOSSIERS ...]              SQLite; 10000 100000 where none is named
uv run python -m benchmarks.sweep --postgres [DOSSIERS ...]   PostgreSQL, waiting for the disk
"""

import pickle
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import Connection, Engine, create_engine, delete, event, insert, select, text, update

from benchmarks.rounds import load
from notifications import sweep as sweeping
from notifications.sweep import sweep
from recruit.ids import new_id
from recruit.record import Record
from recruit.tables import Deadline, Dossier, Person, Reminder
from tests.homes import Home
from tests.postgres import server
from tests.recruit.builders import make_township, reopened

SIZES = (10_000, 100_000)
DUE_COUNT = 1_000
ROUNDS = 7
AT_ONCE = 5_000
TODAY = date(2016, 5, 24)  # ten days before the talk is due
LATER = date(2016, 12, 1)
NOW = datetime(2016, 5, 24, 1, tzinfo=UTC)
WEEK = timedelta(days=7)
Case = tuple[str, Callable[[], object], Callable[[], object]]


def main() -> None:
    is_postgres = "--postgres" in sys.argv
    sizes = [int(one) for one in sys.argv[1:] if one.isdigit()] or list(SIZES)
    sys.stdout.write(f"{'PostgreSQL' if is_postgres else 'SQLite'}, {DUE_COUNT} due, ms, load {load()}\n")
    found = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder, _home(Path(folder), is_postgres=is_postgres) as home:
            found[size] = _measured(home, Path(folder), size)
    names = list(found[sizes[0]])
    sys.stdout.write(f"{'case':<44}" + "".join(f"{size:>12,}" for size in sizes) + f"{'slope':>8}\n")
    for name in names:
        times = [found[size][name] for size in sizes]
        row = "".join(f"{one * 1000:>12.2f}" for one in times)
        sys.stdout.write(f"{name:<44}{row}{times[-1] / times[0]:>8.2f}\n")


@contextmanager
def _home(folder: Path, *, is_postgres: bool) -> Iterator[Home]:
    if not is_postgres:
        home = Home(folder / "data")
        make_township(home)
        yield home
        return
    with server(options=()) as running:
        home = Home(folder / "data", url=running.url(running.make()))
        make_township(home)
        yield home


def _measured(home: Home, folder: Path, size: int) -> Mapping[str, float]:
    """The median time of each case, the cases in turn within a round."""
    with home.open() as record, _job_store(home, folder, size) as store:
        _fill(record, size)
        cases: list[Case] = [
            ("the bare indexed query", lambda: _make_due(record), lambda: _asked(record)),
            ("sweep: found, told, looked at again", lambda: _make_due(record), lambda: _told(record)),
            ("sweep: nothing due", lambda: None, lambda: sweep(record, NOW)),
            ("a job per deadline: found", store.make_due, store.due),
            ("a job per deadline: found, run, put off", store.make_due, store.run),
        ]
        times: dict[str, list[float]] = {name: [] for name, _, _ in cases}
        for _ in range(ROUNDS):
            for name, prepare, run in cases:
                prepare()
                began = perf_counter()
                run()
                times[name].append(perf_counter() - began)
    return {name: median(taken) for name, taken in times.items()}


def _fill(record: Record, size: int) -> None:
    """So many applicants and their talks; what lies around them stays as the commands left the first one."""
    seed = reopened(record).open(on="2016-05-03")
    sweep(record, NOW)
    with record.writing() as connection:
        rows = _copies(connection, seed, size)
        while some := list(islice(rows, AT_ONCE)):
            for table, place in ((Person, 0), (Dossier, 1), (Deadline, 2)):
                connection.execute(insert(table), [one[place] for one in some])
        connection.execute(text("ANALYZE"))


def _copies(connection: Connection, seed: str, size: int) -> Iterator[tuple[dict[str, Any], ...]]:
    dossier = _row(connection, Dossier, Dossier.id == seed)
    person = _row(connection, Person, Person.id == dossier["person"])
    deadline = _row(connection, Deadline, Deadline.dossier == seed)
    for _ in range(size):
        of, whose = new_id(NOW), new_id(NOW)
        yield (
            {**person, "id": whose, "id_index": None},
            {**dossier, "id": of, "person": whose},
            {**deadline, "dossier": of, "next_rung_on": LATER},
        )


def _row(connection: Connection, table: Any, where: Any) -> dict[str, Any]:  # noqa: ANN401 - any of the tables
    columns = table.__table__.columns
    return dict(connection.execute(select(*columns).where(where).limit(1)).mappings().one())


def _make_due(record: Record) -> None:
    """The same thousand are to be told again, as if nobody had been told."""
    with record.writing() as connection:
        chosen = select(Deadline.dossier).order_by(Deadline.dossier.desc()).limit(DUE_COUNT)
        due = update(Deadline).where(Deadline.dossier.in_(chosen))
        connection.execute(delete(Reminder))
        connection.execute(due.values(next_rung_on=TODAY))


def _asked(record: Record) -> None:
    """As the sweep asks, for all of them at once."""
    with record.reading() as connection:
        rows = connection.execute(sweeping._wanted(TODAY, None).limit(DUE_COUNT)).all()  # noqa: SLF001 - that very query
    assert len(rows) == DUE_COUNT


def _told(record: Record) -> None:
    swept = sweep(record, NOW)
    assert (swept.found, swept.reminders, swept.failed) == (DUE_COUNT, 2 * DUE_COUNT, 0), swept


class _Jobs:
    """APScheduler's own store with a job for each deadline, driven as its scheduler drives it."""

    def __init__(self, engine: Engine, size: int) -> None:
        self.store = SQLAlchemyJobStore(engine=engine, tablename="job_per_deadline")
        scheduler = BackgroundScheduler(timezone="UTC")
        job = scheduler.add_job(_nothing, "interval", days=7, next_run_time=NOW + WEEK, id="job")
        scheduler.start(paused=True)
        state, table = job.__getstate__(), self.store.jobs_t
        later = (NOW + WEEK).timestamp()
        scheduler.shutdown()
        self.store.start(scheduler, "default")
        self.ids = [f"job{number}" for number in range(size)]
        with engine.begin() as connection:
            for start in range(0, size, AT_ONCE):
                connection.execute(
                    insert(table),
                    [
                        {"id": id_, "next_run_time": later, "job_state": pickle.dumps({**state, "id": id_})}
                        for id_ in self.ids[start : start + AT_ONCE]
                    ],
                )
        self.engine = engine

    def make_due(self) -> None:
        table = self.store.jobs_t
        with self.engine.begin() as connection:
            for id_ in self.ids[:DUE_COUNT]:
                connection.execute(
                    update(table).where(table.c.id == id_).values(next_run_time=NOW.timestamp())
                )

    def due(self) -> list[Any]:
        found = list(self.store.get_due_jobs(NOW))
        assert len(found) == DUE_COUNT
        return found

    def run(self) -> None:
        for job in self.due():
            job.func()
            job._modify(next_run_time=NOW + WEEK)  # noqa: SLF001 - as the scheduler does after a run
            self.store.update_job(job)


@contextmanager
def _job_store(home: Home, folder: Path, size: int) -> Iterator[_Jobs]:
    if home.url is None:
        engine = create_engine(f"sqlite:///{folder / 'jobs.db'}")
        event.listen(engine, "connect", lambda raw, _: raw.executescript("PRAGMA journal_mode = WAL"))
    else:
        engine = create_engine(home.url)
    yield _Jobs(engine, size)
    engine.dispose()


def _nothing() -> None:
    """What such a job does is not measured."""


if __name__ == "__main__":
    main()

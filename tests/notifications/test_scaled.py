"""The queue of the workers: when each tick is due, one of each, what is rescued, who stands by."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

import pytest
from croniter import croniter  # type: ignore[import-untyped] # procrastinate's, which has no stubs
from procrastinate import App
from procrastinate.periodic import PeriodicDeferrer

from notifications.guarding import GuardWatch
from notifications.heartbeat import INTERVALS
from notifications.jobs import ensure_jobs, prepare_jobs
from notifications.periodic import RESCUE, cron, jobs_app, rescue
from notifications.scaled import ScaledClock
from notifications.ticker import TICKS, Ticker
from recruit.clock import SystemClock
from recruit.doctor import examine
from recruit.errors import GuardsMissing, OldDatabase
from recruit.queries.jobs import hanging_jobs
from recruit.record import Record
from tests.homes import Home, ask
from tests.notifications.waiting import QUICK, Clockwork, nodes, running, wait_for, wait_for_beats
from tests.postgres import Server
from tests.recruit.builders import Township

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
MANY = 1000


@pytest.fixture
def database() -> str:
    return "postgres"


@pytest.fixture
def queue(township: Township) -> App:
    assert township.record.url is not None
    prepare_jobs(township.record.url)
    return jobs_app(township.record, SystemClock(), node="demo", stalled=30)


def with_queue(queue: App, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    async def opened() -> None:
        async with queue.open_async():
            await work()

    asyncio.run(opened())


def jobs(record: Record) -> list[tuple[str, str]]:
    with record.reading() as connection:
        found = ask(
            connection, "SELECT task_name, status::text FROM recruit_clock.procrastinate_jobs ORDER BY id"
        )
        return [(str(task), str(status)) for task, status in found]


@pytest.mark.parametrize(
    ("every", "next_three"),
    [
        (timedelta(seconds=10), ["12:00:10", "12:00:20", "12:00:30"]),
        (timedelta(seconds=20), ["12:00:20", "12:00:40", "12:01:00"]),
        (timedelta(seconds=30), ["12:00:30", "12:01:00", "12:01:30"]),
        (timedelta(seconds=60), ["12:01:00", "12:02:00", "12:03:00"]),
        (timedelta(minutes=5), ["12:05:00", "12:10:00", "12:15:00"]),
        (timedelta(hours=1), ["13:00:00", "14:00:00", "15:00:00"]),
        (timedelta(hours=6), ["18:00:00", "00:00:00", "06:00:00"]),
        (timedelta(days=1), ["00:00:00", "00:00:00", "00:00:00"]),
    ],
)
def test_the_six_fields_of_a_crontab_have_their_seconds_last(every: timedelta, next_three: list[str]) -> None:
    times = croniter(cron(every), NOON)

    assert [times.get_next(datetime).strftime("%H:%M:%S") for _ in range(3)] == next_three


@pytest.mark.parametrize("seconds", [0, 7, 90, 7 * 3600, 2 * 86_400])
def test_an_interval_that_no_crontab_says_evenly_is_refused(seconds: int) -> None:
    with pytest.raises(ValueError, match="no crontab"):
        cron(timedelta(seconds=seconds))


def test_every_tick_has_an_interval_and_its_place_in_the_queue(queue: App) -> None:
    periodic = {task for task, _ in queue.periodic_registry.periodic_tasks}

    assert set(TICKS) <= set(INTERVALS)
    assert set(TICKS) <= periodic
    assert all(queue.tasks[name].queueing_lock == name for name in periodic)
    assert all(queue.tasks[name].lock is None for name in periodic)


@pytest.mark.parametrize("jump", [timedelta(days=30), timedelta(days=-2)])
def test_after_a_jump_a_queue_that_begins_again_queues_each_tick_once_and_an_old_one_would_not(
    queue: App, jump: timedelta
) -> None:
    before, after = NOON.timestamp(), (NOON + jump).timestamp()
    old, new = (PeriodicDeferrer(queue.periodic_registry, **queue.periodic_defaults) for _ in ("old", "new"))
    tasks = len(list(old.get_previous_tasks(at=before)))

    begun_again = len(list(new.get_previous_tasks(at=after)))
    gone_on = len(list(islice(old.get_previous_tasks(at=after), MANY)))

    assert begun_again == tasks
    assert gone_on == (0 if jump < timedelta(0) else MANY)


def test_only_one_of_a_kind_waits_in_the_queue(queue: App, township: Township) -> None:
    deferrer = PeriodicDeferrer(queue.periodic_registry)
    times = [NOON.timestamp() + minute * 60 for minute in range(3)]

    async def defer() -> None:
        for at in times:
            await deferrer.defer_jobs(deferrer.get_previous_tasks(at=at))

    with_queue(queue, defer)

    found = jobs(township.record)
    assert ("sweep", "todo") in found
    assert len({task for task, _ in found}) == len(found)


def begin(record: Record, task: str, *, seconds_ago: int, is_alive: bool) -> None:
    """A job that a worker has begun, and that has been silent since or not."""
    with record.writing() as connection:
        ask(
            connection,
            "WITH worker AS (INSERT INTO recruit_clock.procrastinate_workers (last_heartbeat) "
            "VALUES (now() - make_interval(secs => :silent)) RETURNING id) "
            "INSERT INTO recruit_clock.procrastinate_jobs "
            "(queue_name, task_name, queueing_lock, status, worker_id) "
            "SELECT 'default', CAST(:task AS text), CAST(:task AS text), 'doing', id FROM worker",
            task=task,
            silent=0 if is_alive else seconds_ago,
        )
        ask(
            connection,
            "INSERT INTO recruit_clock.procrastinate_events (job_id, type, at) SELECT max(id), 'started', "
            "now() - make_interval(secs => :ago) FROM recruit_clock.procrastinate_jobs",
            ago=seconds_ago,
        )


@pytest.mark.parametrize(("silent", "status"), [(29, "doing"), (31, "todo")])
def test_what_a_worker_silent_for_thirty_seconds_has_left_is_queued_again(
    queue: App, township: Township, silent: int, status: str
) -> None:
    begin(township.record, "sweep", seconds_ago=silent, is_alive=False)

    with_queue(queue, lambda: rescue(queue, stalled=30))

    assert jobs(township.record) == [("sweep", status)]


def test_what_a_living_worker_does_for_long_is_left_to_it(queue: App, township: Township) -> None:
    begin(township.record, "sweep", seconds_ago=400, is_alive=True)

    with_queue(queue, lambda: rescue(queue, stalled=30))

    assert jobs(township.record) == [("sweep", "doing")]


def test_what_was_left_goes_where_the_next_of_its_kind_is_queued_already(
    queue: App, township: Township
) -> None:
    begin(township.record, "sweep", seconds_ago=40, is_alive=False)

    async def defer_and_rescue() -> None:
        await queue.tasks["sweep"].defer_async(timestamp=0)
        await asyncio.gather(rescue(queue, stalled=30), rescue(queue, stalled=30))

    with_queue(queue, defer_and_rescue)

    assert jobs(township.record) == [("sweep", "todo")]


def test_a_rescue_that_hangs_is_rescued_too(queue: App, township: Township) -> None:
    begin(township.record, RESCUE, seconds_ago=40, is_alive=False)

    with_queue(queue, lambda: rescue(queue, stalled=30))

    assert jobs(township.record) == [(RESCUE, "todo")]


@pytest.mark.parametrize(("seconds", "hangs"), [(290, []), (310, ["sweep"])])
def test_a_job_that_is_being_done_for_five_minutes_hangs(
    queue: App, township: Township, seconds: int, hangs: list[str]
) -> None:
    begin(township.record, "sweep", seconds_ago=seconds, is_alive=True)

    found = hanging_jobs(township.record, SystemClock().now())

    assert [one.tick for one in found or ()] == hangs


@pytest.mark.parametrize(("seconds", "is_ok"), [(290, True), (310, False)])
def test_the_doctor_tells_of_a_task_that_hangs(
    queue: App, township: Township, seconds: int, is_ok: bool
) -> None:
    begin(township.record, "sweep", seconds_ago=seconds, is_alive=True)

    found = examine(township.record.folder, SystemClock().now(), url=township.record.url)

    assert [one.ok for one in found if one.id == "jobs"] == [is_ok]


def test_a_record_without_a_queue_has_none_that_hangs(township: Township) -> None:
    assert hanging_jobs(township.record, NOON) is None


def test_workers_do_not_start_on_a_queue_that_is_not_theirs(queue: App, township: Township) -> None:
    assert township.record.url is not None
    begin(township.record, "sweep", seconds_ago=400, is_alive=True)
    ensure_jobs(township.record)
    with township.record.writing() as connection:
        ask(connection, "COMMENT ON SCHEMA recruit_clock IS 'another version'")

    with pytest.raises(OldDatabase):
        ScaledClock(township.record, SystemClock()).start()
    prepare_jobs(township.record.url)

    ensure_jobs(township.record)
    assert jobs(township.record) == []


def test_the_role_that_serves_works_with_the_queue_and_owns_nothing(home: Home, postgres: Server) -> None:
    assert home.url is not None
    name = "serving_the_clock"
    postgres.run(f"DROP ROLE IF EXISTS {name}")
    postgres.run(f"CREATE ROLE {name} LOGIN")
    serving = postgres.url(home.name, role=name)
    Record.create(home.folder, url=serving, owner=home.url).close()
    prepare_jobs(home.url, serving=serving)
    try:
        with Record.open(home.folder, url=serving) as record:
            with running(scaled(record)):
                wait_for_beats(record, "sweep", "log")
            owner = "SELECT pg_get_userbyid(nspowner) FROM pg_namespace WHERE nspname = 'recruit_clock'"
            with record.reading() as connection:
                assert ask(connection, owner).scalar_one() != name
    finally:
        postgres.run(f"DROP OWNED BY {name}", name=home.name)
        postgres.run(f"DROP ROLE {name}")


@pytest.fixture
def every_second(monkeypatch: pytest.MonkeyPatch) -> None:
    for tick in TICKS:
        monkeypatch.setitem(INTERVALS, tick, SECOND)


@pytest.fixture
def other(home: Home, township: Township) -> Iterator[Record]:
    """The same record in what would be another process."""
    assert home.url is not None
    prepare_jobs(home.url)
    with home.open() as opened:
        yield opened


def embedded(record: Record) -> Clockwork:
    return Ticker(record, SystemClock(), guard_every=SECOND / 5)


def scaled(record: Record) -> Clockwork:
    return ScaledClock(record, SystemClock(), pace=QUICK)


@pytest.mark.usefixtures("every_second")
@pytest.mark.parametrize(("earlier", "later"), [(embedded, embedded), (embedded, scaled), (scaled, embedded)])
def test_a_second_clock_stands_by_and_takes_over_when_the_first_is_gone(
    earlier: Callable[[Record], Clockwork],
    later: Callable[[Record], Clockwork],
    other: Record,
    township: Township,
) -> None:
    first, second = earlier(township.record), later(other)
    with ExitStack() as both:
        stop_first = ExitStack()
        stop_first.enter_context(running(first))
        wait_for_beats(township.record, "sweep")
        both.enter_context(running(second))
        wait_for_beats(township.record, "sweep", more=2)
        while_both_ran = nodes(township.record)

        stop_first.close()
        wait_for(lambda: second.node in nodes(township.record), "the second one")

    assert while_both_ran == {first.node}


@pytest.mark.usefixtures("every_second")
def test_a_worker_whose_server_cut_every_connection_goes_on(
    other: Record, township: Township, postgres: Server
) -> None:
    del other
    with running(scaled(township.record)):
        wait_for_beats(township.record, "sweep")
        postgres.run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname LIKE 'record_%' AND pid <> pg_backend_pid()"
        )
        wait_for_beats(township.record, "sweep", more=2)


def test_every_process_of_a_server_finds_a_missing_guard_by_itself(township: Township) -> None:
    watch = GuardWatch(township.record, SystemClock())
    watch.look()
    assert township.record.missing_guards == ()
    with township.record.writing() as connection:
        name = ask(
            connection,
            "SELECT tgname FROM pg_trigger WHERE tgrelid = 'act'::regclass AND NOT tgisinternal LIMIT 1",
        ).scalar_one()
        ask(connection, f'DROP TRIGGER "{name}" ON act')

    watch.look()

    with pytest.raises(GuardsMissing), township.record.writing():
        pass

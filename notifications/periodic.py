"""The ticks as periodic jobs: when each is due, one of each in the queue, and the rescue of stalled ones."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import structlog
from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import Job, Status

from notifications import ticker
from notifications.heartbeat import INTERVALS
from recruit.clock import Clock
from recruit.postgres import read_url
from recruit.queries.jobs import JOBS
from recruit.record import Record

RESCUE, PRUNE = "rescue", "prune"
RESCUE_EVERY, PRUNE_EVERY = timedelta(seconds=30), timedelta(hours=1)
KEPT_HOURS = 24
_LATE = (
    2 * 3600
)  # seconds; what a worker finds overdue by no more it queues at once, so that a new clock ticks
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)  # due by any clock, whatever the server's says
_CONNECTIONS = 4
_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_log = structlog.get_logger(__name__)


def cron(every: timedelta) -> str:
    """Six fields, minutes first and seconds last; raises `ValueError` for what they cannot say evenly."""
    seconds = int(every.total_seconds())
    if 0 < seconds < _MINUTE and _MINUTE % seconds == 0:
        return f"* * * * * */{seconds}"
    if _MINUTE <= seconds < _HOUR and _HOUR % seconds == 0 and seconds % _MINUTE == 0:
        return f"*/{seconds // _MINUTE} * * * * 0"
    if _HOUR <= seconds <= _DAY and _DAY % seconds == 0 and seconds % _HOUR == 0:
        return f"0 */{seconds // _HOUR} * * * 0" if seconds < _DAY else "0 0 * * * 0"
    raise ValueError(f"no crontab says every {every}")


def jobs_app(record: Record, clock: Clock, *, node: str, stalled: float) -> App:
    """The queue's application over an open record; nothing is connected yet."""
    app = App(connector=_connector(record.url or ""), periodic_defaults={"max_delay": _LATE})

    def periodic(name: str, every: timedelta, run: Callable[..., object]) -> None:
        app.periodic(cron=cron(every))(app.task(name=name, queueing_lock=name)(run))

    async def rescue_stalled(timestamp: int) -> None:
        del timestamp
        await rescue(app, stalled=stalled)

    async def prune(timestamp: int) -> None:
        del timestamp
        await app.job_manager.delete_old_jobs(
            KEPT_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
        )

    for tick in ticker.TICKS:
        periodic(tick, INTERVALS[tick], _runner(record, clock, tick, node))
    periodic(RESCUE, RESCUE_EVERY, rescue_stalled)
    periodic(PRUNE, PRUNE_EVERY, prune)
    return app


async def rescue(app: App, *, stalled: float) -> None:
    """Queue again what a worker that fell silent has left; another worker may be doing the same."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=stalled):
        try:
            await _queue_again(app, job)
        except ConnectorException:
            _log.info("rescued_elsewhere", tick=job.task_name)


async def _queue_again(app: App, job: Job) -> None:
    try:
        await app.job_manager.retry_job(job, retry_at=_LONG_AGO)
        _log.warning("rescued", tick=job.task_name, job=job.id)
    except UniqueViolation:
        # The next one of its kind is in the queue already and finds what this one has left.
        await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=True)


def _runner(record: Record, clock: Clock, tick: str, node: str) -> Callable[[int], None]:
    """What is due goes by the record's clock: the time for which the job was queued does not matter."""

    def run(timestamp: int) -> None:
        del timestamp
        ticker.run_tick(record, clock, tick, node=node)

    return run


def _connector(url: str) -> PsycopgConnector:
    """The password goes in an argument of its own, so that no message can carry the address."""
    parsed = read_url(url)
    arguments = parsed.translate_connect_args(username="user", database="dbname")
    arguments.update({name: given for name, given in parsed.query.items() if isinstance(given, str)})
    arguments["options"] = f"-c search_path={JOBS} {arguments.get('options', '')}".strip()
    return PsycopgConnector(kwargs=arguments, min_size=1, max_size=_CONNECTIONS, name="recruit-clock")

"""The queue of the workers beside the record on PostgreSQL: whether it is there, and what hangs in it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import text

from recruit.record import Record

JOBS = "recruit_clock"  # the schema in which the queue lies; nothing of the record is in it
HANGS = timedelta(minutes=5)
_THERE = text("SELECT to_regclass(:table) IS NOT NULL")
_BEGUN = text(
    f"SELECT job.task_name, max(event.at) FROM {JOBS}.procrastinate_jobs job "  # noqa: S608 - a name of ours
    f"JOIN {JOBS}.procrastinate_events event ON event.job_id = job.id AND event.type = 'started' "
    "WHERE job.status = 'doing' GROUP BY job.id HAVING max(event.at) < :before ORDER BY 2"
)


@dataclass(frozen=True, slots=True)
class Hanging:
    """A tick that a worker has begun and neither ended nor lost for five minutes."""

    tick: str
    begun_at: datetime


def hanging_jobs(record: Record, now: datetime) -> tuple[Hanging, ...] | None:
    """Those begun more than five minutes before `now`, the oldest first; None: there is no queue."""
    if record.is_embedded:
        return None
    with record.reading() as connection:
        if not connection.execute(_THERE, {"table": f"{JOBS}.procrastinate_jobs"}).scalar_one():
            return None
        return tuple(Hanging(*row) for row in connection.execute(_BEGUN, {"before": now - HANGS}))

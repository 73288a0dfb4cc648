"""The record's figures as metric families, collected anew by each scrape."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from notifications.heartbeat import last_runs
from recruit.guards import missing_guards
from recruit.queries.figures import Figures, figures
from recruit.record import Record

OUTBOX = ("waiting", "sent", "dead", "held", "dropped")


class RecordCollector(Collector):
    """One scrape of one record."""

    def __init__(self, record: Record, now: datetime) -> None:
        self._record = record
        self._now = now

    def collect(self) -> Iterator[Metric]:
        """Every family, whether or not there is anything to count."""
        found = figures(self._record, self._now)
        yield from _counted(found)
        yield _by("recruit_dossiers", "Dossiers by stage", "stage", found.stages)
        outbox = dict.fromkeys(OUTBOX, 0) | dict(found.outbox)
        yield _by("recruit_outbox_messages", "Messages by their state", "state", outbox)
        yield from self._clock(found)
        yield from self._log(found)

    def _clock(self, found: Figures) -> Iterator[Metric]:
        runs = last_runs(self._record, self._now)
        ages = {run.tick: (self._now - run.at).total_seconds() for run in runs if run.at is not None}
        missing = {run.tick: int(run.is_missing) for run in runs}
        aside = dict.fromkeys(missing, 0) | dict(found.set_aside)
        yield _by("recruit_heartbeat_age_seconds", "Since the last run of a task", "tick", ages)
        yield _by("recruit_heartbeat_missing", "1: three runs in a row are missing", "tick", missing)
        yield _by("recruit_sweep_failures", "Items that a task has set aside", "tick", aside)

    def _log(self, found: Figures) -> Iterator[Metric]:
        with self._record.reading() as connection:
            missing = len(missing_guards(connection))
        unsigned, unwitnessed = _seconds(found.unsigned), _seconds(found.unwitnessed)
        yield _gauge("recruit_oldest_unsigned_age_seconds", "Oldest act that no checkpoint holds", unsigned)
        about = "Oldest act or event that no checkpoint outside the house holds"
        yield _gauge("recruit_oldest_unwitnessed_age_seconds", about, unwitnessed)
        yield _gauge("recruit_guards_missing", "Append-only guards that do not stand", missing)


def _counted(found: Figures) -> Iterator[Metric]:
    yield CounterMetricFamily("recruit_acts", "Acts in the record", value=found.acts)
    yield CounterMetricFamily("recruit_refused_attempts", "Attempts that a rule refused", value=found.refused)
    yield _gauge("recruit_deadlines_overdue", "Deadlines past their due day", found.overdue)
    yield _gauge("recruit_proposals_waiting", "Acts that wait for a second person", found.proposals)


def _seconds(age: timedelta | None) -> float:
    return age.total_seconds() if age else 0


def _gauge(name: str, about: str, value: float) -> Metric:
    return GaugeMetricFamily(name, about, value=value)


def _by(name: str, about: str, label: str, values: Mapping[str, float]) -> Metric:
    family = GaugeMetricFamily(name, about, labels=[label])
    for value, number in sorted(values.items()):
        family.add_metric([value], number)
    return family

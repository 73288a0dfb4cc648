"""The last scan of each reach, kept while the process lives, with what it was made for; one runs at a time.

A scan reads every dossier: for many it takes minutes, so it runs beside the requests and they look in.
"""

from collections import Counter, OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from threading import Event, Lock, Thread

import structlog
from flask import current_app

from recruit.context import Context
from recruit.queries.found import dossier_count
from recruit.queries.logsize import log_size
from recruit.queries.scan import Scanned, scan
from workflows.scan.registry import Irregularity

log = structlog.get_logger()

PATIENCE = 3.0  # seconds that a page waits: a township is done by then
SEVERITIES = ("high", "medium", "low")
MOST_COUNTED = 100_000
_EXTENSION = "recruit_scans"
_KEPT = 8  # reaches, the one asked for last at the end

Paths = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A result, when it was made, and how many entries the log had then."""

    scanned: Scanned
    at: datetime
    size: int


@dataclass(slots=True)
class Running:
    """`done` of `all` dossiers are read; `ended` is set when there is nothing to wait for any more."""

    all: int
    done: int = 0
    ended: Event = field(default_factory=Event)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """`is_current`: nothing was recorded since and it is the same day. `running` None: none runs."""

    made: Made | None
    is_current: bool
    recorded_since: int
    running: Running | None


def scans() -> "Scans":
    """The results that this application keeps."""
    kept: Scans = current_app.extensions.setdefault(_EXTENSION, Scans())
    return kept


def severity_counts(found: Sequence[Irregularity]) -> Mapping[str, int]:
    counted = Counter[str](one.finding.severity for one in found)
    return {severity: counted[severity] for severity in SEVERITIES}


class Scans:
    """The results of one application."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._turn = Lock()
        self._made: OrderedDict[Paths, Made] = OrderedDict()
        self._running: dict[Paths, Running] = {}

    def look(self, context: Context, *, patience: float = PATIENCE) -> Look:
        """The present result; where there is none, one is begun and waited for, `patience` at most."""
        made = self._current(context)
        if made is not None:
            return Look(made=made, is_current=True, recorded_since=0, running=None)
        running = self._begun(context)
        running.ended.wait(patience)
        return self._seen(context, running)

    def kept(self, context: Context) -> Made | None:
        """The last result, present or not; nothing is begun."""
        with self._lock:
            return self._made.get(context.paths())

    def _current(self, context: Context) -> Made | None:
        made = self.kept(context)
        if made is None or made.scanned.on != context.on or made.size != log_size(context.record):
            return None
        return made

    def _seen(self, context: Context, running: Running) -> Look:
        made, size = self.kept(context), log_size(context.record)
        return Look(
            made=made,
            is_current=made is not None and made.size == size and made.scanned.on == context.on,
            recorded_since=0 if made is None else max(size - made.size, 0),
            running=None if running.ended.is_set() else running,
        )

    def _begun(self, context: Context) -> Running:
        with self._lock:
            running = self._running.get(context.paths())
            if running is None:
                running = Running(all=0)
                self._running[context.paths()] = running
                Thread(target=self._run, args=(context, running), name="scan", daemon=True).start()
            return running

    def _run(self, context: Context, running: Running) -> None:
        def told(count: int) -> None:
            running.done = count

        try:
            with self._turn:
                running.all = dossier_count(context, most=MOST_COUNTED)
                size = log_size(context.record)  # before it: what comes meanwhile makes it an old one
                scanned = scan(context, told=told)
            self._keep(context.paths(), Made(scanned=scanned, at=context.now, size=size))
        except Exception as error:  # noqa: BLE001 - a thread has nobody above it; the page says that there is no result
            log.error("scan failed", kind=type(error).__name__)  # noqa: TRY400 - a trace would hold names
        finally:
            with self._lock:
                self._running.pop(context.paths(), None)
            running.ended.set()

    def _keep(self, paths: Paths, made: Made) -> None:
        with self._lock:
            self._made[paths] = made
            self._made.move_to_end(paths)
            while len(self._made) > _KEPT:
                self._made.popitem(last=False)

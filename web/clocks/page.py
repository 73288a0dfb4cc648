"""The page of the clock: each line as it is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from notifications.heartbeat import GAP, JUMPED, KEPT, Gap, LastRun, gaps, last_runs
from recruit.queries.jobs import hanging_jobs
from recruit.queries.set_aside import Aside, set_aside
from recruit.queries.years import calendar_years
from recruit.record import Record
from web import dates
from web.language import language
from web.ticks import length, tick_word

MOST = 100


@dataclass(frozen=True, slots=True)
class Run:
    """`css`: ok, or bad where three runs are missing."""

    task: str
    every: str
    last: str
    node: str
    done: str
    state: str
    css: str


@dataclass(frozen=True, slots=True)
class Waiting:
    task: str
    item: str
    error: str
    since: str
    times: int


@dataclass(frozen=True, slots=True)
class Silence:
    until: str
    task: str
    what: str


@dataclass(frozen=True, slots=True)
class Year:
    text: str
    is_known: bool


@dataclass(frozen=True, slots=True)
class Page:
    """`hanging` None: no workers share the work. `silences`: the newest `MOST` of `silence_count`."""

    runs: Sequence[Run]
    aside: Sequence[Waiting]
    hanging: Sequence[str] | None
    years: Sequence[Year]
    silences: Sequence[Silence]
    silence_count: int


def clock_page(record: Record, now: datetime) -> Page:
    found = gaps(record, since=now - KEPT)
    hanging = hanging_jobs(record, now)
    return Page(
        runs=[_run(one) for one in last_runs(record, now)],
        aside=[_waiting(one) for one in set_aside(record)],
        hanging=None if hanging is None else [_hanging(one.tick, one.begun_at) for one in hanging],
        years=[_year(one.year, is_known=one.is_known) for one in calendar_years(record, now)],
        silences=[_silence(one) for one in reversed(found[-MOST:])],
        silence_count=len(found),
    )


def _run(run: LastRun) -> Run:
    state = _("runs")
    if run.is_missing:
        state = _("silent") if run.at else _("never ran")
    return Run(
        task=tick_word(run.tick),
        every=length(run.every.total_seconds()),
        last=_moment(run.at) if run.at else "—",
        node=run.node or "—",
        done="—" if run.done is None else str(run.done),
        state=state,
        css="bad" if run.is_missing else "ok",
    )


def _waiting(aside: Aside) -> Waiting:
    return Waiting(
        tick_word(aside.tick), aside.item, aside.error, since=_moment(aside.first_at), times=aside.times
    )


def _hanging(tick: str, begun_at: datetime) -> str:
    return _("%(task)s: begun %(at)s and not done", task=tick_word(tick), at=_moment(begun_at))


def _year(year: int, *, is_known: bool) -> Year:
    if is_known:
        return Year(_("The holidays of %(year)s are known.", year=year), is_known)
    text = _("The holidays of %(year)s are not entered: deadlines in it are provisional.", year=year)
    return Year(text, is_known)


def _silence(gap: Gap) -> Silence:
    if gap.tick != JUMPED:
        what = _("silent for %(length)s", length=length(gap.seconds))
        return Silence(_moment(gap.ended_at), tick_word(gap.tick.removesuffix(f".{GAP}")), what)
    told = length(abs(gap.seconds))
    what = _("set forward by %(length)s", length=told)
    if gap.seconds < 0:
        what = _("set back by %(length)s", length=told)
    return Silence(_moment(gap.ended_at), _("the machine's clock"), what)


def _moment(at: datetime) -> str:
    return f"{dates.short_day(dates.local(at).date(), language())} {dates.clock_time(at)}"

"""The deadlines of a dossier: what opened them, when they are due, what closed them (contract, section 4)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from workflows.dates import plus_months, report_periods
from workflows.facts import Facts, Timer
from workflows.ground import Ground

Status = Literal["open", "due_soon", "overdue", "met", "met_late", "dropped"]

SOON_DAYS = 10
AFTER_RESUMPTION = timedelta(days=30)
PROBATION_MONTHS = 12
DAY = timedelta(days=1)
CULTIVATED = frozenset(
    {
        "activist",
        "proposed",
        "target_publicity",
        "development_target",
        "vetting",
        "admission_publicity",
        "approval",
    }
)
ON_PROBATION = frozenset({"probation", "extended_probation"})


@dataclass(frozen=True, slots=True)
class Deadline:
    """`due` is still in time.

    `grace` is the next working day where it falls on a rest day (the due day itself where it does not, and
    for a cap). `is_muted`: a pause stops the clock. `ends_met`: its last day answers it.
    """

    id: str
    key: str
    opened_on: date
    due: date
    grace: date
    closed_on: date | None = None
    dropped_on: date | None = None
    is_provisional: bool = False
    is_muted: bool = False
    ends_met: bool = False

    @property
    def is_running(self) -> bool:
        return self.closed_on is None and self.dropped_on is None

    def status(self, on: date) -> Status:
        """Computed, never stored.

        Nothing is overdue on its due day, everything is the day after, in grace too.
        """
        if self.closed_on is not None and self.closed_on <= on:
            return "met" if self.closed_on <= self.due else "met_late"
        if self.dropped_on is not None and self.dropped_on <= on:
            return "dropped"
        if on > self.due:
            if self.ends_met:
                return "met"
            return "open" if self.is_muted else "overdue"
        return "due_soon" if (self.due - on).days <= SOON_DAYS else "open"


def paused_days(facts: Facts, since: date) -> int:
    """Days of suspension after `since`.

    The day of resumption counts again, a pause that lasts has no end yet.
    """
    return sum(
        (pause.resumed_on - max(pause.on, since)).days
        for pause in facts.pauses
        if pause.resumed_on is not None and pause.resumed_on > since
    )


def expiry(facts: Facts, ground: Ground) -> date | None:
    """The day on which probation expires and membership begins.

    Twelve months from the general meeting that admitted, and an extension from there (2014 Art. 32, 2026 Art.
    31).
    """
    vote_on = facts.admitted_on
    if vote_on is None:
        return None
    leap_rule = ground.settings_on(vote_on).leap_rule
    expires_on = plus_months(vote_on, PROBATION_MONTHS, leap_rule=leap_rule)
    return (
        plus_months(expires_on, facts.extended_months, leap_rule=leap_rule)
        if facts.extended_months
        else expires_on
    )


def deferred_expiry(facts: Facts, ground: Ground) -> date | None:
    """The expiry that a deferral was made on: an extension decided after it has an expiry of its own."""
    if facts.deferred_on is None:
        return None
    extended = [d.on for d in facts.decisions if d.purpose == "extension" and d.approved]
    is_before = bool(extended) and facts.deferred_on <= extended[-1]
    return expiry(facts.changed({"extended_months": 0}) if is_before else facts, ground)


def review_due(facts: Facts, ground: Ground, *, before: date | None = None) -> date | None:
    """When the next half-yearly review is due.

    Counted from the last one (before that day) or from the decision.
    """
    if facts.activist_on is None:
        return None
    held = [on for on in facts.reviews if before is None or on < before]
    base = max([facts.activist_on, *held])
    settings = ground.settings_on(before or base)
    due = plus_months(base, settings.review_months, leap_rule=settings.leap_rule)
    return _after_pause(facts, base, due)


def _after_pause(facts: Facts, opened_on: date, due: date) -> date:
    resumed = [p.resumed_on for p in facts.pauses if p.resumed_on is not None and p.resumed_on > opened_on]
    return max(due, max(resumed) + AFTER_RESUMPTION) if resumed else due


def deadlines_of(facts: Facts, ground: Ground, until: date) -> tuple[Deadline, ...]:
    """Every deadline that is open by `until` (that day included), the latest of a name last."""
    found = [
        *_from_timers(facts, ground),
        *_reviews(facts, ground),
        *_thought_reports(facts, ground, until),
        *_notices(facts, ground),
        *_objections(facts, ground),
        *_conversion(facts, ground),
    ]
    return tuple(sorted((d for d in found if d.opened_on <= until), key=lambda d: d.opened_on))


MONTHS_AFTER = {"talk": 1, "approval": 3, "approval_cap": 6, "oath": 1, "conversion_approval": 3}
DAYS_AFTER = {"activist_filing": 30, "contacts": 30, "department_filing": 30, "archive": 30}
CAPS = frozenset({"approval_cap", "deferral_cap"})
MONTHS_OF_DEFERRAL = 6
RESULT_WORKING_DAYS = 3
OBJECTION_WORKING_DAYS = 15


def _from_timers(facts: Facts, ground: Ground) -> Iterator[Deadline]:
    for timer in facts.timers:
        due = _due(timer, facts, ground)
        if due is not None:
            opened_on = _shown_from(timer, ground)
            yield _deadline(ground, timer.id, timer.seq, opened_on, due, timer.closed_on, timer.dropped_on)


def _due(timer: Timer, facts: Facts, ground: Ground) -> date | None:
    on = timer.opened_on
    settings = ground.settings_on(on)
    if timer.id in DAYS_AFTER:
        return on + timedelta(days=DAYS_AFTER[timer.id])
    if timer.id == "oath" and "oath" not in ground.edition_on(on).deadlines:
        return None
    if timer.id in MONTHS_AFTER:
        return plus_months(on, MONTHS_AFTER[timer.id], leap_rule=settings.leap_rule)
    if timer.id == "deferral_cap":
        expires_on = deferred_expiry(facts, ground)
        return (
            plus_months(expires_on, MONTHS_OF_DEFERRAL, leap_rule=settings.leap_rule) if expires_on else None
        )
    months = ground.settings_on(_shown_from(timer, ground)).preexamination_to_meeting_months
    return plus_months(on, months, leap_rule=settings.leap_rule) if months else None


def _shown_from(timer: Timer, ground: Ground) -> date:
    """A limit that only a later edition knows is shown from the day on which that edition is in force."""
    if timer.id != "meeting" or ground.settings_on(timer.opened_on).preexamination_to_meeting_months:
        return timer.opened_on
    later = [
        e.in_force.begins
        for e in ground.editions
        if e.in_force.begins > timer.opened_on
        and ground.settings_on(e.in_force.begins).preexamination_to_meeting_months
    ]
    return min(later, default=timer.opened_on)


def _reviews(facts: Facts, ground: Ground) -> Iterator[Deadline]:
    """The running half-year, until the general meeting's vote."""
    due = review_due(facts, ground)
    if due is None or facts.activist_on is None:
        return
    opened_on = max([facts.activist_on, *facts.reviews])
    yield _deadline(ground, "review", opened_on, opened_on, due, None, cultivation_ended(facts), facts)


def cultivation_ended(facts: Facts) -> date | None:
    """The day from which nobody asks for reviews and reports: the passed vote, or an end before it."""
    if facts.stage in CULTIVATED:
        return facts.admission.on if facts.pending is not None and facts.admission is not None else None
    return facts.admitted_on or facts.ended_on or facts.stage_on


def _thought_reports(facts: Facts, ground: Ground, until: date) -> Iterator[Deadline]:
    if facts.activist_on is None:
        return
    every = ground.settings_on(until).thought_report_every
    ended = cultivation_ended(facts)
    if every is None:
        return
    horizon = (min(until, ended) if ended else until) + timedelta(days=366)
    for period in report_periods(every, facts.activist_on, horizon):
        if period.first > (ended or until):
            return
        given = [on for on in facts.thought_reports if on in period]
        lost = ended if ended is not None and ended <= period.last else None
        closed_on = given[0] if given else None
        yield _deadline(ground, "thought_report", period.first, period.first, period.last, closed_on, lost)


def _notices(facts: Facts, ground: Ground) -> Iterator[Deadline]:
    for notice in facts.notices:
        gone = _ended(notice.dropped_on, facts) if notice.closed_on is None else None
        window = _deadline(ground, "publicity", notice.seq, notice.posted_on, notice.last, None, None)
        dropped = gone if gone is not None and gone <= notice.last else None
        yield Deadline(
            window.id, window.key, window.opened_on, window.due, window.due,
            dropped_on=dropped, is_provisional=window.is_provisional, ends_met=True,
        )  # fmt: skip
        due = ground.calendar.nth_working_day(notice.last + DAY, RESULT_WORKING_DAYS)
        if dropped is None:
            yield _deadline(
                ground, "notice_result", notice.seq, notice.last + DAY, due, notice.closed_on, gone
            )


def _objections(facts: Facts, ground: Ground) -> Iterator[Deadline]:
    for objection in facts.objections:
        due = ground.calendar.nth_working_day(objection.on + DAY, OBJECTION_WORKING_DAYS)
        yield _deadline(
            ground, "objection", objection.seq, objection.on, due, objection.concluded_on, _ended(None, facts)
        )


def _conversion(facts: Facts, ground: Ground) -> Iterator[Deadline]:
    """One for each expiry: an extension opens its own at its end, the first one stays as it was answered.

    A deferral ends it: its cap takes the place of the month.
    """
    passed = [v.on for v in facts.votes if v.purpose != "admission" and v.outcome == "passed"]
    deferred = deferred_expiry(facts, ground)
    for expires_on in _expiries(facts, ground):
        due = conversion_due(facts, ground, expires_on)
        deferred_on = facts.deferred_on if expires_on == deferred else None
        until = deferred_on or date.max
        closed_on = min((on for on in passed if expires_on <= on <= until), default=None)
        gone = (deferred_on or facts.ended_on) if closed_on is None else None
        yield _deadline(ground, "conversion_meeting", expires_on, expires_on, due, closed_on, gone, facts)


def _expiries(facts: Facts, ground: Ground) -> tuple[date, ...]:
    last = expiry(facts, ground)
    first = expiry(facts.changed({"extended_months": 0}), ground) if facts.extended_months else last
    return tuple(dict.fromkeys(day for day in (first, last) if day is not None))


def conversion_due(facts: Facts, ground: Ground, expires_on: date) -> date:
    """When the meeting on conversion is due, where nobody deferred it."""
    settings = ground.settings_on(expires_on)
    due = plus_months(expires_on, settings.conversion_meeting_within_months, leap_rule=settings.leap_rule)
    return _after_pause(facts, expires_on, due)


def _ended(dropped_on: date | None, facts: Facts) -> date | None:
    return dropped_on or facts.ended_on


def _deadline(
    ground: Ground,
    name: str,
    opening: object,
    opened_on: date,
    due: date,
    closed_on: date | None,
    dropped_on: date | None,
    facts: Facts | None = None,
) -> Deadline:
    calendar = ground.calendar
    return Deadline(
        id=name,
        key=f"{name}:{opening}",
        opened_on=opened_on,
        due=due,
        grace=due if name in CAPS else calendar.grace(due),
        closed_on=closed_on,
        dropped_on=dropped_on if closed_on is None else None,
        is_provisional=calendar.is_provisional(due),
        is_muted=facts.is_suspended if facts else False,
    )

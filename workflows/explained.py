"""Why a deadline falls on its day: what opened it, how it is counted, and each day with what became of it.

Every due day is counted here anew from its anchor, so that an explanation which does not arrive at the
deadline's own day shows a mistake (tests/workflows/test_explained.py).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from workflows.calendar import Calendar, DayKind
from workflows.counts import Count, counted_days, counted_months, counted_period, counted_working
from workflows.deadlines import (
    AFTER_RESUMPTION,
    CAPS,
    DAY,
    DAYS_AFTER,
    MONTHS_AFTER,
    MONTHS_OF_DEFERRAL,
    OBJECTION_WORKING_DAYS,
    PROBATION_MONTHS,
    RESULT_WORKING_DAYS,
    Deadline,
    expiry,
    paused_days,
)
from workflows.facts import Facts, Notice, Pause
from workflows.ground import Ground

CULTIVATION, PROBATION = "cultivation", "probation"
Reason = Literal["begins", "counts", "rest", "paused", "shifted", "grace", "after"]


@dataclass(frozen=True, slots=True)
class CountedDay:
    """`number`: its place in the count, from 1; None for a day that does not count."""

    day: date
    kind: DayKind
    reason: Reason
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """`counts`: the steps one after another, the last of them counted day by day in `days`.

    `days` lead from the anchor of that last step to the first day after due day and grace. `opened_by`: the
    act on the first anchor's day, None for a day of the calendar. `is_minimum`: on `due` the period is over
    and the act may happen; else `due` is the last day in time. `pauses` are those that moved `due`,
    `resumed_on` the resumption that moved it by thirty days.
    """

    id: str
    opened_by: str | None
    counts: tuple[Count, ...]
    days: tuple[CountedDay, ...]
    due: date
    grace: date
    is_minimum: bool = False
    is_provisional: bool = False
    is_suspended: bool = False
    pauses: tuple[Pause, ...] = ()
    resumed_on: date | None = None

    @property
    def anchor(self) -> date:
        """Where the counting begins."""
        return self.counts[0].anchor

    @property
    def last(self) -> Count:
        return self.counts[-1]

    @property
    def counted(self) -> int:
        return sum(one.reason == "counts" for one in self.days)

    @property
    def not_counted(self) -> tuple[CountedDay, ...]:
        """The days before the due day that the count leaves out."""
        return tuple(one for one in self.days if one.reason in {"rest", "paused"} and one.day < self.due)


def explain(deadline: Deadline, facts: Facts, ground: Ground) -> Explanation:
    """How the deadline came to its due day. KeyError for a name that no deadline of a dossier has."""
    counts = _COUNTED[deadline.id](deadline, facts, ground) if deadline.id in _COUNTED else None
    if counts is None:
        counts = _of_timer(deadline, facts, ground)
    counted_to = counts[-1].ends
    resumed_on = _resumption(deadline, facts)
    due = max(counted_to, resumed_on + AFTER_RESUMPTION) if resumed_on else counted_to
    is_capped = deadline.id in CAPS or deadline.id == "publicity"
    grace = due if is_capped else ground.calendar.grace(due)
    return Explanation(
        id=deadline.id,
        opened_by=_opened_by(deadline, facts),
        counts=counts,
        days=_days(counts[-1], ground.calendar, due=due, grace=grace),
        due=due,
        grace=grace,
        is_provisional=ground.calendar.is_provisional(due),
        is_suspended=deadline.is_muted,
        resumed_on=resumed_on if due != counted_to else None,
    )


def explain_cultivation(facts: Facts, ground: Ground, on: date) -> Explanation | None:
    """From which day an activist may be proposed, as it stands on `on`; None for who is none (Art. 13)."""
    if facts.activist_on is None:
        return None
    settings = ground.settings_on(on)
    count = counted_months(
        facts.activist_on, settings.cultivation_months, settings, setting="cultivation.months"
    )
    pauses = tuple(one for one in facts.pauses if one.resumed_on and one.resumed_on > facts.activist_on)
    due = count.ends + timedelta(days=paused_days(facts, facts.activist_on))
    return _minimum(CULTIVATION, "activist_decided", (count,), due, ground, facts, pauses)


def explain_probation(facts: Facts, ground: Ground) -> Explanation | None:
    """When probation expires and membership begins; None before an admission (2014 Art. 32, 2026 Art. 31)."""
    due = expiry(facts, ground)
    if due is None:
        return None
    counts = _probation(facts, ground, is_extended=bool(facts.extended_months))
    return _minimum(PROBATION, "meeting_voted", counts, counts[-1].ends, ground, facts, ())


def _minimum(
    id_: str,
    opened_by: str,
    counts: tuple[Count, ...],
    due: date,
    ground: Ground,
    facts: Facts,
    pauses: tuple[Pause, ...],
) -> Explanation:
    return Explanation(
        id=id_,
        opened_by=opened_by,
        counts=counts,
        days=_days(counts[-1], ground.calendar, due=due, grace=due, pauses=pauses),
        due=due,
        grace=due,
        is_minimum=True,
        is_provisional=ground.calendar.is_provisional(due),
        is_suspended=facts.is_suspended and id_ == CULTIVATION,
        pauses=pauses,
    )


def _days(
    count: Count, calendar: Calendar, *, due: date, grace: date, pauses: tuple[Pause, ...] = ()
) -> tuple[CountedDay, ...]:
    number = 0
    found = []
    for day, _kind in calendar.explain(count.anchor, max(due, grace) + DAY):
        kind = calendar.shown_kind(day)
        reason = _reason(day, kind, count, due=due, grace=grace, pauses=pauses)
        number += reason == "counts"
        found.append(CountedDay(day, kind, reason, number if reason == "counts" else None))
    return tuple(found)


def _reason(
    day: date, kind: DayKind, count: Count, *, due: date, grace: date, pauses: tuple[Pause, ...]
) -> Reason:
    if day > due:
        return "grace" if day <= grace else "after"
    if day == count.anchor and not count.is_anchor_counted:
        return "begins"
    if any(one.on <= day and (one.resumed_on is None or day < one.resumed_on) for one in pauses):
        return "paused"
    if count.unit == "working" and not kind.working:
        return "rest"
    return "shifted" if day > count.ends and not pauses else "counts"


def _of_timer(deadline: Deadline, facts: Facts, ground: Ground) -> tuple[Count, ...]:
    """Days or months after the act that opened it."""
    if deadline.id in DAYS_AFTER:
        return (counted_days(deadline.opened_on, DAYS_AFTER[deadline.id]),)
    settings = ground.settings_on(deadline.opened_on)
    if deadline.id in MONTHS_AFTER:
        return (counted_months(deadline.opened_on, MONTHS_AFTER[deadline.id], settings),)
    opened = {f"{one.id}:{one.seq}": one.opened_on for one in facts.timers}
    begun_on = opened[deadline.key]
    months = settings.preexamination_to_meeting_months
    return (
        replace(
            counted_months(begun_on, months, settings, setting="preexamination.to_meeting_months"),
            ends=counted_months(begun_on, months, ground.settings_on(begun_on)).ends,
        ),
    )


def _review(deadline: Deadline, _facts: Facts, ground: Ground) -> tuple[Count, ...]:
    settings = ground.settings_on(deadline.opened_on)
    months = settings.review_months
    return (counted_months(deadline.opened_on, months, settings, setting="review.months"),)


def _thought_report(deadline: Deadline, _facts: Facts, _ground: Ground) -> tuple[Count, ...]:
    return (counted_period(deadline.opened_on, deadline.due),)


def _window(deadline: Deadline, facts: Facts, _ground: Ground) -> tuple[Count, ...]:
    notice = notice_of(deadline, facts)
    return (Count(notice.first, "window", (notice.last - notice.first).days + 1, notice.last),)


def _notice_result(deadline: Deadline, facts: Facts, ground: Ground) -> tuple[Count, ...]:
    return (counted_working(notice_of(deadline, facts).last, RESULT_WORKING_DAYS, ground.calendar),)


def _objection(deadline: Deadline, _facts: Facts, ground: Ground) -> tuple[Count, ...]:
    return (counted_working(deadline.opened_on, OBJECTION_WORKING_DAYS, ground.calendar),)


def _conversion_meeting(deadline: Deadline, facts: Facts, ground: Ground) -> tuple[Count, ...]:
    """From the expiry that it opened on: the first one, or the one after an extension."""
    before = _probation(facts, ground, is_extended=False)
    if before[-1].ends != deadline.opened_on:
        before = _probation(facts, ground, is_extended=True)
    settings = ground.settings_on(deadline.opened_on)
    months = settings.conversion_meeting_within_months
    name = "conversion.meeting_within_months"
    return (*before, counted_months(before[-1].ends, months, settings, setting=name))


def _deferral_cap(deadline: Deadline, facts: Facts, ground: Ground) -> tuple[Count, ...]:
    """From the expiry that the deferral was made on."""
    settings = ground.settings_on(deadline.opened_on)
    extended = [one.on for one in facts.decisions if one.purpose == "extension" and one.approved]
    is_before = facts.deferred_on is not None and bool(extended) and facts.deferred_on <= extended[-1]
    before = _probation(facts, ground, is_extended=bool(facts.extended_months) and not is_before)
    return (*before, counted_months(before[-1].ends, MONTHS_OF_DEFERRAL, settings))


def _probation(facts: Facts, ground: Ground, *, is_extended: bool) -> tuple[Count, ...]:
    voted_on = facts.admitted_on
    assert voted_on is not None
    settings = ground.settings_on(voted_on)
    first = counted_months(voted_on, PROBATION_MONTHS, settings)
    return (first, counted_months(first.ends, facts.extended_months, settings)) if is_extended else (first,)


def notice_of(deadline: Deadline, facts: Facts) -> Notice:
    """The posting that a `publicity` or `notice_result` belongs to. KeyError where there is none."""
    return {f"{deadline.id}:{one.seq}": one for one in facts.notices}[deadline.key]


def _resumption(deadline: Deadline, facts: Facts) -> date | None:
    if deadline.id not in {"review", "conversion_meeting"}:
        return None
    after = [one.resumed_on for one in facts.pauses if one.resumed_on and one.resumed_on > deadline.opened_on]
    return max(after, default=None)


def _opened_by(deadline: Deadline, facts: Facts) -> str | None:
    """The act of that day; None where a day of the calendar opens it."""
    acts = _OPENED_BY.get(deadline.id, ())
    dated = (do for do in acts if deadline.opened_on in {facts.first_on.get(do), facts.last_on.get(do)})
    return next(dated, acts[-1] if acts else None)


_COUNTED: Mapping[str, Callable[[Deadline, Facts, Ground], tuple[Count, ...]]] = {
    "review": _review,
    "thought_report": _thought_report,
    "publicity": _window,
    "notice_result": _notice_result,
    "objection": _objection,
    "conversion_meeting": _conversion_meeting,
    "deferral_cap": _deferral_cap,
}
_OPENED_BY: Mapping[str, tuple[str, ...]] = {
    "talk": ("application_received",),
    "activist_filing": ("activist_decided",),
    "contacts": ("transferred", "transferred_in", "activist_decided"),
    "review": ("review_recorded", "activist_decided"),
    "publicity": ("notice_posted",),
    "notice_result": ("notice_posted",),
    "objection": ("objection_received",),
    "meeting": ("preexamined",),
    "approval": ("meeting_voted",),
    "approval_cap": ("meeting_voted",),
    "department_filing": ("committee_decided",),
    "oath": ("committee_decided",),
    "conversion_meeting": ("meeting_voted",),
    "conversion_approval": ("meeting_voted",),
    "deferral_cap": ("meeting_voted",),
    "archive": ("committee_decided",),
}

"""The rungs of a deadline's reminder ladder: on which days they fall, and which of them is due."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, Protocol

from workflows.calendar import Calendar
from workflows.deadlines import Deadline

Audience = Literal["branch", "committee"]

FORETOLD = frozenset({"conversion_meeting"})
_DAY = timedelta(days=1)


class Laddered(Protocol):
    """A kind of deadline: for each audience the days after the due day, before it where negative."""

    @property
    def ladder(self) -> Mapping[Audience, tuple[int, ...]]: ...


@dataclass(frozen=True, slots=True)
class Rung:
    """`days` after the due day, before it where negative; `on` is the day on which it is told."""

    audience: Audience
    days: int
    on: date

    @property
    def name(self) -> str:
        """As a reminder stores it, such as "-10", "0" or "+1"."""
        return f"{self.days:+d}" if self.days else "0"

    @property
    def is_urgent(self) -> bool:
        """From the due day on it does not wait for the next digest."""
        return self.days >= 0


def due_rungs(kind: Laddered, deadline: Deadline, calendar: Calendar, today: date) -> tuple[Rung, ...]:
    """For each audience the most urgent rung that has come by `today`, whatever was missed before it."""
    if not _is_told(deadline, today):
        return ()
    come: dict[Audience, Rung] = {}
    for rung in rungs(kind, deadline, calendar):
        if rung.on <= today:
            come[rung.audience] = rung
    return tuple(come.values())


def next_rung_on(kind: Laddered, deadline: Deadline, calendar: Calendar, today: date) -> date | None:
    """The first day after `today` on which another rung comes; None when nothing is left to tell."""
    if not _is_told(deadline, today):
        return None
    return min((rung.on for rung in rungs(kind, deadline, calendar) if rung.on > today), default=None)


def rungs(kind: Laddered, deadline: Deadline, calendar: Calendar) -> Iterator[Rung]:
    """Every rung that can come, each audience's from the first to the last.

    A rung on a rest day moves to the working day before. Where that would come before the opening, or would
    call overdue what is not yet, it moves to the working day after. A rung whose own day lies before the
    opening never comes, save where the calendar opens the deadline: the meeting on conversion is foretold.
    """
    for audience, ladder in kind.ladder.items():
        for days in sorted(ladder):
            on = deadline.due + timedelta(days=days)
            if on >= deadline.opened_on or deadline.id in FORETOLD:
                yield Rung(audience, days, _told_on(on, _earliest(deadline, days), calendar))


def _is_told(deadline: Deadline, today: date) -> bool:
    """Nothing is told of a deadline that is met, dropped, muted, or answered by its own last day."""
    return deadline.is_running and not deadline.is_muted and not (deadline.ends_met and today > deadline.due)


def _earliest(deadline: Deadline, days: int) -> date:
    if days > 0:
        return max(deadline.due + _DAY, deadline.opened_on)
    return date.min if deadline.id in FORETOLD else deadline.opened_on


def _told_on(on: date, earliest: date, calendar: Calendar) -> date:
    before = calendar.previous_working_day(on)
    return before if before >= earliest else calendar.grace(on)

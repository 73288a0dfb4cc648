"""The rungs of a deadline's reminder ladder: on which days they fall, and which of them is due."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from workflows.calendar import Calendar
from workflows.deadlines import Deadline
from workflows.ladders import Audience, Step

_DAY = timedelta(days=1)


class Laddered(Protocol):
    """A kind of deadline, of an edition or of an organization."""

    @property
    def ladder(self) -> Mapping[Audience, tuple[Step, ...]]: ...

    @property
    def stays(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Rung:
    """`step` as the edition writes it; `on` is the day on which it is told.

    `is_urgent`: its own day is the due day or a later one; such a reminder does not wait for the next digest.
    """

    audience: Audience
    step: Step
    on: date
    is_urgent: bool

    @property
    def name(self) -> str:
        """As a reminder stores it, such as "-10", "0", "+1" or "opening-30"."""
        return self.step.name


@dataclass(frozen=True, slots=True)
class Look:
    """For each audience the most urgent rung that has come, whatever was missed before it.

    `next_on`: the first later day on which another rung comes; None when nothing is left to tell.
    """

    due: tuple[Rung, ...] = ()
    next_on: date | None = None


def look(kind: Laddered, deadline: Deadline, calendar: Calendar, today: date) -> Look:
    """What is to be told of the deadline by `today`, and when it is looked at again."""
    if not _is_told(kind, deadline, today):
        return Look()
    come: dict[Audience, Rung] = {}
    next_on: date | None = None
    for rung in rungs(kind, deadline, calendar):
        if rung.on <= today:
            come[rung.audience] = rung
        elif next_on is None or rung.on < next_on:
            next_on = rung.on
    return Look(tuple(come.values()), next_on)


def rungs(kind: Laddered, deadline: Deadline, calendar: Calendar) -> Iterator[Rung]:
    """Every rung that can come, each audience's from the first to the last.

    A rung on a rest day moves to the working day before. Where that would come before the opening, or would
    call overdue what is not yet, it moves to the working day after. A rung whose own day lies before the
    opening never comes, save where the ladder counts it from the opening: that deadline is foretold.
    """
    for audience, ladder in kind.ladder.items():
        for own, step in sorted(
            ((_own_day(deadline, step), step) for step in ladder), key=lambda found: found[0]
        ):
            if own >= deadline.opened_on or step.anchor == "opening":
                on = _told_on(own, _earliest(deadline, step), calendar)
                yield Rung(audience, step, on, is_urgent=own >= deadline.due)


def _is_told(kind: Laddered, deadline: Deadline, today: date) -> bool:
    """Nothing is told of a deadline that is met, dropped, muted, or answered by its own last day."""
    is_over = deadline.ends_met and today > deadline.due and not kind.stays
    return deadline.is_running and not deadline.is_muted and not is_over


def _own_day(deadline: Deadline, step: Step) -> date:
    return step.day(opened_on=deadline.opened_on, due=deadline.due)


def _earliest(deadline: Deadline, step: Step) -> date:
    if step.anchor == "due" and step.days > 0:
        return max(deadline.due + _DAY, deadline.opened_on)
    return date.min if step.anchor == "opening" and step.days < 0 else deadline.opened_on


def _told_on(on: date, earliest: date, calendar: Calendar) -> date:
    before = calendar.previous_working_day(on)
    return before if before >= earliest else calendar.grace(on)

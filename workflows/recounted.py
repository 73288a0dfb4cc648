"""What a day of the calendar that was entered while a deadline ran has changed in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from workflows.calendar import CalendarRow, china_calendar
from workflows.deadlines import Deadline
from workflows.explained import Explanation, explain
from workflows.facts import Facts
from workflows.ground import Ground


@dataclass(frozen=True, slots=True, kw_only=True)
class EnteredDay:
    """A row of the calendar as it was entered: `on` the civil day, `version` from 1 for each day."""

    row: CalendarRow
    on: date
    version: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recount:
    """The last day, its grace, and how many days up to the last one are worked."""

    due: date
    grace: date
    worked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarChange:
    entered: EnteredDay
    before: Recount
    after: Recount


def calendar_changes(
    deadline: Deadline, facts: Facts, ground: Ground, entered: Sequence[EnteredDay]
) -> tuple[CalendarChange, ...]:
    """The rows entered from the day on which the counting began that changed something, in their order.

    `entered`: every row of the record, in the order of entry.
    """
    found = []
    for index, one in enumerate(entered):
        after = _recount(deadline, facts, ground, entered[: index + 1])
        if one.on < after.anchor:
            continue
        before = _recount(deadline, facts, ground, entered[:index])
        change = CalendarChange(entered=one, before=_of(before), after=_of(after))
        if change.before != change.after:
            found.append(change)
    return tuple(found)


def _recount(deadline: Deadline, facts: Facts, ground: Ground, entered: Sequence[EnteredDay]) -> Explanation:
    calendar = china_calendar([one.row for one in entered])
    return explain(deadline, facts, Ground(calendar=calendar, settings_rows=ground.settings_rows))


def _of(explanation: Explanation) -> Recount:
    worked = sum(
        one.kind.working for one in explanation.days if explanation.last.anchor <= one.day <= explanation.due
    )
    return Recount(due=explanation.due, grace=explanation.grace, worked=worked)

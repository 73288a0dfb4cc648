"""Days that are no deadlines and are told of: from when one may propose, until when one may admit.

Nothing is overdue by them, and nobody must do anything (DOMAIN section L, rows A07 and A20).
"""

from collections.abc import Iterator
from datetime import date, timedelta

from workflows.dates import plus_months
from workflows.deadlines import CULTIVATED, Deadline, paused_days
from workflows.facts import Facts
from workflows.ground import Ground
from workflows.settings import Settings

MAY_PROPOSE = "may_propose"
LEAVING = "leaving"
OCCASIONS = frozenset((MAY_PROPOSE, LEAVING))
LEAVING_MONTHS = 3
BEFORE_ADMISSION = CULTIVATED | {"applicant"}
_DAY = timedelta(days=1)


def occasions_of(facts: Facts, ground: Ground) -> tuple[Deadline, ...]:
    """Those that the dossier has as it stands; `due` is the day that is told of."""
    return (*_may_propose(facts, ground), *_leaving(facts, ground))


def cultivated_on(facts: Facts, since: date, settings: Settings) -> date:
    """The first day on which an activist of that day has been cultivated long enough (Art. 13)."""
    ends = plus_months(since, settings.cultivation_months, leap_rule=settings.leap_rule)
    return ends + timedelta(days=paused_days(facts, since))


def last_admission(leaves_on: date, settings: Settings) -> date:
    """The last day of a general meeting more than three months before somebody leaves.

    30 and 31 March both lead to 30 June by the clamp: neither is early enough for who leaves then.
    """
    day = plus_months(leaves_on, -LEAVING_MONTHS, leap_rule=settings.leap_rule)
    while plus_months(day, LEAVING_MONTHS, leap_rule=settings.leap_rule) >= leaves_on:
        day -= _DAY
    return day


def _may_propose(facts: Facts, ground: Ground) -> Iterator[Deadline]:
    since = facts.activist_on
    if facts.stage != "activist" or since is None:
        return
    first = cultivated_on(facts, since, ground.settings_on(since))
    day = cultivated_on(facts, since, ground.settings_on(first))  # the law of the day of the proposal
    yield _occasion(MAY_PROPOSE, since, day, facts, ground)


def _leaving(facts: Facts, ground: Ground) -> Iterator[Deadline]:
    if facts.leaves_on is None or facts.stage not in BEFORE_ADMISSION or facts.pending is not None:
        return
    day = last_admission(facts.leaves_on, ground.settings_on(facts.leaves_on))
    if day >= facts.opened_on:
        yield _occasion(LEAVING, facts.opened_on, day, facts, ground)


def _occasion(name: str, opened_on: date, day: date, facts: Facts, ground: Ground) -> Deadline:
    return Deadline(
        id=name,
        key=f"{name}:{opened_on if name == MAY_PROPOSE else facts.leaves_on}",
        opened_on=opened_on,
        due=day,
        grace=day,
        is_provisional=ground.calendar.is_provisional(day),
        is_muted=facts.is_suspended,
        ends_met=True,
    )

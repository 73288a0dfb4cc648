"""The milestones of an adopted plan as deadlines: their days, their rungs, whom they still concern."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from workflows.calendar import Calendar
from workflows.dates import Span, plus_months
from workflows.deadlines import Deadline, paused_days
from workflows.edition import EDITIONS, Edition, load_edition
from workflows.facts import Facts
from workflows.ground import Ground
from workflows.openness import is_open
from workflows.plans.document import ADMISSION, step_of
from workflows.plans.ladders import ladders
from workflows.plans.order import predecessors
from workflows.steps import supposed

LONGEST_ID = 40
_CHOSEN = "target_proposed"  # a branch may propose, it need not: only whoever may be proposed by then


@dataclass(frozen=True, slots=True)
class StoredMilestone:
    """One milestone of a stored plan; both days count.

    `steps`: its acts, with their purpose where they have one; those that no edition knows are left out.
    """

    id: str
    label: str
    span: Span
    steps: tuple[str, ...]

    @property
    def is_notice(self) -> bool:
        return any(step.startswith("notice_posted") for step in self.steps)

    @property
    def ladder(self) -> tuple[int, ...]:
        """Days after the last day, before it where negative."""
        kind = ladders().milestone.notice if self.is_notice else ladders().milestone.other
        before = tuple(-days - (self.span.days - 1) for days in kind.before_first)
        return tuple(sorted({*before, *kind.after_last}))


@dataclass(frozen=True, slots=True)
class StoredYear:
    """What a plan says of its year, as far as milestones need it; `pool`: of which year its activists are."""

    year: int
    milestones: tuple[StoredMilestone, ...]
    pool: int | None = None

    def of(self, id_: str) -> StoredMilestone | None:
        return next((one for one in self.milestones if one.id == id_), None)


def year_of(year: int, document: Mapping[str, object]) -> StoredYear:
    """Read a stored plan. A milestone without a day that can be read is left to the linter."""
    listed = document.get("milestones")
    entries = listed if isinstance(listed, Sequence) and not isinstance(listed, str) else ()
    found: dict[str, StoredMilestone] = {}
    for number, entry in enumerate(entries, start=1):
        one = _planned(entry, number) if isinstance(entry, Mapping) else None
        if one is not None:
            found.setdefault(one.id, one)
    pool = document.get("eligible_pool")
    decided_in = pool.get("activist_decided_in") if isinstance(pool, Mapping) else None
    return StoredYear(year, tuple(found.values()), decided_in if isinstance(decided_in, int) else None)


def milestone_deadlines(year: StoredYear, adopted_on: date, calendar: Calendar) -> tuple[Deadline, ...]:
    """Each milestone opens with the plan's adoption and is due on its last day."""
    return tuple(
        Deadline(
            id=one.id,
            key=f"{year.year}:{one.id}",
            opened_on=adopted_on,
            due=one.span.last,
            grace=calendar.grace(one.span.last),
            is_provisional=calendar.is_provisional(one.span.first, one.span.last),
        )
        for one in year.milestones
    )


def recorders(steps: Iterable[str], edition: Edition) -> frozenset[str]:
    """Who records any of these acts, each with its purpose; the letters of PROCEDURE.md, section 2."""
    named = (step.partition(" ") for step in steps)
    return frozenset(
        letter
        for do, _, purpose in named
        if do in edition.acts
        for letter in edition.acts[do].recorders(purpose)
    )


def stages_of(year: StoredYear, one: StoredMilestone, ground: Ground, on: date) -> frozenset[str]:
    """The stages in which a dossier can be that the milestone concerns."""
    edition = ground.edition_on(on)
    found: set[str] = set()
    for step in _awaited(year, one, ground, on):
        do, _, purpose = step.partition(" ")
        if do in edition.acts:
            found.update(edition.acts[do].stages(purpose or None))
    return frozenset(found)


def open_steps(
    year: StoredYear, one: StoredMilestone, facts: Facts, ground: Ground, on: date
) -> tuple[str, ...]:
    """The acts for which it still concerns the dossier; none where it does not.

    Before its first day also where the dossier is on its way there: where a step stands open that comes
    before it on the road, from the first one for which this plan has a day; where that day is over, whoever
    has not done it does not come. While it is suspended it waits.
    """
    if facts.is_suspended:
        return ()
    awaited = _awaited(year, one, ground, on)
    return tuple(step for step in awaited if _is_awaited(year, one, step, facts, ground, on))


def _awaited(year: StoredYear, one: StoredMilestone, ground: Ground, on: date) -> tuple[str, ...]:
    own = _own_steps(year, one)
    if on >= one.span.first:
        return own
    before = predecessors(ground.edition_on(on), ground.settings_on(on))
    ends = {step: other.span.last for other in _by_day(year) for step in other.steps if other is not one}
    road = {earlier for step in one.steps for earlier in before.get(step, ())}
    begun = {step for step in road if step in ends and ends[step] <= one.span.last}
    on_the_way = {step for step in road if step in begun or begun & before.get(step, frozenset())}
    is_over = {step for step in begun if ends[step] < on}
    return (*own, *sorted(on_the_way - is_over - set(own)))


def _own_steps(year: StoredYear, one: StoredMilestone) -> tuple[str, ...]:
    """An act that an earlier milestone names as well goes along: by itself it calls nobody again."""
    earlier = {step for other in year.milestones if other.span.last < one.span.first for step in other.steps}
    return tuple(step for step in one.steps if step not in earlier) or one.steps


def _by_day(year: StoredYear) -> list[StoredMilestone]:
    return sorted(year.milestones, key=lambda one: one.span.last)


def _is_awaited(
    year: StoredYear, one: StoredMilestone, step: str, facts: Facts, ground: Ground, on: date
) -> bool:
    do, _, purpose = step.partition(" ")
    done_on = _done_on(facts, do, purpose)
    if done_on is not None and done_on >= max(date(year.year, 1, 1), _began(facts, do)):
        return False
    if do == _CHOSEN and not _may_be_proposed(year, one, facts, ground, on):
        return False
    return is_open(facts, supposed(do, purpose or None, on), ground)


def _done_on(facts: Facts, do: str, purpose: str) -> date | None:
    """The last day on which the act was done with that purpose."""
    match do:
        case "notice_posted":
            days = [one.posted_on for one in facts.current_notices(purpose)]
        case "notice_closed":
            days = []  # open only while a notice hangs that nobody has closed
        case "meeting_voted":
            days = [one.on for one in facts.votes if one.purpose == purpose]
        case "committee_decided":
            days = [one.on for one in facts.decisions if one.purpose == purpose]
        case _:
            return facts.last_on.get(do)
    return max(days, default=None)


def _began(facts: Facts, do: str) -> date:
    """An act that leads out of the present stage counts from its first day: before it was another try."""
    kind = load_edition(EDITIONS[-1]).acts.get(do)
    return facts.stage_on if kind is not None and kind.leaves(facts.stage) else date.min


def _may_be_proposed(year: StoredYear, one: StoredMilestone, facts: Facts, ground: Ground, on: date) -> bool:
    """Up to the last day: of the plan's pool, and cultivated for long enough by then."""
    decided_on = facts.activist_on
    if on > one.span.last or decided_on is None or (year.pool is not None and decided_on.year != year.pool):
        return False
    settings = ground.settings_on(one.span.last)
    earliest = plus_months(decided_on, settings.cultivation_months, leap_rule=settings.leap_rule)
    waited = (one.span.last - earliest).days
    return waited >= paused_days(facts, decided_on)


def _planned(entry: Mapping[str, object], number: int) -> StoredMilestone | None:
    first = _day(entry.get("on", entry.get("until", entry.get("from"))))
    last = _day(entry.get("on", entry.get("until", entry.get("to"))))
    if first is None or last is None or last < first:
        return None
    id_ = str(entry.get("id") or "")
    purpose = str(entry.get("purpose") or ADMISSION)
    return StoredMilestone(
        id=id_ if 0 < len(id_) <= LONGEST_ID else str(number),
        label=str(entry.get("label") or ""),
        span=Span(first, last),
        steps=tuple(dict.fromkeys(_steps(entry.get("acts"), purpose))),
    )


def _steps(acts: object, purpose: str) -> Iterator[str]:
    known = {do for edition in EDITIONS for do in load_edition(edition).acts}
    if isinstance(acts, Sequence) and not isinstance(acts, str):
        yield from (step_of(str(do), purpose) for do in acts if str(do) in known)


def _day(value: object) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None

"""What the acts of a dossier establish so far: the frozen value that rules, deadlines and pages read.

Days are civil dates in Asia/Shanghai. A field that ends in `_on` is None until its act is in force.
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from itertools import repeat
from operator import attrgetter
from typing import Any

from workflows.votes import Outcome


@dataclass(frozen=True, slots=True)
class Recommendation:
    on: date
    source: str


@dataclass(frozen=True, slots=True)
class Opinion:
    on: date
    source: str


@dataclass(frozen=True, slots=True)
class Notice:
    """One posting; `first` and `last` both count.

    A second place of the same purpose is a posting of its own.
    """

    seq: int
    purpose: str
    place: str
    first: date
    last: date
    posted_on: date
    time: str | None = None
    closed_on: date | None = None
    dropped_on: date | None = None


@dataclass(frozen=True, slots=True)
class Objection:
    """`number` counts from 1 within the dossier."""

    seq: int
    number: int
    purpose: str
    on: date
    concluded_on: date | None = None
    upheld: bool = False


@dataclass(frozen=True, slots=True)
class Review:
    on: date
    qualified: bool
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Training:
    on: date
    days: int
    hours: int
    passed: bool


@dataclass(frozen=True, slots=True)
class Examination:
    """An examination, inspection, pre-examination or test, and whether it was passed."""

    on: date
    passed: bool


@dataclass(frozen=True, slots=True)
class Vote:
    seq: int
    on: date
    purpose: str
    outcome: Outcome
    months: int = 0
    by: str | None = None
    decided_on: date | None = None


@dataclass(frozen=True, slots=True)
class Talk:
    on: date
    talker_is: str


@dataclass(frozen=True, slots=True)
class Decision:
    seq: int
    on: date
    purpose: str
    approved: bool


@dataclass(frozen=True, slots=True)
class Pause:
    """`resumed_on` counts again; None while it lasts."""

    on: date
    resumed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    on: date
    kind: str
    signed: bool
    dated: bool


@dataclass(frozen=True, slots=True)
class Timer:
    """One opening of a deadline: `closed_on` by its act, `dropped_on` when it lost its reason."""

    id: str
    seq: int
    opened_on: date
    closed_on: date | None = None
    dropped_on: date | None = None

    @property
    def is_running(self) -> bool:
        return self.closed_on is None and self.dropped_on is None


@dataclass(frozen=True, slots=True)
class Facts:
    stage: str
    stages: tuple[tuple[date, str], ...]
    opened_on: date
    branch: str | None = None
    version: int = 0
    last_recorded_on: date | None = None
    first_on: Mapping[str, date] = field(default_factory=dict)
    last_on: Mapping[str, date] = field(default_factory=dict)
    timers: tuple[Timer, ...] = ()

    floating: bool = False
    league_member: bool = False
    category: str | None = None
    leaves_on: date | None = None
    branches: tuple[tuple[date, str], ...] = ()

    received_on: date | None = None
    talk_on: date | None = None
    recommendations: tuple[Recommendation, ...] = ()
    activist_on: date | None = None
    activist_filed_on: date | None = None
    contacts: tuple[str, ...] = ()
    contacts_on: date | None = None
    reviews: tuple[date, ...] = ()
    thought_reports: tuple[date, ...] = ()
    papers: tuple[Paper, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    pauses: tuple[Pause, ...] = ()

    proposed_on: date | None = None
    consented_on: date | None = None
    listed_on: date | None = None
    notices: tuple[Notice, ...] = ()
    objections: tuple[Objection, ...] = ()
    sponsors: tuple[str, ...] = ()
    sponsors_on: date | None = None
    review: Review | None = None
    trainings: tuple[Training, ...] = ()
    submitted_on: date | None = None
    examination: Examination | None = None
    inspection: Examination | None = None
    preexamination: Examination | None = None
    department: Examination | None = None
    form: str | None = None
    form_on: date | None = None
    theory: Examination | None = None
    votes: tuple[Vote, ...] = ()
    talks: tuple[Talk, ...] = ()
    deliberated_on: date | None = None
    prolonged_on: date | None = None
    decisions: tuple[Decision, ...] = ()
    filed_on: date | None = None
    oath_on: date | None = None
    group_on: date | None = None
    admitted_on: date | None = (
        None  # the day of the general meeting that admitted, once the committee approved
    )
    probation_on: date | None = None  # the day of that approval
    extended_months: int = 0
    requested_on: date | None = None
    moved_in_on: date | None = None
    deferred_on: date | None = None
    deferred_until: date | None = None
    archived_on: date | None = None
    ended_on: date | None = None

    @property
    def stage_on(self) -> date:
        """The day on which the present stage began."""
        return self.stages[-1][0] if self.stages else self.opened_on

    def stage_at(self, day: date) -> str | None:
        """The stage at the end of that day; None before the dossier began."""
        return next((stage for on, stage in reversed(self.stages) if on <= day), None)

    def branch_at(self, day: date) -> str | None:
        """The branch in charge at the end of that day."""
        return next((branch for on, branch in reversed(self.branches) if on <= day), self.branch)

    @property
    def is_suspended(self) -> bool:
        return bool(self.pauses) and self.pauses[-1].resumed_on is None

    @property
    def admission(self) -> Vote | None:
        """The last vote on admission in this attempt that was passed."""
        return next(
            (v for v in reversed(self.votes) if v.purpose == "admission" and v.outcome == "passed"), None
        )

    @property
    def pending(self) -> Vote | None:
        """A passed vote that the committee has not decided."""
        return next((v for v in reversed(self.votes) if v.outcome == "passed" and v.decided_on is None), None)

    def open_notices(self, purpose: str) -> tuple[Notice, ...]:
        """Postings of that purpose that are neither closed nor dropped."""
        return tuple(
            n for n in self.notices if n.purpose == purpose and n.closed_on is None and n.dropped_on is None
        )

    def current_notices(self, purpose: str) -> tuple[Notice, ...]:
        """Postings of that purpose in this attempt, closed or open."""
        return tuple(n for n in self.notices if n.purpose == purpose and n.dropped_on is None)

    def open_objections(self, purpose: str) -> tuple[Objection, ...]:
        return tuple(o for o in self.objections if o.purpose == purpose and o.concluded_on is None)

    def changed(self, changes: Mapping[str, Any]) -> "Facts":
        """What `dataclasses.replace` gives, which reads and sets each of the sixty fields in Python."""
        facts = object.__new__(Facts)
        deque(map(object.__setattr__, repeat(facts), _NAMES, _values_of(self)), maxlen=0)
        for name, value in changes.items():
            object.__setattr__(facts, name, value)
        return facts

    def to_json(self) -> dict[str, Any]:
        """Only what differs from an empty dossier, in values that JSON knows (facts_json.py)."""
        from workflows.facts_json import plain_facts  # noqa: PLC0415 - the codec is built from this module's types

        return plain_facts(self)

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> "Facts":
        """The inverse of `to_json`."""
        from workflows.facts_json import facts_of  # noqa: PLC0415 - as above

        return facts_of(plain)


_NAMES = tuple(one.name for one in fields(Facts))
_values_of = attrgetter(*_NAMES)

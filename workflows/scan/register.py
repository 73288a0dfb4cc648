"""What a scan keeps of each dossier, and what lies around the whole register: small, frozen, in any order."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from workflows.ground import Ground


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who somebody is, as one paper or the directory says; `digest` stands for the identity number.

    `seen_on`: the day of the paper; None: later than every day. `paper`: what says so.
    """

    digest: str
    paper: str
    name: str | None = None
    born: date | None = None
    native_place: str | None = None
    seen_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What the shares of a plan are counted by; None: not known."""

    sex: str | None = None
    born: date | None = None
    education: str | None = None
    category: str | None = None
    is_minority: bool | None = None


NOTHING_KNOWN = Traits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """`voted_on`: the general meeting; without one on file the day of the decision.

    `units`: the branch in charge that day and all above it, the nearest first; `committee`: who approved.
    `is_overridden`: a named person of the superior answers for the decision.
    """

    voted_on: date
    decided_on: date
    units: tuple[str, ...]
    committee: str | None
    sponsors: tuple[str, ...] = ()
    is_overridden: bool = False

    @property
    def branch(self) -> str | None:
        return self.units[0] if self.units else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ripe:
    """From the end of the cultivation year until the person left branch or road; None: still there."""

    branch: str
    first: date
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """One dossier, as small as the rules over many allow. `is_open`: on the road, or a member by it."""

    dossier: str
    person: str
    branch: str | None
    opened_on: date
    is_open: bool = True
    form: str | None = None
    form_on: date | None = None
    admission: Admission | None = None
    ripe: tuple[Ripe, ...] = ()
    traits: Traits = NOTHING_KNOWN
    identities: tuple[Identity, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """At least `percent` per cent of the year's admissions belong to the group."""

    group: str
    label: str
    percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanOfYear:
    committee: str
    year: int
    total: int
    shares: tuple[Share, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A person's stay as secretary or committee member of a unit; both ends belong to it."""

    person: str
    unit: str
    first: date
    last: date | None = None

    def is_held(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Conventions, not law: above them an auditor looks, below them a round of meetings is ordinary.

    `rush_percent`: more than this share of the year's admissions. `rush_branch`, `rush_committee`: fewer
    within the days are one ordinary round. `none_months`: so long without an admission.
    """

    rush_days: int = 30
    rush_percent: int = 50
    rush_branch: int = 5
    rush_committee: int = 10
    election_days: int = 90
    election_least: int = 3
    none_months: int = 36


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What no dossier says. `kin`: both directions; None: nobody has handed any in.

    `elections`: the days on which a unit, or the place that it leads, elects.
    """

    kin: Mapping[str, frozenset[str]] | None = None
    elections: Mapping[str, tuple[date, ...]] = field(default_factory=dict)
    seats: tuple[Seat, ...] = ()
    plans: tuple[PlanOfYear, ...] = ()
    thresholds: Thresholds = Thresholds()


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """All dossiers on one day."""

    on: date
    ground: Ground
    summaries: tuple[Summary, ...]
    known: Known = Known()

    @property
    def admitted(self) -> tuple[tuple[Summary, Admission], ...]:
        """Who was admitted up to that day."""
        return tuple(
            (one, one.admission)
            for one in self.summaries
            if one.admission is not None and one.admission.voted_on <= self.on
        )

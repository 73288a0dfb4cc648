"""What lies around a dossier and no act of its own establishes.

Loaded by the caller, frozen for the judge.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from workflows.dates import plus_months


@dataclass(frozen=True, slots=True)
class Penalty:
    """`until`: the day on which the rights are restored (probation within the Party)."""

    kind: str
    on: date
    until: date | None = None


_PERIOD_MONTHS: Mapping[str, int] = {"warning": 12, "serious_warning": 18, "removed_from_post": 24}
_BARRING = "probation_within_party"


@dataclass(frozen=True, slots=True)
class Member:
    """One row of a branch roll; without `full_since` a probationary member.

    `until` is the first day off the roll.
    """

    id: str
    full_since: date | None = None
    penalties: tuple[Penalty, ...] = ()
    since: date | None = None
    until: date | None = None

    def is_full(self, day: date) -> bool:
        return self.full_since is not None and self.full_since <= day and self.is_here(day)

    def is_here(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)

    def is_barred(self, day: date) -> bool:
        """On probation within the Party that day: no vote, no sponsoring."""
        return any(
            p.kind == _BARRING and p.on <= day and (p.until is None or day < p.until) for p in self.penalties
        )

    def restored_on(self, day: date) -> date | None:
        """When the rights of a barred member come back, where it is known."""
        ends = [p.until for p in self.penalties if p.kind == _BARRING and p.on <= day]
        known = [end for end in ends if end is not None]
        return max(known) if known and len(known) == len(ends) else None

    def penalized_until(self, day: date) -> date | None:
        """The last day of a penalty's period of effect that runs on that day (DR; 2026 Art. 14)."""
        ends = [
            plus_months(p.on, _PERIOD_MONTHS[p.kind])
            for p in self.penalties
            if p.kind in _PERIOD_MONTHS and p.on <= day
        ]
        running = [end for end in ends if day <= end]
        return max(running) if running else None


@dataclass(frozen=True, slots=True)
class Roll:
    """The members of a branch as far as they are known; who may vote is asked for a day."""

    members: Mapping[str, Member]

    def full(self, day: date) -> int:
        """Full members on the roll that day, those without a vote included."""
        return sum(member.is_full(day) for member in self.members.values())

    def entitled(self, day: date) -> int:
        """Full members who have a vote that day."""
        return sum(member.is_full(day) and not member.is_barred(day) for member in self.members.values())

    def all_full_on(self, names: Iterable[str], day: date) -> date | None:
        """The later day from which all of them are full members, where it is known."""
        days = [self.member(name).full_since for name in names]
        known = [since for since in days if since is not None]
        return max(known) if known and len(known) == len(days) and max(known) > day else None

    def member(self, member_id: str) -> Member:
        """Somebody who is not on the roll is no full member of any day."""
        return self.members.get(member_id) or Member(member_id)


@dataclass(frozen=True, slots=True)
class Places:
    """The year's plan of the approving committee, without the admission that is being judged."""

    total: int
    used: int
    category_total: int | None = None
    category_used: int = 0


@dataclass(frozen=True, slots=True)
class Around:
    """`roll` None: the branch has none, and no rule about members is judged.

    `superiors`: the organizations above the branch in charge. `corrects_by`: who recorded the act that a
    correction names. `one_with`: who counts as one with whoever confirms or corrects, because the one stands
    in for the other. `belongs`: whether household, work or residence lies in the unit; None: not known.
    `unread`: the purposes of what came from outside about this person and nobody has looked at yet.
    `is_discreet`: whoever asks is not told how many objections are open.
    """

    roll: Roll | None = None
    is_roll_expected: bool = False
    committee_kind: str | None = None
    superiors: frozenset[str] = frozenset()
    forms_in_use: frozenset[str] = frozenset()
    plan: Places | None = None
    born: date | None = None
    is_open_elsewhere: bool = False
    belongs: bool | None = None
    corrects_by: str | None = None
    one_with: frozenset[str] = frozenset()
    unread: frozenset[str] = frozenset()
    is_discreet: bool = False

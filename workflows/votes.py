"""Majorities: the general meeting's and the committee's (2014 Art. 20, 21; 2026 Art. 19, 20)."""

from dataclasses import astuple, dataclass
from typing import Literal

Outcome = Literal["void", "not_passed", "passed"]
Problem = Literal[
    "negative",
    "ballots_exceed_present",
    "present_exceeds_entitled",
    "present_and_written_exceed_entitled",
]


@dataclass(frozen=True, slots=True)
class Tally:
    """The heads of one ballot on one candidate.

    `entitled` and `present` count members entitled to vote, without the probationary ones. The written
    opinions were handed in before the meeting by members who are absent: votes, not presence.
    """

    entitled: int
    present: int
    for_: int
    against: int = 0
    abstain: int = 0
    invalid: int = 0
    written_for: int = 0
    written_against: int = 0
    written_abstain: int = 0

    @property
    def ballots(self) -> int:
        return self.for_ + self.against + self.abstain + self.invalid

    @property
    def written(self) -> int:
        return self.written_for + self.written_against + self.written_abstain

    @property
    def votes_for(self) -> int:
        """Ballots and written opinions for."""
        return self.for_ + self.written_for

    def problems(self) -> tuple[Problem, ...]:
        """Where the counts contradict each other; an empty tuple when they agree.

        Fewer ballots than members present is no contradiction: some are not returned.
        """
        if min(astuple(self)) < 0:
            return ("negative",)
        found: list[Problem] = []
        if self.ballots > self.present:
            found.append("ballots_exceed_present")
        if self.present > self.entitled:
            found.append("present_exceeds_entitled")
        if self.written and self.present + self.written > self.entitled:
            found.append("present_and_written_exceed_entitled")
        return tuple(found)

    def outcome(self) -> Outcome:
        """`void` without a quorum, else by the votes for; counted on the entitled, half is not enough.

        Meaningful only where `problems()` is empty.
        """
        if not _more_than_half(self.present, self.entitled):
            return "void"
        return "passed" if _more_than_half(self.votes_for, self.entitled) else "not_passed"

    def needed_present(self) -> int:
        """The fewest members present that make the meeting valid."""
        return _least_majority(self.entitled)

    def needed_for(self) -> int:
        """The fewest votes for, ballots and written opinions together, that pass."""
        return _least_majority(self.entitled)

    def short_by(self) -> int:
        """How many votes for were missing; 0 when there were enough."""
        return max(0, self.needed_for() - self.votes_for)


def body_majority(members: int, present: int, for_: int) -> bool:
    """A committee decides with more than half of its members present and more than half of all for.

    Written opinions of absent members do not count; half is not enough.
    """
    return _more_than_half(present, members) and _more_than_half(for_, members)


def _more_than_half(part: int, whole: int) -> bool:
    return 2 * part > whole


def _least_majority(whole: int) -> int:
    return whole // 2 + 1

"""The count of one decision on one person in a meeting: whether it adds up, and what it came to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Literal

from workflows.votes import Outcome, Tally

Way = Literal["named", "counts", "secret"]
Vote = Literal["for", "against", "abstain", "recused"]
VOTES: tuple[Vote, ...] = ("for", "against", "abstain", "recused")


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One contradiction: its id, and the numbers that its sentence names."""

    id: str
    values: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """Heads of one vote. `whole`: all members of the body, or the entitled; `present`: of them.

    `recused` are present and take no part; they stay among the whole. `issued` and `returned` are paper
    ballots, None where hands were counted.
    """

    whole: int
    present: int
    for_: int
    against: int = 0
    abstain: int = 0
    invalid: int = 0
    recused: int = 0
    issued: int | None = None
    returned: int | None = None
    written_for: int = 0
    written_against: int = 0
    written_abstain: int = 0

    @property
    def tally(self) -> Tally:
        """The same heads as the majorities count them."""
        return Tally(
            entitled=self.whole,
            present=self.present,
            for_=self.for_,
            against=self.against,
            abstain=self.abstain,
            invalid=self.invalid,
            written_for=self.written_for,
            written_against=self.written_against,
            written_abstain=self.written_abstain,
        )

    @property
    def outcome(self) -> Outcome:
        """Meaningful only where `problems()` is empty."""
        return self.tally.outcome()

    @property
    def needed(self) -> int:
        """The fewest votes for that pass."""
        return self.tally.needed_for()

    @property
    def short_by(self) -> int:
        return self.tally.short_by()

    def problems(self) -> tuple[Mismatch, ...]:
        """Every contradiction; ballots that are not returned are none, parts that do not add up are."""
        numbers = [getattr(self, one.name) for one in fields(self)]
        if any(number is not None and number < 0 for number in numbers):
            return (Mismatch("count_negative", {}),)
        return (*self._of_heads(), *self._of_parts())

    def _of_heads(self) -> Iterator[Mismatch]:
        if self.present > self.whole:
            yield Mismatch("count_present", {"present": self.present, "whole": self.whole})
        written = self.tally.written
        if written and written > self.whole - self.present:
            away = max(0, self.whole - self.present)
            yield Mismatch("count_written", {"written": written, "away": away})
        if self.recused > self.present:
            yield Mismatch("count_recused", {"recused": self.recused, "present": self.present})

    def _of_parts(self) -> Iterator[Mismatch]:
        parts, voters = self.tally.ballots, self.present - self.recused
        if self.issued is None or self.returned is None:
            if parts != voters:
                yield _difference("count_hands", voters, parts)
            return
        if self.issued > voters:
            yield Mismatch("count_issued", {"issued": self.issued, "voters": voters})
        if self.returned > self.issued:
            yield Mismatch("count_returned", {"returned": self.returned, "issued": self.issued})
        if parts != self.returned:
            yield _difference("count_ballots", self.returned, parts)


def _difference(id_: str, whole: int, parts: int) -> Mismatch:
    more = f"{id_}_more" if parts > whole else f"{id_}_fewer"
    return Mismatch(more, {"whole": whole, "parts": parts, "by": abs(parts - whole)})

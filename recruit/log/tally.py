"""What a verification counts and finds."""

from dataclasses import dataclass, field

MOST_PROBLEMS = 100


@dataclass(slots=True)
class Tally:
    """`first_bad` is "dossier/seq", "org/seq", "leaf index" or "checkpoint epoch/size"."""

    links: int = 0
    leaves: int = 0
    checkpoints: int = 0
    problems: list[str] = field(default_factory=list)
    first_bad: str | None = None

    def take(self, other: "Tally") -> None:
        """What another found, after what is here; its counts are not taken."""
        self.first_bad = self.first_bad or other.first_bad
        self.problems.extend(other.problems[: MOST_PROBLEMS - len(self.problems)])

    def bad(self, where: str, what: str) -> None:
        self.first_bad = self.first_bad or where
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(f"{where}: {what}")

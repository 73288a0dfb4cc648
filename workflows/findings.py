"""What a rule says: a breach found by the rule, and the finding that the edition makes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from workflows.edition import Mender, Severity

LiveSeverity = Literal["block", "override", "warn"]
Shown = date | int | str | tuple[str, ...] | None

BLOCKING = frozenset({"block", "override"})


@dataclass(frozen=True, slots=True)
class Breach:
    """What a rule found and needs. `earliest`: the first day on which time alone mends it.

    `mild`: late, yet within the grace of a rest day; it only warns (live) or is low (audit), also where
    the rule blocks. `severity` replaces the rule's own live severity where the rule has two.
    """

    found: Shown = None
    needed: Shown = None
    earliest: date | None = None
    variant: str | None = None
    values: Mapping[str, Shown] = field(default_factory=dict)
    mild: bool = False
    severity: LiveSeverity | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A breach under an edition: its words are found by `rule` and `variant` (workflows/words)."""

    rule: str
    severity: Severity
    article: str
    edition: str
    found: Shown
    needed: Shown
    earliest: date | None
    who: Mender
    variant: str | None = None
    values: Mapping[str, Shown] = field(default_factory=dict)

    @property
    def is_blocking(self) -> bool:
        return self.severity in BLOCKING


@dataclass(frozen=True, slots=True)
class Judgement:
    """`stage` is where the dossier is, `to` where the act leads it (the same where it moves nothing)."""

    accepted: bool
    findings: tuple[Finding, ...]
    stage: str | None
    to: str | None

    @property
    def blocking(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.is_blocking)

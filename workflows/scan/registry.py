"""The rules over a file's entries and over the whole register, by their ids, and what they see."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from workflows.acts import Act
from workflows.edition import Edition
from workflows.findings import Breach, Finding
from workflows.ground import Ground
from workflows.scan.register import Register

Audit = Literal["high", "medium", "low"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """What a rule sees, of a dossier, a unit or a unit's year. `on` chooses the edition.

    `act`: its index in the file. `severity` replaces the rule's own where the rule has two.
    """

    on: date
    breach: Breach
    dossier: str | None = None
    unit: str | None = None
    year: int | None = None
    act: int | None = None
    severity: Audit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Irregularity:
    """A sighting as a finding of its edition."""

    finding: Finding
    dossier: str | None = None
    unit: str | None = None
    year: int | None = None
    act: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries:
    """The acts in force of one dossier, each with its index among all acts."""

    dossier: str
    acts: Sequence[tuple[int, Act]]
    ground: Ground


FileRule = Callable[[Entries], Iterator[Sighting]]
RegisterRule = Callable[[Register], Iterator[Sighting]]


@dataclass(frozen=True, slots=True)
class AcrossRule:
    """`is_checked`: whether the register knows all that the rule judges by."""

    judge: RegisterRule
    is_checked: Callable[[Register], bool] | None = None


WITHIN: dict[str, FileRule] = {}
ACROSS: dict[str, AcrossRule] = {}


def within(rule_id: str) -> Callable[[FileRule], FileRule]:
    """Register a rule over the entries of one file. ValueError if the id is taken."""

    def register(function: FileRule) -> FileRule:
        _ensure_free(rule_id)
        WITHIN[rule_id] = function
        return function

    return register


def across(
    rule_id: str, *, is_checked: Callable[[Register], bool] | None = None
) -> Callable[[RegisterRule], RegisterRule]:
    """Register a rule over all dossiers. ValueError if the id is taken."""

    def register(function: RegisterRule) -> RegisterRule:
        _ensure_free(rule_id)
        ACROSS[rule_id] = AcrossRule(function, is_checked)
        return function

    return register


def _ensure_free(rule_id: str) -> None:
    if rule_id in WITHIN or rule_id in ACROSS:
        raise ValueError(f"two rules {rule_id}")


def irregularity(rule_id: str, seen: Sighting, ground: Ground) -> Irregularity:
    return Irregularity(
        finding=_finding(rule_id, seen, ground.edition_on(seen.on)),
        dossier=seen.dossier,
        unit=seen.unit,
        year=seen.year,
        act=seen.act,
    )


def _finding(rule_id: str, seen: Sighting, edition: Edition) -> Finding:
    kind, breach = edition.rules[rule_id], seen.breach
    return Finding(
        rule=rule_id,
        severity=seen.severity or kind.audit,
        article=kind.article,
        edition=edition.id,
        found=breach.found,
        needed=breach.needed,
        earliest=None,
        who=kind.mended_by,
        variant=breach.variant,
        values=breach.values,
    )

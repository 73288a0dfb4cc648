"""What came of a scene, and whether the story says the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from recruit.commands.acts import Proposed, Recorded
from recruit.errors import Refused
from web.demo.scenes import Scene
from workflows.findings import Finding


class StoryError(Exception):
    """The record answered otherwise than the story says: a mistake in the story or in the record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Minuted:
    """An act that the confirmation of a meeting has recorded."""

    seq: int
    stage: str
    version: int
    findings: tuple[Finding, ...]


Outcome = Recorded | Minuted | Proposed | Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What happened at an instant; `counts`: the act's details, with those of its meeting."""

    at: datetime
    scene: Scene
    outcome: Outcome
    counts: Mapping[str, object]


def ensure_expected(scene: Scene, outcome: Outcome) -> None:
    """Raises `StoryError`."""
    rules = {finding.rule for finding in outcome.findings if finding.is_blocking}
    if isinstance(outcome, Refused) and not (scene.refused and set(scene.refused) <= rules):
        raise StoryError(f"{name_of(scene)} was refused: {_rules(outcome.findings)}")
    if not isinstance(outcome, Refused) and scene.refused:
        raise StoryError(f"{name_of(scene)} was not refused by {', '.join(scene.refused)}")
    warned = {finding.rule for finding in outcome.findings}
    if isinstance(outcome, Recorded | Minuted) and not set(scene.warns) <= warned:
        raise StoryError(f"{name_of(scene)} was not warned of {', '.join(scene.warns)}")


def name_of(scene: Scene) -> str:
    return f"{scene.on} {scene.who} {scene.do}"


def _rules(findings: tuple[Finding, ...]) -> str:
    return ", ".join(finding.rule for finding in findings if finding.is_blocking)

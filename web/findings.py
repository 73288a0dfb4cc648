"""Findings as JSON values: the same sentences as on the pages."""

from collections.abc import Mapping, Sequence
from datetime import date

from pydantic import BaseModel

from web.language import language
from workflows.findings import Finding
from workflows.words import render_finding


class FindingOut(BaseModel):
    """What a rule says. `earliest`: the first day on which time alone mends it; `who` can mend it."""

    rule: str
    severity: str
    article: str
    message: str
    found: date | int | str | list[str] | None = None
    needed: date | int | str | list[str] | None = None
    earliest: date | None = None
    who: str


def findings_out(findings: Sequence[Finding], people: Mapping[str, str] | None = None) -> list[FindingOut]:
    """In the language of the answer; `people`: names by the ids that a finding may carry."""
    return [
        FindingOut(
            rule=one.rule,
            severity=one.severity,
            article=one.article,
            message=render_finding(one, language(), names=people or {}),
            found=_plain(one.found),
            needed=_plain(one.needed),
            earliest=one.earliest,
            who=one.who,
        )
        for one in findings
    ]


def _plain(value: object) -> date | int | str | list[str] | None:
    if isinstance(value, tuple):
        return [str(one) for one in value]
    return value if isinstance(value, date | int | str) else None

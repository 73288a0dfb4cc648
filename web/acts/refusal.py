"""A refusal as it is shown: every finding with what was found, what is needed, from when, and by whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from web import dates
from web.language import language
from workflows.findings import Finding
from workflows.words import label, render_finding

REFUSING = frozenset({"block", "override"})
NOBODY: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Part:
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding in words; `css` is r for what refuses, w for what only warns."""

    rule: str
    css: str
    word: str
    text: str
    who: str
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    sentence: str
    findings: tuple[Shown, ...]


def refusal(findings: Sequence[Finding], what: str, people: Mapping[str, str] = NOBODY) -> Refusal:
    """What refuses first, then what would only be remarked."""
    count = sum(finding.severity in REFUSING for finding in findings)
    sentence = (
        _("Not yet: %(what)s. %(n)s reasons:", what=what, n=count)
        if count > 1
        else _("Not yet: %(what)s", what=what)
    )
    return Refusal(sentence, tuple(shown(finding, people) for finding in graver_first(findings)))


def graver_first(findings: Sequence[Finding]) -> list[Finding]:
    """What refuses before what only remarks."""
    return sorted(findings, key=lambda finding: finding.severity not in REFUSING)


def shown(finding: Finding, people: Mapping[str, str] = NOBODY) -> Shown:
    """One finding with all that it carries."""
    refuses = finding.severity in REFUSING
    return Shown(
        rule=finding.rule,
        css="r" if refuses else "w",
        word=severity_word(finding.severity),
        text=render_finding(finding, language(), names=people),
        who=_("To be mended by: %(who)s", who=mender(finding.who)) if finding.who != "time" else "",
        parts=tuple(_parts(finding)),
    )


def severity_word(severity: str) -> str:
    """One or two words before a finding."""
    return label("severity", severity, language())


def mender(who: str) -> str:
    """Who can mend it, in words."""
    return label("mender", who, language())


def _parts(finding: Finding) -> list[Part]:
    """The days of the finding; what else was found and needed stands in its sentence."""
    given = [
        (_("Found"), _day(finding.found)),
        (_("Needed"), _day(finding.needed) if finding.needed != finding.earliest else ""),
        (_("Earliest"), _day(finding.earliest)),
        (_("Mended by"), mender(finding.who)),
    ]
    return [Part(title, text) for title, text in given if text]


def _day(value: object) -> str:
    return dates.long_day(value, language()) if isinstance(value, date) else ""

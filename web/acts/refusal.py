"""A refusal as it is shown: the sentence, and every finding with what was found, what is needed, from when, and who."""

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
    ordered = sorted(findings, key=lambda finding: finding.severity not in REFUSING)
    count = sum(finding.severity in REFUSING for finding in findings)
    sentence = _("Not yet: %(what)s. %(n)s reasons:", what=what, n=count) if count > 1 else _("Not yet: %(what)s", what=what)
    return Refusal(sentence, tuple(shown(finding, people) for finding in ordered))


def shown(finding: Finding, people: Mapping[str, str] = NOBODY) -> Shown:
    """One finding with all that it carries."""
    refuses = finding.severity in REFUSING
    return Shown(
        rule=finding.rule,
        css="r" if refuses else "w",
        word=severity_word(finding.severity),
        text=render_finding(finding, language(), names=people),
        who=_("To be mended by: %(who)s", who=mender(finding.who)) if finding.who else "",
        parts=tuple(_parts(finding)),
    )


def severity_word(severity: str) -> str:
    """One or two words before a finding."""
    return label("severity", severity, language())


def mender(who: str) -> str:
    """Who can mend it, in words."""
    return label("mender", who, language())


def _parts(finding: Finding) -> list[Part]:
    given = [
        (_("Found"), _text(finding.found)),
        (_("Needed"), _text(finding.needed)),
        (_("Earliest"), _text(finding.earliest)),
        (_("Mended by"), mender(finding.who) if finding.who else ""),
    ]
    return [Part(title, text) for title, text in given if text]


def _text(value: object) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return dates.long_day(value, language())
    if isinstance(value, tuple | list):
        return ("、" if language() == "zh" else ", ").join(_text(item) for item in value)
    return str(value)

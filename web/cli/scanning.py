"""A scanned register as JSON and as lines for a reader: the gravest first, branch by branch."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from recruit.queries.scan import Scanned
from web.cli.language import terminal_language
from workflows.findings import Shown
from workflows.scan.registry import Irregularity
from workflows.words import check_line, label, render_finding


def scanned_json(scanned: Scanned) -> list[dict[str, object]]:
    """The list of `recruit audit scan --json`; `dossier` is null where a unit or its year is meant."""
    language = terminal_language()
    return [
        {
            "dossier": one.dossier,
            "unit": one.unit,
            "year": one.year,
            "seq": None if one.act is None else one.act + 1,
            "rule": one.finding.rule,
            "severity": one.finding.severity,
            "article": one.finding.article,
            "message": render_finding(one.finding, language, names=scanned.names),
            "found": _plain(one.finding.found),
            "needed": _plain(one.finding.needed),
        }
        for one in scanned.irregularities
    ]


def scanned_lines(scanned: Scanned) -> Iterator[str]:
    language = terminal_language()
    for severity, graves in groupby(scanned.irregularities, key=lambda one: one.finding.severity):
        yield label("severity", severity, language)
        for unit, found in groupby(graves, key=lambda one: one.unit):
            yield f"  {scanned.units.get(unit or '', '-')}"
            for one in found:
                said = render_finding(one.finding, language, names=scanned.names)
                yield f"    {_subject(one)}  {said} [{one.finding.rule}]"
    yield from not_checked_lines(scanned)
    count = len(scanned.irregularities)
    yield f"{scanned.on}: {scanned.dossiers} dossiers, {count} irregularities"


def not_checked_lines(scanned: Scanned) -> Iterator[str]:
    """What lacked something to judge by is said, never passed over."""
    for rule in scanned.not_checked:
        yield check_line(rule, "not_checked", terminal_language())


def _subject(one: Irregularity) -> str:
    if one.dossier is None:
        return str(one.year or "-")
    return one.dossier if one.act is None else f"{one.dossier}/{one.act + 1}"


def _plain(value: Shown) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value

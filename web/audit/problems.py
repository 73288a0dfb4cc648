"""What an inspection would find today: by severity and branch, each with its act, article and cure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from recruit.context import Context
from recruit.queries.found import dossiers_by_id
from recruit.queries.rows import DossierRow
from recruit.queries.scan import Scanned
from web.acts.fields import Choice
from web.acts.refusal import mender
from web.audit.scans import Look, Made, severity_counts
from web.dossiers.next import MENDED_BY
from web.history.moments import moment_text
from web.language import language
from web.sayings import article_text
from web.words import edition_of_today, sentence, word
from workflows.scan.registry import Irregularity
from workflows.words import check_line, finding_sentence, rule_name

PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class Count:
    count: int
    href: str


@dataclass(frozen=True, slots=True)
class BranchRow:
    name: str
    counts: list[Count]
    all: Count


@dataclass(frozen=True, slots=True)
class Problem:
    """`mend`: who mends it, and by which act."""

    severity: str
    css: str
    who: str
    where: str
    text: str
    rule: str
    id: str
    mend: str
    href: str
    link: str


@dataclass(frozen=True, slots=True)
class Page:
    """`made` empty: there is no result yet; `progress` while one is being made."""

    lede: str
    made: str
    old: str
    progress: str
    tiles: list[tuple[str, int, str]]
    branches: list[BranchRow]
    total: BranchRow | None
    units: list[Choice]
    rules: list[Choice]
    asked: Mapping[str, str]
    counted: str
    rows: list[Problem]
    next_href: str
    not_checked: list[str]


def problems_page(context: Context, look: Look, asked: Mapping[str, str], *, start: int) -> Page:
    """`asked`: severity, unit and rule, each empty for all."""
    if look.made is None:
        return Page(_lede(None), "", "", _progress(look), [], [], None, [], [], asked, "", [], "", [])
    scanned = look.made.scanned
    chosen = [one for one in scanned.irregularities if _is_asked(one, asked)]
    shown = chosen[start : start + PER_PAGE]
    rows = dossiers_by_id(context, {one.dossier for one in shown if one.dossier})
    more = start + PER_PAGE < len(chosen)
    return Page(
        lede=_lede(scanned),
        made=_made(look.made),
        old=_old(look),
        progress=_progress(look),
        tiles=_tiles(scanned.irregularities),
        branches=_branches(scanned),
        total=_total(scanned.irregularities) if scanned.irregularities else None,
        units=_units(scanned),
        rules=_rules(scanned),
        asked=asked,
        counted=_counted(len(chosen), start, len(shown)),
        rows=[_problem(one, scanned, rows) for one in shown],
        next_href=url_for("audit.problems", start=start + PER_PAGE, **_kept(asked)) if more else "",
        not_checked=[check_line(rule, "not_checked", language()) for rule in scanned.not_checked],
    )


def _is_asked(one: Irregularity, asked: Mapping[str, str]) -> bool:
    given = {"severity": one.finding.severity, "unit": one.unit or "", "rule": one.finding.rule}
    return all(not asked[name] or asked[name] == value for name, value in given.items())


def _lede(scanned: Scanned | None) -> str:
    if scanned is None:
        return _("Every dossier is judged as an inspection would, by the law of each act's own day.")
    return ngettext(
        "%(num)s dossier was judged as an inspection would, act by act, by the law of each act's own day.",
        "%(num)s dossiers were judged as an inspection would, act by act, by the law of each act's own day.",
        scanned.dossiers,
    )


def _made(made: Made) -> str:
    return _("As of %(moment)s, over %(n)s entries of the log.", moment=moment_text(made.at), n=made.size)


def _old(look: Look) -> str:
    """Never a stale result without saying so."""
    if look.is_current or look.made is None:
        return ""
    if look.recorded_since:
        return _(
            "%(n)s entries have been recorded since: this list does not know them.", n=look.recorded_since
        )
    return _("It was made on an earlier day: what has fallen due since is not on it.")


def _progress(look: Look) -> str:
    running = look.running
    if running is None:
        return "" if look.made else _("The list could not be made. Look again; if it stays so, call.")
    return _("Being looked through: %(done)s of %(all)s dossiers.", done=running.done, all=running.all or "…")


def _tiles(found: Sequence[Irregularity]) -> list[tuple[str, int, str]]:
    return [
        (word("severity", severity), count, url_for("audit.problems", severity=severity))
        for severity, count in severity_counts(found).items()
    ]


def _branches(scanned: Scanned) -> list[BranchRow]:
    """Those with the gravest first; what concerns no unit stands last."""
    units = {one.unit for one in scanned.irregularities}
    rows = [
        (
            _row(
                scanned.units.get(unit or "", _("no single organization")),
                [one for one in scanned.irregularities if one.unit == unit],
                unit,
            )
        )
        for unit in units
    ]
    return sorted(rows, key=lambda row: (*(-one.count for one in row.counts), row.name))


def _row(name: str, found: Sequence[Irregularity], unit: str | None) -> BranchRow:
    kept: dict[str, Any] = {"unit": unit} if unit else {}
    counts = [
        Count(count, url_for("audit.problems", severity=severity, **kept))
        for severity, count in severity_counts(found).items()
    ]
    return BranchRow(name, counts, Count(len(found), url_for("audit.problems", **kept)))


def _total(found: Sequence[Irregularity]) -> BranchRow:
    return _row(_("All"), found, None)


def _units(scanned: Scanned) -> list[Choice]:
    return sorted((Choice(id_, name) for id_, name in scanned.units.items()), key=lambda one: one.text)


def _rules(scanned: Scanned) -> list[Choice]:
    rules = {one.finding.rule for one in scanned.irregularities}
    return sorted((Choice(id_, rule_name(id_, language())) for id_ in rules), key=lambda one: one.text)


def _kept(asked: Mapping[str, str]) -> dict[str, Any]:
    return {name: value for name, value in asked.items() if value}


def _counted(count: int, start: int, shown: int) -> str:
    if shown == count:
        return ngettext("%(num)s problem", "%(num)s problems", count)
    return _("Problems %(first)s to %(last)s of %(n)s", first=start + 1, last=start + shown, n=count)


def _problem(one: Irregularity, scanned: Scanned, rows: Mapping[str, DossierRow]) -> Problem:
    finding = one.finding
    row = rows.get(one.dossier or "")
    unit = scanned.units.get(one.unit or "", "")
    who = row.name if row else _("the whole year %(year)s", year=one.year) if one.year else unit
    return Problem(
        severity=word("severity", finding.severity),
        css={"high": "r", "medium": "w"}.get(finding.severity, "l"),
        who=who,
        where=row.branch_name if row else unit,
        text=finding_sentence(finding, language(), names=scanned.names),
        rule=article_text(finding.article, finding.edition),
        id=finding.rule,
        mend=_mend(finding.rule, finding.who),
        href=_href(one),
        link=_("Act %(n)s", n=one.act + 1) if one.act is not None else _("History"),
    )


def _mend(rule: str, who: str) -> str:
    """谁来改、补记哪一件事."""
    said = _("To be mended by: %(who)s", who=mender(who))
    act = MENDED_BY.get(rule)
    if act is None:
        return sentence(said)
    record = _("record “%(act)s”, or correct it", act=word("act", act, edition_of_today()))
    return sentence(f"{said}{'；' if language() == 'zh' else '; '}{record}")


def _href(one: Irregularity) -> str:
    if one.dossier is None:
        return ""
    if one.act is None:
        return url_for("history.page", dossier=one.dossier)
    return url_for("history.opened", dossier=one.dossier, seq=one.act + 1)

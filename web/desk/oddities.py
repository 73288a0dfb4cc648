"""What an auditor looks at first: refused attempts, late entries, corrections, the newest first."""

from flask import url_for
from flask_babel import gettext as _

from recruit.context import Context
from recruit.queries import oddities as queries
from recruit.queries.found import dossier_count
from recruit.queries.oddities import Listed, Oddity
from web import dates
from web.acts.refusal import graver_first
from web.audit.scans import scans, severity_counts
from web.desk.rows import Row
from web.desk.sections import Section, Tile
from web.history.moments import moment_text
from web.language import language
from web.words import clauses, edition_of_today, labelled, sentence, word
from workflows.words import finding_sentence

SHOWN = 6
SMALL = 300  # dossiers that are looked through while the page waits
PATIENCE = 2.0  # seconds


def oddities(context: Context) -> list[Section]:
    """What an inspection would find, and three lists over the auditor's reach."""
    found = queries.oddities(context, limit=SHOWN)
    return [
        inspection(context),
        _section(_("Refused attempts"), "refused", found.refused),
        _section(_("Late entries"), "late", found.late),
        _section(_("Corrections"), "corrected", found.corrected),
    ]


def _section(title: str, only: str, listed: Listed) -> Section:
    level = {"refused": "bad", "late": "warn"}.get(only, "soon")
    note = ""
    if listed.count > len(listed.rows):
        note = _("The newest %(shown)s of %(all)s.", shown=len(listed.rows), all=listed.count)
    rows = [_row(row, only, level) for row in listed.rows]
    return Section(
        _("%(what)s: %(n)s", what=title, n=listed.count), "rows.html", rows, nothing=_("None."), note=note,
        href=url_for("audit.acts", kind=only), link=_("All of them in the register"),
    )  # fmt: skip


def inspection(context: Context) -> Section:
    """Made at once for a township; where there are many dossiers the last list counts, with its time."""
    is_small = dossier_count(context, most=SMALL + 1) <= SMALL
    look = scans().look(context, patience=PATIENCE) if is_small else None
    made = scans().kept(context) if look is None else look.made
    href, link = url_for("audit.problems"), _("List of problems")
    if made is None:
        is_running = look is not None and look.running is not None
        text = (
            _("Being looked through; open the list.") if is_running else _("The list has not been made yet.")
        )
        return Section(_("If an inspection came today"), "rows.html", [], nothing=text, href=href, link=link)
    counted = severity_counts(made.scanned.irregularities)
    tiles = [
        Tile(word("severity", severity), str(count), href=url_for("audit.problems", severity=severity))
        for severity, count in counted.items()
    ]
    not_checked = url_for("audit.problems", _anchor="not-checked")
    tiles.append(Tile(_("Rules not checked"), str(len(made.scanned.not_checked)), href=not_checked))
    note = _("As of %(moment)s, over %(n)s entries of the log.", moment=moment_text(made.at), n=made.size)
    return Section(
        _("If an inspection came today: %(n)s grave problems", n=counted["high"]), "tiles.html", tiles,
        note=note, href=href, link=link,
    )  # fmt: skip


def _row(row: Oddity, only: str, level: str) -> Row:
    act = word("act", row.do, edition_of_today())
    moment = dates.local(row.recorded_at)
    reasons = [finding_sentence(finding, language()) for finding in graver_first(row.findings)[:1]]
    return Row(
        level=level,
        when=dates.long_day(moment.date(), language()),
        day=dates.clock_time(row.recorded_at),
        title=labelled(row.name, act) if row.name else act,
        text=" ".join([sentence(clauses([row.branch_name, row.by_name])), *reasons]),
        href=url_for("history.page", dossier=row.dossier, only=only) if row.dossier else "",
        verb=_("Show"),
    )

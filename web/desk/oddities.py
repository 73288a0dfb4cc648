"""What an auditor looks at first: refused attempts, late entries, corrections, the newest first."""

from flask import url_for
from flask_babel import gettext as _

from recruit.context import Context
from recruit.queries.dossiers import MOST, dossiers
from recruit.queries.history import Entry, history
from recruit.queries.rows import DossierRow
from web import dates
from web.acts.refusal import graver_first
from web.desk.rows import Row
from web.desk.sections import Section
from web.language import language
from web.words import clauses, edition_of_today, labelled, sentence, word
from workflows.words import finding_sentence

SHOWN = 6
_Found = tuple[DossierRow, Entry]


def oddities(context: Context) -> list[Section]:
    """Three lists over the auditor's reach."""
    found = [
        (row, entry) for row in dossiers(context, limit=MOST).items for entry in history(context, row.id)
    ]
    found.sort(key=lambda one: one[1].recorded_at, reverse=True)
    return [
        _section(_("Refused attempts"), "refused", [one for one in found if one[1].is_refused]),
        _section(_("Late entries"), "late", [one for one in found if one[1].is_late]),
        _section(_("Corrections"), "corrected", [one for one in found if one[1].do == "corrected"]),
    ]


def _section(title: str, only: str, found: list[_Found]) -> Section:
    level = {"refused": "bad", "late": "warn"}.get(only, "soon")
    note = _("The newest %(shown)s of %(all)s.", shown=SHOWN, all=len(found)) if len(found) > SHOWN else ""
    rows = [_row(row, entry, only, level) for row, entry in found[:SHOWN]]
    return Section(
        _("%(what)s: %(n)s", what=title, n=len(found)), "rows.html", rows, nothing=_("None."), note=note
    )


def _row(row: DossierRow, entry: Entry, only: str, level: str) -> Row:
    edition = edition_of_today()
    moment = dates.local(entry.recorded_at)
    reasons = [finding_sentence(finding, language()) for finding in graver_first(entry.findings)[:1]]
    return Row(
        level=level,
        when=dates.long_day(moment.date(), language()),
        day=dates.clock_time(entry.recorded_at),
        title=labelled(row.name, word("act", entry.do, edition)),
        text=" ".join([sentence(clauses([row.branch_name, entry.by_name])), *reasons]),
        href=url_for("history.page", dossier=row.id, only=only),
        verb=_("Show"),
    )

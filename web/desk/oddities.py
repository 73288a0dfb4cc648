"""What an auditor looks at first: refused attempts, late entries, corrections, the newest first."""

from flask import url_for
from flask_babel import gettext as _

from recruit.context import Context
from recruit.queries import oddities as queries
from recruit.queries.oddities import Listed, Oddity
from web import dates
from web.acts.refusal import graver_first
from web.desk.rows import Row
from web.desk.sections import Section
from web.language import language
from web.words import clauses, edition_of_today, labelled, sentence, word
from workflows.words import finding_sentence

SHOWN = 6


def oddities(context: Context) -> list[Section]:
    """Three lists over the auditor's reach."""
    found = queries.oddities(context, limit=SHOWN)
    return [
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
        _("%(what)s: %(n)s", what=title, n=listed.count), "rows.html", rows, nothing=_("None."), note=note
    )


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

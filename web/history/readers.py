"""Who looked at a dossier from outside: for auditors and the security administrator."""

from dataclasses import dataclass

from flask_babel import gettext as _

from recruit.context import Context
from recruit.queries.readings import ReadingRow, readings_of
from web.history.moments import moment_text
from web.reveals.forms import kept_name, reason_name
from web.sayings import recorder
from web.words import clauses, edition_of_today

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Reader:
    when: str
    who: str
    what: str


@dataclass(frozen=True, slots=True)
class Readers:
    """`rows`: the newest `SHOWN`; `rest` how many more there are among those that were asked for."""

    rows: tuple[Reader, ...]
    rest: tuple[Reader, ...]


def readers_of(context: Context, dossier: str) -> Readers | None:
    """None for a visitor who does not oversee."""
    if not context.actor.roles() & {"auditor", "audit_admin"}:
        return None
    rows = tuple(reader(row) for row in readings_of(context, dossier))
    return Readers(rows[:SHOWN], rows[SHOWN:])


def reader(row: ReadingRow) -> Reader:
    return Reader(moment_text(row.at), recorder(row.user_name, row.role, edition_of_today()), what_text(row))


def what_text(row: ReadingRow) -> str:
    """看了办理经过; 看了身份证号：核对纸质材料."""
    if row.page == "revealed":
        what = _("What was written") if row.what == "contents" else kept_name(row.what)
        return clauses([_("had shown: %(what)s", what=what), _reason(row.reason)])
    return {
        "dossier": _("opened the dossier"),
        "history": _("opened the history"),
        "act": _("opened an act"),
        "difference": _("compared two moments"),
        "why": _("opened a deadline"),
        "export": _("exported it"),
    }[row.page]


def _reason(reason: str) -> str:
    return _("export") if reason == "export" else reason_name(reason)

"""The register as its page shows it: filters, chips, and one line for each act or refused attempt."""

from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _

from recruit.context import Context
from recruit.queries.found import dossiers_by_id
from recruit.queries.organizations import places
from recruit.queries.recorders import recorders
from recruit.queries.register import KINDS, Filters, RegisterPage
from recruit.queries.register_rows import RegisterEntry
from web import dates
from web.acts.fields import Choice
from web.acts.refusal import Shown, graver_first, shown
from web.audit.asked import address_of
from web.history.items import Tag
from web.history.moments import moment_text
from web.history.views import Chip
from web.language import language
from web.sayings import act_lines, act_title, rule_line
from web.words import clauses, edition_of_today, word
from workflows.edition import EDITIONS, FIRST_JUDGED, Edition, load_edition
from workflows.words import rule_name


@dataclass(frozen=True, slots=True)
class Line:
    """One act or attempt; `href` leads to it."""

    css: str
    title: str
    who: str
    branch: str
    href: str
    dossier_href: str
    happened: str
    weekday: str
    recorded: str
    by: str
    is_late: bool
    tags: tuple[Tag, ...]
    lines: tuple[str, ...]
    findings: tuple[Shown, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Page:
    """`people`: whom the dossiers that were chosen belong to, by name."""

    rows: list[Line]
    chips: list[Chip]
    filters: Filters
    people: list[str]
    branches: list[Choice]
    stages: list[Choice]
    users: list[Choice]
    rules: list[Choice]
    is_narrowed: bool
    looked: str
    next_href: str
    first_href: str
    export_href: str
    problem: str = ""


def register_page(
    context: Context, filters: Filters, found: RegisterPage, *, is_first: bool, problem: str = ""
) -> Page:
    return Page(
        rows=[_line(row) for row in found.rows],
        chips=_chips(filters),
        filters=filters,
        people=_people(context, filters),
        branches=[Choice(one.id, one.name) for one in places(context, kind="branch")],
        stages=[Choice(id_, word("stage", id_, edition_of_today())) for id_ in edition_of_today().stages],
        users=[Choice(one.id, one.name) for one in recorders(context)],
        rules=_rules(),
        is_narrowed=bool(address_of(filters, kind="all")),
        looked=_looked(found),
        next_href=_next(filters, found.next_cursor),
        first_href="" if is_first else url_for("audit.acts", **address_of(filters)),
        export_href=url_for("audit.export_form", **address_of(filters)),
        problem=problem,
    )


def _next(filters: Filters, cursor: str | None) -> str:
    return url_for("audit.acts", **address_of(filters, cursor=cursor)) if cursor else ""


def kind_name(kind: str) -> str:
    return {
        "all": _("All"), "problems": _("With a remark"), "late": _("Late entries"),
        "copied": _("Entered for the branch"), "transcribed": _("From old files"), "refused": _("Refused"),
        "corrected": _("Corrections"),
    }[kind]  # fmt: skip


def _chips(filters: Filters) -> list[Chip]:
    return [
        Chip(kind_name(one), 0, url_for("audit.acts", **address_of(filters, kind=one)), one == filters.kind)
        for one in KINDS
    ]


def _people(context: Context, filters: Filters) -> list[str]:
    """The names behind the ids of the address, for who may read them."""
    rows = dossiers_by_id(context, filters.dossiers).values()
    return [clauses([row.name, row.branch_name]) for row in rows]


def _rules() -> list[Choice]:
    rules = {id_ for name in EDITIONS for id_ in load_edition(name).rules}
    named = [Choice(id_, rule_name(id_, language())) for id_ in rules]
    return sorted(named, key=lambda one: (one.text, one.value))


def _looked(found: RegisterPage) -> str:
    if found.looked_to is None:
        return ""
    return _(
        "Looked back to %(moment)s; what was recorded earlier has not been looked at yet.",
        moment=moment_text(found.looked_to),
    )


def _line(row: RegisterEntry) -> Line:
    edition = edition_at(row.on)
    moment = dates.local(row.recorded_at)
    tried = _("Tried to record “%(act)s”", act=word("act", row.do, edition))
    return Line(
        css=_css(row),
        title=act_title(row.act, edition) if row.act else tried,
        who=row.name or _("an application"),
        branch=row.branch_name,
        href=_href(row),
        dossier_href=url_for("history.page", dossier=row.dossier) if row.dossier else "",
        happened=dates.long_day(row.on, language()),
        weekday=dates.weekday(row.on, language()),
        recorded=f"{dates.long_day(moment.date(), language())} {dates.clock_time(row.recorded_at)}",
        by=row.by_name,
        is_late=row.is_late,
        tags=tuple(tags_of(row)),
        lines=tuple(act_lines(row.act, {}))
        if row.act
        else (_("Not recorded; the dossier has not changed."),),
        findings=tuple(shown(finding) for finding in graver_first(row.findings)),
        rule=rule_line(row.act, edition) if row.act else "",
    )


def _not_recorded() -> str:
    return _("Not recorded; the dossier has not changed.")


def _href(row: RegisterEntry) -> str:
    """The act opened, or the refused attempts of its dossier; none for one that never began."""
    if row.dossier is None:
        return ""
    if row.seq is None:
        return url_for("history.page", dossier=row.dossier, only="refused")
    return url_for("history.opened", dossier=row.dossier, seq=row.seq)


def edition_at(day: date) -> Edition:
    """The edition in force on that day; before the first one, the first one."""
    begun = [one for one in map(load_edition, EDITIONS) if one.in_force.begins <= day]
    return begun[-1] if begun else load_edition(EDITIONS[0])


def tags_of(row: RegisterEntry) -> list[Tag]:
    marks = (
        (row.seq is None, "ref", _("Refused")),
        (row.is_late, "late", _("late entry")),
        (row.is_copied, "idle", _("entered for the branch")),
        (row.is_transcribed, "idle", _("from an old file")),
    )
    return [Tag(css, text) for is_marked, css, text in marks if is_marked]


def _css(row: RegisterEntry) -> str:
    if row.seq is None:
        return "rej"
    if row.is_late:
        return "late"
    return "pre" if row.on < FIRST_JUDGED else ""

"""One act opened: before and after, every rule with a tick or a cross, its papers, its place in the log."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from recruit.context import Context
from recruit.queries.dossiers import DossierView
from recruit.queries.history import Entry
from recruit.queries.judged import InLog, Opened, opened_act
from web import dates
from web.acts.refusal import REFUSING, Shown, graver_first, shown
from web.history.facts import Row, deadline_rows, fact_rows
from web.history.items import Tag, tags_of
from web.language import language
from web.reveals.forms import Form, contents_form
from web.sayings import (
    act_lines,
    article_text,
    check_text,
    correction_title,
    for_whom,
    recorder,
    replacement_lines,
    sealed_line,
)
from web.visitors import visitor
from web.words import word
from workflows.edition import FIRST_JUDGED, Edition, load_edition
from workflows.steps import Check
from workflows.words import check_line, finding_sentence


@dataclass(frozen=True, slots=True)
class Judged:
    """One rule: `css` is that of a checklist, `mark` a tick, a cross, a question mark or a dash."""

    css: str
    mark: str
    title: str
    text: str
    rule: str
    id: str
    state: str


@dataclass(frozen=True, slots=True)
class Line:
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    title: str
    name: str
    roll: str
    lede: str
    tags: tuple[Tag, ...]
    who: list[Line]
    lines: tuple[str, ...]
    sealed: str
    opens: int | None
    contents_form: Form | None
    findings: tuple[Shown, ...]
    differs: str
    edition: str
    judged: list[Judged]
    not_judged: str
    rows: list[Row]
    papers: list[Line]
    log: list[Line]
    dossier_href: str
    history_href: str
    previous_href: str
    next_href: str


def opened_page(context: Context, view: DossierView, seq: int, people: Mapping[str, str]) -> Page:
    """Everything that the record knows of one act, in the language of this answer."""
    seen = visitor()
    assert seen is not None
    opened = opened_act(context, view.row.id, seq)
    entry, act = opened.entry, opened.entry.act
    assert act is not None
    edition = view.ground.edition_on(entry.on)
    return Page(
        title=correction_title(act, view.ground),
        name=view.row.name,
        roll=seen.roll_name,
        lede=_("Act %(n)s of %(all)s of %(name)s", n=seq, all=opened.count, name=view.row.name),
        tags=tuple(tags_of(entry)),
        who=_who(entry, edition),
        lines=(*act_lines(act, people), *replacement_lines(entry, {}, people)),
        sealed=sealed_line(entry),
        opens=seq if entry.written == "sealed" else None,
        contents_form=contents_form(view, [entry]),
        findings=tuple(shown(one, people) for one in graver_first(entry.findings)),
        differs=_differs(opened),
        edition=_edition(opened),
        judged=[_judged(one, edition, people) for one in opened.checks],
        not_judged="" if opened.is_judged else _not_judged(),
        rows=[*fact_rows(opened.changes, edition, people), *deadline_rows(opened.deadlines, edition)],
        papers=_papers(entry),
        log=_log(opened.log),
        dossier_href=url_for("dossiers.page", dossier=view.row.id),
        history_href=url_for("history.page", dossier=view.row.id),
        previous_href=_href(view, seq - 1, opened),
        next_href=_href(view, seq + 1, opened),
    )


def _href(view: DossierView, seq: int, opened: Opened) -> str:
    if not 1 <= seq <= opened.count:
        return ""
    return url_for("history.opened", dossier=view.row.id, seq=seq)


def _who(entry: Entry, edition: Edition) -> list[Line]:
    moment = dates.local(entry.recorded_at)
    happened = f"{dates.long_day(entry.on, language())} {dates.full_weekday(entry.on, language())}"
    recorded = f"{dates.long_day(moment.date(), language())} {dates.clock_time(entry.recorded_at)}"
    lines = [
        Line(_("Happened"), happened),
        Line(_("Recorded"), recorded),
        Line(
            _("Recorded by"), recorder(entry.by_name, entry.role, edition, absent=entry.by_instead_of)
        ),
    ]  # fmt: skip
    if entry.confirmed_by_name:
        lines.append(Line(_("Confirmed by"), for_whom(entry.confirmed_by_name, entry.confirmed_instead_of)))
    if entry.overridden_by_name:
        lines.append(
            Line(
                _("Exception answered for by"),
                for_whom(entry.overridden_by_name, entry.overridden_instead_of),
            )
        )
    return lines


def _edition(opened: Opened) -> str:
    return _(
        "Judged by the edition of %(edition)s, in force on the day of the act.",
        edition=load_edition(opened.edition).id,
    )


def _not_judged() -> str:
    return _("Before %(day)s: recorded only, not judged", day=dates.long_day(FIRST_JUDGED, language()))


def _judged(check: Check, edition: Edition, people: Mapping[str, str]) -> Judged:
    article = article_text(edition.rules[check.rule].article, edition.id)
    title = check_line(check.rule, "met" if check.state == "met" else "missing", language())
    if check.state == "met":
        return Judged("", "✓", title, "", article, check.rule, _("kept"))
    if check.finding is None:
        is_unchecked = check.state == "not_checked"
        css, mark = ("warn", "?") if is_unchecked else ("wait", "–")
        said = _("not checked") if is_unchecked else _("not needed")
        return Judged(css, mark, title, said, article, check.rule, said)
    css = "miss" if check.finding.severity in REFUSING else "warn"
    text = finding_sentence(check.finding, language(), names=people)
    return Judged(css, "✕", title, text, article, check.rule, _("broken"))


def _differs(opened: Opened) -> str:
    """Where judging again finds another thing than was found when it was recorded."""
    then = {one.rule for one in opened.entry.findings}
    now = {one.rule for one in opened.checks if one.state == "missing"}
    if not opened.is_judged or then == now:
        return ""
    return _(
        "Judged again today it comes out differently than when it was recorded: rolls, settings or the "
        "calendar have been entered since, or it was recorded as an old file. What was found then counts."
    )


def _papers(entry: Entry) -> list[Line]:
    """The papers that the act names: what each is, its hash, and who brought it in."""
    assert entry.act is not None
    sha256 = entry.act.text("sha256")
    if sha256 is None:
        return []
    paper = entry.act.text("paper")
    what = word("choice", f"paper.{paper}") if paper else _("Paper")
    return [Line(what, f"SHA-256 {sha256}"), Line(_("Brought in by"), entry.by_name)]


def _log(log: InLog) -> list[Line]:
    lines = [
        Line(_("Check code"), check_text(bytes.fromhex(log.hash))),
        Line(_("Hash of this act"), log.hash),
        Line(_("Hash of the act before"), log.previous),
        Line(_("Request number"), log.key),
        Line(_("Calendar and settings"), " · ".join(filter(None, (log.calendar, log.settings)))),
    ]
    if log.leaf is None:
        return [*lines, Line(_("Place in the whole log"), _("not numbered yet"))]
    lines.append(Line(_("Place in the whole log"), _("number %(n)s", n=log.leaf + 1)))
    signed = _("not yet; it is signed within a minute")
    if log.is_signed and log.signed_at is not None:
        moment = dates.local(log.signed_at)
        signed = _(
            "yes, by the checkpoint of %(day)s %(time)s over %(n)s entries",
            day=dates.long_day(moment.date(), language()), time=dates.clock_time(log.signed_at), n=log.size,
        )  # fmt: skip
    return [*lines, Line(_("Signed"), signed)]

"""材料: what the local rules ask for, what has come, unsigned or replaced, and every other file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from recruit.commands.files import UNDO
from recruit.context import Context
from recruit.queries.dossiers import DossierView
from recruit.queries.files import FileRow, by_hash, files_of
from recruit.queries.history import Entry, history
from web import dates
from web.dossiers.rights import openable_acts
from web.files.links import FileLink, link_of, links_of
from web.language import language
from web.visitors import visitor
from web.words import choice_name, sentence, word
from workflows.papers import Required, required_papers
from workflows.setting_values import PaperRule

DO = "paper_received"
SEVERAL = frozenset(("thought_report", "other"))  # a later one of these replaces nothing


@dataclass(frozen=True, slots=True)
class Version:
    """One receipt of a paper; `is_replaced` by a later one of its kind."""

    text: str
    files: tuple[FileLink, ...]
    is_replaced: bool


@dataclass(frozen=True, slots=True)
class Paper:
    """`css`, `mark` and `state` as the checklist of the next step has them."""

    title: str
    condition: str
    css: str
    mark: str
    state: str
    versions: tuple[Version, ...]
    upload_href: str
    verb: str


@dataclass(frozen=True, slots=True)
class Loose:
    """A file of another act, or of none yet; `drop_href` while it may be taken back."""

    link: FileLink
    about: str
    drop_href: str


@dataclass(frozen=True, slots=True)
class Page:
    name: str
    roll: str
    about: str
    lede: str
    papers: list[Paper]
    others: list[Paper]
    loose: list[Loose]
    upload_href: str
    dossier_href: str
    here: str
    printed: str


def papers_page(context: Context, view: DossierView) -> Page:
    """Papers that nobody asks for stand below those that are required."""
    seen = visitor()
    assert seen is not None
    files = files_of(context, view.row.id)
    entries = [
        one for one in history(context, view.row.id, attempts=False)
        if one.act is not None and one.effect == "in_force" and one.corrected_by is None
    ]  # fmt: skip
    may_record = DO in openable_acts(context, view) and any(step.do == DO for step in view.steps)
    received = _received(entries, by_hash(files))
    required = required_papers(view.facts, view.ground, view.around, context.on)
    asked = [_required(one, received.get(one.rule.kind, ()), _href(view, one.rule.kind) if may_record else "")
             for one in required]  # fmt: skip
    missing = sum(one.state in {"missing", "unsigned"} for one in required)
    kinds = {one.rule.kind for one in required}
    return Page(
        name=view.row.name,
        roll=seen.roll_name,
        about=view.row.branch_name,
        lede=_lede(len(required), missing),
        papers=asked,
        others=[
            _other(kind, found, _href(view, kind) if may_record else "")
            for kind, found in received.items()
            if kind not in kinds
        ],
        loose=_loose(context, entries, files),
        upload_href=_href(view, "") if may_record else "",
        dossier_href=url_for("dossiers.page", dossier=view.row.id),
        here=url_for("dossiers.papers", dossier=view.row.id),
        printed=_(
            "Printed on %(day)s by %(name)s.",
            day=dates.long_day(context.on, language()), name=context.actor.name,
        ),
    )  # fmt: skip


def _lede(required: int, missing: int) -> str:
    if not required:
        return _("No local rule asks for papers here. What has come stands below.")
    if missing:
        return _("%(n)s papers are asked for, %(missing)s still missing.", n=required, missing=missing)
    return _("%(n)s papers are asked for, all are there.", n=required)


def _received(entries: Sequence[Entry], known: Mapping[str, FileRow]) -> dict[str, tuple[Version, ...]]:
    """The receipts by kind, the newest first; an earlier one of a kind is replaced by it."""
    found: dict[str, list[Version]] = {}
    for entry in reversed(entries):
        act = entry.act
        if act is None or act.do != DO:
            continue
        kind = act.text("paper") or "other"
        versions = found.setdefault(kind, [])
        parts = [dates.long_day(act.on, language()), entry.by_name]
        if not act.flag("signed", default=True):
            parts.append(_("not signed"))
        if not act.flag("dated", default=True):
            parts.append(_("not dated"))
        pages = act.count("pages")
        if pages:
            parts.append(_("%(n)s sheets or pages", n=pages))
        text = " · ".join(parts)
        versions.append(Version(text, links_of(act, known), bool(versions) and kind not in SEVERAL))
    return {kind: tuple(versions) for kind, versions in found.items()}


def _required(one: Required, versions: tuple[Version, ...], href: str) -> Paper:
    css, mark, state = {
        "received": ("", "✓", _("received")),
        "unsigned": ("miss", "!", _("without signature or day")),
        "missing": ("miss", "!", _("missing")),
        "not_asked": ("wait", "–", _("not needed")),
    }[one.state]
    return Paper(
        title=_title(one.rule.kind),
        condition=_condition(one.rule),
        css=css,
        mark=mark,
        state=state,
        versions=versions,
        upload_href=href if one.state != "not_asked" else "",
        verb=_verb(one.rule.kind, versions),
    )


def _other(kind: str, versions: tuple[Version, ...], href: str) -> Paper:
    verb = _verb(kind, versions)
    return Paper(_title(kind), "", "", "✓", _("received"), versions, href, verb)


def _title(kind: str) -> str:
    return sentence(choice_name("paper", kind)).rstrip("。.")


def _verb(kind: str, versions: tuple[Version, ...]) -> str:
    return _("Replace") if versions and kind not in SEVERAL else _("Upload")


def _condition(rule: PaperRule) -> str:
    parts = []
    if rule.condition.league_member:
        parts.append(_("of members of the Youth League"))
    if rule.condition.age_at_most is not None:
        parts.append(_("up to the age of %(n)s", n=rule.condition.age_at_most))
    if rule.condition.every is not None:
        parts.append(_("each quarter") if rule.condition.every == "quarter" else _("each half-year"))
    return ("，" if language() == "zh" else ", ").join(parts)


def _loose(context: Context, entries: Sequence[Entry], files: Sequence[FileRow]) -> list[Loose]:
    """The files of other acts, by the act; then what was sent and stands in none."""
    titles: dict[str, str] = {}
    of_papers: set[str] = set()
    for entry in entries:
        for name in (entry.act.names("attachments") or ()) if entry.act else ():
            if entry.do == DO:
                of_papers.add(name)
            else:
                day = _day(entry.on)
                titles[name] = f"{word('act', entry.do)} · {day}"
    return [
        Loose(
            link_of(one),
            titles.get(one.sha256) or (_("in a record that was corrected") if one.is_used else _unused(one)),
            url_for("files.drop", file=one.id) if _may_drop(context, one) else "",
        )
        for one in files
        if one.sha256 not in of_papers
    ]


def _unused(one: FileRow) -> str:
    return _(
        "uploaded by %(name)s at %(time)s, in no record yet: it goes after a day",
        name=one.kept_by_name, time=dates.clock_time(one.kept_at),
    )  # fmt: skip


def _may_drop(context: Context, one: FileRow) -> bool:
    is_own = one.kept_by == context.actor.user_id
    return is_own and not one.is_used and context.now - one.kept_at <= UNDO


def _day(on: date) -> str:
    return dates.long_day(on, language())


def _href(view: DossierView, kind: str) -> str:
    extra: dict[str, Any] = {"paper": kind} if kind else {}
    return url_for("acts.form", dossier=view.row.id, do=DO, **extra)

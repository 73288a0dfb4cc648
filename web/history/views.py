"""The auditor's history of one dossier: act by act, as of any day, with what the log itself says."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from recruit.errors import BadInput, problem
from recruit.queries.dossiers import dossier_view
from recruit.queries.files import by_hash, files_of
from recruit.queries.history import history
from web import dates
from web.access import SIGNED_IN, reach
from web.history.items import FILTERS, Item, chosen, counts, items_of
from web.history.verified import Verified, verified, verified_with_all
from web.language import language
from web.people import names_of
from web.reveals.forms import Form, contents_form
from web.visitors import present, visitor
from web.words import word
from workflows.acts import SHANGHAI

blueprint = Blueprint("history", __name__)


@dataclass(frozen=True, slots=True)
class Chip:
    text: str
    count: int
    href: str
    on: bool


@dataclass(frozen=True, slots=True)
class Page:
    title: str
    name: str
    roll: str
    lede: str
    action: str
    as_of: str
    as_of_note: str
    only: str
    chips: list[Chip]
    verified: Verified
    verify_href: str
    items: list[Item]
    dossier_href: str
    contents_form: Form | None


@blueprint.get("/dossiers/<dossier>/history")
@reach(SIGNED_IN)
def page(dossier: str) -> ResponseReturnValue:
    """The whole history, or one kind of entries (`only`), or as it was known on an evening (`as_of`)."""
    only = request.args.get("only", "all")
    as_of = _day(request.args.get("as_of", ""))
    return render_template("history.html", page=_page(dossier, only if only in FILTERS else "all", as_of))


def _page(dossier: str, only: str, as_of: date | None) -> Page:
    context, seen = present(), visitor()
    assert seen is not None
    view = dossier_view(context, dossier)
    known_at = _evening(as_of) if as_of else None
    entries = history(context, dossier, as_of=as_of, known_at=known_at)
    items = items_of(entries, view.ground, names_of(context, dossier), by_hash(files_of(context, dossier)))
    check = verified_with_all if request.args.get("verify") == "all" else verified
    edition = view.ground.edition_on(as_of or context.on)
    kept: dict[str, Any] = {"as_of": as_of.isoformat()} if as_of else {}
    return Page(
        title=_("History of %(name)s", name=view.row.name),
        name=view.row.name,
        roll=seen.roll_name,
        lede=_lede(view.row.branch_name, word("stage", view.row.stage, edition), is_auditor=seen.is_auditor),
        action=url_for("history.page", dossier=dossier),
        as_of=(as_of or context.on).isoformat(),
        as_of_note=_note(as_of, context.on),
        only=only,
        chips=_chips(dossier, items, only, kept),
        verified=check(context, dossier, history(context, dossier, attempts=False)),
        verify_href=url_for("history.page", dossier=dossier, only=only, verify="all", **kept),
        items=chosen(items, only),
        dossier_href=url_for("dossiers.page", dossier=dossier),
        contents_form=contents_form(view, entries),
    )


def _lede(branch: str, stage: str, *, is_auditor: bool) -> str:
    where = _("%(branch)s, %(stage)s.", branch=branch, stage=stage)
    if not is_auditor:
        return where
    return where + _(" You are an auditor: you see everything and change nothing.")


def _note(as_of: date | None, today: date) -> str:
    if as_of is None or as_of >= today:
        return ""
    return _("As it was known on the evening of %(day)s.", day=dates.long_day(as_of, language()))


def _chips(dossier: str, items: list[Item], only: str, kept: dict[str, Any]) -> list[Chip]:
    found = counts(items)
    words = {
        "all": _("All"), "problems": _("With a remark"), "late": _("Late entries"), "refused": _("Refused"),
        "corrected": _("Corrections"),
    }  # fmt: skip
    return [
        Chip(words[one], found[one], url_for("history.page", dossier=dossier, only=one, **kept), one == only)
        for one in FILTERS
    ]


def _evening(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(0), tzinfo=SHANGHAI) - timedelta(microseconds=1)


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as unreadable:
        raise BadInput(problem("as_of", "not_a_date", value=text[:40])) from unreadable

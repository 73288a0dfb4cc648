"""The auditor's history of one dossier: act by act, as of any day, with what the log itself says."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from recruit.commands.readings import keep_reading
from recruit.context import Context
from recruit.queries.dossiers import DossierView, dossier_view
from recruit.queries.files import by_hash, files_of
from recruit.queries.history import Entry, history
from web.access import SIGNED_IN, reach
from web.history.changed import changed_page
from web.history.items import FILTERS, UNFOLDED, Item, chosen, counts, items_of
from web.history.moments import evening, moment_value, read_day, read_moment
from web.history.opened import opened_page
from web.history.readers import Readers, readers_of
from web.history.then import Then, then_of
from web.history.verified import Verified, verified, verified_with_all
from web.people import names_of
from web.reveals.forms import Form, contents_form
from web.visitors import present, visitor
from web.words import word

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
    known_at: str
    then: Then | None
    only: str
    chips: list[Chip]
    verified: Verified
    verify_href: str
    items: list[Item]
    unfolded_href: str
    dossier_href: str
    dossier: str
    changed_href: str
    changed_from: str
    contents_form: Form | None
    readers: Readers | None


@blueprint.get("/dossiers/<dossier>/history")
@reach(SIGNED_IN)
def page(dossier: str) -> ResponseReturnValue:
    """The whole history, one kind of entries (`only`), or as of a day (`as_of`) and known by (`known_at`)."""
    keep_reading(present(), dossier, "history")
    only = request.args.get("only", "all")
    as_of = read_day(request.args.get("as_of", ""), field="as_of")
    known_at = read_moment(request.args.get("known_at", ""), field="known_at")
    shown = _page(dossier, only if only in {*FILTERS, UNFOLDED} else "all", as_of, known_at)
    return render_template("history.html", page=shown)


@blueprint.get("/dossiers/<dossier>/history/<int:seq>")
@reach(SIGNED_IN)
def opened(dossier: str, seq: int) -> ResponseReturnValue:
    """One act with everything that the record knows of it."""
    keep_reading(present(), dossier, "act")
    view = dossier_view(present(), dossier)
    shown = opened_page(present(), view, seq, names_of(present(), dossier))
    return render_template("opened.html", page=shown)


@blueprint.get("/dossiers/<dossier>/history/changed")
@reach(SIGNED_IN)
def changed(dossier: str) -> ResponseReturnValue:
    """What became known between two moments (`from`, `to`); without the second one, until now."""
    context = present()
    keep_reading(context, dossier, "difference")
    later = read_moment(request.args.get("to", ""), field="to") or context.now
    earlier = read_moment(request.args.get("from", ""), field="from") or later
    view, people = dossier_view(context, dossier), names_of(context, dossier)
    shown = changed_page(context, view, earlier=earlier, later=later, people=people)
    return render_template("changed.html", page=shown)


def _page(dossier: str, only: str, as_of: date | None, known_at: datetime | None) -> Page:
    context, seen = present(), visitor()
    assert seen is not None
    view = dossier_view(context, dossier)
    known = known_at or (evening(as_of) if as_of else None)
    entries = history(context, dossier, as_of=as_of, known_at=known)
    items = items_of(entries, view.ground, names_of(context, dossier), by_hash(files_of(context, dossier)))
    edition = view.ground.edition_on(as_of or context.on)
    kept = _kept(as_of, known_at)
    here: dict[str, Any] = {"dossier": dossier, "only": only, **kept}
    return Page(
        title=_("History of %(name)s", name=view.row.name),
        name=view.row.name,
        roll=seen.roll_name,
        lede=_lede(view.row.branch_name, word("stage", view.row.stage, edition), is_auditor=seen.is_auditor),
        action=url_for("history.page", dossier=dossier),
        as_of=(as_of or context.on).isoformat(),
        known_at=moment_value(known_at) if known_at else "",
        then=_then(context, view, as_of, known),
        only=only,
        chips=_chips(dossier, items, only, kept),
        verified=_verified(context, dossier, history(context, dossier, attempts=False)),
        verify_href=url_for("history.page", verify="all", **here),
        items=chosen(items, only),
        unfolded_href=url_for("history.page", **{**here, "only": UNFOLDED}) if only == "all" else "",
        dossier_href=url_for("dossiers.page", dossier=dossier),
        dossier=dossier,
        changed_href=url_for("history.changed", dossier=dossier),
        changed_from=moment_value(known) if known else "",
        contents_form=contents_form(view, entries),
        readers=readers_of(context, dossier),
    )


def _kept(as_of: date | None, known_at: datetime | None) -> dict[str, str]:
    given = {"as_of": as_of and as_of.isoformat(), "known_at": known_at and moment_value(known_at)}
    return {name: text for name, text in given.items() if text}


def _then(context: Context, view: DossierView, as_of: date | None, known: datetime | None) -> Then | None:
    """Today, and as it is known now, is no look back."""
    if known is None or (known >= context.now and (as_of is None or as_of >= context.on)):
        return None
    return then_of(context, view, as_of=as_of, known_at=known)


def _verified(context: Context, dossier: str, entries: tuple[Entry, ...]) -> Verified:
    check = verified_with_all if request.args.get("verify") == "all" else verified
    return check(context, dossier, entries)


def _lede(branch: str, stage: str, *, is_auditor: bool) -> str:
    where = _("%(branch)s, %(stage)s.", branch=branch, stage=stage)
    if not is_auditor:
        return where
    return where + _(" You are an auditor: you see everything, change nothing, and what you open is noted.")


def _chips(dossier: str, items: list[Item], only: str, kept: dict[str, str]) -> list[Chip]:
    found = counts(items)
    words = {
        "all": _("All"), "problems": _("With a remark"), "late": _("Late entries"), "refused": _("Refused"),
        "corrected": _("Corrections"),
    }  # fmt: skip
    here: dict[str, Any] = {"dossier": dossier, **kept}
    return [
        Chip(
            words[one],
            found[one],
            url_for("history.page", only=one, **here),
            one == (only if only in FILTERS else "all"),
        )
        for one in FILTERS
    ]

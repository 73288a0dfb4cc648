"""The roll with its search, a new application, and the page of one dossier."""

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from recruit.commands.dossiers import receive_application
from recruit.commands.readings import keep_reading
from recruit.errors import BadInput, KeyReused, Refused
from recruit.queries.dossiers import Pressing, dossier_view, dossiers
from web.access import SIGNED_IN, reach
from web.acts.page import Page, with_entries
from web.acts.refusal import refusal
from web.auth.views import apply_switch
from web.dossiers.new import new_page, received
from web.dossiers.page import dossier_page
from web.dossiers.papers import papers_page
from web.dossiers.roll import roll_page
from web.language import language
from web.limits import count_use
from web.visitors import RECEIVERS, present
from web.words import edition_of_today

blueprint = Blueprint("dossiers", __name__)

PER_PAGE = 50


@blueprint.get("/dossiers")
@reach(SIGNED_IN)
def roll() -> ResponseReturnValue:
    """Everybody within reach, by the surname's strokes; the filters stand in the address, no name does."""
    return _roll(request.args, q=None)


@blueprint.post("/dossiers")
@reach(SIGNED_IN)
def search() -> ResponseReturnValue:
    """By name, pinyin or ID number: sent, never in an address. Changes nothing."""
    if "switch" in request.form:
        apply_switch(request.form["switch"])
    if request.form.get("q"):
        count_use("search", present().actor.user_id)
    return _roll(request.form, q=request.form.get("q", "").strip() or None)


def _roll(asked: MultiDict[str, str], *, q: str | None) -> str:
    wanted = {name: asked.get(name) or None for name in ("phase", "branch", "stage", "cursor")}
    due = asked.get("due")
    pressed: Pressing | None = "overdue" if due == "overdue" else "soon" if due == "soon" else None
    falls = _falls(asked)
    found = dossiers(
        present(),
        stage=wanted["stage"],
        phase=wanted["phase"],
        branch=wanted["branch"],
        due=pressed,
        falls=falls,
        q=q,
        cursor=wanted["cursor"],
        limit=PER_PAGE,
    )
    named = {"deadline": falls[0], "on": falls[1].isoformat()} if falls else {}
    page = roll_page(present(), found, {**wanted, "q": q, "due": pressed, **named})
    return render_template("dossiers.html", page=page, switch_form="search" if q else None)


def _falls(asked: MultiDict[str, str]) -> tuple[str, date] | None:
    """A deadline by its name and the day on which it is due, as the schedule counts them."""
    name = asked.get("deadline", "")
    if name not in edition_of_today().deadlines:
        return None
    try:
        return name, date.fromisoformat(asked.get("on", ""))
    except ValueError:
        return None


@blueprint.get("/dossiers/<dossier>")
@reach(SIGNED_IN)
def page(dossier: str) -> ResponseReturnValue:
    """Where it stands, what is missing for the next step and why, and what has happened."""
    keep_reading(present(), dossier, "dossier")
    only_stages = request.args.get("only") == "stages"
    shown = dossier_page(present(), dossier_view(present(), dossier), only_stages=only_stages)
    return render_template("dossier.html", page=shown)


@blueprint.get("/dossiers/<dossier>/papers")
@reach(SIGNED_IN)
def papers(dossier: str) -> ResponseReturnValue:
    """What the local rules ask for and what is there, each with its file; a list for the folder."""
    return render_template("papers.html", page=papers_page(present(), dossier_view(present(), dossier)))


@blueprint.get("/dossiers/new")
@reach(*RECEIVERS)
def new() -> ResponseReturnValue:
    """The form of a written application."""
    return _form(new_page(present()))


@blueprint.post("/dossiers/new")
@reach(*RECEIVERS)
def record_new() -> ResponseReturnValue:
    """Enter the person and the application, or show the form again with every entry."""
    context, entries = present(), request.form
    if "switch" in entries:
        apply_switch(entries["switch"])
        return _form(with_entries(new_page(context), entries, {}))
    try:
        opened = receive_application(context, received(context, entries))
    except BadInput as error:
        return _again(
            error.message(language()), {one.field: one.message(language()) for one in error.problems}
        ), 400
    except Refused as error:
        page = with_entries(new_page(context), entries, {})
        page.refused = refusal(error.findings, page.title)
        return _form(page), 422
    except KeyReused as error:
        return _again(error.message(language()), {}), 422
    flash(_("Recorded."), "ok")
    return redirect(url_for("dossiers.page", dossier=opened.dossier))


def _again(problem: str, problems: dict[str, str]) -> str:
    page = with_entries(new_page(present()), request.form, problems)
    page.problem = problem
    return _form(page)


def _form(shown: Page) -> str:
    return render_template("act.html", page=shown, switch_form="act-form")

"""Finding a person to be erased, proposing it, and the second administrator's answer."""

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from recruit.commands.erasures import (
    CONFIRMERS,
    ERASERS,
    ProposeErasure,
    confirm_erasure,
    propose_erasure,
    withdraw_erasure,
)
from recruit.errors import BadInput
from recruit.queries.erasures import erasures, find_erasure, find_persons, preview_erasure
from web.access import reach
from web.erasures.page import PersonPage, Waiting, check_page, found_row, person_page, waiting_row
from web.language import language
from web.proof import proven
from web.visitors import present

blueprint = Blueprint("erasures", __name__)


@blueprint.get("/erasures")
@reach(*ERASERS, *CONFIRMERS)
def waiting() -> ResponseReturnValue:
    """The proposals that wait; for whoever proposes, also a person by the whole name or a number (`q`)."""
    context = present()
    proposes = bool(context.actor.roles() & set(ERASERS))
    q = request.args.get("q", "").strip()
    page = Waiting(
        rows=[waiting_row(row) for row in erasures(context)],
        q=q if proposes else None,
        found=[found_row(row) for row in find_persons(context, q)] if proposes else [],
    )
    return render_template("erasures.html", page=page)


@blueprint.get("/erasures/persons/<person>")
@reach(*ERASERS)
def person(person: str) -> ResponseReturnValue:
    """What would be destroyed and what stays, before anything is proposed."""
    return _person(person_page(preview_erasure(present(), person)))


@blueprint.post("/erasures/persons/<person>")
@reach(*ERASERS)
def propose(person: str) -> ResponseReturnValue:
    """Ground and number of the paper; a second administrator must confirm."""
    ground, ticket = request.form.get("ground", ""), request.form.get("ticket", "")
    page = replace(person_page(preview_erasure(present(), person)), ground=ground, ticket=ticket)
    if not ground:
        return _person(replace(page, problem=_("Choose a ground from the list. Nothing was proposed."))), 400
    try:
        propose_erasure(present(), ProposeErasure(person=person, ground=ground, ticket=ticket))
    except BadInput as error:
        return _person(replace(page, problem=error.message(language()))), 400
    flash(_("Proposed. Nothing is erased before another administrator confirms."), "info")
    return redirect(url_for("erasures.waiting"))


@blueprint.get("/erasures/<erasure>")
@reach(*ERASERS, *CONFIRMERS)
def check(erasure: str) -> ResponseReturnValue:
    """One proposal, to be looked at before it is confirmed, refused or taken back."""
    return _check(erasure)


@blueprint.post("/erasures/<erasure>/confirm")
@reach(*CONFIRMERS)
@proven
def confirm(erasure: str) -> ResponseReturnValue:
    """Erase for good; the name is typed, so that nobody presses it by mistake."""
    row = find_erasure(present(), erasure)
    if request.form.get("typed", "").strip() != row.name:
        return _check(erasure, _("The name that was typed is another one. Nothing was erased.")), 400
    try:
        erased = confirm_erasure(present(), erasure)
    except BadInput as error:
        return _check(erasure, error.message(language())), 400
    flash(
        _("Erased for good: the directory's entry and %(n)s contents. The log holds.", n=erased.contents),
        "ok",
    )
    return redirect(url_for("erasures.waiting"))


@blueprint.post("/erasures/<erasure>/withdraw")
@reach(*ERASERS, *CONFIRMERS)
def withdraw(erasure: str) -> ResponseReturnValue:
    """The proposal is gone, and the log says by whom; nothing is erased."""
    withdraw_erasure(present(), erasure)
    flash(_("The proposal is withdrawn. Nothing was erased."), "ok")
    return redirect(url_for("erasures.waiting"))


def _person(page: PersonPage) -> str:
    return render_template("erasure_person.html", page=page)


def _check(erasure: str, problem: str = "") -> str:
    context = present()
    row = find_erasure(context, erasure)
    page = check_page(
        row,
        preview_erasure(context, row.person),
        is_proposer_role=bool(context.actor.roles() & set(ERASERS)),
        problem=problem,
    )
    return render_template("erasure.html", page=page)

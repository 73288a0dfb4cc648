"""Naming a stand-in, the stand-in's answer, and the end of it."""

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from recruit.commands.reading import read_day
from recruit.commands.substitutes import (
    NameSubstitute,
    accept_substitute,
    check_substitute,
    end_substitute,
    name_substitute,
)
from recruit.context import BUSINESS_ROLES
from recruit.errors import BadInput, Problem
from web.access import reach
from web.language import language
from web.substitutes.page import EDIT, NAME, Form, checked, form_of, page_of
from web.visitors import present

blueprint = Blueprint("substitutes", __name__)
READERS = (*sorted(BUSINESS_ROLES), "security_admin")


@blueprint.get("/substitutes")
@reach(*READERS)
def page() -> ResponseReturnValue:
    """What this visitor stands in for, who stands in for whom, and the form (`absent`: for whom)."""
    return _page(form_of(present(), request.args))


@blueprint.post("/substitutes")
@reach(*READERS)
def name() -> ResponseReturnValue:
    """First shown for a last look (`step`), then named, or changed once more."""
    context = present()
    form = form_of(context, request.form)
    if form is None:
        return _page(None), 403
    if request.form.get("step") == EDIT:
        return _page(form)
    try:
        named = _read()
        if request.form.get("step") != NAME:
            check_substitute(context, named)
            return _page(checked(form, named))
        name_substitute(context, named)
    except BadInput as error:
        problems = {one.field: one.message(language()) for one in error.problems}
        return _page(form_of(context, request.form, problems)), 400
    flash(_("Named. It counts once the stand-in has accepted."), "ok")
    return redirect(url_for("substitutes.page"))


@blueprint.post("/substitutes/<substitute>/accept")
@reach(*READERS)
def accept(substitute: str) -> ResponseReturnValue:
    """Accepted: within the days, from now on."""
    accept_substitute(present(), substitute)
    flash(_("Accepted. Every record that you make for the absent one says so."), "ok")
    return redirect(url_for("substitutes.page"))


@blueprint.post("/substitutes/<substitute>/end")
@reach(*READERS)
def end(substitute: str) -> ResponseReturnValue:
    """Declined before it was accepted, ended after."""
    end_substitute(present(), substitute)
    flash(_("It is over from this moment on."), "ok")
    return redirect(url_for("substitutes.page"))


def _read() -> NameSubstitute:
    """Raises `BadInput` with every day that is none."""
    days: dict[str, date] = {}
    problems: list[Problem] = []
    for field in ("from_on", "to_on"):
        try:
            days[field] = read_day(request.form.get(field, ""), field=field)
        except BadInput as error:
            problems += error.problems
    if problems:
        raise BadInput(*problems)
    return NameSubstitute(
        absent=request.form.get("absent", ""),
        stand_in=request.form.get("stand_in", ""),
        from_on=days["from_on"],
        to_on=days["to_on"],
        reason=request.form.get("reason", ""),
    )


def _page(form: Form | None) -> str:
    return render_template("substitutes.html", page=page_of(present(), form))

"""Choosing the people, looking at what would come of it, recording: three answers of one address."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from web.access import reach
from web.auth.views import apply_switch
from web.several.outcomes import kept, previewed, recorded
from web.several.page import commands_of, form_page
from web.visitors import RECORDERS, present

blueprint = Blueprint("several", __name__)


@blueprint.get("/several/<do>")
@reach(*RECORDERS)
def form(do: str) -> ResponseReturnValue:
    """The people of a branch, and what is asked."""
    return render_template("several.html", page=form_page(present(), do, request.args), switch_form="several")


@blueprint.post("/several/<do>")
@reach(*RECORDERS)
def record(do: str) -> ResponseReturnValue:
    """Preview, then record each one; with nobody chosen the form again."""
    entries = request.form
    page = form_page(present(), do, entries)
    if "switch" in entries:
        apply_switch(entries["switch"])
        page = form_page(present(), do, entries)
    if "switch" in entries or entries.get("step") == "edit":
        return render_template("several.html", page=page, switch_form="several")
    names = {one.id: one.name for one in (*page.people, *page.others)}
    commands = [one for one in commands_of(present(), do, entries) if one.dossier in names]
    if not commands:
        page.problem = _("Nobody is chosen. Tick at least one person.")
        return render_template("several.html", page=page, switch_form="several"), 400
    is_sent = entries.get("step") == "send"
    lines = (recorded if is_sent else previewed)(present(), commands, names)
    return render_template(
        "several_check.html", page=page, lines=lines, is_sent=is_sent, kept=kept(entries, lines),
        good=sum(line.is_good for line in lines), switch_form="" if is_sent else "several",
    )  # fmt: skip

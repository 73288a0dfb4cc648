"""Which plans there are, and entering one: checked as often as one likes, saved as a new version."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from recruit.commands.plans import PLANNERS, SetPlan, set_plan
from recruit.errors import BadInput
from recruit.queries.plan_versions import plan_versions, planned_years
from web.access import reach
from web.language import language
from web.planning.page import (
    LONGEST,
    MILESTONES,
    Checked,
    categories,
    check,
    first_text,
    steps,
    text_of_form,
    version_text,
)
from web.visitors import present

blueprint = Blueprint("planning", __name__)
FIRST, LAST = 1990, 2100


@blueprint.get("/admin/plans")
@reach(*PLANNERS)
def years() -> ResponseReturnValue:
    """Each committee's years with the places of the newest version."""
    return render_template("plans.html", rows=planned_years(present()))


@blueprint.get("/admin/plans/<int:year>/<committee>")
@reach(*PLANNERS)
def plan(year: int, committee: str) -> ResponseReturnValue:
    """The newest version as text (`version`: an earlier one), and a short form where there is none."""
    return _page(year, committee, None, request.args.get("version", type=int))


@blueprint.post("/admin/plans/<int:year>/<committee>")
@reach(*PLANNERS)
def change(year: int, committee: str) -> ResponseReturnValue:
    """Checked (`step` check), made from the short form (make), or saved."""
    context = present()
    place, _versions = plan_versions(context, committee, year)
    text = request.form.get("text", "").replace("\r\n", "\n")[:LONGEST]
    step = request.form.get("step", "")
    try:
        if step == "make":
            text = text_of_form(request.form, place, year)
        checked = check(context, text, year)
        if step != "save" or checked.problem:
            return _page(year, committee, (text, checked), None), 400 if checked.problem else 200
        set_plan(context, SetPlan(committee=committee, year=year, document=checked.document))
    except BadInput as error:
        return _page(year, committee, None, None, trouble=error.message(language())), 400
    flash(_("Saved as a new version. Its milestones are told from now on."), "ok")
    return redirect(url_for("planning.plan", year=year, committee=committee))


def _page(
    year: int,
    committee: str,
    entered: tuple[str, Checked] | None,
    version: int | None,
    *,
    trouble: str = "",
) -> str:
    if not FIRST <= year <= LAST:
        abort(404)
    context = present()
    place, versions = plan_versions(context, committee, year)
    if version is not None and version not in {one.version for one in versions}:
        abort(404)
    text = entered[0] if entered else first_text(versions, version)
    return render_template(
        "planning.html",
        committee=place,
        year=year,
        text=text,
        checked=entered[1] if entered else check(context, text, year) if text else None,
        versions=[(one.version, version_text(one)) for one in versions],
        shown=version or (versions[0].version if versions else None),
        was_entered=entered is not None,
        trouble=trouble,
        entries=request.form,
        steps=steps(),
        categories=categories(),
        lines=range(1, MILESTONES + 1),
        longest=LONGEST,
    )

"""Why a deadline falls on its day: the answer, the days one by one, and the reasons."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from recruit.commands.readings import keep_reading
from recruit.queries.dossiers import dossier_view
from web.access import SIGNED_IN, reach
from web.deadlines.page import MINIMUM, minimum_page, why_page
from web.visitors import present

blueprint = Blueprint("deadlines", __name__)


@blueprint.get("/dossiers/<dossier>/why/<deadline>")
@reach(SIGNED_IN)
def why(dossier: str, deadline: str) -> ResponseReturnValue:
    """`deadline` is its key within the dossier, or its name: then the one opened last.

    `cultivation` and `probation` are the periods that must be full before the next step.
    """
    context = present()
    keep_reading(context, dossier, "why")
    view = dossier_view(context, dossier)
    if deadline in MINIMUM:
        page = minimum_page(context, view, deadline)
        return render_template("why.html", page=page) if page else abort(404)
    found = [one for one in view.deadlines if deadline in {one.key, one.id}]
    if not found:
        abort(404)
    return render_template("why.html", page=why_page(context, view, found[-1]))

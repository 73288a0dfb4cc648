"""One page: how many wait in each queue, and the rows of the one that is open."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from recruit.queries.queues import QUEUES
from web.access import reach
from web.queues.page import READERS, queues_page
from web.visitors import present

blueprint = Blueprint("queues", __name__)


@blueprint.get("/queues")
@reach(*READERS)
def page() -> ResponseReturnValue:
    """`queue`: the one to be shown; without it the first in which somebody waits."""
    wanted = request.args.get("queue")
    if wanted is not None and wanted not in QUEUES:
        abort(404)
    return render_template("queues.html", page=queues_page(present(), wanted))

"""Which notices hang, which come, and which wait for their result."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from recruit.context import READING_ROLES
from recruit.queries.notices import notices
from web.access import reach
from web.notices.page import notices_page
from web.visitors import present

blueprint = Blueprint("notices", __name__)


@blueprint.get("/notices")
@reach(*READING_ROLES)
def hanging() -> ResponseReturnValue:
    """Each with whom the visitor reaches; a notice whose results are all on record is not among them."""
    context = present()
    return render_template("notices.html", page=notices_page(context, notices(context)))

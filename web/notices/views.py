"""Which notices hang, which come, and which wait for their result."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from recruit.context import READING_ROLES
from recruit.queries.notices import notices, paper_of
from web.access import reach
from web.notices.page import notices_page, seen_by_whom, use_of
from web.public.page import notice_page
from web.visitors import counter, present

blueprint = Blueprint("notices", __name__)


@blueprint.get("/notices")
@reach(*READING_ROLES)
def hanging() -> ResponseReturnValue:
    """Each with whom the visitor reaches; a notice whose results are all on record is not among them."""
    context = present()
    return render_template("notices.html", page=notices_page(context, notices(context)))


@blueprint.get("/notices/<notice>")
@reach(*READING_ROLES)
def paper(notice: str) -> ResponseReturnValue:
    """The paper on any day, to be printed before it hangs; whoever is out of reach is left out."""
    context = present()
    found = paper_of(context, notice)
    page = notice_page(found, context.on, counter().config)
    seen_by = seen_by_whom(found, context.on)
    return render_template("hung.html", page=page, seen_by=seen_by, use=use_of(found))

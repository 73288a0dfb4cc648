"""The clock's own proof that it ran."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from web.access import reach
from web.clocks.page import clock_page
from web.layout import WATCHING
from web.visitors import now, open_record

blueprint = Blueprint("clocks", __name__)


@blueprint.get("/clock")
@reach(*WATCHING)
def clock() -> ResponseReturnValue:
    """Last runs, what is set aside or hangs, the calendar's years, gaps and jumps of the last 30 days."""
    return render_template("clock.html", page=clock_page(open_record(), now()))

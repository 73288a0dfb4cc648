"""One page: which register, of whom, as of which day; what is seen is what is printed."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from recruit.context import READING_ROLES
from web.access import reach
from web.registers.page import registers_page
from web.visitors import present

blueprint = Blueprint("registers", __name__)
READERS = tuple(sorted(READING_ROLES))


@blueprint.get("/registers")
@reach(*READERS)
def page() -> ResponseReturnValue:
    """`register`, `branch`, `year`, `on`; an unreadable day is said and today's register shown."""
    return render_template("registers.html", page=registers_page(present(), request.args))

"""Today's work, one page per kind of role."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from web.access import SIGNED_IN, reach
from web.desk.page import desk_page
from web.visitors import present
from web.waiting import desk_of

blueprint = Blueprint("desk", __name__)


@blueprint.get("/")
@reach(SIGNED_IN)
def today() -> ResponseReturnValue:
    """What is late, what is due, where people stand, what the year's plan says."""
    if not present().actor.own:
        return render_template("no_role.html")
    return render_template("desk.html", page=desk_page(present(), desk_of(present())))

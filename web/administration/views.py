"""The first page of the administration."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from recruit.queries.settings import READERS
from web.access import reach
from web.administration.page import cards_of
from web.visitors import present

blueprint = Blueprint("administration", __name__)


@blueprint.get("/admin")
@reach(*sorted(READERS))
def start() -> ResponseReturnValue:
    """A card for each thing that this visitor keeps or reads."""
    return render_template("administration.html", cards=cards_of(present()))

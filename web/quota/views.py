"""One page for each year."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from web.access import reach
from web.quota.page import READERS, quota_page
from web.visitors import present, today

blueprint = Blueprint("quota", __name__)


@blueprint.get("/quota")
@reach(*READERS)
def listed() -> ResponseReturnValue:
    """This year's."""
    return redirect(url_for("quota.year", year=today().year))


@blueprint.get("/quota/<int:year>")
@reach(*READERS)
def year(year: int) -> ResponseReturnValue:
    """Places by category and branch, shares as required, and the people behind each number."""
    return render_template("quota.html", page=quota_page(present(), year))

"""One page for each year."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from web.access import reach
from web.plans.page import QUOTA_READERS
from web.quota.page import quota_page
from web.visitors import present

blueprint = Blueprint("quota", __name__)


@blueprint.get("/quota/<int:year>")
@reach(*QUOTA_READERS)
def year(year: int) -> ResponseReturnValue:
    """Places by category and branch, shares as required, and the people behind each number."""
    return render_template("quota.html", page=quota_page(present(), year))

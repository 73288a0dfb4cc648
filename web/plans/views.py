"""The schedule of a year, one month at a time."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruit.context import READING_ROLES
from web.access import reach
from web.plans.page import year_page
from web.visitors import present, today

blueprint = Blueprint("plans", __name__)
READERS = tuple(sorted(READING_ROLES))
_FIRST, _LAST = 1990, 2100


@blueprint.get("/plans")
@reach(*READERS)
def listed() -> ResponseReturnValue:
    """The schedule of this year; the others are linked from it."""
    return redirect(url_for("plans.year", year=today().year))


@blueprint.get("/plans/<int:year>")
@reach(*READERS)
def year(year: int) -> ResponseReturnValue:
    """`month`: 1 to 12; without it the present one, or the first that the plan names in another year."""
    month = request.args.get("month", "")
    if not _FIRST <= year <= _LAST or (month and (not month.isdecimal() or not 1 <= int(month) <= 12)):  # noqa: PLR2004
        abort(404)
    return render_template("plan.html", page=year_page(present(), year, int(month) if month else None))

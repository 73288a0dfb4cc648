"""The editions of the rules, one of them, and the difference of two."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from recruit.queries.settings import READERS
from web.access import reach
from web.editions.page import acts_of, days_of, differences, listed, pairs, rules_of, title_of
from web.words import edition_of_today
from workflows.edition import EDITIONS, Edition, load_edition

blueprint = Blueprint("editions", __name__)
READ = tuple(sorted(READERS))


@blueprint.get("/admin/editions")
@reach(*READ)
def every() -> ResponseReturnValue:
    """Which there are and whose days they judge; an act is judged by the edition of its own day."""
    return render_template("editions.html", rows=listed(edition_of_today()), pairs=pairs())


@blueprint.get("/admin/editions/<edition>")
@reach(*READ)
def one(edition: str) -> ResponseReturnValue:
    """Its acts and its rules with article and severity."""
    found = _edition(edition)
    return render_template(
        "edition.html", title=title_of(found), days=days_of(found), acts=acts_of(found), rules=rules_of(found)
    )


@blueprint.get("/admin/editions/<before>/<after>")
@reach(*READ)
def difference(before: str, after: str) -> ResponseReturnValue:
    """What the one says and the other does not, or says otherwise."""
    old, new = _edition(before), _edition(after)
    return render_template("editions_apart.html", before=old.id, after=new.id, rows=differences(old, new))


def _edition(edition: str) -> Edition:
    if edition not in EDITIONS:
        abort(404)
    return load_edition(edition)

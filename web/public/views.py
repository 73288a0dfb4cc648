"""A public notice by its code, from its first day to its last; no log-in, no cookie, no list."""

from flask import Blueprint, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from recruit.errors import NotFound
from recruit.queries.notices import public_notice
from web.access import PUBLIC, reach
from web.language import ask_for
from web.public import objecting
from web.public.form import here
from web.public.page import notice_page, switches
from web.visitors import counter, open_record, today

blueprint = Blueprint("public", __name__)


@blueprint.before_request
def choose() -> None:
    """The address says language and size of type: a visitor of this room is given no cookie."""
    ask_for(request.args.get("language"), big=request.args.get("big") == "1")


@blueprint.after_request
def forget(response: Response) -> Response:
    """No cache keeps it past its last day, and no search engine lists it."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


@blueprint.get("/public")
@reach(PUBLIC)
def index() -> ResponseReturnValue:
    """There is no list: whoever has the address of a notice reads that one."""
    return render_template("public_index.html", switches=switches())


@blueprint.get("/public/notices/<code>")
@reach(PUBLIC)
def notice(code: str) -> ResponseReturnValue:
    """Before its first day, after its last and where there is none: the same page that says nothing."""
    try:
        paper = public_notice(open_record(), code, on=today())
    except NotFound:
        return make_response(render_template("public_nothing.html", switches=switches()), 404)
    return render_template(
        "notice.html",
        page=notice_page(paper, today(), counter().config),
        switches=switches(),
        objection_href=url_for("public.form", code=code, **here()),
        receipts_href=url_for("public.receipts", **here()),
    )


objecting.serve(blueprint)

"""Where a person types the code, the own dossier behind it, and the slip that the branch hands over."""

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from recruit.commands.own import MAKERS, close_own, dossier_of_own, make_own_code, open_own
from recruit.queries.dossiers import dossier_view
from recruit.queries.own import own_view
from recruit.submissions import grouped
from web import dates
from web.access import PUBLIC, reach
from web.cookies import drop_own, own_token, set_own
from web.errors import error_page
from web.language import LANGUAGES, choose_language, language, set_big
from web.limits import count_use, ensure_left, from_where
from web.own.page import own_page
from web.public.page import switches
from web.visitors import counter, now, open_record, present, today

blueprint = Blueprint("own", __name__)


@blueprint.before_request
def choose() -> None:
    """The switches of this room are addresses; the choice stays in the page's cookie."""
    wanted = request.args.get("language")
    if request.endpoint != "own.make" and wanted in LANGUAGES:
        choose_language(wanted)
        set_big(wanted=request.args.get("big") == "1")


@blueprint.after_request
def forget(response: Response) -> Response:
    """Kept by no cache, listed by no search engine."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


@blueprint.get("/my")
@reach(PUBLIC)
def page() -> ResponseReturnValue:
    """The own dossier while the look lasts; else the place for the code."""
    dossier = _dossier()
    if dossier is None:
        return render_template("own_code.html", problem="", switches=switches())
    shown = own_page(own_view(open_record(), dossier, now=now()), today(), counter().config)
    return render_template("own.html", page=shown, switches=switches())


@blueprint.post("/my")
@reach(PUBLIC)
def enter() -> ResponseReturnValue:
    """Wrong codes are counted, right ones are not."""
    ensure_left("own_code", from_where())
    token = open_own(open_record(), request.form.get("code", ""), now=now())
    if token is None:
        count_use("own_code", from_where())
        problem = _("This code opens nothing. Compare it letter by letter, or ask your branch for a new one.")
        return render_template("own_code.html", problem=problem, switches=switches()), 401
    opened = redirect(url_for("own.page"))
    set_own(opened, token)
    return opened


@blueprint.post("/my/close")
@reach(PUBLIC)
def close() -> ResponseReturnValue:
    """End the look in the record, so that no copy of the cookie opens anything."""
    token = own_token()
    if token:
        close_own(open_record(), token)
    session.pop("csrf_token", None)
    closed = redirect(url_for("own.page"))
    drop_own(closed)
    closed.headers["Clear-Site-Data"] = '"cache"'
    return closed


@blueprint.post("/dossiers/<dossier>/own-code")
@reach(*MAKERS)
def make(dossier: str) -> ResponseReturnValue:
    """A slip to be printed and handed over: the code is shown with this answer only."""
    row = dossier_view(present(), dossier).row
    if row.phase == "ended":
        return error_page(400, _("This dossier has ended; no code is handed out for it any more."))
    made = make_own_code(present(), dossier)
    last = dates.long_day(dates.local(made.ends_at).date(), language())
    address = (counter().config.base_url or request.url_root).rstrip("/") + url_for("own.page")
    return render_template(
        "own_slip.html", name=row.name, branch=row.branch_name, code=grouped(made.code), last=last,
        address=address, back_href=url_for("dossiers.page", dossier=dossier),
    )  # fmt: skip


def _dossier() -> str | None:
    token = own_token()
    return dossier_of_own(open_record(), token, now=now()) if token else None

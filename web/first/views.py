"""Choosing a password behind a one-time link that an administrator handed over."""

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from recruit.commands.links import OpenLink, link_or_none, use_link
from recruit.commands.sessions import open_session
from recruit.errors import BadInput, NotFound
from web.access import PUBLIC, reach
from web.auth.entering import enter
from web.devices import device
from web.language import language
from web.visitors import counter, now, open_record

blueprint = Blueprint("first", __name__)


@blueprint.get("/first/<token>")
@reach(PUBLIC)
def page(token: str) -> ResponseReturnValue:
    """Whose link it is, and the two boxes; a link that is over says whom to ask."""
    link = link_or_none(open_record(), token, now=now())
    return _over() if link is None else _form(link)


@blueprint.post("/first/<token>")
@reach(PUBLIC)
def choose(token: str) -> ResponseReturnValue:
    """The password holds, the link is spent, and its owner is logged in or asked for the code."""
    link = link_or_none(open_record(), token, now=now())
    if link is None:
        return _over()
    chosen = request.form.get("password", "")
    if chosen != request.form.get("again", ""):
        return _form(link, _("The two entries differ. Type the same password twice.")), 400
    try:
        profile = counter().config.password_profile
        user = use_link(open_record(), token, password=chosen, now=now(), profile=profile)
    except BadInput as error:
        return _form(link, error.message(language())), 400
    except NotFound:
        return _over()
    opened = open_session(open_record(), user, now=now(), device=device())
    if opened is None:
        return redirect(url_for("auth.login"))
    answer = enter(opened, url_for("desk.today"))
    flash(_("Your password is set. Nobody else knows it."), "ok")
    return answer


def _form(link: OpenLink, problem: str = "") -> Response:
    return _kept_by_nobody(
        render_template("first.html", link=link, problem=problem, is_strict=counter().config.is_mlps)
    )


def _over() -> ResponseReturnValue:
    return _kept_by_nobody(render_template("first_over.html")), 404


def _kept_by_nobody(page: str) -> Response:
    answer = make_response(page)
    answer.headers["Cache-Control"] = "no-store"
    return answer

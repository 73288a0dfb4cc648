"""The log-in page and the switches of the band."""

from urllib.parse import urlsplit

from flask import Blueprint, flash, g, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from recruit.commands import sessions
from recruit.commands.failures import lift_lock
from recruit.commands.users import set_preferences
from recruit.errors import LogInLocked
from web import cookies
from web.access import PUBLIC, SIGNED_IN, reach
from web.language import choose_language, explicit_language, is_big, language, toggle_big
from web.limits import count_use, from_where
from web.visitors import now, open_record, present, visitor

blueprint = Blueprint("auth", __name__)


@blueprint.get("/login")
@reach(PUBLIC)
def login() -> str | Response:
    """The form; whoever is logged in goes on."""
    wanted = same_site(request.args.get("next"))
    if visitor():
        return redirect(wanted)
    return _form(wanted)


@blueprint.post("/login")
@reach(PUBLIC)
def log_in() -> Response | tuple[str, int]:
    """Open a new session, whatever the browser showed before."""
    count_use("log_in", from_where())
    wanted = same_site(request.form.get("next"))
    name = request.form.get("account", "").strip()
    address = request.remote_addr or ""
    password = request.form.get("password", "")
    try:
        opened = sessions.log_in(open_record(), login=name, password=password, now=now(), address=address)
    except LogInLocked as locked:
        return _form(wanted, name, locked.message(language())), 429
    if opened is None:
        return _form(wanted, name, _("User name or password is wrong.")), 401
    _forget_but_language()
    answer = redirect(wanted)
    cookies.set_login(answer, opened.token)
    return answer


@blueprint.post("/logout")
@reach(SIGNED_IN)
def logout() -> Response:
    """End the session in the record, so that no copy of the cookie opens anything."""
    token = cookies.login_token()
    if token:
        sessions.log_out(open_record(), token, now=now())
    _forget_but_language()
    answer = redirect(url_for("auth.login"))
    cookies.drop_login(answer)
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


@blueprint.post("/log-ins/open")
@reach("security_admin")
def lift() -> Response:
    """Let a log-in that was closed try again at once."""
    lift_lock(present(), login=request.form.get("account", ""))
    flash(_("Open again; the person may log in."), "ok")
    return redirect(url_for("desk.today"))


@blueprint.post("/switch")
@reach(PUBLIC)
def switch() -> Response:
    """Change the language or the size of type, then back to the page."""
    apply_switch(request.form.get("switch", ""))
    return redirect(same_site(request.form.get("back")))


def apply_switch(wanted: str) -> None:
    """`big` toggles the large type; else it is a language."""
    if wanted == "big":
        toggle_big()
    else:
        choose_language(wanted)
    if visitor():
        set_preferences(present(), language=explicit_language(), big_type=is_big())


def same_site(wanted: str | None) -> str:
    """The path to go to, when it lies on this site; else today's work."""
    home = url_for("desk.today")
    if not wanted or not wanted.startswith("/") or any(ord(letter) < ord(" ") for letter in wanted):
        return home
    parts = urlsplit(wanted.replace("\\", "/"))
    if parts.scheme or parts.netloc or wanted[1:2] in {"/", "\\"}:
        return home
    return wanted


def _forget_but_language() -> None:
    kept = {name: session[name] for name in ("language", "big") if name in session}
    session.clear()
    session.update(kept)
    g.pop("csrf_token", None)


def _form(wanted: str, account: str = "", problem: str = "") -> str:
    return render_template("login.html", wanted=wanted, account=account, problem=problem)

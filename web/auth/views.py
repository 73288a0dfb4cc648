"""The log-in page and the switches of the band."""

from urllib.parse import urlsplit

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from recruit.commands import sessions
from recruit.commands.failures import lift_lock
from recruit.commands.users import set_preferences
from recruit.errors import LogInLocked
from web import cookies
from web.access import PUBLIC, SIGNED_IN, before_all, reach
from web.auth.entering import enter, forget_but_language
from web.devices import device
from web.language import choose_language, explicit_language, is_big, language, toggle_big
from web.limits import count_use, from_where
from web.proof import GIVEN, proof_page, proof_problem
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
        opened = sessions.log_in(
            open_record(), login=name, password=password, now=now(), address=address, device=device()
        )
    except LogInLocked as locked:
        return _form(wanted, name, locked.message(language())), 429
    if opened is None:
        return _form(wanted, name, _("User name or password is wrong.")), 401
    return enter(opened, wanted)


@blueprint.get("/login/code")
@reach(PUBLIC)
def code() -> ResponseReturnValue:
    """The second step, for whoever has just given a right password."""
    wanted = same_site(request.args.get("next"))
    if visitor():
        return redirect(wanted)
    return _code_form(wanted) if _is_half_way() else redirect(url_for("auth.login", next=wanted))


@blueprint.post("/login/code")
@reach(PUBLIC)
def enter_code() -> ResponseReturnValue:
    """The six digits, or a code from paper; a new token replaces the one that only waited."""
    wanted = same_site(request.form.get("next"))
    if not _is_half_way():
        flash(_("That took longer than ten minutes. Log in once more."), "info")
        return redirect(url_for("auth.login", next=wanted))
    given, address = request.form.get("code", ""), request.remote_addr or ""
    try:
        opened = sessions.enter_code(
            open_record(), cookies.login_token() or "", code=given, now=now(), address=address
        )
    except LogInLocked as locked:
        return _code_form(wanted, locked.message(language())), 429
    if opened is None:
        wrong = _("The code is not right, or it was used already. Take the one shown now.")
        return _code_form(wanted, wrong), 401
    return enter(opened, wanted)


@blueprint.post("/prove")
@reach(SIGNED_IN)
def prove() -> ResponseReturnValue:
    """Password or code once more, then on to the page that asked for it."""
    wanted = same_site(request.form.get("next"))
    try:
        problem = proof_problem(request.form.get(GIVEN, ""))
    except LogInLocked as locked:
        return proof_page(locked.message(language()), wanted), 429
    return (proof_page(problem, wanted), 401) if problem else redirect(wanted)


@blueprint.post("/logout")
@reach(SIGNED_IN)
@before_all
def logout() -> Response:
    """End the session in the record, so that no copy of the cookie opens anything."""
    token = cookies.login_token()
    if token:
        sessions.log_out(open_record(), token, now=now())
    forget_but_language()
    answer = redirect(url_for("auth.login"))
    cookies.drop_login(answer)
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
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


def _is_half_way() -> bool:
    token = cookies.login_token()
    return bool(token) and sessions.half_way_or_none(open_record(), token or "", now=now()) is not None


def _code_form(wanted: str, problem: str = "") -> Response:
    answer = make_response(render_template("code.html", wanted=wanted, problem=problem))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _form(wanted: str, account: str = "", problem: str = "") -> str:
    return render_template("login.html", wanted=wanted, account=account, problem=problem)

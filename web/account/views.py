"""The own password, the second factor with its printed codes, and the other log-ins."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from recruit.commands.factors import begin_factor, confirm_factor, end_factor, print_codes
from recruit.commands.sessions import end_other_sessions, hashed_token
from recruit.commands.users import change_password
from recruit.errors import BadInput
from recruit.queries.sessions import my_sessions
from web import cookies
from web.access import SIGNED_IN, before_all, reach
from web.account.page import codes_page, factor_page, session_rows
from web.language import language
from web.proof import proven
from web.visitors import counter, present, visitor

blueprint = Blueprint("account", __name__)


@blueprint.get("/me/password")
@reach(SIGNED_IN)
@before_all
def password() -> ResponseReturnValue:
    """The form; who has to renew it is told why."""
    return _password_form()


@blueprint.post("/me/password")
@reach(SIGNED_IN)
@before_all
def change() -> ResponseReturnValue:
    """Every session ends, this one too: whoever else was logged in is out."""
    old, new = request.form.get("old", ""), request.form.get("password", "")
    if new != request.form.get("again", ""):
        return _password_form(_("The two entries differ. Type the same password twice.")), 400
    try:
        change_password(present(), old=old, new=new, profile=counter().config.password_profile)
    except BadInput as error:
        return _password_form(error.message(language())), 400
    flash(_("The new password holds, and every log-in has ended. Log in with it."), "ok")
    answer = redirect(url_for("auth.login"))
    cookies.drop_login(answer)
    return answer


@blueprint.get("/me/factor")
@reach(SIGNED_IN)
@before_all
def factor() -> ResponseReturnValue:
    """What it is, its state, or the picture that the telephone reads."""
    return _factor()


@blueprint.post("/me/factor")
@reach(SIGNED_IN)
@before_all
@proven
def begin() -> ResponseReturnValue:
    """A new secret for the telephone; an old one holds until the new one has given its first code."""
    begin_factor(present())
    return redirect(url_for("account.factor"))


@blueprint.post("/me/factor/confirm")
@reach(SIGNED_IN)
@before_all
@proven
def confirm() -> ResponseReturnValue:
    """The first code: from now on it is asked for. The printed codes are shown this once."""
    keep = hashed_token(cookies.login_token() or "")
    try:
        codes = confirm_factor(present(), request.form.get("code", ""), keep=keep)
    except BadInput as error:
        return _factor(error.message(language())), 400
    return render_template("codes.html", page=codes_page(present(), codes, is_new=True))


@blueprint.post("/me/factor/codes")
@reach(SIGNED_IN)
@proven
def codes() -> ResponseReturnValue:
    """Ten new printed codes, shown this once."""
    return render_template("codes.html", page=codes_page(present(), print_codes(present()), is_new=False))


@blueprint.post("/me/factor/end")
@reach(SIGNED_IN)
@proven
def end() -> ResponseReturnValue:
    """The password alone again, where the role allows it."""
    seen = visitor()
    if seen is None or seen.needs_factor:
        abort(403)
    end_factor(present())
    flash(_("The code is not asked for any more."), "ok")
    return redirect(url_for("account.factor"))


@blueprint.get("/me/log-ins")
@reach(SIGNED_IN)
def log_ins() -> ResponseReturnValue:
    """Where one is logged in at this moment."""
    rows = session_rows(my_sessions(present(), cookies.login_token() or ""))
    return render_template("log_ins.html", rows=rows)


@blueprint.post("/me/log-ins/end")
@reach(SIGNED_IN)
def end_others() -> ResponseReturnValue:
    """Every other one is out at its next request."""
    end_other_sessions(present(), cookies.login_token() or "")
    flash(_("Every other log-in has ended."), "ok")
    return redirect(url_for("account.log_ins"))


def _password_form(problem: str = "") -> str:
    seen = visitor()
    return render_template(
        "password.html",
        problem=problem,
        must=seen is not None and seen.needs_new_password,
        is_strict=counter().config.is_mlps,
    )


def _factor(problem: str = "") -> str:
    seen = visitor()
    assert seen is not None
    return render_template("factor.html", page=factor_page(present(), seen, problem))

"""The page behind the one-time link: the topmost organization and its three administrators."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from recruit.commands.organizations import KINDS, FoundRecord, found_record
from recruit.commands.users import NewUser
from recruit.errors import BadInput
from web.access import PUBLIC, reach
from web.language import language
from web.setup.token import is_open, spend
from web.visitors import now, open_record

blueprint = Blueprint("setup", __name__)

ADMINISTRATORS = ("system_admin", "security_admin", "audit_admin")


@blueprint.get("/setup/<token>")
@reach(PUBLIC)
def page(token: str) -> str:
    """The empty form, while the link is open."""
    _ensure_open(token)
    return _form(token)


@blueprint.post("/setup/<token>")
@reach(PUBLIC)
def found(token: str) -> Response | tuple[str, int]:
    """Found the record; the link is spent."""
    _ensure_open(token)
    try:
        found_record(open_record(), _entries(), now=now())
    except BadInput as error:
        return _form(token, error.message(language())), 400
    spend(open_record())
    flash(_("The three administrators are named. Log in."), "ok")
    return redirect(url_for("auth.login"))


def _ensure_open(token: str) -> None:
    if not is_open(open_record(), token, now()):
        abort(404)


def _entries() -> FoundRecord:
    given = request.form.get
    users = {
        role: NewUser(
            login=given(f"{role}.login", ""),
            name=given(f"{role}.name", ""),
            password=given(f"{role}.password", ""),
        )
        for role in ADMINISTRATORS
    }
    return FoundRecord(name=given("name", ""), kind=given("kind", ""), **users)


def _form(token: str, problem: str = "") -> str:
    titles = {
        "system_admin": _("System administrator"),
        "security_admin": _("Security administrator"),
        "audit_admin": _("Audit administrator"),
    }
    kinds = {
        "province": _("Province"), "city": _("City"), "county": _("County"), "township": _("Township"),
        "subdistrict": _("Subdistrict"),
    }  # fmt: skip
    chosen = [(kind, kinds[kind]) for kind in KINDS if kind in kinds]
    return render_template(
        "setup.html", token=token, problem=problem, titles=titles, kinds=chosen, entered=request.form
    )

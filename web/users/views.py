"""The pages of users and grants; who may press what is asked again by each command."""

from collections.abc import Mapping
from datetime import timedelta

from flask import Blueprint, abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from recruit.commands.factor_losses import (
    CONFIRMERS,
    REPORTERS,
    confirm_factor_loss,
    report_factor_loss,
    withdraw_factor_loss,
)
from recruit.commands.failures import lift_lock
from recruit.commands.grants import GrantRole, grant_role
from recruit.commands.grants import end_grant as end_the_grant
from recruit.commands.links import LASTS, Invite, invite_user, new_link
from recruit.commands.reading import read_day
from recruit.commands.users import disable_user, enable_user
from recruit.errors import BadInput, NotFound
from recruit.queries.users import READERS, find_user, users
from web.access import reach
from web.language import language
from web.proof import proven
from web.users.page import GRANTERS, INVITERS, KEEPERS, list_page, moment, user_page
from web.visitors import counter, now, present

blueprint = Blueprint("users", __name__, url_prefix="/admin/users")

_READERS = tuple(sorted(READERS))
_NOTHING: MultiDict[str, str] = MultiDict()


@blueprint.get("")
@reach(*_READERS)
def listed() -> ResponseReturnValue:
    """Everybody within reach (`q`: part of a name), and for the system administrator the invitation."""
    return _list()


@blueprint.post("")
@reach(*INVITERS)
@proven
def invite() -> ResponseReturnValue:
    """A user without a password; the link is shown this once."""
    given = {name: request.form.get(name, "") for name in ("login", "name", "organization")}
    try:
        invited = invite_user(present(), Invite(**given))
    except BadInput as error:
        return _list(error.message(language())), 400
    return _link(invited.user, invited.token)


@blueprint.get("/<user>")
@reach(*_READERS)
def user(user: str) -> ResponseReturnValue:
    """One user: state, grants, and what the visitor's role may do about them."""
    return _user(user)


@blueprint.post("/<user>/link")
@reach(*KEEPERS)
@proven
def link(user: str) -> ResponseReturnValue:
    """A new link where the password was forgotten or the old link ran out."""
    try:
        return _link(user, new_link(present(), user))
    except BadInput as error:
        return _user(user, problem=error.message(language())), 400


@blueprint.post("/<user>/state")
@reach(*KEEPERS)
def state(user: str) -> ResponseReturnValue:
    """Disabled, enabled again, or unlocked: as the button says."""
    wanted = request.form.get("do", "")
    try:
        if wanted == "disable":
            disable_user(present(), user)
            flash(_("Disabled. Every log-in of this user has ended."), "ok")
        elif wanted == "enable":
            enable_user(present(), user)
            flash(_("Enabled again."), "ok")
        elif wanted == "unlock":
            lift_lock(present(), login=find_user(present(), user).row.login)
            flash(_("Open again; the person may log in."), "ok")
        else:
            find_user(present(), user)
            abort(400)
    except BadInput as error:
        return _user(user, problem=error.message(language())), 400
    return redirect(url_for("users.user", user=user))


@blueprint.post("/<user>/loss")
@reach(*REPORTERS)
def report(user: str) -> ResponseReturnValue:
    """Telephone and printed codes are lost, says one administrator."""
    try:
        report_factor_loss(present(), user)
    except BadInput as error:
        return _user(user, problem=error.message(language())), 400
    flash(_("Reported. The security administrator must confirm it; until then nothing changes."), "info")
    return redirect(url_for("users.user", user=user))


@blueprint.post("/<user>/loss/confirm")
@reach(*CONFIRMERS)
@proven
def confirm_loss(user: str) -> ResponseReturnValue:
    """The second person: the old factor opens nothing any more, and a link is handed over."""
    return _link(user, confirm_factor_loss(present(), user))


@blueprint.post("/<user>/loss/withdraw")
@reach(*REPORTERS)
def withdraw_loss(user: str) -> ResponseReturnValue:
    """It was found again."""
    withdraw_factor_loss(present(), user)
    flash(_("Withdrawn. The code is asked for as before."), "ok")
    return redirect(url_for("users.user", user=user))


@blueprint.post("/<user>/grants")
@reach(*GRANTERS)
@proven
def grant(user: str) -> ResponseReturnValue:
    """A role for an organization and everything below it, from one day to another."""
    find_user(present(), user)
    given = request.form
    try:
        wanted = GrantRole(
            user=user,
            role=given.get("role", ""),
            organization=given.get("organization", ""),
            from_on=read_day(given.get("from_on", ""), field="from_on"),
            to_on=read_day(given["to_on"], field="to_on") if given.get("to_on") else None,
        )
        grant_role(present(), wanted)
    except BadInput as error:
        problems = {one.field: one.message(language()) for one in error.problems}
        return _user(user, problems=problems, form=given, problem=error.message(language())), 400
    flash(_("Granted. It holds from the next page that the user opens."), "ok")
    return redirect(url_for("users.user", user=user))


@blueprint.post("/<user>/grants/<grant>/end")
@reach(*GRANTERS)
@proven
def end_grant(user: str, grant: str) -> ResponseReturnValue:
    """The last day on which it holds: today, or yesterday where it is to end at once."""
    view = find_user(present(), user)
    if grant not in {one.id for one in view.grants}:
        raise NotFound(what="grant")
    is_now = request.form.get("when") == "now"
    end_the_grant(present(), grant, to_on=present().on - timedelta(days=1) if is_now else present().on)
    flash(_("Ended at once.") if is_now else _("It ends with this day."), "ok")
    return redirect(url_for("users.user", user=user))


def _list(problem: str = "") -> str:
    q = request.args.get("q", "").strip()[:60]
    found = users(present(), q=q, after=request.args.get("after", "")[:60])
    return render_template("users.html", page=list_page(present(), found, q, request.form, problem))


def _user(
    user: str,
    *,
    problem: str = "",
    problems: Mapping[str, str] | None = None,
    form: MultiDict[str, str] = _NOTHING,
) -> str:
    view = find_user(present(), user)
    return render_template("user.html", page=user_page(present(), view, form, problems or {}, problem))


def _link(user: str, token: str) -> Response:
    """The only page on which the link ever stands."""
    base = (counter().config.base_url or request.url_root).rstrip("/")
    answer = make_response(
        render_template(
            "user_link.html",
            row=find_user(present(), user).row,
            link=base + url_for("first.page", token=token),
            until=moment(now() + LASTS),
        )
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer

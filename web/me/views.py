"""The visitor's own settings, one section after the other."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from notifications.delivery.config import delivery_config
from recruit.commands.addresses import remove_address, set_address, switch_address
from recruit.commands.robots import MAY_NAME, AddRobot, add_robot, end_robot
from recruit.commands.tokens import end_token
from recruit.errors import BadInput
from recruit.queries.addresses import my_addresses
from recruit.recipients import PERSONAL
from web.access import SIGNED_IN, reach
from web.language import language
from web.me.addresses import address_forms
from web.me.robots import robot_page
from web.me.tokens import made_of, token_page
from web.proof import proven
from web.visitors import present, visitor

blueprint = Blueprint("me", __name__)


@blueprint.get("/me")
@reach(SIGNED_IN)
def settings() -> ResponseReturnValue:
    """Where messages go, and what is sent when."""
    return _page()


@blueprint.post("/me/addresses/<channel>")
@reach(SIGNED_IN)
def address(channel: str) -> ResponseReturnValue:
    """Set it, switch it off or on, or take it away: as the button says."""
    if channel not in PERSONAL:
        abort(404)
    wanted = request.form.get("do", "")
    if wanted == "set":
        given = request.form.get("address", "")
        try:
            set_address(present(), channel, given)
        except BadInput as error:
            return _page({channel: (given, error.message(language()))}), 400
        flash(_("Saved. Messages go there from now on."), "ok")
    elif wanted in {"on", "off"}:
        switch_address(present(), channel, is_on=wanted == "on")
        flash(_("Switched on.") if wanted == "on" else _("Switched off. The pages still show it all."), "ok")
    elif wanted == "remove":
        remove_address(present(), channel)
        flash(_("The address is deleted."), "ok")
    else:
        abort(400)
    return redirect(url_for("me.settings"))


@blueprint.post("/me/robots")
@reach(*MAY_NAME)
def add() -> ResponseReturnValue:
    """A group's robot gets the digest of its committee or branch."""
    new = AddRobot(**{name: request.form.get(name, "") for name in ("organization", "kind", "url", "secret")})
    try:
        add_robot(present(), new)
    except BadInput as error:
        return _page(problem=error.message(language())), 400
    flash(_("The robot is entered; it speaks with the next summary."), "ok")
    return redirect(url_for("me.settings"))


@blueprint.post("/me/robots/<robot>/end")
@reach(*MAY_NAME)
def end(robot: str) -> ResponseReturnValue:
    """Nothing is sent to it any more."""
    end_robot(present(), robot)
    flash(_("The robot gets nothing any more."), "ok")
    return redirect(url_for("me.settings"))


@blueprint.post("/me/tokens")
@reach(SIGNED_IN)
@proven
def make() -> ResponseReturnValue:
    """A token for a program, shown with this answer only."""
    try:
        made = made_of(present(), request.form)
    except BadInput as error:
        return _page(token_problem=error.message(language())), 400
    return _page(secret=made.secret)


@blueprint.post("/me/tokens/<token>/end")
@reach(SIGNED_IN)
def end_own(token: str) -> ResponseReturnValue:
    """It opens nothing any more."""
    end_token(present(), token)
    flash(_("The token has ended. The program that used it is refused from now on."), "ok")
    return redirect(url_for("me.settings"))


def _page(
    refused: dict[str, tuple[str, str]] | None = None,
    *,
    problem: str = "",
    secret: str = "",
    token_problem: str = "",
) -> str:
    config, seen = delivery_config(), visitor()
    may_name = seen is not None and bool(seen.roles & set(MAY_NAME))
    return render_template(
        "me.html",
        forms=address_forms(my_addresses(present()), config.channels, refused or {}),
        robots=robot_page(present(), config.webhook_hosts, problem) if may_name else None,
        tokens=token_page(present(), secret=secret, problem=token_problem),
    )

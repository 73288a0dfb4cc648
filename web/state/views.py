"""The page of the system's state, for those who watch over it."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from web.access import reach
from web.state.page import state_page
from web.visitors import now, present

blueprint = Blueprint("state", __name__)
WATCHING = ("auditor", "system_admin", "security_admin", "audit_admin")


@blueprint.get("/admin/state")
@reach(*WATCHING)
def state() -> ResponseReturnValue:
    """Everything that `recruit doctor` looks at, the worst first."""
    return render_template("state.html", page=state_page(present(), now()))

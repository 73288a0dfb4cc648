"""Closed by default: every endpoint says whom it serves, and one that says nothing serves nobody."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from web.interface import is_interface
from web.proof import ask_for_proof
from web.visitors import Visitor, shows_metrics_token, visitor

View = TypeVar("View", bound=Callable[..., Any])

PUBLIC = "public"
SIGNED_IN = "signed_in"
COLLECTOR = "collector"
_REACH = "recruit_reach"
_FIRST = "recruit_first"


def reach(*whom: str) -> Callable[[View], View]:
    """Declare whom a view serves: `public`, `signed_in`, or the roles that are named.

    `collector` is the program that shows the configured token of the metrics.
    """
    if not whom:
        raise ValueError("say whom the view serves")

    def declare(view: View) -> View:
        setattr(view, _REACH, frozenset(whom))
        return view

    return declare


def before_all(view: View) -> View:
    """A view that also serves whoever has a password to renew or a second factor to set up first."""
    setattr(view, _FIRST, True)
    return view


def reach_of(app: Flask, endpoint: str) -> frozenset[str]:
    """Whom the endpoint serves; empty when it never said so."""
    declared = getattr(app.view_functions.get(endpoint), _REACH, frozenset[str]())
    return frozenset(declared)


def guard() -> ResponseReturnValue | None:
    """Let the request through, send the visitor to what comes first, ask again who it is, or refuse."""
    if request.endpoint is None:
        return None
    whom = reach_of(current_app, request.endpoint)
    if PUBLIC in whom or (COLLECTOR in whom and shows_metrics_token()):
        return None
    if not whom:
        abort(403)
    present = visitor()
    if present is None:
        return _log_in()
    if SIGNED_IN not in whom and not whom & present.roles:
        abort(403)
    view = current_app.view_functions[request.endpoint]
    first = None if getattr(view, _FIRST, False) else _first_of(present)
    return redirect(url_for(first)) if first else ask_for_proof(view, present)


def _log_in() -> Response:
    if is_interface():
        abort(401)
    return redirect(url_for("auth.login", next=_wanted()))


def _first_of(present: Visitor) -> str | None:
    if present.needs_new_password:
        return "account.password"
    return "account.factor" if present.lacks_factor else None


def _wanted() -> str | None:
    if request.method != "GET" or request.path == "/":
        return None
    return request.full_path.rstrip("?")

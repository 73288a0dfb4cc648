"""Closed by default: every endpoint says whom it serves, and one that says nothing serves nobody."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from web.interface import is_interface
from web.visitors import shows_metrics_token, visitor

View = TypeVar("View", bound=Callable[..., Any])

PUBLIC = "public"
SIGNED_IN = "signed_in"
COLLECTOR = "collector"
_REACH = "recruit_reach"


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


def reach_of(app: Flask, endpoint: str) -> frozenset[str]:
    """Whom the endpoint serves; empty when it never said so."""
    declared = getattr(app.view_functions.get(endpoint), _REACH, frozenset[str]())
    return frozenset(declared)


def guard() -> Response | None:
    """Let the request through, send the visitor to the log-in page, or refuse."""
    if request.endpoint is None:
        return None
    whom = reach_of(current_app, request.endpoint)
    if PUBLIC in whom:
        return None
    if not whom:
        abort(403)
    if COLLECTOR in whom and shows_metrics_token():
        return None
    present = visitor()
    if present is None:
        if is_interface():
            abort(401)
        return redirect(url_for("auth.login", next=_wanted()))
    if SIGNED_IN not in whom and not whom & present.roles:
        abort(403)
    return None


def _wanted() -> str | None:
    if request.method != "GET" or request.path == "/":
        return None
    return request.full_path.rstrip("?")

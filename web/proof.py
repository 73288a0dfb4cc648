"""Asking again who somebody is before what weighs most: the page keeps what was entered and goes on."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from recruit.commands.sessions import prove_again
from recruit.errors import LogInLocked
from web.cookies import login_token
from web.language import language
from web.visitors import Visitor, now, open_record

View = TypeVar("View", bound=Callable[..., Any])

GIVEN = "proof"
_PROVEN = "recruit_proven"
_NOT_KEPT = frozenset({GIVEN, "csrf_token"})


def proven(view: View) -> View:
    """A view that serves only whoever gave password or code within the last ten minutes."""
    setattr(view, _PROVEN, True)
    return view


def is_proven(view: Callable[..., Any]) -> bool:
    return bool(getattr(view, _PROVEN, False))


def ask_for_proof(view: Callable[..., Any], present: Visitor) -> ResponseReturnValue | None:
    """The page that asks, with the entries of the form in it; None where the request may go on."""
    if not is_proven(view) or present.is_proven:
        return None
    given = request.form.get(GIVEN)
    if request.method != "POST" or given is None:
        return proof_page(), 401
    try:
        problem = proof_problem(given)
    except LogInLocked as locked:
        return proof_page(locked.message(language())), 429
    return (proof_page(problem), 401) if problem else None


def proof_problem(given: str) -> str:
    """What is wrong with the password or code; empty where the session counts as proven from now on.

    Raises `LogInLocked`.
    """
    is_right = prove_again(
        open_record(), login_token() or "", given=given, now=now(), address=request.remote_addr or ""
    )
    return "" if is_right else _("That was not right. Nothing was done yet; try again.")


def proof_page(problem: str = "", wanted: str = "") -> str:
    """A form is sent again to its own address; a page that was asked for is opened afterwards."""
    if request.method == "POST" and not wanted:
        entries = [(name, text) for name, text in request.form.items(multi=True) if name not in _NOT_KEPT]
        action = request.full_path.rstrip("?")
    else:
        entries = [("next", wanted or request.full_path.rstrip("?"))]
        action = url_for("auth.prove")
    return render_template("proof.html", entries=entries, action=action, problem=problem, given=GIVEN)

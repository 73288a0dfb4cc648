"""What comes too often is refused: a plain page with the seconds to wait, made without asking the record."""

from collections.abc import Callable
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Any, TypeVar

from flask import abort, current_app, make_response, render_template, request
from flask_babel import ngettext

from recruit import limits
from recruit.limits import RetryAfter
from web.language import ask_for
from web.visitors import now, open_record

View = TypeVar("View", bound=Callable[..., Any])

_FIRST = "recruit_counted_first"
_NETWORK = 64  # of IPv6: one household has as many addresses as it likes within it
_MINUTE = 60


def counted_first(what: str) -> Callable[[View], View]:
    """Declare that a use of this view of the public room is counted before the request's body is read."""

    def declare(view: View) -> View:
        setattr(view, _FIRST, what)
        return view

    return declare


def count_first() -> None:
    """Before anything reads the form, its token and its files included."""
    what = getattr(current_app.view_functions.get(request.endpoint or ""), _FIRST, None)
    if what is not None:
        ask_for(request.args.get("language"), big=request.args.get("big") == "1")
        count_use(what, from_where())


def count_use(what: str, who: str) -> None:
    """Count one use of a key of LIMITS; one too many ends the request with its own answer."""
    _end(limits.allowed(open_record(), what, who, now()))


def ensure_left(what: str, who: str) -> None:
    """End the request where another use would be one too many; nothing is counted."""
    _end(limits.used_up(open_record(), what, who, now()))


def from_where() -> str:
    """Where the request comes from, as far as one sender can be told from another."""
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return ""
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or IPv6Network((address, _NETWORK), strict=False))
    return str(address)


def _end(refused: RetryAfter | None) -> None:
    if refused is None:
        return
    minutes = -(-refused.seconds // _MINUTE)
    text = ngettext(
        "Too much came in at once. Please try again in %(num)s minute.",
        "Too much came in at once. Please try again in %(num)s minutes.",
        minutes,
    )
    answer = make_response(render_template("too_many.html", text=text, switches=[]), 429)
    answer.headers["Retry-After"] = str(refused.seconds)
    abort(answer)

"""What comes too often is refused: a plain page with the seconds to wait, made without asking the record."""

from ipaddress import IPv6Address, IPv6Network, ip_address

from flask import abort, make_response, render_template, request
from flask_babel import ngettext

from recruit import limits
from recruit.limits import RetryAfter
from web.visitors import now, open_record

_NETWORK = 64  # of IPv6: one household has as many addresses as it likes within it
_MINUTE = 60


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

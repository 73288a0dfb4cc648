"""What is asked by programs instead of people: its addresses, and the token that they show."""

from flask import has_request_context, request

BASE = "/api/v1"
DOCS = f"{BASE}/docs"
OPENAPI = f"{BASE}/openapi.json"
METRICS = "/metrics"


def is_interface() -> bool:
    """Whether a program asks: no cookie counts, and every error is a JSON value."""
    if not has_request_context():
        return False
    return request.path == METRICS or (request.path.startswith(f"{BASE}/") and request.path != DOCS)


def takes_login() -> bool:
    """Whether a browser's log-in opens this: all pages, and the description of the interface."""
    return not is_interface() or request.path == OPENAPI


def bearer_secret() -> str | None:
    """The token in the header (RFC 6750), where one is looked at."""
    if not is_interface() and request.path != DOCS:
        return None
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() or None if scheme.lower() == "bearer" else None

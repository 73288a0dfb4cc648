"""Security headers for every answer; what lies behind the log-in is kept by no cache."""

from flask import Flask, Response, request

from web.access import PUBLIC, reach_of

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'; object-src 'none'"
)
# A page into which pictures made here are written: they have no address of their own.
WITH_PICTURES = CONTENT_SECURITY_POLICY.replace("img-src 'self'", "img-src 'self' data:")


def guard_headers(app: Flask) -> None:
    """Add the headers to each answer of the application."""

    @app.after_request
    def add(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["X-Frame-Options"] = "DENY"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        if request.is_secure:
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        if _is_private(app):
            response.headers["Cache-Control"] = "no-store"
        return response


def _is_private(app: Flask) -> bool:
    if request.endpoint == "static":
        return False
    return (
        request.endpoint is None or PUBLIC not in reach_of(app, request.endpoint) or request.method != "GET"
    )

"""Cookies: out of reach of scripts, same site only, and bound to the host where the request is https."""

from flask import Flask, has_request_context, request
from flask.sessions import SecureCookieSessionInterface
from werkzeug.wrappers import Response

LOGIN = "recruit_login"
PAGE = "recruit_page"
OWN = "recruit_own"


class PageSessions(SecureCookieSessionInterface):
    """The signed cookie of a page: CSRF secret, language, size of type. It never says who somebody is."""

    def get_cookie_name(self, app: Flask) -> str:  # noqa: ARG002 - Flask\'s signature
        return _host_bound(PAGE)

    def get_cookie_secure(self, app: Flask) -> bool:  # noqa: ARG002 - Flask\'s signature
        return _is_https()

    def get_cookie_httponly(self, app: Flask) -> bool:  # noqa: ARG002 - Flask\'s signature
        return True

    def get_cookie_samesite(self, app: Flask) -> str:  # noqa: ARG002 - Flask\'s signature
        return "Lax"

    def get_cookie_domain(self, app: Flask) -> None:  # noqa: ARG002 - Flask\'s signature
        return None

    def get_cookie_path(self, app: Flask) -> str:  # noqa: ARG002 - Flask\'s signature
        return "/"


def login_token() -> str | None:
    """The token that the browser shows, if it shows one."""
    return request.cookies.get(_host_bound(LOGIN))


def set_login(response: Response, token: str) -> None:
    """Hand the token of a new log-in to the browser, until it closes."""
    response.set_cookie(
        _host_bound(LOGIN), token, httponly=True, secure=_is_https(), samesite="Lax", path="/", domain=None
    )


def drop_login(response: Response) -> None:
    """Take the token back."""
    response.delete_cookie(
        _host_bound(LOGIN), httponly=True, secure=_is_https(), samesite="Lax", path="/", domain=None
    )


def own_token() -> str | None:
    """The token of a look at the own dossier, if the browser shows one."""
    return request.cookies.get(_host_bound(OWN))


def set_own(response: Response, token: str) -> None:
    """Hand it to the browser, until it closes."""
    response.set_cookie(
        _host_bound(OWN), token, httponly=True, secure=_is_https(), samesite="Lax", path="/", domain=None
    )


def drop_own(response: Response) -> None:
    """Take it back."""
    response.delete_cookie(
        _host_bound(OWN), httponly=True, secure=_is_https(), samesite="Lax", path="/", domain=None
    )


def _host_bound(name: str) -> str:
    return f"__Host-{name}" if _is_https() else name


def _is_https() -> bool:
    return has_request_context() and request.is_secure

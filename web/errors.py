"""Error pages: what is safe, what to do, and a number to quote; never what went wrong inside."""

import secrets

import structlog
from flask import Flask, g, render_template, request
from flask.globals import request_ctx
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from recruit import errors as record_errors
from web.interface import is_interface
from web.language import language
from web.problems import problem_of_http

log = structlog.get_logger()

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that is misheard on the telephone
_GENERIC = 500
_TOO_LARGE = 413
_UNAVAILABLE = 503
_COME_AGAIN = 10  # seconds: as long as a lock is waited for


def init_errors(app: Flask) -> None:
    """Answer every error in the words of the person at the desk."""
    app.before_request(number_the_request)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _by_code)
    app.register_error_handler(record_errors.NotFound, lambda _error: error_page(404))
    app.register_error_handler(record_errors.NotAllowed, _not_allowed)
    app.register_error_handler(record_errors.Unavailable, _unavailable)
    app.register_error_handler(
        record_errors.BadInput, lambda error: error_page(400, error.message(language()))
    )
    app.register_error_handler(Exception, _unexpected)


def number_the_request() -> None:
    """Give the request the number under which it is found in the log."""
    g.number = "".join(secrets.choice(_ALPHABET) for _number in range(6))


def error_page(code: int, text: str | None = None) -> tuple[str, int]:
    """The page for an HTTP code; `text` is a sentence that the record gave."""
    title, general, what_now = _too_large() if code == _TOO_LARGE else _words(code)
    if request_ctx.url_adapter is None:  # a host that is not ours has no pages
        return title, code
    page = render_template(
        "error.html", title=title, text=text or general, what_now=what_now, number=g.get("number", "-")
    )
    return page, code


def _by_code(error: HTTPException) -> ResponseReturnValue:
    if is_interface():  # no view was found: those of the interface answer their own errors
        return problem_of_http(error)
    return error_page(error.code or _GENERIC)


def _stale_form(_error: CSRFError) -> tuple[str, int]:
    return error_page(400, _("This form had lain open too long, or did not come from this site."))


def _not_allowed(error: record_errors.NotAllowed) -> tuple[str, int]:
    return error_page(403, error.message(language()))


def _unavailable(error: record_errors.Unavailable) -> tuple[str, int, dict[str, str]]:
    """A full disk, a busy or silent database, missing guards: whoever reads goes on, whoever writes waits."""
    log.error("not available", number=g.get("number"), error=error.id, detail=str(error))
    page, code = error_page(_UNAVAILABLE, _unavailable_text(error))
    return page, code, {"Retry-After": str(_COME_AGAIN)}


def _unavailable_text(error: record_errors.Unavailable) -> str:
    if isinstance(error, record_errors.Busy):
        return _("The database is busy or does not answer.")
    if isinstance(error, record_errors.GuardsMissing):
        return _("The record is protected against changes, and this protection is incomplete.")
    return _("The disk cannot be written to.")


def _unexpected(error: Exception) -> tuple[str, int]:
    log.error("request failed", number=g.get("number"), endpoint=request.endpoint, exc_info=error)
    return error_page(_GENERIC)


def _too_large() -> tuple[str, str, str]:
    return (
        _("Too large to be sent"),
        _("One file may have 20 MB, all files of a form 100 MB together."),
        _("Nothing was recorded. Go back: your entries are still there. Choose fewer or smaller files."),
    )


def _words(code: int) -> tuple[str, str, str]:
    match code:
        case 400:
            return (
                _("This could not be read"),
                _("The page sent something that cannot be read."),
                _("Nothing was recorded. Go back, look at your entries and send them again."),
            )
        case 403:
            return (
                _("Not with this log-in"),
                _("Your role does not include this. Nothing was changed."),
                _(
                    "Whoever has the role can do it with an own log-in; "
                    "the organization office knows who that is."
                ),
            )
        case 404:
            return (
                _("There is no such page"),
                _("It does not exist, or it belongs to another organization."),
                _("Go back to today's work and look for the person by name."),
            )
        case 405:
            return (
                _("This cannot be done here"),
                _("The page was asked for something that it does not do."),
                _("Nothing was recorded. Go back and try again."),
            )
        case 503:
            return (
                _("Not saved: please send it again"),
                _("The record cannot be written to for the moment."),
                _(
                    "Nothing was recorded, and nothing is lost. Wait a moment and press again; "
                    "if it stays so, call the administrator. Reading goes on."
                ),
            )
        case _:
            return (
                _("Not saved"),
                _("Something failed on our side. What was recorded before is safe."),
                _("Go back and press again; your entries are still there. If it fails again, call."),
            )

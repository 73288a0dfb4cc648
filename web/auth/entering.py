"""What a log-in answers: the new cookie, the page that was wanted, or the page that asks for the code."""

from flask import flash, g, redirect, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from recruit.commands.sessions import LoggedIn
from recruit.context import Context
from recruit.queries.sessions import last_log_in
from web import cookies, dates
from web.devices import device
from web.language import language
from web.visitors import now, open_record


def enter(opened: LoggedIn, wanted: str) -> Response:
    """Hand the browser its token; nothing of the session before stays but language and size of type."""
    forget_but_language()
    if opened.awaits_code:
        answer = redirect(url_for("auth.code", next=wanted))
    else:
        _tell_of_another_device(opened)
        answer = redirect(wanted)
    cookies.set_login(answer, opened.token)
    return answer


def forget_but_language() -> None:
    kept = {name: session[name] for name in ("language", "big") if name in session}
    session.clear()
    session.update(kept)
    g.pop("csrf_token", None)


def _tell_of_another_device(opened: LoggedIn) -> None:
    """The owner hears at the next log-in of one that came from another kind of device."""
    context = Context(record=open_record(), actor=opened.actor, now=now())
    last = last_log_in(context, opened.token)
    if last is None or not last.device or last.device == device():
        return
    flash(
        _(
            "The log-in before this one: %(day)s %(time)s, %(device)s. "
            "If that was not you, change your password.",
            day=dates.short_day(dates.local(last.created_at).date(), language()),
            time=dates.clock_time(last.created_at),
            device=last.device,
        ),
        "info",
    )

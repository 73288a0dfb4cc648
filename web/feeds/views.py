"""The page that gives a user the address of the own calendar, and the address itself."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from notifications.agenda import agenda
from recruit.commands.feeds import actor_of_user, end_feed, feed_made_at, feed_or_none, make_feed
from recruit.context import BUSINESS_ROLES, Context
from web import dates
from web.access import PUBLIC, reach
from web.feeds.ical import TYPE, calendar_of
from web.language import language, speak
from web.visitors import counter, now, open_record, present

blueprint = Blueprint("feeds", __name__)
READERS = tuple(sorted(BUSINESS_ROLES))


@blueprint.get("/me/calendar")
@reach(*READERS)
def page() -> ResponseReturnValue:
    """How to subscribe, and whether there is an address already; what it is nobody can see again."""
    return _page("")


@blueprint.post("/me/calendar")
@reach(*READERS)
def make() -> ResponseReturnValue:
    """A new address, shown with this answer only; the one before it ends."""
    token = make_feed(present())
    path = url_for("feeds.calendar", feed=token)
    return _page((counter().config.base_url or request.url_root).rstrip("/") + path)


@blueprint.post("/me/calendar/end")
@reach(*READERS)
def end() -> ResponseReturnValue:
    """The address answers no more."""
    end_feed(present())
    flash(_("The address has ended. Phones that still ask get nothing."), "ok")
    return redirect(url_for("feeds.page"))


@blueprint.get("/api/v1/calendar/<feed>.ics")
@reach(PUBLIC)
def calendar(feed: str) -> ResponseReturnValue:
    """The calendar of whose address it is; empty once the user is disabled or has no role any more."""
    user = feed_or_none(open_record(), feed)
    if user is None:
        return Response("not found\n", 404, content_type="text/plain; charset=utf-8", headers=_KEPT_BY_NOBODY)
    actor = actor_of_user(open_record(), user, now=now())
    speak(actor.language if actor else None)
    entries = agenda(Context(record=open_record(), actor=actor, now=now())) if actor else ()
    text = calendar_of(entries, base_url=counter().config.base_url)
    return Response(text, content_type=TYPE, headers=_KEPT_BY_NOBODY)


_KEPT_BY_NOBODY = {"Cache-Control": "no-store"}


def _page(address: str) -> str:
    made_at = feed_made_at(present())
    made = dates.long_day(dates.local(made_at).date(), language()) if made_at else ""
    return render_template("calendar.html", address=address, made=made)

"""What every page shows around its text: band, menu, languages, the human to call."""

from dataclasses import dataclass

from flask import Flask, request, url_for
from flask_babel import gettext as _

from recruit.context import ADMINISTRATORS, BUSINESS_ROLES
from web import dates
from web.config import Config
from web.duties.names import OWING
from web.heartbeat import stopped_clock, unguarded, unsigned_log
from web.language import is_big, language
from web.places import place_name
from web.substitutes.views import READERS as SUBSTITUTES
from web.visitors import Visitor, present, today, visitor
from web.waiting import proposal_count, todo_count, unread_count

WATCHING = frozenset(("auditor", "system_admin", "security_admin", "audit_admin"))


@dataclass(frozen=True, slots=True)
class Item:
    text: str
    href: str
    current: bool
    count: int = 0


def init_layout(app: Flask, config: Config) -> None:
    """Give the templates what they all need."""

    @app.context_processor
    def around() -> dict[str, object]:
        seen = visitor()
        return {
            "language": language(),
            "big": is_big(),
            "visitor": seen,
            "place": place_name(present()) if seen else "",
            "navigation": navigation(seen) if seen else [],
            "own_pages": own_pages(seen) if seen else [],
            "here": request.full_path.rstrip("?") if request.method == "GET" else "/",
            "switch_form": None,
            "help_name": config.help_name,
            "help_phone": config.help_phone,
            "demo": config.demo,
            "stopped_clock": stopped_clock() if seen else None,
            "unguarded": unguarded() if seen else None,
            "unsigned_log": unsigned_log() if seen and seen.roles & WATCHING else None,
        }

    app.jinja_env.globals.update(dates=dates, today=today)


def navigation(seen: Visitor) -> list[Item]:
    """The pages that this visitor's roles open."""
    items = [
        _item(_("Today"), "desk.today", todo_count(present())),
        _item(seen.roll_name, "dossiers.roll"),
    ]
    if seen.roles & BUSINESS_ROLES:
        items.append(_item(_("Notices"), "notices.hanging"))
    items.append(_item(_("Messages"), "messages.inbox", unread_count(present())))
    if seen.roles & set(OWING):
        items.append(_item(_("Duties"), "duties.listed"))
    if seen.may_confirm:
        items.append(_item(_("To confirm"), "proposals.waiting", proposal_count(present())))
    if seen.roles & ADMINISTRATORS:
        items.append(_item(_("Erasing"), "erasures.waiting"))
    if seen.roles & WATCHING:
        items.append(_item(_("Users"), "users.listed"))
    if seen.roles & WATCHING:
        items.append(_item(_("Clock"), "clocks.clock"))
    return items


def own_pages(seen: Visitor) -> list[Item]:
    """What belongs to the visitor rather than to the work: who stands in, the calendar on the phone."""
    items = [_item(_("My settings"), "me.settings")]
    if seen.roles & set(SUBSTITUTES):
        items.append(_item(_("Standing in"), "substitutes.page"))
    if seen.roles & BUSINESS_ROLES:
        items.append(_item(_("Calendar on the phone"), "feeds.page"))
    return items


def _item(text: str, endpoint: str, count: int = 0) -> Item:
    blueprint = endpoint.partition(".")[0]
    current = request.blueprint == blueprint or (
        blueprint == "dossiers" and request.blueprint in {"acts", "history", "deadlines", "reveals"}
    )
    return Item(text, url_for(endpoint), current, count)

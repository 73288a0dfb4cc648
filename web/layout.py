"""What every page shows around its text: band, menu, languages, the human to call."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from flask import Flask, request, url_for
from flask_babel import gettext as _

from recruit.context import ADMINISTRATORS, BUSINESS_ROLES, Context
from recruit.queries.readings import OVERSEERS
from recruit.queries.settings import READERS
from recruit.queries.submissions import unread_submissions
from recruit.submissions import OFFICE
from web import dates
from web.config import Config
from web.duties.names import OWING
from web.heartbeat import stopped_clock, unguarded, unsigned_log
from web.history.moments import moment_text
from web.language import is_big, language
from web.meetings.names import HOLDERS
from web.places import place_name
from web.plans.views import READERS as SCHEDULE
from web.queues.page import READERS as QUEUES
from web.registers.views import READERS as REGISTERS
from web.substitutes.views import READERS as SUBSTITUTES
from web.visitors import AUDIT, Visitor, now, present, today, visitor
from web.waiting import proposal_count, todo_count, unread_count

_ANSWERS: Mapping[str, Sequence[str]] = {
    "audit.acts": ("audit.find",),
    "audit.verify": ("audit.verify_now",),
    "audit.export_form": ("audit.export",),
}
WATCHING = frozenset(("auditor", "system_admin", "security_admin", "audit_admin"))

_LATIN = 0x2E80  # the first Chinese sign stands behind it
_LETTER, _PADDING, _NUMBER = 0.56, 2.2, 1.7  # rem
_LINE = 58.0  # rem of a screen of 1366 px, in large type too
_MORE = 6.2  # what the last tab itself takes


_Entry = tuple[object, str, str, Callable[[Context], int] | None]  # whether it is open; text, endpoint, count


@dataclass(frozen=True, slots=True)
class Item:
    text: str
    href: str
    current: bool
    count: int = 0

    @property
    def width(self) -> float:
        """In rem, with its padding and number; a Latin letter is about half as wide as a character."""
        letters = sum(1.0 if ord(letter) > _LATIN else _LETTER for letter in self.text)
        return letters + _PADDING + (_NUMBER if self.count else 0)


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
            "fitting": fitting,
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
    app.jinja_env.globals.update(printed_at=printed_at)


def printed_at() -> str:
    """The moment of this answer, for the foot of a printed page."""
    return moment_text(now())


def navigation(seen: Visitor) -> list[Item]:
    """The pages that this visitor's roles open; the first ones are the tabs of a phone."""
    roles = seen.roles
    branch_only = seen.is_branch and not roles & READERS
    first: list[_Entry] = [
        (True, _("Today"), "desk.today", todo_count),
        (True, seen.roll_name, "dossiers.roll", None),
        (roles & set(SCHEDULE) and seen.is_branch, _("Schedule"), "plans.listed", None),
        (roles & set(HOLDERS), _("Meetings"), "meetings.listed", None),
        (roles & BUSINESS_ROLES, _("Notices"), "notices.hanging", None),
    ]
    rest: list[_Entry] = [
        (roles & set(OFFICE), _("Opinions"), "objections.listed", unread_submissions),
        (roles & set(SCHEDULE) and not seen.is_branch, _("Schedule"), "plans.listed", None),
        (roles & set(QUEUES), _("Queues"), "queues.page", None),
        (True, _("Messages"), "messages.inbox", unread_count),
        (seen.may_confirm, _("To confirm"), "proposals.waiting", proposal_count),
        (roles & set(OWING), _("Duties"), "duties.listed", None),
        (branch_only, _("Branch roll"), "rolls.every", None),
        (roles & set(REGISTERS), _("Registers"), "registers.page", None),
        (roles & READERS, _("Administration"), "administration.start", None),
        (roles & WATCHING, _("Users"), "users.listed", None),
        (roles & ADMINISTRATORS, _("Erasing"), "erasures.waiting", None),
        (roles & WATCHING, _("Clock"), "clocks.clock", None),
    ]
    return [*_items(first), *audit_pages(seen), *_items(rest)]


def fitting(items: Sequence[Item]) -> int:
    """How many entries stand in one line of a wide screen; the others lie behind the last tab."""
    if sum(item.width for item in items) <= _LINE:
        return len(items)
    widths = accumulate(item.width for item in items)
    return sum(1 for width in widths if width <= _LINE - _MORE)


def _items(entries: list[_Entry]) -> list[Item]:
    return [
        _item(text, endpoint, count(present()) if count else 0)
        for is_open, text, endpoint, count in entries
        if is_open
    ]


def audit_pages(seen: Visitor) -> list[Item]:
    """The auditor's; whoever watches over log-ins sees who has read what."""
    pages = [
        (AUDIT, _("Acts on record"), "audit.acts"),
        (AUDIT, _("Problems"), "audit.problems"),
        (AUDIT, _("Verify"), "audit.verify"),
        (AUDIT, _("Export"), "audit.export_form"),
        (OVERSEERS, _("Readings"), "audit.who_read"),
    ]
    here = request.endpoint or ""
    return [
        Item(text, url_for(endpoint), here == endpoint or here in _ANSWERS.get(endpoint, ()))
        for roles, text, endpoint in pages
        if seen.roles & set(roles)
    ]


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
        blueprint == "dossiers"
        and request.blueprint in {"acts", "history", "deadlines", "reveals", "several"}
    )
    current = current or (blueprint == "administration" and _is_administration())
    return Item(text, url_for(endpoint), current, count)


def _is_administration() -> bool:
    """Whether the page lies below /admin; the users' pages, which do too, have an entry of their own."""
    return request.path.startswith("/admin/") and request.blueprint != "users"

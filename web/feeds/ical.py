"""A user's days as iCalendar (RFC 5545): all-day events with alarms; steps, branches and links, no names."""

from datetime import timedelta
from hashlib import sha256

from flask_babel import gettext as _
from icalendar import Alarm, Calendar, Event

from notifications.agenda import Entry
from web import dates
from web.language import language
from web.words import edition_of_today, joined, word
from workflows.edition import Words
from workflows.plans.duties import duty_kinds
from workflows.words.shelf import one

TYPE = "text/calendar; charset=utf-8"
_MORNING = timedelta(hours=8)
_DAY = timedelta(days=1)
_EVERY = timedelta(hours=4)


def calendar_of(entries: tuple[Entry, ...], *, base_url: str) -> bytes:
    """The feed; `base_url` empty: without links."""
    calendar = Calendar()
    calendar.add("prodid", "-//Recruit//Recruit//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", _("Recruit: deadlines"))
    calendar.add("x-wr-calname", _("Recruit: deadlines"))
    calendar.add("refresh-interval", _EVERY)
    calendar.add("x-published-ttl", "PT4H")
    for entry in entries:
        calendar.add_component(_event(entry, base_url.rstrip("/")))
    text: bytes = calendar.to_ical()
    return text


def _event(entry: Entry, base_url: str) -> Event:
    event = Event()
    event.add("uid", f"{sha256(entry.name.encode()).hexdigest()[:40]}@recruit")
    event.add("dtstamp", entry.changed_at)  # without a METHOD it means the same as LAST-MODIFIED
    event.add("last-modified", entry.changed_at)
    event.add("sequence", entry.revision)
    event.add("dtstart", entry.due)
    event.add("dtend", entry.due + _DAY)
    event.add("summary", _summary(entry))
    event.add("description", _description(entry, base_url))
    event.add("status", "TENTATIVE" if entry.is_provisional else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    if base_url:
        event.add("url", _link(entry, base_url))
    for day in entry.alarms:
        event.add_component(_alarm(entry, (day - entry.due) + _MORNING))
    return event


def _alarm(entry: Entry, trigger: timedelta) -> Alarm:
    """In the morning of that day, wherever the phone is: it goes by the event, not by a zone."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _summary(entry))
    alarm.add("trigger", trigger)
    return alarm


def _summary(entry: Entry) -> str:
    step = _("%(step)s (%(place)s)", step=_step(entry), place=entry.place)
    if entry.is_done:
        return _("Done: %(what)s", what=step)
    return _("Provisional: %(what)s", what=step) if entry.is_provisional else step


def _step(entry: Entry) -> str:
    edition = edition_of_today()
    if entry.kind == "deadline":
        return word("deadline", entry.id, edition)
    if entry.kind == "calendar":
        return _("Enter next year's public holidays")
    duty: Words | None = duty_kinds().get(entry.id)
    if duty is not None:
        return one(duty, language())
    return joined(dict.fromkeys(word("act", do, edition) for do in entry.acts)) or _(
        "A day of the year's plan"
    )


def _description(entry: Entry, base_url: str) -> str:
    lines = [_("Last day: %(day)s.", day=dates.long_day(entry.due, language()))]
    if entry.is_provisional:
        lines.append(_("Provisional: the public holidays of that year are not published yet."))
    if entry.dossier:
        lines.append(_("Whom it concerns stands in the dossier, behind the log-in."))
    if base_url:
        lines.append(_link(entry, base_url))
    return "\n".join(lines)


def _link(entry: Entry, base_url: str) -> str:
    return f"{base_url}/dossiers/{entry.dossier}" if entry.dossier else f"{base_url}/"

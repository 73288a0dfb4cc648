"""The clock's tasks by the words of the pages, and how long something took."""

from collections.abc import Callable, Mapping

from flask_babel import gettext as _

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_WORDS: Mapping[str, Callable[[], str]] = {
    "sweep": lambda: _("finding what is due"),
    "projection": lambda: _("deadlines ahead"),
    "duties": lambda: _("duties ahead"),
    "obligations": lambda: _("finding what organizations owe"),
    "composing": lambda: _("writing messages"),
    "outbox": lambda: _("sending messages"),
    "log": lambda: _("signing the log"),
    "housekeeping": lambda: _("tidying up"),
}


def tick_word(tick: str) -> str:
    """A task without a word of its own is called by its id."""
    return _WORDS.get(tick, lambda: tick)()


def length(seconds: float) -> str:
    """20 seconds, 12 minutes, 3 hours, 30 days: in the largest unit of which there are two."""
    if seconds >= 2 * _DAY:
        return _("%(n)s days", n=round(seconds / _DAY))
    if seconds >= 2 * _HOUR:
        return _("%(n)s hours", n=round(seconds / _HOUR))
    if seconds >= 2 * _MINUTE:
        return _("%(n)s minutes", n=round(seconds / _MINUTE))
    return _("%(n)s seconds", n=round(seconds))

"""How late or how near a due day is: in words first, in a level of colour second."""

from datetime import date

from flask_babel import gettext as _

from web import dates
from web.language import language


def level_of(due: date, today: date) -> str:
    """`bad` late, `warn` today or tomorrow, `soon` later."""
    left = (due - today).days
    if left < 0:
        return "bad"
    return "warn" if left <= 1 else "soon"


def when(due: date, today: date) -> str:
    """已过期 2 天 / 今天截止 / 明天截止 / 还有 5 天."""
    left = (due - today).days
    if left < -1:
        return _("%(n)s days overdue", n=-left)
    if left == -1:
        return _("1 day overdue")
    if left == 0:
        return _("Due today")
    if left == 1:
        return _("Due tomorrow")
    return _("%(n)s days left", n=left)


def day_of(due: date, today: date) -> str:
    """The day below it; 到期 behind a day that is over."""
    day = dates.list_day(due, today, language())
    return _("was due %(day)s", day=day) if due < today else day


def verb_of(due: date, today: date) -> str:
    """去补录 for what is late, 去办 for the rest."""
    return _("Record late") if due < today else _("Continue")

"""Whether the clock that writes the reminders still ticks."""

from datetime import timedelta

from flask_babel import gettext as _

SILENT = timedelta(minutes=3)


def silent_for() -> timedelta | None:
    return None


def stopped_clock() -> str | None:
    """The banner of a stopped clock."""
    silent = silent_for()
    if silent is None:
        return None
    minutes = int(silent.total_seconds() // 60)
    return _("Reminders stopped %(n)s minutes ago and will catch up. Work is not affected.", n=minutes)

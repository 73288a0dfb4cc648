"""Whether the clock that writes the reminders still ticks."""

from flask_babel import gettext as _

from notifications.heartbeat import missing_ticks
from web.visitors import now, open_record

SWEEP = "sweep"


def ticks() -> bool:
    """Whether no three ticks in a row are missing; a clock that never ran does not tick."""
    return not any(one.tick == SWEEP for one in missing_ticks(open_record(), now()))


def stopped_clock() -> str | None:
    """The banner of a clock that ran and stopped."""
    stopped = next((one for one in missing_ticks(open_record(), now()) if one.tick == SWEEP), None)
    if stopped is None or stopped.last_at is None:
        return None
    minutes = int((now() - stopped.last_at).total_seconds() // 60)
    return _("Reminders stopped %(n)s minutes ago and will catch up. Work is not affected.", n=minutes)

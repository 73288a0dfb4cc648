"""Whether the clock that writes the reminders still ticks, and the log is signed in time."""

from flask_babel import gettext as _

from notifications.heartbeat import Missing, missing_ticks
from recruit.queries.checkpoints import OVERDUE, unsigned_age
from web.ticks import tick_word
from web.visitors import now, open_record

SWEEP = "sweep"
REMINDING = (SWEEP, "outbox")


def ticks() -> bool:
    """Whether no three sweeps in a row are missing; a clock that never ran does not tick."""
    return not any(one.tick == SWEEP for one in missing())


def missing() -> tuple[Missing, ...]:
    """The tasks of which three runs in a row are missing, whichever they are."""
    return missing_ticks(open_record(), now())


def stopped_clock() -> str | None:
    """The banner of a clock that ran and stopped, or of one of its tasks."""
    silent = {one.tick: one.last_at for one in missing() if one.last_at is not None}
    if not silent:
        return None
    reminding = [silent[tick] for tick in REMINDING if tick in silent]
    minutes = int((now() - min(reminding or silent.values())).total_seconds() // 60)
    if reminding:
        return _("Reminders stopped %(n)s minutes ago and will catch up. Work is not affected.", n=minutes)
    tasks = _(", ").join(tick_word(tick) for tick in silent)
    return _(
        "Part of the clock (%(tasks)s) stopped %(n)s minutes ago. Work is not affected.",
        tasks=tasks,
        n=minutes,
    )


def unguarded() -> str | None:
    """The banner of a record whose append-only guards were found missing: nothing is written any more."""
    if not open_record().missing_guards:
        return None
    return _("The protection of the records is incomplete; nothing is saved. Call the system administrator.")


def is_signed() -> bool:
    """Whether no act waits longer than a minute for a signed checkpoint."""
    age = unsigned_age(open_record(), now=now())
    return age is None or age <= OVERDUE


def unsigned_log() -> str | None:
    """The banner of a log that is not signed although the clock ticks: its signer refuses."""
    if is_signed() or not ticks():
        return None
    return _("New records are not signed. “recruit audit verify” tells why; recording goes on.")

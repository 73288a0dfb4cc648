"""Whether a reminder is still needed: its deadline runs, nobody took note of the news, an opinion waits."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from recruit.commands.news import NEWS, OPINION
from recruit.submissions import IS_NEW
from recruit.tables import Deadline, Obligation, Reminder, Submission
from workflows.occasions import MAY_PROPOSE

_OWNER, _KEY = func.substr(Reminder.deadline, 1, 26), func.substr(Reminder.deadline, 28)

IS_OPINION = _KEY == OPINION  # the WHERE clause: it tells the office of one from outside


def still_open(connection: Connection, reminders: Collection[str], on: date) -> frozenset[str]:
    """Those of the reminders whose deadline is open on that day."""
    if not reminders:
        return frozenset()
    wanted = select(Reminder.id).where(Reminder.id.in_(reminders), is_open(on))
    return frozenset(connection.execute(wanted).scalars())


def is_open(on: date) -> ColumnElement[bool]:
    """The WHERE clause: a dossier's deadline or an obligation is open on that day, or unread news are."""
    running = select(Deadline.key).where(
        Deadline.dossier == Reminder.dossier,
        Deadline.key == _KEY,
        Deadline.closed_on.is_(None),
        Deadline.dropped_on.is_(None),
        Deadline.is_muted.is_(False),
        or_(Deadline.ends_met.is_(False), Deadline.due >= on, Deadline.id == MAY_PROPOSE),
    )
    owed = select(Obligation.key).where(
        Obligation.organization == _OWNER,
        Obligation.key == _KEY,
        Obligation.closed_on.is_(None),
        Obligation.dropped_on.is_(None),
    )
    waiting = select(Submission.id).where(IS_NEW, Submission.id == _OWNER)
    return or_(
        and_(Reminder.dossier.is_not(None), running.exists()),
        and_(Reminder.dossier.is_(None), owed.exists()),
        and_(Reminder.rung == NEWS, Reminder.read_at.is_(None), or_(~IS_OPINION, waiting.exists())),
    )

"""What a recipient does with a reminder: taking note of it, or putting it off; the deadline runs on."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, select, update

from recruit.context import Context
from recruit.errors import BadInput, NotFound, Problem, problem
from recruit.log.events import NewEvent, append_event
from recruit.repeat import repeated
from recruit.tables import Deadline, Dossier, Obligation, Organization, Reminder

SNOOZE_REASONS = ("waiting_for_paper", "person_away", "meeting_fixed", "busy_season", "other")

QUIET_FOR = "quiet_for"  # in a reminder's values: the due day that it was put off for


@dataclass(frozen=True, slots=True, kw_only=True)
class Snoozable:
    """What a reminder is about while it is open: its last legal day and the organization that it concerns."""

    due: date
    organization: str
    path: str
    dossier: str | None


@repeated
def acknowledge(context: Context, reminder: str) -> None:
    """The first time counts. Raises `NotFound` for a reminder that is not the actor's own."""
    own = (Reminder.id == reminder, Reminder.recipient == context.actor.user_id)
    with context.record.writing() as connection:
        if connection.execute(select(Reminder.id).where(*own)).first() is None:
            raise NotFound(what="reminder")
        unread = update(Reminder).where(*own, Reminder.read_at.is_(None))
        connection.execute(unread.values(read_at=context.now))


@repeated
def snooze(context: Context, reminder: str, *, until: date, reason: str) -> None:
    """Quiet for the actor until that morning, a working day up to and with the last legal day; then anew.

    Not at all on the last day or later. A new rung or a moved due day wakes it before. Raises `BadInput`,
    and `NotFound` for a reminder that is not the actor's own or whose deadline is no longer open.
    """
    with context.record.writing() as connection:
        wanted = select(Reminder.dossier, Reminder.deadline, Reminder.rung, Reminder.values).where(
            Reminder.id == reminder, Reminder.recipient == context.actor.user_id
        )
        row = connection.execute(wanted).one_or_none()
        about = _open_or_none(connection, row.deadline, row.dossier) if row is not None else None
        if row is None or about is None:
            raise NotFound(what="reminder")
        calendar = context.record.laws.ground(connection, about.path).calendar
        found = _why_not(context.on, about.due, until, reason, is_working=calendar.is_working(until))
        if found:
            raise BadInput(*found)
        told = {**json.loads(row.values), QUIET_FOR: about.due.isoformat()}
        connection.execute(
            update(Reminder)
            .where(Reminder.id == reminder)
            .values(
                snoozed_until=until, snooze_reason=reason, read_at=None, composed_at=None,
                values=json.dumps(told, separators=(",", ":")),
            )
        )  # fmt: skip
        details = {"reminder": reminder, "until": until, "due": about.due, "rung": row.rung, "reason": reason}
        role = next((one.role for one in context.actor.grants if one.covers(about.path)), "")
        event = NewEvent(
            org=about.organization, do="reminder_snoozed", dossier=about.dossier or "", details=details,
            role=role,
        )  # fmt: skip
        append_event(connection, context, event)


def _why_not(on: date, due: date, until: date, reason: str, *, is_working: bool) -> list[Problem]:
    if due <= on:
        return [problem("until", "due_now")]
    found = []
    if until <= on:
        found.append(problem("until", "day_over", found=until))
    elif until > due:
        found.append(problem("until", "day_too_far", needed=due))
    elif not is_working:
        found.append(problem("until", "no_working_day", found=until))
    if reason not in SNOOZE_REASONS:
        choices = ", ".join(SNOOZE_REASONS)
        found.append(problem("reason", "not_one_of", found=reason, choices=choices))
    return found


def _open_or_none(connection: Connection, deadline: str, dossier: str | None) -> Snoozable | None:
    """Of "dossier/key" or "organization/key"."""
    owner, _, key = deadline.partition("/")
    if dossier is not None:
        wanted = (
            select(Deadline.due, Organization.id, Organization.path)
            .join(Dossier, Dossier.id == Deadline.dossier)
            .join(Organization, Organization.id == Dossier.branch)
            .where(Deadline.dossier == owner, Deadline.key == key)
            .where(Deadline.closed_on.is_(None), Deadline.dropped_on.is_(None))
        )
    else:
        wanted = (
            select(Obligation.due, Organization.id, Organization.path)
            .join(Organization, Organization.id == Obligation.organization)
            .where(Obligation.organization == owner, Obligation.key == key)
            .where(Obligation.closed_on.is_(None), Obligation.dropped_on.is_(None))
        )
    row: Row[*tuple[Any, ...]] | None = connection.execute(wanted).one_or_none()
    if row is None:
        return None
    return Snoozable(due=row.due, organization=row.id, path=row.path, dossier=dossier)

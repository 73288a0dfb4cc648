"""Acknowledging a reminder: its recipient has read it; the deadline runs on."""

from sqlalchemy import select, update

from recruit.context import Context
from recruit.errors import NotFound
from recruit.repeat import repeated
from recruit.tables import Reminder


@repeated
def acknowledge(context: Context, reminder: str) -> None:
    """The first time counts. Raises `NotFound` for a reminder that is not the actor's own."""
    own = (Reminder.id == reminder, Reminder.recipient == context.actor.user_id)
    with context.record.writing() as connection:
        if connection.execute(select(Reminder.id).where(*own)).first() is None:
            raise NotFound(what="reminder")
        unread = update(Reminder).where(*own, Reminder.read_at.is_(None))
        connection.execute(unread.values(read_at=context.now))

"""What waits for an actor at all: asked in one statement, so that a page then reads only what is there."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, literal, select

from recruit.commands.proposing import WAITING
from recruit.context import Context, reach
from recruit.queries.deadlines import Seat
from recruit.queries.desk import due_number
from recruit.queries.meetings_waiting import waiting_number
from recruit.queries.obligations import has_own_obligations
from recruit.queries.rows import unindexed
from recruit.tables import Dossier, Proposal, Reminder


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """`due`: how many deadlines are the seats' work now. `meetings`: how many wait for a holder of meetings.

    Of the rest whether there is any: proposals within reach, obligations of the actor's own organizations,
    reminders, news and opinions of which the actor has not taken note.
    """

    due: int
    meetings: int
    has_proposals: bool
    has_obligations: bool
    has_unread: bool


def what_waits(context: Context, seats: Sequence[Seat], *, holds_meetings: bool) -> Waiting:
    """`seats`: whose deadlines are the actor's work."""
    none = literal(0)
    of_reach = reach(unindexed(Dossier.path), context.paths())
    proposed = exists().where(Proposal.status == WAITING, Dossier.id == Proposal.dossier, of_reach)
    unread = exists().where(
        Reminder.recipient == context.actor.user_id, Reminder.at <= context.now, Reminder.read_at.is_(None)
    )
    wanted = select(
        (due_number(context, seats) if seats else none).label("due"),
        (waiting_number(context) if holds_meetings else none).label("meetings"),
        proposed.label("has_proposals"),
        has_own_obligations(context).label("has_obligations"),
        unread.label("has_unread"),
    )
    with context.record.reading() as connection:
        row = connection.execute(wanted).one()
    return Waiting(**row._mapping)  # noqa: SLF001 - the documented way to a row's mapping

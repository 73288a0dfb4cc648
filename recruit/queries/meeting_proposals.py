"""What a meeting has decided and a second person has not confirmed yet."""

from sqlalchemy import or_, select

from recruit.commands.proposing import WAITING
from recruit.context import READING_ROLES, Context
from recruit.errors import NotFound
from recruit.queries.rows import within_reach
from recruit.tables import Dossier, Meeting, Organization, Proposal


def proposals_of_meeting(context: Context, meeting: str) -> tuple[tuple[str, str], ...]:
    """Each proposal with its dossier: those that wait, and those that this actor confirmed, the oldest first.

    Raises `NotFound` for a meeting that is not there or lies outside the actor's reach.
    """
    me = context.actor.user_id
    wanted = (
        within_reach(context, Proposal.id, Dossier.id.label("dossier"))
        .join(Proposal, Proposal.dossier == Dossier.id)
        .where(
            Proposal.meeting == meeting,
            or_(Proposal.status == WAITING, Proposal.confirmed_by == me, Proposal.overridden_by == me),
        )
        .order_by(Proposal.proposed_at, Proposal.id)
    )
    with context.record.reading() as connection:
        path = connection.execute(
            select(Organization.path)
            .join(Meeting, Meeting.organization == Organization.id)
            .where(Meeting.id == meeting)
        ).scalar_one_or_none()
        if path is None or context.actor.held(READING_ROLES, path) is None:
            raise NotFound(what="meeting")
        return tuple((row.id, row.dossier) for row in connection.execute(wanted))

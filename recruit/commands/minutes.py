"""A meeting entered by a program from its minutes: one decision at a time, each final as it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from recruit.commands.agenda import NewItem, advance, keeper_of, put_item
from recruit.commands.ballots import SaveVote, keep_vote
from recruit.commands.confirming import ConfirmMeeting, confirm_meeting
from recruit.commands.handing import hand_over_meeting
from recruit.commands.sessions import actor_or_none
from recruit.commands.sitting import (
    CONFIRMERS,
    HANDED,
    KEEPERS,
    OPEN,
    VOTED,
    ItemRow,
    SittingRow,
    ensure_open,
    find_sitting,
)
from recruit.context import Context, ensure_role
from recruit.errors import NotAllowed, StaleMeeting
from recruit.repeat import repeated


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterDecision:
    """`votes` by seat where the vote was by name, else `counts`. `seen_version`: of the item, to change."""

    meeting: str
    item: NewItem
    votes: Mapping[int, str] | None = None
    counts: Mapping[str, int] | None = None
    seen_version: int | None = None


@repeated
def enter_decision(context: Context, entered: EnterDecision) -> ItemRow:
    """Put one person on the agenda and keep the vote, both or neither; the same again changes nothing.

    Raises as `save_vote` and `add_item` do; `StaleMeeting` where another vote is kept already and was not
    seen.
    """
    with context.record.writing() as connection:
        sitting = keeper_of(connection, context, entered.meeting)
        ensure_open(sitting)
        item = _listed(connection, context, sitting, entered.item)
        if item.state == VOTED and _is_same(item, entered):
            return item
        if item.counts and entered.seen_version is None:
            raise StaleMeeting(version=item.version)
        seen = item.version if entered.seen_version is None else entered.seen_version
        vote = SaveVote(
            meeting=sitting.id, item=item.id, seen_version=seen, votes=entered.votes, counts=entered.counts
        )
        keep_vote(connection, context, vote)
        return find_sitting(connection, context, sitting.id).item(item.id)


def confirm_minutes(context: Context, meeting: str) -> SittingRow:
    """Hand over what nobody has handed over yet, then confirm it if the two are two persons.

    What was sent is handed over in the name of whoever sent the last of it. A committee's own recorder hands
    it over by this and confirms nothing: its state stays "handed" until another asks. Raises as
    `hand_over_meeting` and `confirm_meeting` do.
    """
    sitting = _of(context, meeting)
    ensure_role(
        context,
        sorted({*KEEPERS[sitting.kind], *CONFIRMERS[sitting.kind]}),
        path=sitting.place.path,
        what="confirm_meeting",
    )
    if sitting.state == OPEN:
        hand_over_meeting(_as_recorder(context, sitting), meeting, seen_version=sitting.version)
        sitting = _of(context, meeting)
    is_own = sitting.kind == "committee" and sitting.handed_by == context.actor.user_id
    if sitting.state == HANDED and is_own:
        return sitting
    if sitting.state in {OPEN, HANDED} or sitting.confirmed_by:
        confirm_meeting(context, ConfirmMeeting(meeting=meeting, seen_version=sitting.version))
    return _of(context, meeting)


def _of(context: Context, meeting: str) -> SittingRow:
    with context.record.reading() as connection:
        return find_sitting(connection, context, meeting)


def _listed(connection: Connection, context: Context, sitting: SittingRow, new: NewItem) -> ItemRow:
    """The item that is on the agenda already, or a new one."""
    wanted = (new.dossier, new.do, new.purpose)
    for item in sitting.items:
        if (item.dossier, item.do, item.purpose) == wanted:
            return item
    id_ = put_item(connection, context, sitting.id, sitting.kind, sitting.place, new)
    advance(connection, sitting)
    return find_sitting(connection, context, sitting.id).item(id_)


def _is_same(item: ItemRow, entered: EnterDecision) -> bool:
    if entered.votes is not None:
        return dict(item.votes) == dict(entered.votes)
    return not item.votes and dict(item.counts) == dict(entered.counts or {})


def _as_recorder(context: Context, sitting: SittingRow) -> Context:
    """Whoever saved the last vote, else whoever opened the meeting."""
    saved = sorted((one.saved_at, one.saved_by) for one in sitting.items if one.saved_at and one.saved_by)
    recorder = saved[-1][1] if saved else sitting.recorded_by
    if recorder == context.actor.user_id:
        return context
    with context.record.reading() as connection:
        actor = actor_or_none(connection, recorder, now=context.now)
    if actor is None:
        raise NotAllowed(what="confirm_meeting", needed="recorder")
    return replace(context, actor=actor)

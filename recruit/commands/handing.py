"""The end of the drafts: handed over to whoever confirms, taken back, or void for want of a quorum."""

from sqlalchemy import Connection, update

from recruit.commands.agenda import advance, keeper_of
from recruit.commands.eligible import eligible
from recruit.commands.sitting import (
    BARRED,
    CONFIRMERS,
    DEFERRED,
    HANDED,
    KEEPERS,
    OPEN,
    VOID,
    VOTED,
    WAITING,
    ItemRow,
    SittingRow,
    ensure_open,
    find_sitting,
)
from recruit.context import Context, ensure_role
from recruit.errors import BadInput, MeetingClosed, NotFound, StaleMeeting, problem
from recruit.findings import findings_json
from recruit.log.events import NewEvent, append_event
from recruit.repeat import repeated
from recruit.tables import AgendaItem, Sitting


@repeated
def hand_over_meeting(context: Context, meeting: str, *, seen_version: int) -> str:
    """Send the checked draft to whoever confirms; gives the new state, "handed" or "void".

    Everybody on the agenda was voted on or deferred; whoever cannot be voted on today is passed over with
    the reason. Too few present and nobody voted on: the meeting is void, and closed. Raises `BadInput`,
    `StaleMeeting`, `MeetingClosed`, `NotFound`, `NotAllowed`.
    """
    with context.record.writing() as connection:
        sitting = keeper_of(connection, context, meeting)
        ensure_open(sitting, seen=seen_version)
        if not sitting.items:
            raise BadInput(problem("items", "nobody_listed"))
        if not sitting.is_attended:
            raise BadInput(problem("present_count", "not_attended"))
        is_void = not sitting.has_quorum and all(one.state != VOTED for one in sitting.items)
        _pass_over(connection, context, sitting)
        state = VOID if is_void else HANDED
        by = {"handed_by": context.actor.user_id, "handed_at": context.now}
        advance(connection, sitting, state=state, **by)
        if is_void:
            _tell_void(connection, context, sitting)
    return state


@repeated
def take_back_meeting(context: Context, meeting: str, *, seen_version: int) -> None:
    """Open it again for changes, before it is confirmed.

    Raises `MeetingClosed`, `BadInput` where it was not handed over, `NotFound`, `NotAllowed`.
    """
    with context.record.writing() as connection:
        sitting = find_sitting(connection, context, meeting, writes=True)
        roles = {*KEEPERS[sitting.kind], *CONFIRMERS[sitting.kind]}
        ensure_role(context, sorted(roles), path=sitting.place.path, what="hold_meeting")
        if sitting.state == OPEN:
            raise BadInput(problem("meeting", "not_handed"))
        if sitting.state != HANDED:
            raise MeetingClosed
        if seen_version != sitting.version:
            raise StaleMeeting(version=sitting.version)
        connection.execute(
            update(AgendaItem)
            .where(AgendaItem.meeting == sitting.id, AgendaItem.state == BARRED)
            .values(state=WAITING, findings=None, problem=None),
        )
        connection.execute(
            update(Sitting)
            .where(Sitting.meeting == sitting.id)
            .values(state=OPEN, version=sitting.version + 1, handed_by=None, handed_at=None),
        )


def _pass_over(connection: Connection, context: Context, sitting: SittingRow) -> None:
    """Whoever cannot be voted on, each with the reason. Raises `BadInput` while anybody else waits."""
    waiting = [one for one in sitting.items if one.is_waiting]
    if not sitting.has_quorum:
        for item in waiting:
            _mark(connection, item, state=DEFERRED, problem="no_quorum")
        return
    left = 0
    for item in waiting:
        try:
            found = eligible(connection, context, sitting, item)
        except NotFound as gone:
            _mark(connection, item, state=BARRED, problem=gone.id)
            continue
        left += not found.is_barred
        if found.is_barred:
            _mark(connection, item, state=BARRED, findings=findings_json(found.findings))
    if left:
        raise BadInput(problem("items", "undecided", count=left))


def _mark(connection: Connection, item: ItemRow, **values: object) -> None:
    connection.execute(
        update(AgendaItem).where(AgendaItem.id == item.id).values(version=item.version + 1, **values)
    )


def _tell_void(connection: Connection, context: Context, sitting: SittingRow) -> None:
    details = {
        "meeting": sitting.id,
        "kind": sitting.kind,
        "day": sitting.on,
        "present": sitting.present,
        "whole": sitting.whole,
    }
    held = ensure_role(context, KEEPERS[sitting.kind], path=sitting.place.path, what="hold_meeting")
    new = NewEvent(org=sitting.place.id, do="meeting_void", details=details, role=held.role)
    append_event(connection, context, new)

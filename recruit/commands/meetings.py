"""Meetings as rows; each decision on a person is one act that carries the meeting's id."""

from dataclasses import asdict, dataclass, replace
from datetime import date

from sqlalchemy import Connection, insert, select

from recruit.commands.acts import Proposed, RecordAct, Recorded, record_act
from recruit.commands.answers import RECORDED, answer_or_none, body_digest, keep_answer
from recruit.context import BUSINESS_ROLES, Context, ensure_role
from recruit.errors import BadInput, NotFound, problem
from recruit.find import find_organization
from recruit.ids import new_id
from recruit.log.events import NewEvent, append_event
from recruit.repeat import repeated
from recruit.tables import Meeting, Organization

KINDS = ("general_meeting", "branch_committee", "committee")


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldMeeting:
    """`members_count` for a committee, `entitled_count` for a general meeting.

    `key`: new for each rendered form; with it a repeated request gives the first meeting again.
    """

    kind: str
    organization: str
    on: date
    present_count: int
    members_count: int | None = None
    entitled_count: int | None = None
    place: str | None = None
    key: str | None = None


@repeated
def hold_meeting(context: Context, hold: HoldMeeting) -> str:
    """Record that a meeting was held, with or without a quorum; gives its id.

    Raises `BadInput`, `NotFound`, `NotAllowed`, `KeyReused`.
    """
    _ensure_sensible(context, hold)
    with context.record.writing() as connection:
        if hold.key is None:
            return _hold(connection, context, hold)
        digest = body_digest(asdict(hold))
        known = answer_or_none(connection, context, key=hold.key, digest=digest)
        if known is not None:
            return str(known[1]["meeting"])
        id_ = _hold(connection, context, hold)
        keep_answer(
            connection, context, key=hold.key, digest=digest, status=RECORDED, answer={"meeting": id_}
        )
    return id_


def _ensure_sensible(context: Context, hold: HoldMeeting) -> None:
    if hold.kind not in KINDS:
        raise BadInput(problem("kind", "not_one_of", found=hold.kind, choices=", ".join(KINDS)))
    if hold.on > context.on:
        raise BadInput(problem("on", "future_meeting"))
    size = hold.members_count if hold.entitled_count is None else hold.entitled_count
    if hold.present_count < 0 or (size is not None and hold.present_count > size):
        raise BadInput(problem("present_count", "wrong_presence"))


def _hold(connection: Connection, context: Context, hold: HoldMeeting) -> str:
    place = find_organization(connection, context, hold.organization)
    held = ensure_role(context, BUSINESS_ROLES, path=place.path, what="hold_meeting")
    id_ = new_id(context.now)
    connection.execute(
        insert(Meeting).values(
            id=id_,
            kind=hold.kind,
            organization=place.id,
            on=hold.on,
            place=hold.place,
            members_count=hold.members_count,
            entitled_count=hold.entitled_count,
            present_count=hold.present_count,
            recorded_by=context.actor.user_id,
            recorded_at=context.now,
        ),
    )
    details = {"meeting": id_, "kind": hold.kind, "day": hold.on, "present": hold.present_count}
    append_event(
        connection, context, NewEvent(org=place.id, do="meeting_held", details=details, role=held.role)
    )
    return id_


def record_meeting_item(context: Context, meeting: str, item: RecordAct) -> Recorded | Proposed:
    """One decision on one person: the meeting's day and counts fill what the item leaves open.

    Raises what `record_act` raises; `NotFound` for a meeting out of reach.
    """
    with context.record.reading() as connection:
        row = connection.execute(
            select(
                Meeting.on,
                Meeting.members_count,
                Meeting.entitled_count,
                Meeting.present_count,
                Organization.path,
            )
            .join(Organization, Organization.id == Meeting.organization)
            .where(Meeting.id == meeting),
        ).one_or_none()
    if row is None or not any(
        held.covers(row.path) or row.path.startswith(held.path) for held in context.actor.grants
    ):
        raise NotFound(what="meeting")
    if item.do == "meeting_voted":
        counts = {"entitled": row.entitled_count, "present": row.present_count}
    else:
        counts = {"members": row.members_count, "present": row.present_count}
    given = {name: count for name, count in counts.items() if count is not None}
    return record_act(context, replace(item, on=row.on, meeting=meeting, details={**given, **item.details}))

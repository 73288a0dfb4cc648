"""Opening a meeting, its attendance and its agenda: all before anything is decided."""

import json
from dataclasses import asdict, dataclass, field
from datetime import date

from sqlalchemy import Connection, insert, select, update

from recruit.commands.agenda import NewItem, advance, find_open, put_item
from recruit.commands.answers import RECORDED as ANSWERED
from recruit.commands.answers import answer_or_none, body_digest, keep_answer
from recruit.commands.around import roll_of
from recruit.commands.meetings import KINDS
from recruit.commands.rights import DECIDING
from recruit.commands.sitting import (
    BALLOTS,
    KEEPERS,
    NAMED,
    OPEN,
    SECRET,
    SittingRow,
    find_sitting,
)
from recruit.commands.standing import APPROVING, COMMITTEES
from recruit.context import Context, ensure_role
from recruit.errors import BadInput, NotFound, Problem, problem
from recruit.find import find_organization
from recruit.ids import new_id
from recruit.log.events import NewEvent, append_event
from recruit.places import Place
from recruit.repeat import repeated
from recruit.stand_ins import granted
from recruit.tables import Grant, Meeting, Membership, Seat, Sitting, User


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenMeeting:
    """`time`: "09:00". `seats`: persons of the roll who sit on the branch committee.

    A committee's seats are those who hold one that day; a general meeting has none. With `present_count`
    attendance is taken at once; `absent`: names or ids of those seats that are empty.
    """

    kind: str
    organization: str
    on: date
    ballot: str
    key: str
    items: tuple[NewItem, ...] = ()
    seats: tuple[str, ...] = ()
    place: str | None = None
    time: str | None = None
    present_count: int | None = None
    whole_count: int | None = None
    absent: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAttendance:
    """`seats`: who is present, by the numbers of the seats; else the two counts. `excluded`: with consent."""

    meeting: str
    seen_version: int
    seats: frozenset[int] | None = None
    whole_count: int | None = None
    present_count: int | None = None
    excluded: tuple[str, ...] = field(default=())


@repeated
def open_meeting(context: Context, opening: OpenMeeting) -> str:
    """Open a meeting with its agenda; gives its id. Nothing is decided by it.

    Raises `BadInput`, `NotFound`, `NotAllowed`, `KeyReused`.
    """
    if opening.kind not in KINDS:
        raise BadInput(problem("kind", "not_one_of", found=opening.kind, choices=", ".join(KINDS)))
    if opening.on > context.on:
        raise BadInput(problem("on", "future_meeting"))
    ballots = (SECRET,) if opening.kind == "general_meeting" else BALLOTS
    if opening.ballot not in ballots:
        raise BadInput(problem("ballot", "not_one_of", found=opening.ballot, choices=", ".join(ballots)))
    digest = body_digest(context, asdict(opening))
    with context.record.writing() as connection:
        known = answer_or_none(connection, context, key=opening.key, digest=digest)
        if known is not None:
            return str(known[1]["meeting"])
        meeting = _open(connection, context, opening)
        if opening.present_count is not None:
            sitting = find_sitting(connection, context, meeting)
            _attend(connection, sitting, _there(sitting, opening))
        answer = {"meeting": meeting}
        keep_answer(connection, context, key=opening.key, digest=digest, status=ANSWERED, answer=answer)
    return meeting


@repeated
def set_attendance(context: Context, given: SetAttendance) -> None:
    """Who is there. Once somebody was voted on, only who is present may still change.

    Raises `BadInput`, `NotFound`, `NotAllowed`, `StaleMeeting`, `MeetingClosed`.
    """
    with context.record.writing() as connection:
        sitting = find_open(connection, context, given.meeting, seen=given.seen_version)
        _attend(connection, sitting, given)


def _attend(connection: Connection, sitting: SittingRow, given: SetAttendance) -> None:
    whole, present = _heads(sitting, given)
    _ensure_heads(connection, sitting, given, whole=whole, present=present)
    counted = "entitled_count" if sitting.is_general else "members_count"
    connection.execute(
        update(Meeting).where(Meeting.id == sitting.id).values({counted: whole, "present_count": present}),
    )
    for seat in sitting.seats if given.seats is not None else ():
        is_present = seat.number in (given.seats or ())
        connection.execute(
            update(Seat)
            .where(Seat.meeting == sitting.id, Seat.number == seat.number)
            .values(is_present=is_present),
        )
    changed = {"is_attended": True, "excluded": json.dumps(list(given.excluded))}
    advance(connection, sitting, **changed)


def _there(sitting: SittingRow, opening: OpenMeeting) -> SetAttendance:
    """Who sits by name and is not absent; the two numbers must say the same."""
    counts = {"whole_count": opening.whole_count, "present_count": opening.present_count}
    common = {"meeting": sitting.id, "seen_version": sitting.version, "excluded": opening.excluded}
    if not sitting.seats:
        return SetAttendance(**common, **counts)  # type: ignore[arg-type]
    gone = {
        one.number: word
        for one in sitting.seats
        for word in opening.absent
        if word in {one.name, one.user, one.person}
    }
    seats = frozenset(one.number for one in sitting.seats) - gone.keys()
    whole = len(sitting.seats)
    says_the_same = opening.whole_count in {None, whole} and opening.present_count == len(seats)
    if len(gone) != len(opening.absent) or set(gone.values()) != set(opening.absent) or not says_the_same:
        raise BadInput(problem("present_count", "wrong_presence"))
    return SetAttendance(**common, seats=seats)  # type: ignore[arg-type]


def _open(connection: Connection, context: Context, opening: OpenMeeting) -> str:
    place = find_organization(connection, context, opening.organization)
    held = ensure_role(context, KEEPERS[opening.kind], path=place.path, what="hold_meeting")
    kinds = COMMITTEES if opening.kind == "committee" else ("branch",)
    if place.kind not in kinds:
        choices = ", ".join(APPROVING if opening.kind == "committee" else kinds)
        raise BadInput(problem("organization", "not_one_of", found=place.name, choices=choices))
    seats = _seats_of(connection, opening, place)
    if opening.ballot == NAMED and not seats:
        raise BadInput(problem("ballot", "not_by_name"))
    id_ = _write(connection, context, opening, place, seats)
    for item in dict.fromkeys(opening.items):
        put_item(connection, context, id_, opening.kind, place, item)
    details = {"meeting": id_, "kind": opening.kind, "day": opening.on, "items": len(opening.items)}
    new = NewEvent(org=place.id, do="meeting_opened", details=details, role=held.role)
    append_event(connection, context, new)
    return id_


def _write(
    connection: Connection,
    context: Context,
    opening: OpenMeeting,
    place: Place,
    seats: list[tuple[str | None, str | None]],
) -> str:
    id_ = new_id(context.now)
    meeting = {
        "id": id_, "kind": opening.kind, "organization": place.id, "on": opening.on, "place": opening.place,
        "members_count": len(seats) or None, "entitled_count": None, "present_count": 0,
        "recorded_by": context.actor.user_id, "recorded_at": context.now,
    }  # fmt: skip
    connection.execute(insert(Meeting).values(meeting))
    sitting = {
        "meeting": id_, "time": opening.time, "ballot": opening.ballot, "state": OPEN, "version": 1,
        "is_attended": False, "excluded": "[]",
    }  # fmt: skip
    connection.execute(insert(Sitting).values(sitting))
    for number, (user, person) in enumerate(seats, start=1):
        seat = {"meeting": id_, "number": number, "user": user, "person": person, "is_present": False}
        connection.execute(insert(Seat).values(seat))
    return id_


def _seats_of(
    connection: Connection, opening: OpenMeeting, place: Place
) -> list[tuple[str | None, str | None]]:
    """A committee's are those who hold one that day, its secretary first."""
    if opening.kind == "general_meeting":
        return []
    if opening.kind == "branch_committee":
        listed = select(Membership.person).where(Membership.branch == place.id)
        known = set(connection.execute(listed).scalars())
        if not known.issuperset(opening.seats):
            raise NotFound(what="person")
        return [(None, person) for person in dict.fromkeys(opening.seats)]
    wanted = (
        select(Grant.user, Grant.role)
        .join(User, User.id == Grant.user)
        .where(
            Grant.organization == place.id,
            Grant.role.in_(DECIDING),
            granted(opening.on),
            User.disabled_at.is_(None),
        )
        .order_by(Grant.role.desc(), Grant.id)
    )
    return [(user, None) for user in dict.fromkeys(row.user for row in connection.execute(wanted))]


def _heads(sitting: SittingRow, given: SetAttendance) -> tuple[int | None, int | None]:
    if sitting.seats:
        return len(sitting.seats), None if given.seats is None else len(given.seats)
    return given.whole_count, given.present_count


def _ensure_heads(
    connection: Connection,
    sitting: SittingRow,
    given: SetAttendance,
    *,
    whole: int | None,
    present: int | None,
) -> None:
    problems: list[Problem] = []
    problems += [problem("whole_count", "missing")] if whole is None else []
    problems += [problem("present_count", "missing")] if present is None else []
    if whole is not None and present is not None and not 0 <= present <= whole:
        problems.append(problem("present_count", "wrong_presence"))
    if not {one.number for one in sitting.seats}.issuperset(given.seats or ()):
        problems.append(problem("present_count", "wrong_presence"))
    was = (sitting.whole, sitting.excluded)
    if any(one.counts for one in sitting.items) and was != (whole, given.excluded):
        problems.append(problem("whole_count", "too_late_to_change"))
    if problems:
        raise BadInput(*problems)
    roll = roll_of(connection, sitting.place.id) if given.excluded else None
    if given.excluded and (roll is None or not roll.members.keys() >= set(given.excluded)):
        raise NotFound(what="person")

"""A meeting as its rows say: who sits, what is on the agenda, what is drafted; and whose it is."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, RowMapping, select

from recruit.commands.rights import BRANCH, COMMITTEE, DECIDING
from recruit.context import READING_ROLES, Context
from recruit.errors import MeetingClosed, MeetingHanded, NotFound, StaleMeeting
from recruit.places import Place, organization_or_none
from recruit.tables import AgendaItem, Dossier, Meeting, NamedVote, Person, Seat, Sitting, User
from workflows.ballots import Count
from workflows.votes import Tally

OPEN, HANDED, CONFIRMED, VOID = "open", "handed", "confirmed", "void"
WAITING, VOTED, DEFERRED, BARRED = "waiting", "voted", "deferred", "barred"
RECORDED, REFUSED, NOT_PASSED = "recorded", "refused", "not_passed"
NAMED, COUNTS, SECRET = "named", "counts", "secret"
BALLOTS = (NAMED, COUNTS, SECRET)
KEEPERS: Mapping[str, tuple[str, ...]] = {
    "committee": COMMITTEE,
    "branch_committee": (*BRANCH, "organizer"),
    "general_meeting": (*BRANCH, "organizer"),
}
CONFIRMERS: Mapping[str, tuple[str, ...]] = {**KEEPERS, "committee": DECIDING}
COUNT_NAMES = (
    "issued", "returned", "for", "against", "abstain", "invalid", "recused", "written_for", "written_against",
    "written_abstain",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatRow:
    number: int
    user: str | None
    person: str | None
    name: str
    is_present: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """`counts`: by the names of `COUNT_NAMES`, only what was entered; `votes`: by seat, only by name."""

    id: str
    dossier: str
    person: str
    name: str
    strokes: str
    do: str
    purpose: str
    months: int | None
    state: str
    version: int
    present: int | None
    counts: Mapping[str, int]
    votes: Mapping[int, str]
    all_for_by: str | None
    saved_by: str | None
    saved_at: datetime | None
    seq: int | None
    findings: str | None
    problem: str | None

    @property
    def is_waiting(self) -> bool:
        return self.state == WAITING


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingRow:
    """`whole`: the members of the body, or the entitled; None as long as nobody has said it."""

    id: str
    kind: str
    place: Place
    on: date
    where: str | None
    time: str | None
    ballot: str
    state: str
    version: int
    is_attended: bool
    whole: int | None
    present: int
    excluded: tuple[str, ...]
    recorded_by: str
    handed_by: str | None
    handed_at: datetime | None
    confirmed_by: str | None
    confirmed_at: datetime | None
    seats: tuple[SeatRow, ...]
    items: tuple[ItemRow, ...]

    @property
    def is_general(self) -> bool:
        return self.kind == "general_meeting"

    @property
    def has_quorum(self) -> bool:
        return self.is_attended and self.whole is not None and 2 * self.present > self.whole

    @property
    def missing(self) -> int:
        """How many more must come before anything can be voted on."""
        if self.whole is None:
            return 0
        return max(0, Tally(entitled=self.whole, present=0, for_=0).needed_present() - self.present)

    def item(self, id_: str) -> ItemRow:
        """Raises `NotFound`."""
        found = next((one for one in self.items if one.id == id_), None)
        if found is None:
            raise NotFound(what="item")
        return found


def count_of(sitting: SittingRow, item: ItemRow) -> Count | None:
    """The heads of an item that was voted on; None for any other."""
    if item.present is None or sitting.whole is None or "for" not in item.counts:
        return None
    return count_from(item.counts, whole=sitting.whole, present=item.present)


def count_from(counts: Mapping[str, int], *, whole: int, present: int) -> Count:
    numbers: dict[str, Any] = {"for_" if name == "for" else name: number for name, number in counts.items()}
    return Count(whole=whole, present=present, **numbers)


def find_sitting(
    connection: Connection, context: Context, meeting: str, *, writes: bool = False
) -> SittingRow:
    """Whoever writes has the meeting to himself from here on.

    Raises `NotFound` for one that is not there, was only recorded, or lies outside the actor's reach.
    """
    columns = select(*Sitting.__table__.columns).where(Sitting.meeting == meeting)
    sitting = connection.execute(columns.with_for_update() if writes else columns).one_or_none()
    held = connection.execute(select(*Meeting.__table__.columns).where(Meeting.id == meeting)).one_or_none()
    place = organization_or_none(connection, held.organization) if held is not None else None
    if sitting is None or held is None or place is None:
        raise NotFound(what="meeting")
    if context.actor.held(READING_ROLES, place.path) is None:
        raise NotFound(what="meeting")
    return _sitting(connection, sitting, held, place)


def ensure_open(sitting: SittingRow, *, seen: int | None = None) -> None:
    """Raises `MeetingClosed`, `MeetingHanded`; `StaleMeeting` where another version was seen."""
    if sitting.state in {CONFIRMED, VOID}:
        raise MeetingClosed
    if sitting.state == HANDED:
        raise MeetingHanded
    if seen is not None and seen != sitting.version:
        raise StaleMeeting(version=sitting.version)


def _sitting(connection: Connection, sitting: Row[Any], held: Row[Any], place: Place) -> SittingRow:
    return SittingRow(
        id=held.id,
        kind=held.kind,
        place=place,
        on=held.on,
        where=held.place,
        time=sitting.time,
        ballot=sitting.ballot,
        state=sitting.state,
        version=sitting.version,
        is_attended=sitting.is_attended,
        whole=held.entitled_count if held.kind == "general_meeting" else held.members_count,
        present=held.present_count,
        excluded=tuple(json.loads(sitting.excluded)),
        recorded_by=held.recorded_by,
        handed_by=sitting.handed_by,
        handed_at=sitting.handed_at,
        confirmed_by=sitting.confirmed_by,
        confirmed_at=sitting.confirmed_at,
        seats=_seats(connection, held.id),
        items=_items(connection, held.id),
    )


def _seats(connection: Connection, meeting: str) -> tuple[SeatRow, ...]:
    wanted = (
        select(Seat.number, Seat.user, Seat.person, Seat.is_present, User.name, Person.name.label("listed"))
        .outerjoin(User, User.id == Seat.user)
        .outerjoin(Person, Person.id == Seat.person)
        .where(Seat.meeting == meeting)
        .order_by(Seat.number)
    )
    return tuple(
        SeatRow(
            number=row.number,
            user=row.user,
            person=row.person,
            name=row.name or row.listed or "",
            is_present=row.is_present,
        )
        for row in connection.execute(wanted)
    )


def _items(connection: Connection, meeting: str) -> tuple[ItemRow, ...]:
    """By the strokes of the surname, then in the order in which they were put on the agenda."""
    votes: dict[str, dict[int, str]] = {}
    named = (
        select(NamedVote.item, NamedVote.seat, NamedVote.vote)
        .join(AgendaItem, AgendaItem.id == NamedVote.item)
        .where(AgendaItem.meeting == meeting)
    )
    for item, seat, vote in connection.execute(named):
        votes.setdefault(item, {})[seat] = vote
    wanted = (
        select(*AgendaItem.__table__.columns, Dossier.person, Person.name, Person.strokes)
        .join(Dossier, Dossier.id == AgendaItem.dossier)
        .join(Person, Person.id == Dossier.person)
        .where(AgendaItem.meeting == meeting)
        .order_by(Person.strokes, Person.name, Dossier.id, AgendaItem.id)
    )
    return tuple(_item(row._mapping, votes.get(row.id, {})) for row in connection.execute(wanted))  # noqa: SLF001 - the documented way to a row's mapping


def _item(row: RowMapping, votes: Mapping[int, str]) -> ItemRow:
    counts = {name: row[f"{name}_count"] for name in COUNT_NAMES}
    return ItemRow(
        id=row["id"],
        dossier=row["dossier"],
        person=row["person"],
        name=row["name"],
        strokes=row["strokes"],
        do=row["do"],
        purpose=row["purpose"],
        months=row["months"],
        state=row["state"],
        version=row["version"],
        present=row["present_count"],
        counts={name: count for name, count in counts.items() if count is not None},
        votes=votes,
        all_for_by=row["all_for_by"],
        saved_by=row["saved_by"],
        saved_at=row["saved_at"],
        seq=row["seq"],
        findings=row["findings"],
        problem=row["problem"],
    )

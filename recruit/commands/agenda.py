"""The agenda of a meeting: who is decided on, what for, and in which way the body votes."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, update

from recruit.commands.sitting import (
    BALLOTS,
    KEEPERS,
    NAMED,
    WAITING,
    SittingRow,
    ensure_open,
    find_sitting,
)
from recruit.commands.standing import find_standing
from recruit.context import Context, ensure_role
from recruit.errors import BadInput, problem
from recruit.ids import new_id
from recruit.places import Place
from recruit.repeat import repeated
from recruit.tables import AgendaItem, Sitting

_OF_BRANCH = ("activist_decided", "target_proposed", "branch_examined")
_PURPOSES = ("admission", "conversion", "extension", "cancellation")
DECIDES: Mapping[str, tuple[str, ...]] = {
    "committee": (
        "target_consented",
        "preexamined",
        *(f"committee_decided {purpose}" for purpose in _PURPOSES),
    ),
    "branch_committee": _OF_BRANCH,
    "general_meeting": (*(f"meeting_voted {purpose}" for purpose in _PURPOSES), *_OF_BRANCH),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewItem:
    """One person and what is to be decided; `months` for an extension."""

    dossier: str
    do: str
    purpose: str = ""
    months: int | None = None

    @property
    def name(self) -> str:
        return f"{self.do} {self.purpose}" if self.purpose else self.do


@repeated
def add_item(context: Context, meeting: str, item: NewItem, *, seen_version: int) -> str:
    """One more person on the agenda; gives the item's id.

    Raises `BadInput`, `NotFound`, `NotAllowed`, `StaleMeeting`, `MeetingClosed`.
    """
    with context.record.writing() as connection:
        sitting = find_open(connection, context, meeting, seen=seen_version)
        if any(
            (one.dossier, one.do, one.purpose) == (item.dossier, item.do, item.purpose)
            for one in sitting.items
        ):
            raise BadInput(problem("items", "listed_before"))
        id_ = put_item(connection, context, sitting.id, sitting.kind, sitting.place, item)
        advance(connection, sitting)
    return id_


@repeated
def drop_item(context: Context, meeting: str, item: str, *, seen_version: int) -> None:
    """Take somebody off the agenda who was not voted on. Raises as `add_item` does."""
    with context.record.writing() as connection:
        sitting = find_open(connection, context, meeting, seen=seen_version)
        if not sitting.item(item).is_waiting:
            raise BadInput(problem("items", "votes_begun"))
        connection.execute(delete(AgendaItem).where(AgendaItem.id == item))
        advance(connection, sitting)


@repeated
def set_ballot(context: Context, meeting: str, ballot: str, *, seen_version: int) -> None:
    """Another way of voting, as long as nobody was voted on: named votes never become secret ones."""
    if ballot not in BALLOTS:
        raise BadInput(problem("ballot", "not_one_of", found=ballot, choices=", ".join(BALLOTS)))
    with context.record.writing() as connection:
        sitting = find_open(connection, context, meeting, seen=seen_version)
        if any(one.counts or one.votes for one in sitting.items):
            raise BadInput(problem("ballot", "votes_begun"))
        if sitting.is_general or (ballot == NAMED and not sitting.seats):
            raise BadInput(problem("ballot", "not_one_of", found=ballot, choices=sitting.ballot))
        advance(connection, sitting, ballot=ballot)


def keeper_of(connection: Connection, context: Context, meeting: str) -> SittingRow:
    """The meeting for somebody who may keep its minutes. Raises `NotFound`, `NotAllowed`."""
    sitting = find_sitting(connection, context, meeting, writes=True)
    ensure_role(context, KEEPERS[sitting.kind], path=sitting.place.path, what="hold_meeting")
    return sitting


def find_open(connection: Connection, context: Context, meeting: str, *, seen: int) -> SittingRow:
    sitting = keeper_of(connection, context, meeting)
    ensure_open(sitting, seen=seen)
    return sitting


def put_item(
    connection: Connection, context: Context, meeting: str, kind: str, place: Place, item: NewItem
) -> str:
    if item.name not in DECIDES[kind]:
        raise BadInput(problem("items", "not_for_this_body", found=item.name))
    standing = find_standing(connection, context, item.dossier)
    body = standing.committee.id if kind == "committee" and standing.committee else standing.branch
    if body != place.id:
        raise BadInput(problem("items", "not_its_approver"))
    id_ = new_id(context.now)
    row = {
        "id": id_, "meeting": meeting, "dossier": item.dossier, "do": item.do, "purpose": item.purpose,
        "months": item.months, "state": WAITING, "version": 1,
    }  # fmt: skip
    connection.execute(insert(AgendaItem).values(row))
    return id_


def advance(connection: Connection, sitting: SittingRow, **values: object) -> None:
    connection.execute(
        update(Sitting).where(Sitting.meeting == sitting.id).values(version=sitting.version + 1, **values),
    )

"""Meetings as the pages show them: the list, one meeting with its people, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select

from recruit.commands.eligible import Eligible, eligible
from recruit.commands.sitting import (
    CONFIRMERS,
    KEEPERS,
    OPEN,
    RECORDED,
    ItemRow,
    SittingRow,
    find_sitting,
)
from recruit.context import Context, reach
from recruit.errors import NotFound
from recruit.queries.kept import Kept, kept_of
from recruit.queries.rows import DossierRow, dossier_row, within_reach
from recruit.stand_ins import are_one, stints_of
from recruit.tables import Act, AgendaItem, Dossier, Meeting, Organization, Person, Sitting, User
from workflows.facts import Facts

MOST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingLine:
    """`state`: of a sitting; "recorded" for a meeting whose decisions were entered one by one.

    `items`: how many are on the agenda, or were decided on.
    """

    id: str
    kind: str
    organization: str
    on: date
    time: str | None
    place: str | None
    state: str
    items: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """`eligible`: only while the meeting is open and the person waits; None for one moved out of reach too.

    `related`: the numbers of seats with which a relation is on record, and which.
    """

    item: ItemRow
    row: DossierRow | None
    category: str | None
    eligible: Eligible | None
    related: Mapping[int, str]
    is_gone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingView:
    """`users`: the names of those who kept, handed over and confirmed. `kept` None: not signed yet.

    `may_confirm`: has the role, and did not hand it over; `counts_as_one`: stands in for whoever did.
    """

    sitting: SittingRow
    items: tuple[ItemView, ...]
    users: Mapping[str, str]
    may_keep: bool
    may_confirm: bool
    counts_as_one: bool
    kept: Kept | None

    def item(self, id_: str) -> ItemView:
        """Raises `NotFound`."""
        found = next((one for one in self.items if one.item.id == id_), None)
        if found is None:
            raise NotFound(what="item")
        return found


def meetings(context: Context, *, limit: int = MOST) -> tuple[MeetingLine, ...]:
    """Those within reach, open ones first, then the newest."""
    agenda = (
        select(func.count()).select_from(AgendaItem).where(AgendaItem.meeting == Meeting.id).scalar_subquery()
    )
    decided = select(func.count()).select_from(Act).where(Act.meeting == Meeting.id).scalar_subquery()
    is_over = (Sitting.state.is_(None)) | (Sitting.state.in_(("confirmed", "void")))
    wanted = (
        select(
            Meeting.id, Meeting.kind, Organization.name, Meeting.on, Sitting.time, Meeting.place,
            Sitting.state, agenda.label("agenda"), decided.label("decided"),
        )
        .join(Organization, Organization.id == Meeting.organization)
        .outerjoin(Sitting, Sitting.meeting == Meeting.id)
        .where(reach(Organization.path, context.paths()))
        .order_by(is_over, Meeting.on.desc(), Meeting.id.desc())
        .limit(limit)
    )  # fmt: skip
    with context.record.reading() as connection:
        rows = connection.execute(wanted).all()
    return tuple(
        MeetingLine(
            id=row.id,
            kind=row.kind,
            organization=row.name,
            on=row.on,
            time=row.time,
            place=row.place,
            state=row.state or "recorded",
            items=row.agenda if row.state else row.decided,
        )
        for row in rows
    )


def meeting_view(context: Context, meeting: str) -> MeetingView:
    """One meeting; whoever waits is judged now. Raises `NotFound`."""
    with context.record.reading() as connection:
        sitting = find_sitting(connection, context, meeting)
        people = _people(connection, context, sitting)
        users = _users(connection, sitting)
        persons = _persons_of_users(connection, sitting)
        items = tuple(_view(connection, context, sitting, one, people, persons) for one in sitting.items)
        me, by = context.actor.user_id, sitting.handed_by
        since = sitting.handed_at or context.now
        is_one = by is not None and are_one(stints_of(connection, (me, by)), me, by, since, context.now)
        done = [(one.dossier, one.seq) for one in sitting.items if one.state == RECORDED and one.seq]
        kept = kept_of(connection, done)
    path = sitting.place.path
    needs_two = sitting.kind == "committee"
    has_role = context.actor.held(CONFIRMERS[sitting.kind], path) is not None
    return MeetingView(
        sitting=sitting,
        items=items,
        users=users,
        may_keep=context.actor.held(KEEPERS[sitting.kind], path) is not None,
        may_confirm=has_role and not (needs_two and is_one),
        counts_as_one=has_role and needs_two and is_one and me != by,
        kept=kept,
    )


def _people(
    connection: Connection, context: Context, sitting: SittingRow
) -> Mapping[str, tuple[DossierRow, str | None]]:
    ids = [one.dossier for one in sitting.items]
    rows = connection.execute(within_reach(context).where(Dossier.id.in_(ids))).all()
    wanted = select(Dossier.id, Person.category).join(Person, Person.id == Dossier.person)
    found = connection.execute(wanted.where(Dossier.id.in_(ids))).all()
    categories = {row.id: row.category for row in found}
    return {row.id: (dossier_row(row), categories.get(row.id)) for row in rows}


def _users(connection: Connection, sitting: SittingRow) -> Mapping[str, str]:
    ids = {
        sitting.recorded_by,
        sitting.handed_by,
        sitting.confirmed_by,
        *(one.saved_by for one in sitting.items),
        *(one.all_for_by for one in sitting.items),
    }
    wanted = select(User.id, User.name).where(User.id.in_([one for one in ids if one]))
    return {row.id: row.name for row in connection.execute(wanted)}


def _persons_of_users(connection: Connection, sitting: SittingRow) -> Mapping[int, str]:
    """Who sits on which seat as a person of the directory, where that is known."""
    users = {one.user: one.number for one in sitting.seats if one.user}
    wanted = select(User.id, User.person).where(User.id.in_(list(users)), User.person.is_not(None))
    known = {users[row.id]: row.person for row in connection.execute(wanted) if row.person}
    return {**known, **{one.number: one.person for one in sitting.seats if one.person}}


def _view(
    connection: Connection,
    context: Context,
    sitting: SittingRow,
    item: ItemRow,
    people: Mapping[str, tuple[DossierRow, str | None]],
    persons: Mapping[int, str],
) -> ItemView:
    row, category = people.get(item.dossier, (None, None))
    found: Eligible | None = None
    if sitting.state == OPEN and row is not None:
        found = eligible(connection, context, sitting, item)
    facts = found.standing.facts if found else None
    return ItemView(
        item=item,
        row=row,
        category=category,
        eligible=found,
        related=_related(facts, item, persons) if facts else {},
        is_gone=row is None,
    )


def _related(facts: Facts, item: ItemRow, persons: Mapping[int, str]) -> Mapping[int, str]:
    """What the record knows: the person itself, who cultivates, who sponsors."""
    found = {}
    for seat, person in persons.items():
        if person == item.person:
            found[seat] = "oneself"
        elif person in facts.sponsors:
            found[seat] = "sponsor"
        elif person in facts.contacts:
            found[seat] = "contact"
    return found

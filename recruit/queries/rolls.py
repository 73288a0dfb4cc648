"""Branch rolls as they are read: who is on one, who was, and who has a vote today and why not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Row, func, select

from recruit.context import READING_ROLES, Context, reach
from recruit.errors import NotFound
from recruit.places import Place, organization_or_none
from recruit.tables import Dossier, Membership, Organization, Penalty, Person
from workflows.around import Member
from workflows.around import Penalty as Served

MOST = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class RollOf:
    """A branch and how many are on its roll on the day."""

    id: str
    name: str
    committee: str
    full_count: int
    probationary_count: int
    is_closed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RollRow:
    """One stay. `moved_to`: the next branch, where it is within reach; `dossier`: a running one, if any."""

    id: str
    person: str
    name: str
    sex: str | None
    birth_month: str | None
    member: Member
    ended_by: str | None
    moved_to: str
    moved_from: str
    dossier: str | None

    def is_entitled(self, on: date) -> bool:
        """Whether the member has a vote on that day."""
        return self.member.is_full(on) and not self.member.is_barred(on)


@dataclass(frozen=True, slots=True, kw_only=True)
class RollView:
    """`present` and `former` by the strokes of the surname; the former ones by the day they left."""

    place: Place
    is_closed: bool
    present: tuple[RollRow, ...]
    former: tuple[RollRow, ...]


def rolls(context: Context) -> tuple[RollOf, ...]:
    """The branches within reach, by committee and name; at most `MOST`."""
    upper = Organization.__table__.alias("upper")
    wanted = (
        select(Organization.id, Organization.name, upper.c.name.label("committee"), Organization.closed_on)
        .join(upper, upper.c.id == Organization.parent, isouter=True)
        .where(Organization.kind == "branch", reach(Organization.path, context.paths()))
        .order_by(upper.c.name, Organization.name)
        .limit(MOST)
    )
    with context.record.reading() as connection:
        places = connection.execute(wanted).all()
        counts = _counts(connection, context)
    return tuple(
        RollOf(
            id=row.id,
            name=row.name,
            committee=row.committee or "",
            full_count=counts.get((row.id, True), 0),
            probationary_count=counts.get((row.id, False), 0),
            is_closed=row.closed_on is not None,
        )
        for row in places
    )


def roll_view(context: Context, branch: str) -> RollView:
    """Raises `NotFound` for what is no branch or out of reach."""
    with context.record.reading() as connection:
        place = organization_or_none(connection, branch)
        if place is None or place.kind != "branch" or context.actor.held(READING_ROLES, place.path) is None:
            raise NotFound(what="branch")
        closed_on = connection.execute(
            select(Organization.closed_on).where(Organization.id == branch)
        ).scalar_one()
        rows = _rows(connection, context, branch)
    today = context.on
    return RollView(
        place=place,
        is_closed=closed_on is not None,
        present=tuple(row for row in rows if row.member.until is None or row.member.until > today),
        former=tuple(
            sorted(
                (row for row in rows if row.member.until is not None and row.member.until <= today),
                key=lambda row: (row.member.until or today, row.name),
                reverse=True,
            )
        ),
    )


def roll_row(context: Context, membership: str) -> tuple[RollView, RollRow]:
    """One stay and the roll on which it stands. Raises `NotFound`."""
    with context.record.reading() as connection:
        branch = connection.execute(
            select(Membership.branch).where(Membership.id == membership)
        ).scalar_one_or_none()
    if branch is None:
        raise NotFound(what="member")
    view = roll_view(context, branch)
    return view, next(row for row in (*view.present, *view.former) if row.id == membership)


def _counts(connection: Connection, context: Context) -> Mapping[tuple[str, bool], int]:
    on = context.on
    is_full = (Membership.full_since.is_not(None)) & (Membership.full_since <= on)
    rows = connection.execute(
        select(Membership.branch, is_full.label("is_full"), func.count())
        .join(Organization, Organization.id == Membership.branch)
        .where(
            reach(Organization.path, context.paths()),
            Membership.since <= on,
            Membership.until.is_(None) | (Membership.until > on),
        )
        .group_by(Membership.branch, "is_full")
    )
    return {(branch, bool(is_full)): count for branch, is_full, count in rows}


def _rows(connection: Connection, context: Context, branch: str) -> tuple[RollRow, ...]:
    stays = connection.execute(
        select(
            Membership.id,
            Membership.person,
            Membership.since,
            Membership.full_since,
            Membership.until,
            Membership.ended_by,
            Person.name,
            Person.sex,
            Person.birth_month,
        )
        .join(Person, Person.id == Membership.person)
        .where(Membership.branch == branch)
        .order_by(Person.strokes, Person.name, Person.id, Membership.since)
    ).all()
    people = [row.person for row in stays]
    penalties = _penalties(connection, branch)
    others = _other_stays(connection, context, people, branch)
    running = _running(connection, branch)
    return tuple(_row(row, penalties, others, running) for row in stays)


def _row(
    row: Row[str, str, date, date | None, date | None, str | None, str, str | None, str | None],
    penalties: Mapping[str, tuple[Served, ...]],
    others: Mapping[tuple[str, str, date], str],
    running: Mapping[str, str],
) -> RollRow:
    member = Member(row.person, row.full_since, penalties.get(row.person, ()), row.since, row.until)
    return RollRow(
        id=row.id,
        person=row.person,
        name=row.name,
        sex=row.sex,
        birth_month=row.birth_month,
        member=member,
        ended_by=row.ended_by,
        moved_to=others.get((row.person, "since", row.until), "") if row.until else "",
        moved_from=others.get((row.person, "until", row.since), ""),
        dossier=running.get(row.person),
    )


def _penalties(connection: Connection, branch: str) -> Mapping[str, tuple[Served, ...]]:
    here = select(Membership.person).where(Membership.branch == branch)
    rows = connection.execute(
        select(Penalty.person, Penalty.kind, Penalty.on, Penalty.until)
        .where(Penalty.person.in_(here))
        .order_by(Penalty.on, Penalty.id)
    )
    found: dict[str, tuple[Served, ...]] = {}
    for person, kind, on, until in rows:
        found[person] = (*found.get(person, ()), Served(kind, on, until))
    return found


def _other_stays(
    connection: Connection, context: Context, people: Iterable[str], branch: str
) -> Mapping[tuple[str, str, date], str]:
    """The branches within reach by person and the day on which a stay there begins or ends."""
    if not tuple(people):
        return {}
    here = select(Membership.person).where(Membership.branch == branch)
    rows = connection.execute(
        select(Membership.person, Membership.since, Membership.until, Organization.name)
        .join(Organization, Organization.id == Membership.branch)
        .where(
            Membership.person.in_(here),
            Membership.branch != branch,
            reach(Organization.path, context.paths()),
        )
    )
    found: dict[tuple[str, str, date], str] = {}
    for person, since, until, name in rows:
        found[person, "since", since] = name
        if until is not None:
            found[person, "until", until] = name
    return found


def _running(connection: Connection, branch: str) -> Mapping[str, str]:
    here = select(Membership.person).where(Membership.branch == branch)
    rows = connection.execute(
        select(Dossier.person, Dossier.id).where(Dossier.person.in_(here), Dossier.phase != "ended")
    )
    return {person: dossier for person, dossier in rows}  # noqa: C416 - rows are not pairs to the type checker

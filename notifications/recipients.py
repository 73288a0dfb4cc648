"""Who is told: the seats of the branch or its committee, and persons, by a log-in or through the branch."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from notifications.ladder import Rung
from recruit.commands.standing import committee_over
from recruit.places import Place
from recruit.tables import Grant, Substitute, User
from workflows.ladders import Audience

SEATS: dict[Audience, tuple[str, ...]] = {
    "branch": ("branch_secretary", "branch_clerk"),
    "committee": ("organizer", "committee_secretary"),
}


@dataclass(frozen=True, slots=True, order=True)
class Recipient:
    """A user; `instead_of`: the absent user whose accepted stand-in this one is today."""

    user: str
    instead_of: str | None = None


@dataclass(frozen=True, slots=True)
class Addressed:
    """One rung for one user; `persons` have no log-in and are to hear it through this user (请转告)."""

    to: Recipient
    rung: Rung
    persons: tuple[str, ...] = ()


def addressed(
    connection: Connection,
    line: tuple[Place, ...],
    due: Sequence[Rung],
    persons: Mapping[Audience, tuple[str, ...]],
    seats: "Seats",
) -> tuple[tuple[Addressed, ...], bool]:
    """Whom the rungs that are due reach, each user by the most urgent alone; whether none reached nobody.

    `persons`: who the contact persons, sponsors and the person are; where none is named the branch hears it.
    """
    found: dict[str, Addressed] = {}
    is_heard = True
    for rung in sorted(due, key=lambda one: (one.on, one.is_urgent)):
        reached = _reached(connection, line, rung, persons, seats)
        is_heard = is_heard and bool(reached)
        for one in reached:
            found[one.to.user] = _joined(found.get(one.to.user), one)
    return tuple(found.values()), is_heard


def _joined(before: Addressed | None, one: Addressed) -> Addressed:
    """The later rung; what two audiences are told by the same rung is one reminder."""
    if before is None or before.rung.name != one.rung.name:
        return one
    persons = tuple(dict.fromkeys((*before.persons, *one.persons)))
    return Addressed(min(before.to, one.to, key=lambda to: to.instead_of or ""), one.rung, persons)


def _reached(
    connection: Connection,
    line: tuple[Place, ...],
    rung: Rung,
    persons: Mapping[Audience, tuple[str, ...]],
    seats: "Seats",
) -> list[Addressed]:
    if rung.audience in SEATS:
        return [Addressed(one, rung) for one in seats.told(connection, line, rung.audience)]
    meant = persons.get(rung.audience, ())
    known = _log_ins(connection, meant)
    rest = tuple(person for person in meant if person not in known)
    direct = [Addressed(Recipient(user), rung) for user in known.values()]
    if meant and not rest:
        return direct
    return [*(Addressed(one, rung, rest) for one in seats.told(connection, line, "branch")), *direct]


class Seats:
    """Who holds the seats on that day, asked of the record once for each organization and audience."""

    __slots__ = ("_known", "on")

    def __init__(self, on: date) -> None:
        self.on = on
        self._known: dict[tuple[str, Audience], tuple[Recipient, ...]] = {}

    def told(
        self, connection: Connection, line: tuple[Place, ...], audience: Audience
    ) -> tuple[Recipient, ...]:
        """The seats of the branch or its committee; for a branch that has nobody its committee's."""
        key = (line[-1].id, audience)
        if key not in self._known:
            self._known[key] = _recipients(connection, line, audience, self.on)
        return self._known[key]


def _recipients(
    connection: Connection, line: tuple[Place, ...], audience: Audience, on: date
) -> tuple[Recipient, ...]:
    branch, committee = line[-1], committee_over(line)
    found = seated(connection, branch.id, SEATS["branch"], on) if audience == "branch" else ()
    if found or committee is None:
        return found
    return seated(connection, committee.id, SEATS["committee"], on)


def seated(
    connection: Connection, organization: str, roles: Iterable[str], on: date
) -> tuple[Recipient, ...]:
    """The users who hold one of the roles at the organization that day, and who stands in for them.

    A stand-in who holds a seat as well is told in the own name.
    """
    wanted = (
        select(Grant.user)
        .join(User, User.id == Grant.user)
        .where(
            Grant.organization == organization,
            Grant.role.in_(tuple(roles)),
            Grant.from_on <= on,
            (Grant.to_on.is_(None)) | (Grant.to_on >= on),
            User.disabled_at.is_(None),
        )
        .distinct()
        .order_by(Grant.user)
    )
    holders = tuple(connection.execute(wanted).scalars())
    standing_in = _stand_ins(connection, holders, on)
    return tuple(Recipient(user) for user in holders) + tuple(
        Recipient(user, absent) for user, absent in standing_in.items() if user not in holders
    )


def _stand_ins(connection: Connection, absent: tuple[str, ...], on: date) -> dict[str, str]:
    """Each stand-in of that day with the first one that is stood in for."""
    wanted = (
        select(Substitute.stand_in, Substitute.absent)
        .join(User, User.id == Substitute.stand_in)
        .where(
            Substitute.absent.in_(absent),
            Substitute.from_on <= on,
            Substitute.to_on >= on,
            Substitute.accepted_at.is_not(None),
            Substitute.ended_at.is_(None),
            User.disabled_at.is_(None),
        )
        .order_by(Substitute.id)
    )
    found: dict[str, str] = {}
    for stand_in, holder in connection.execute(wanted):
        found.setdefault(stand_in, holder)
    return found


def _log_ins(connection: Connection, persons: tuple[str, ...]) -> dict[str, str]:
    """The users among these persons."""
    wanted = select(User.person, User.id).where(User.person.in_(persons), User.disabled_at.is_(None))
    return {str(person): user for person, user in connection.execute(wanted)} if persons else {}

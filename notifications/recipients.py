"""Who is told: the seats of the branch or its committee, and persons, by a log-in or through the branch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from notifications.ladder import Rung
from recruit.commands.standing import committee_over
from recruit.places import Place
from recruit.queries.seats import SEATS, Recipient, seated
from recruit.tables import User
from workflows.ladders import Audience


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


def _log_ins(connection: Connection, persons: tuple[str, ...]) -> dict[str, str]:
    """The users among these persons."""
    wanted = select(User.person, User.id).where(User.person.in_(persons), User.disabled_at.is_(None))
    return {str(person): user for person, user in connection.execute(wanted)} if persons else {}

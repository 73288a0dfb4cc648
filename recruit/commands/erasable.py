"""Whether a person may be erased: no member's file, nothing open, nothing that is still to be kept."""

from datetime import date, timedelta

from sqlalchemy import Connection, select

from recruit.errors import NotFound, Problem, problem
from recruit.tables import Act, Dossier, Erasure, Membership, Organization, Person

GROUNDS = ("retention_over", "request", "court")
RETENTION = timedelta(days=5 * 365)
ERASED = "（已删除）"
_PERMANENT = ("probation", "extended_probation", "full_member")


def refusal_of(connection: Connection, person: str, *, ground: str, on: date) -> Problem | None:
    """Why the person may not be erased on that day for that ground; None where nothing forbids it.

    What can never be said first, then what can be waited for.
    """
    name = connection.execute(select(Person.name).where(Person.id == person)).scalar_one_or_none()
    if name == ERASED:
        return problem("person", "erased_before")
    rows = connection.execute(
        select(Dossier.id, Dossier.stage, Dossier.phase).where(Dossier.person == person).order_by(Dossier.id)
    ).all()
    if any(row.stage in _PERMANENT for row in rows) or _is_member(connection, person, on):
        return problem("person", "file_permanent")
    if any(row.phase != "ended" for row in rows):
        return problem("person", "dossier_open")
    if ground != "retention_over":
        return None
    last = connection.execute(
        select(Act.on).where(Act.dossier.in_([row.id for row in rows])).order_by(Act.on.desc()).limit(1)
    ).scalar()
    if last is not None and on < last + RETENTION:
        return problem("ground", "retention_runs", needed=last + RETENTION)
    return None


def waiting_erasure(connection: Connection, person: str) -> str | None:
    """The proposal that waits for this person, if one does."""
    wanted = select(Erasure.id).where(Erasure.person == person, Erasure.done_at.is_(None))
    return connection.execute(wanted.order_by(Erasure.id).limit(1)).scalar()


def place_of(connection: Connection, person: str) -> tuple[str, str]:
    """Path and id of the organization with which the person is listed. Raises `NotFound`."""
    row = connection.execute(
        select(Organization.path, Organization.id)
        .join(Person, Person.organization == Organization.id)
        .where(Person.id == person)
    ).one_or_none()
    if row is None:
        raise NotFound(what="person")
    return row.path, row.id


def _is_member(connection: Connection, person: str, on: date) -> bool:
    stay = select(Membership.id).where(
        Membership.person == person,
        Membership.since <= on,
        Membership.until.is_(None) | (Membership.until > on),
    )
    return connection.execute(stay.limit(1)).first() is not None

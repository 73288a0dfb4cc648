"""Standing in: whose grants a user holds beside the own ones at an instant, and who then counts as whom."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import BindParameter, ColumnElement, Connection, and_, bindparam, exists, or_, select

from recruit.clock import civil_day
from recruit.context import BUSINESS_ROLES, Held
from recruit.tables import Grant, Organization, Substitute, User


@dataclass(frozen=True, slots=True, kw_only=True)
class Stint:
    """A substitute that was accepted; both days count, and it may have ended before its last."""

    absent: str
    stand_in: str
    from_on: date
    to_on: date
    accepted_at: datetime
    ended_at: datetime | None

    def ran(self, at: datetime) -> bool:
        has_begun = self.accepted_at <= at and self.from_on <= civil_day(at) <= self.to_on
        return has_begun and (self.ended_at is None or self.ended_at > at)


def granted(on: date | BindParameter[date]) -> ColumnElement[bool]:
    """A grant that is in force that day; both its days count."""
    return and_(Grant.from_on <= on, or_(Grant.to_on.is_(None), Grant.to_on >= on))


_USER: BindParameter[str] = bindparam("user", type_=Grant.user.type)
_OWN = (
    select(
        Grant.role, Grant.organization, Organization.path,
        exists()
        .where(Substitute.stand_in == _USER, Substitute.accepted_at.is_not(None))
        .label("ever_stood_in"),
    )
    .join(Organization, Organization.id == Grant.organization)
    .where(Grant.user == _USER, granted(bindparam("on", type_=Grant.from_on.type)))
    .order_by(Organization.path, Grant.role)
)  # fmt: skip


def grants_at(connection: Connection, user: str, at: datetime) -> tuple[Held, ...]:
    """The user's own grants, and the business roles of those for whom the user stood in at that instant.

    What is lent ends with the day, with the end of the substitute, where one of the two is disabled, with
    the grant itself, and where the stand-in holds no business role any more. It is never lent on.
    """
    own = connection.execute(_OWN, {"user": user, "on": civil_day(at)}).all()
    held = tuple(Held(role=row.role, organization=row.organization, path=row.path) for row in own)
    if not any(row.ever_stood_in for row in own) or BUSINESS_ROLES.isdisjoint(one.role for one in held):
        return held
    absent = [one.absent for one in stints_of(connection, (user,)) if one.ran(at)]
    return (*held, *_lent(connection, absent, at)) if absent else held


def _lent(connection: Connection, absent: Sequence[str], at: datetime) -> tuple[Held, ...]:
    wanted = (
        select(Grant.role, Grant.organization, Organization.path, Grant.user)
        .join(Organization, Organization.id == Grant.organization)
        .join(User, User.id == Grant.user)
        .where(
            Grant.user.in_(absent),
            granted(civil_day(at)),
            Grant.role.in_(BUSINESS_ROLES),
            or_(User.disabled_at.is_(None), User.disabled_at > at),
        )
        .order_by(Organization.path, Grant.role, Grant.user)
    )
    return tuple(
        Held(role=role, organization=place, path=path, instead_of=user)
        for role, place, path, user in connection.execute(wanted)
    )


def stand_ins_of(connection: Connection, absent: Iterable[str], on: date) -> dict[str, str]:
    """Each stand-in of that day with the first one that is stood in for."""
    wanted = (
        select(Substitute.stand_in, Substitute.absent)
        .join(User, User.id == Substitute.stand_in)
        .join(Grant, Grant.user == Substitute.stand_in)
        .where(
            Substitute.absent.in_(tuple(absent)),
            Substitute.from_on <= on,
            Substitute.to_on >= on,
            Substitute.accepted_at.is_not(None),
            Substitute.ended_at.is_(None),
            User.disabled_at.is_(None),
            Grant.role.in_(BUSINESS_ROLES),
            granted(on),
        )
        .order_by(Substitute.id)
    )
    found: dict[str, str] = {}
    for stand_in, holder in connection.execute(wanted):
        found.setdefault(stand_in, holder)
    return found


def stints_of(connection: Connection, stand_ins: Iterable[str]) -> tuple[Stint, ...]:
    """Every substitute that one of these users ever accepted, the oldest first."""
    wanted = (
        select(
            Substitute.absent, Substitute.stand_in, Substitute.from_on, Substitute.to_on,
            Substitute.accepted_at, Substitute.ended_at,
        )
        .where(Substitute.stand_in.in_(tuple(stand_ins)), Substitute.accepted_at.is_not(None))
        .order_by(Substitute.id)
    )  # fmt: skip
    return tuple(Stint(**row._mapping) for row in connection.execute(wanted))  # noqa: SLF001 - the documented way to a row's mapping


def counts_as(stints: Iterable[Stint], user: str, *instants: datetime) -> frozenset[str]:
    """The user and everybody for whom the user stood in at one of the instants."""
    own = (one for one in stints if one.stand_in == user)
    return frozenset((user, *(one.absent for one in own if any(map(one.ran, instants)))))


def are_one(stints: Sequence[Stint], first: str, second: str, *instants: datetime) -> bool:
    """Whether the two count as one where two persons are needed.

    So it is where they are the same, where one stood in for the other at one of the instants, and where
    both stood in for a third.
    """
    return not counts_as(stints, first, *instants).isdisjoint(counts_as(stints, second, *instants))

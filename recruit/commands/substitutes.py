"""Substitutes: a dated stand-in for somebody who is away, named, accepted, declined, ended."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, insert, or_, select, update

from recruit.commands.standing import APPROVING, committee_over
from recruit.context import BUSINESS_ROLES, Context, Held
from recruit.errors import BadInput, NotFound, Problem, problem
from recruit.ids import new_id
from recruit.log.events import NewEvent, append_event
from recruit.repeat import repeated
from recruit.serial import one_at_a_time
from recruit.stand_ins import granted
from recruit.tables import Grant, Organization, Substitute, User
from workflows.dates import plus_months

REASONS = ("leave", "travel", "training", "other")
NAMERS = ("committee_secretary", "security_admin")
MOST_MONTHS = 6
_COLUMNS = (
    Substitute.id,
    Substitute.absent,
    Substitute.stand_in,
    Substitute.from_on,
    Substitute.to_on,
    Substitute.reason,
    Substitute.accepted_at,
    Substitute.ended_at,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NameSubstitute:
    """Both days count. `reason`: one of REASONS; free text could name somebody."""

    absent: str
    stand_in: str
    from_on: date
    to_on: date
    reason: str


@repeated
def name_substitute(context: Context, named: NameSubstitute) -> str:
    """Name a stand-in, who must accept; gives the substitute's id.

    By the absent user, or by a committee secretary or security administrator over all that is lent; roles
    that are themselves held for somebody do not count. Raises `BadInput`, `NotFound`.
    """
    with context.record.writing() as connection:
        _wait_for(connection, named)
        role = _ensure_in_order(connection, context, named)
        id_ = new_id(context.now)
        connection.execute(
            insert(Substitute).values(
                id=id_,
                absent=named.absent,
                stand_in=named.stand_in,
                from_on=named.from_on,
                to_on=named.to_on,
                reason=named.reason,
                named_by=context.actor.user_id,
                named_at=context.now,
            )
        )
        _tell(connection, context, "substitute_named", id_, named, role=role)
    return id_


def check_substitute(context: Context, named: NameSubstitute) -> None:
    """Whether it could be named now; nothing is written. Raises as `name_substitute`."""
    with context.record.reading() as connection:
        _ensure_in_order(connection, context, named)


@repeated
def accept_substitute(context: Context, substitute: str) -> None:
    """By the stand-in; from this instant on, within the days. What was in order when named must be still.

    Raises `NotFound`, `BadInput`.
    """
    with context.record.writing() as connection:
        row = _find(connection, substitute)
        if row.stand_in != context.actor.user_id:
            raise NotFound(what="substitute")
        named = _named(row)
        _wait_for(connection, named)
        row = _find(connection, substitute)
        if row.accepted_at is not None and row.ended_at is None:
            return
        if row.ended_at is not None or row.to_on < context.on:
            raise BadInput(problem("stand_in", "substitute_over"))
        lent = lent_by(connection, named.absent, max(named.from_on, context.on), named.to_on)
        found = list(_wrong_persons(connection, context, named, lent, but=row.id))
        if found:
            raise BadInput(*found)
        accepted = update(Substitute).where(Substitute.id == row.id)
        connection.execute(accepted.values(accepted_at=context.now))
        _tell(connection, context, "substitute_accepted", row.id, named, role=_own_role(context))


@repeated
def end_substitute(context: Context, substitute: str) -> None:
    """At once: declined by the stand-in before it was accepted, else ended by one of the two or a namer.

    What is over already stays as it is. Raises `NotFound`.
    """
    with context.record.writing() as connection:
        named = _named(_find(connection, substitute))
        _wait_for(connection, named)
        row = _find(connection, substitute)
        is_stand_in = row.stand_in == context.actor.user_id
        if is_stand_in:
            role = _own_role(context)
        else:
            lent = lent_by(connection, named.absent, named.from_on, named.to_on)
            role = ensure_may_name(context, named.absent, lent)
        if row.ended_at is not None or row.to_on < context.on:
            return
        connection.execute(update(Substitute).where(Substitute.id == row.id).values(ended_at=context.now))
        is_declined = is_stand_in and row.accepted_at is None
        do = "substitute_declined" if is_declined else "substitute_ended"
        _tell(connection, context, do, row.id, named, role=role)


def lent_by(connection: Connection, user: str, first: date, last: date) -> tuple[Held, ...]:
    """The business roles of the own that the user holds on a day of that time."""
    wanted = (
        select(Grant.role, Grant.organization, Organization.path)
        .join(Organization, Organization.id == Grant.organization)
        .where(
            Grant.user == user,
            Grant.role.in_(BUSINESS_ROLES),
            Grant.from_on <= last,
            or_(Grant.to_on.is_(None), Grant.to_on >= first),
        )
        .order_by(Organization.path, Grant.role)
    )
    return tuple(
        Held(role=role, organization=place, path=path) for role, place, path in connection.execute(wanted)
    )


def ensure_may_name(context: Context, absent: str, lent: tuple[Held, ...]) -> str:
    """The role in which the actor may. Raises `NotFound` where there is none."""
    if context.actor.user_id == absent:
        return lent[0].role if lent else ""
    for held in context.actor.own:
        if held.role in NAMERS and lent and all(held.covers(one.path) for one in lent):
            return held.role
    raise NotFound(what="user")


def roots_of(connection: Connection, context: Context, lent: tuple[Held, ...]) -> frozenset[str]:
    """The committees that approve for where the roles are held: whoever stands in works under each."""
    lines = [context.record.laws.line(connection, one.path) for one in lent]
    committees = [line[-1] if line[-1].kind in APPROVING else committee_over(line) for line in lines]
    return frozenset(
        committee.path if committee else held.path for committee, held in zip(committees, lent, strict=True)
    )


def may_stand_in(grants: Iterable[tuple[str, str]], roots: frozenset[str]) -> bool:
    """Whether somebody with these roles at these paths can: in business under each root, in nothing else."""
    held = list(grants)
    if not roots or any(role not in BUSINESS_ROLES for role, _ in held):
        return False
    return all(any(path.startswith(root) for _, path in held) for root in roots)


def _is_colleague(
    connection: Connection, context: Context, user: str, lent: tuple[Held, ...], on: date
) -> bool:
    rows = connection.execute(
        select(Grant.role, Organization.path)
        .join(Organization, Organization.id == Grant.organization)
        .join(User, User.id == Grant.user)
        .where(Grant.user == user, User.disabled_at.is_(None), granted(on))
    ).all()
    return may_stand_in([(role, path) for role, path in rows], roots_of(connection, context, lent))


def _ensure_in_order(connection: Connection, context: Context, named: NameSubstitute) -> str:
    """The role in which it is named. Raises `BadInput` with every problem, `NotFound`."""
    lent = lent_by(connection, named.absent, named.from_on, named.to_on)
    role = ensure_may_name(context, named.absent, lent)
    found = [*_wrong_days(context, named), *_wrong_persons(connection, context, named, lent)]
    if named.reason not in REASONS:
        found.append(problem("reason", "not_one_of", found=named.reason, choices=", ".join(REASONS)))
    if found:
        raise BadInput(*found)
    return role


def _wrong_days(context: Context, named: NameSubstitute) -> Iterator[Problem]:
    if named.from_on < context.on:
        yield problem("from_on", "day_over", found=named.from_on)
    if named.to_on < named.from_on:
        yield problem("to_on", "days_reversed")
    last = plus_months(named.from_on, MOST_MONTHS)
    if named.to_on > last:
        yield problem("to_on", "day_too_far", needed=last)


def _wrong_persons(
    connection: Connection, context: Context, named: NameSubstitute, lent: tuple[Held, ...], but: str = ""
) -> Iterator[Problem]:
    """`but`: the substitute itself, which stands in nobody's way."""
    if not lent:
        yield problem("absent", "nothing_to_lend")
    elif named.stand_in == named.absent or (not but and named.stand_in == context.actor.user_id):
        yield problem("stand_in", "oneself")
    elif not _is_colleague(connection, context, named.stand_in, lent, max(named.from_on, context.on)):
        yield problem("stand_in", "not_a_colleague")
    if _is_taken(connection, named, Substitute.stand_in, named.absent, but):
        yield problem("absent", "chain")
    if _is_taken(connection, named, Substitute.absent, named.absent, but):
        yield problem("absent", "chain")
    if _is_taken(connection, named, Substitute.absent, named.stand_in, but):
        yield problem("stand_in", "chain")


def _is_taken(connection: Connection, named: NameSubstitute, column: Any, user: str, but: str) -> bool:  # noqa: ANN401 - either column of persons
    """Whether the user is the one or the other in a substitute that touches these days."""
    wanted = select(Substitute.id).where(
        column == user,
        Substitute.id != but,
        Substitute.ended_at.is_(None),
        Substitute.from_on <= named.to_on,
        Substitute.to_on >= named.from_on,
    )
    return connection.execute(wanted.limit(1)).first() is not None


def _wait_for(connection: Connection, named: NameSubstitute) -> None:
    one_at_a_time(connection, f"substitute:{named.absent}", f"substitute:{named.stand_in}")


def _find(connection: Connection, substitute: str) -> Row[*tuple[Any, ...]]:
    row: Row[*tuple[Any, ...]] | None = connection.execute(
        select(*_COLUMNS).where(Substitute.id == substitute)
    ).one_or_none()
    if row is None:
        raise NotFound(what="substitute")
    return row


def _named(row: Row[*tuple[Any, ...]]) -> NameSubstitute:
    return NameSubstitute(
        absent=row.absent, stand_in=row.stand_in, from_on=row.from_on, to_on=row.to_on, reason=row.reason
    )


def _own_role(context: Context) -> str:
    return next((held.role for held in context.actor.own), "")


def _tell(
    connection: Connection, context: Context, do: str, id_: str, named: NameSubstitute, *, role: str
) -> None:
    """An event for each organization whose business is lent."""
    lent = lent_by(connection, named.absent, named.from_on, named.to_on)
    details = {
        "substitute": id_, "absent": named.absent, "stand_in": named.stand_in, "from_on": named.from_on,
        "to_on": named.to_on, "reason": named.reason,
    }  # fmt: skip
    for organization in sorted({one.organization for one in lent}):
        append_event(connection, context, NewEvent(org=organization, do=do, details=details, role=role))

"""Grants: which role a user holds for which organization, from when to when; every change is an event."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, insert, select, update

from recruit.context import ADMINISTRATORS, ROLES, Context, ensure_role
from recruit.errors import BadInput, NotFound, problem
from recruit.find import find_organization
from recruit.ids import new_id
from recruit.log.events import NewEvent, append_event
from recruit.repeat import repeated
from recruit.serial import one_at_a_time
from recruit.tables import Grant, User


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantRole:
    """Both days count; `to_on` None: until it is ended."""

    user: str
    role: str
    organization: str
    from_on: date
    to_on: date | None = None


@repeated
def grant_role(context: Context, grant: GrantRole) -> str:
    """Grant a role; gives the grant's id. For the security administrator.

    Raises `BadInput` for an unknown role, a second administrator's office in one hand, one's own user
    and days that end before they begin; `NotFound`, `NotAllowed`.
    """
    with context.record.writing() as connection:
        place = find_organization(connection, context, grant.organization)
        ensure_role(context, ("security_admin",), path=place.path, what="grant_role")
        if connection.execute(select(User.id).where(User.id == grant.user)).first() is None:
            raise NotFound(what="user")
        if grant.user == context.actor.user_id:
            raise BadInput(problem("user", "own_grant"))
        if grant.to_on is not None and grant.to_on < grant.from_on:
            raise BadInput(problem("to_on", "days_reversed"))
        return insert_grant(
            connection,
            context,
            user=grant.user,
            role=grant.role,
            organization=place.id,
            from_on=grant.from_on,
            to_on=grant.to_on,
        )


@repeated
def end_grant(context: Context, grant: str, *, to_on: date) -> None:
    """The last day on which the grant holds. Raises `NotFound`, `NotAllowed`."""
    with context.record.writing() as connection:
        organization = connection.execute(
            select(Grant.organization).where(Grant.id == grant)
        ).scalar_one_or_none()
        if organization is None:
            raise NotFound(what="grant")
        place = find_organization(connection, context, organization)
        held = ensure_role(context, ("security_admin",), path=place.path, what="end_grant")
        connection.execute(update(Grant).where(Grant.id == grant).values(to_on=to_on))
        details = {"grant": grant, "to_on": to_on}
        append_event(
            connection, context, NewEvent(org=place.id, do="grant_ended", details=details, role=held.role)
        )


def insert_grant(
    connection: Connection,
    context: Context,
    *,
    user: str,
    role: str,
    organization: str,
    from_on: date,
    to_on: date | None,
) -> str:
    if role not in ROLES:
        raise BadInput(problem("role", "not_one_of", found=role, choices=", ".join(sorted(ROLES))))
    one_at_a_time(connection, f"grants:{user}")
    if role in ADMINISTRATORS:
        _ensure_three_persons(connection, user=user, role=role)
    id_ = new_id(context.now)
    connection.execute(
        insert(Grant).values(
            id=id_, user=user, role=role, organization=organization, from_on=from_on, to_on=to_on
        ),
    )
    details = {"grant": id_, "user": user, "role": role, "from_on": from_on, "to_on": to_on or ""}
    append_event(
        connection, context, NewEvent(org=organization, do="granted", details=details, role="security_admin")
    )
    return id_


def _ensure_three_persons(connection: Connection, *, user: str, role: str) -> None:
    others = connection.execute(
        select(Grant.role).where(Grant.user == user, Grant.role.in_(ADMINISTRATORS - {role})),
    ).scalars()
    other = next(iter(others), None)
    if other is not None:
        raise BadInput(problem("role", "three_administrators", found=other))

"""The users within the reach of an administrator or auditor, and what each may do since when."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, func, or_, select

from recruit.commands.factor_losses import CONFIRMERS
from recruit.context import ADMINISTRATORS, Context, reach
from recruit.errors import NotFound
from recruit.queries.locks import locked_until
from recruit.tables import Factor, FactorLoss, Grant, Link, Organization, User

READERS = ADMINISTRATORS | {"auditor"}


@dataclass(frozen=True, slots=True, kw_only=True)
class UserRow:
    """`roles`: those in force on the day of asking, within reach."""

    id: str
    login: str
    name: str
    roles: tuple[str, ...]
    is_disabled: bool
    has_password: bool
    has_factor: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UserPage:
    rows: tuple[UserRow, ...]
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantRow:
    id: str
    role: str
    organization: str
    organization_name: str
    from_on: date
    to_on: date | None

    def holds(self, on: date) -> bool:
        return self.from_on <= on and (self.to_on is None or on <= self.to_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class LossRow:
    reported_by: str
    reported_at: datetime
    may_confirm: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UserView:
    """`link_until`: until when an unused link opens; `locked_until`: no log-in before."""

    row: UserRow
    grants: tuple[GrantRow, ...]
    link_until: datetime | None
    locked_until: datetime | None
    loss: LossRow | None


def users(context: Context, *, q: str = "", after: str = "", limit: int = 50) -> UserPage:
    """By log-in name, those after `after`; `q`: part of the log-in or of the name."""
    within = _within(context)
    wanted = select(User.login).where(within, User.login > after).order_by(User.login).limit(limit + 1)
    if q:
        pattern = f"%{_escaped(q)}%"
        wanted = wanted.where(
            or_(User.login.like(pattern, escape="\\"), User.name.like(pattern, escape="\\"))
        )
    with context.record.reading() as connection:
        logins = list(connection.execute(wanted).scalars())
        rows = _rows(connection, context, User.login.in_(logins[:limit]))
    return UserPage(rows=rows, after=logins[limit - 1] if len(logins) > limit else None)


def find_user(context: Context, user: str) -> UserView:
    """Raises `NotFound` for a user who is not there or out of reach."""
    with context.record.reading() as connection:
        found = _rows(connection, context, (User.id == user) & _within(context))
        if not found:
            raise NotFound(what="user")
        return UserView(
            row=found[0],
            grants=_grants(connection, context, user),
            link_until=_link_until(connection, context, user),
            locked_until=locked_until(connection, user, context.now),
            loss=_loss(connection, context, user),
        )


def grant_places(context: Context) -> tuple[tuple[str, str], ...]:
    """The organizations at which the actor administers users, by their place in the tree."""
    wanted = (
        select(Organization.id, Organization.name)
        .where(reach(Organization.path, context.paths(("system_admin", "security_admin"))))
        .order_by(Organization.path)
    )
    with context.record.reading() as connection:
        return tuple((row.id, row.name) for row in connection.execute(wanted))


def _within(context: Context) -> ColumnElement[bool]:
    places = select(Organization.id).where(reach(Organization.path, context.paths(READERS)))
    granted = select(Grant.user).where(Grant.organization.in_(places))
    listed = select(Link.user).where(Link.organization.in_(places))
    return User.id.in_(granted) | User.id.in_(listed)


def _rows(connection: Connection, context: Context, which: ColumnElement[bool]) -> tuple[UserRow, ...]:
    found = connection.execute(
        select(User.id, User.login, User.name, User.disabled_at, User.password_hash, Factor.confirmed_at)
        .outerjoin(Factor, Factor.user == User.id)
        .where(which)
        .order_by(User.login)
    ).all()
    held: dict[str, list[str]] = {row.id: [] for row in found}
    for user, role in connection.execute(
        select(Grant.user, Grant.role)
        .join(Organization, Organization.id == Grant.organization)
        .where(
            Grant.user.in_(held),
            Grant.from_on <= context.on,
            or_(Grant.to_on.is_(None), Grant.to_on >= context.on),
            reach(Organization.path, context.paths(READERS)),
        )
        .order_by(Grant.from_on, Grant.id)
    ):
        held[user].append(role)
    return tuple(
        UserRow(
            id=row.id,
            login=row.login,
            name=row.name,
            roles=tuple(dict.fromkeys(held[row.id])),
            is_disabled=row.disabled_at is not None,
            has_password=bool(row.password_hash),
            has_factor=row.confirmed_at is not None,
        )
        for row in found
    )


def _grants(connection: Connection, context: Context, user: str) -> tuple[GrantRow, ...]:
    wanted = (
        select(Grant, Organization.name.label("organization_name"))
        .join(Organization, Organization.id == Grant.organization)
        .where(Grant.user == user, reach(Organization.path, context.paths(READERS)))
        .order_by(Grant.from_on.desc(), Grant.id.desc())
    )
    return tuple(
        GrantRow(
            id=row.id,
            role=row.role,
            organization=row.organization,
            organization_name=row.organization_name,
            from_on=row.from_on,
            to_on=row.to_on,
        )
        for row in connection.execute(wanted)
    )


def _link_until(connection: Connection, context: Context, user: str) -> datetime | None:
    until: datetime | None = connection.execute(
        select(func.max(Link.expires_at)).where(
            Link.user == user, Link.ended_at.is_(None), Link.expires_at > context.now
        )
    ).scalar_one()
    return until


def _loss(connection: Connection, context: Context, user: str) -> LossRow | None:
    row = connection.execute(
        select(FactorLoss.proposed_by, FactorLoss.proposed_at, User.name)
        .join(User, User.id == FactorLoss.proposed_by)
        .where(FactorLoss.user == user)
    ).one_or_none()
    if row is None:
        return None
    others = context.actor.user_id not in {row.proposed_by, user}
    return LossRow(
        reported_by=row.name,
        reported_at=row.proposed_at,
        may_confirm=others and bool(context.actor.roles() & set(CONFIRMERS)),
    )


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")

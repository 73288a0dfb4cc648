"""A user as administrators reach one: by the organizations of the grants and of the links handed over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, update

from recruit.context import Context, Held
from recruit.errors import NotAllowed, NotFound
from recruit.find import topmost
from recruit.log.events import NewEvent, append_event
from recruit.tables import Grant, Link, Organization, Session, User


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """`places`: the organizations of the user, as (id, path), the ones within the actor's reach only."""

    user: str
    login: str
    name: str
    disabled_at: datetime | None
    places: tuple[tuple[str, str], ...]

    def ensure(self, context: Context, roles: Iterable[str], what: str) -> tuple[str, Held]:
        """The organization at which the actor holds one of the roles, and the grant. Raises `NotAllowed`."""
        wanted = tuple(roles)
        for place, path in self.places:
            held = context.actor.held(wanted, path)
            if held is not None:
                return place, held
        raise NotAllowed(what=what, needed=", ".join(wanted))

    def tell(
        self, connection: Connection, context: Context, do: str, held: tuple[str, Held], **details: object
    ) -> None:
        event = NewEvent(org=held[0], do=do, details={"user": self.user, **details}, role=held[1].role)
        append_event(connection, context, event)


def find_account(connection: Connection, context: Context, user: str) -> Account:
    """Raises `NotFound` for a user who is not there or serves nowhere within the actor's reach."""
    row = connection.execute(
        select(User.login, User.name, User.disabled_at).where(User.id == user)
    ).one_or_none()
    of_grants = select(Grant.organization).where(Grant.user == user)
    of_links = select(Link.organization).where(Link.user == user)
    places = connection.execute(
        select(Organization.id, Organization.path)
        .where(Organization.id.in_(of_grants.union(of_links)))
        .order_by(Organization.path.desc())
    ).all()
    reached = tuple(
        (id_, path) for id_, path in places if any(held.covers(path) for held in context.actor.grants)
    )
    if row is None or not reached:
        raise NotFound(what="user")
    return Account(user=user, login=row.login, name=row.name, disabled_at=row.disabled_at, places=reached)


def end_sessions(connection: Connection, context: Context, user: str, *, keep: str = "") -> None:
    """Every session of the user but the one with the hash `keep`."""
    connection.execute(
        update(Session)
        .where(Session.user == user, Session.ended_at.is_(None), Session.token_hash != keep)
        .values(ended_at=context.now),
    )


def tell_own(connection: Connection, context: Context, do: str) -> None:
    """What somebody did with the own account: an event where the actor serves, else at the topmost place."""
    grants = context.actor.own
    org = grants[0].organization if grants else topmost(connection).id
    append_event(connection, context, NewEvent(org=org, do=do, details={"user": context.actor.user_id}))

"""One-time links: handed over on paper or by hand, for 24 hours, to choose a password."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

from sqlalchemy import Connection, insert, select, update

from recruit.commands.accounts import end_sessions, find_account
from recruit.commands.users import NewUser, insert_user
from recruit.context import Actor, Context, ensure_role
from recruit.errors import BadInput, NotFound, problem
from recruit.find import find_organization
from recruit.log.events import NewEvent, append_event
from recruit.passwords import Profile, hash_password
from recruit.record import Record
from recruit.repeat import repeated
from recruit.tables import Link, Organization, User

LASTS = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Invite:
    """Where the user is listed; roles are granted besides, by the security administrator."""

    login: str
    name: str
    organization: str
    person: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    user: str
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLink:
    user: str
    login: str
    name: str
    organization: str


@repeated
def invite_user(context: Context, invite: Invite) -> Invited:
    """A log-in without a password, and the link that chooses one; the token is nowhere stored.

    Raises `BadInput`, `NotFound`, `NotAllowed`.
    """
    with context.record.writing() as connection:
        place = find_organization(connection, context, invite.organization)
        held = ensure_role(context, ("system_admin",), path=place.path, what="invite_user")
        new = NewUser(login=invite.login, name=invite.name, person=invite.person)
        user = insert_user(connection, context, new)
        event = NewEvent(org=place.id, do="user_added", details={"user": user}, role=held.role)
        append_event(connection, context, event)
        token = make_link(connection, context, user=user, organization=place.id, role=held.role)
    return Invited(user=user, token=token)


@repeated
def new_link(context: Context, user: str) -> str:
    """For a password that was forgotten: gives the token; an older link opens nothing any more.

    A second factor stays what it is. Raises `NotFound`, `NotAllowed`, `BadInput` for a disabled user.
    """
    with context.record.writing() as connection:
        account = find_account(connection, context, user)
        place, held = account.ensure(context, ("system_admin", "security_admin"), "new_link")
        if account.disabled_at is not None:
            raise BadInput(problem("user", "disabled"))
        if user == context.actor.user_id:
            raise BadInput(problem("user", "own_account"))
        return make_link(connection, context, user=user, organization=place, role=held.role)


def link_or_none(record: Record, token: str, *, now: datetime) -> OpenLink | None:
    """Whom the link is for, while it is open."""
    with record.reading() as connection:
        return _open_or_none(connection, token, now)


@repeated
def use_link(record: Record, token: str, *, password: str, now: datetime, profile: Profile = "modern") -> str:
    """Choose the password; the link is spent and every session of the user ends. Gives the user.

    Raises `NotFound` for a link that is not open, `BadInput`.
    """
    link = link_or_none(record, token, now=now)
    if link is None:
        raise NotFound(what="link")
    hashed = hash_password(password, about=_words(record, link), profile=profile)
    with record.writing() as connection:
        spent = connection.execute(
            update(Link)
            .where(Link.token_hash == _hashed(token), Link.ended_at.is_(None), Link.expires_at > now)
            .values(ended_at=now)
        )
        if spent.rowcount != 1:
            raise NotFound(what="link")
        context = Context(record=record, actor=Actor(user_id=link.user, name=link.name), now=now)
        values = {"password_hash": hashed.encoded, "password_changed_at": now}
        connection.execute(update(User).where(User.id == link.user).values(values))
        end_sessions(connection, context, link.user)
        details = {"user": link.user}
        append_event(connection, context, NewEvent(org=link.organization, do="link_used", details=details))
    return link.user


def _words(record: Record, link: OpenLink) -> tuple[str, ...]:
    with record.reading() as connection:
        place = connection.execute(
            select(Organization.name).where(Organization.id == link.organization)
        ).scalar_one()
    return (link.login, link.name, place)


def make_link(connection: Connection, context: Context, *, user: str, organization: str, role: str) -> str:
    connection.execute(
        update(Link).where(Link.user == user, Link.ended_at.is_(None)).values(ended_at=context.now)
    )
    token = token_urlsafe(32)
    connection.execute(
        insert(Link).values(
            token_hash=_hashed(token),
            user=user,
            organization=organization,
            made_by=context.actor.user_id,
            made_at=context.now,
            expires_at=context.now + LASTS,
        )
    )
    event = NewEvent(org=organization, do="link_made", details={"user": user}, role=role)
    append_event(connection, context, event)
    return token


def _open_or_none(connection: Connection, token: str, now: datetime) -> OpenLink | None:
    row = connection.execute(
        select(Link.user, Link.organization, User.login, User.name)
        .join(User, User.id == Link.user)
        .where(
            Link.token_hash == _hashed(token),
            Link.ended_at.is_(None),
            Link.expires_at > now,
            User.disabled_at.is_(None),
        )
    ).one_or_none()
    if row is None:
        return None
    return OpenLink(user=row.user, login=row.login, name=row.name, organization=row.organization)


def _hashed(token: str) -> str:
    return sha256(token.encode()).hexdigest()

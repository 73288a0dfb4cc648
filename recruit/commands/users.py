"""Users: an own log-in each, the password only as its argon2id hash."""

from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, insert, select, update

from recruit.context import Context, ensure_role
from recruit.errors import BadInput, NotFound, problem
from recruit.find import find_organization
from recruit.ids import new_id
from recruit.log.events import NewEvent, append_event
from recruit.repeat import repeated
from recruit.tables import Grant, Organization, Session, Token, User

_SHORTEST = 12
_hasher = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=4)


@dataclass(frozen=True, slots=True)
class Hashed:
    """A password that is hashed already: log-ins that begin with the same one share the cost."""

    encoded: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUser:
    login: str
    name: str
    password: str | Hashed
    person: str | None = None
    language: str | None = None


@repeated
def add_user(context: Context, new: NewUser, *, organization: str) -> str:
    """Add a log-in without any grant; gives its id. `organization` only lists the event.

    Raises `BadInput` for a log-in in use or a short password, `NotAllowed`.
    """
    with context.record.writing() as connection:
        place = find_organization(connection, context, organization)
        held = ensure_role(context, ("system_admin",), path=place.path, what="add_user")
        id_ = insert_user(connection, context, new)
        append_event(
            connection,
            context,
            NewEvent(org=place.id, do="user_added", details={"user": id_}, role=held.role),
        )
    return id_


def insert_user(connection: Connection, context: Context, new: NewUser) -> str:
    hashed = new.password if isinstance(new.password, Hashed) else hash_password(new.password)
    if not new.login.strip():
        raise BadInput(problem("login", "missing"))
    if connection.execute(select(User.id).where(User.login == new.login.strip())).first() is not None:
        raise BadInput(problem("login", "taken", found=new.login))
    id_ = new_id(context.now)
    connection.execute(
        insert(User).values(
            id=id_,
            person=new.person,
            login=new.login.strip(),
            name=new.name,
            password_hash=hashed.encoded,
            language=new.language,
            big_type=False,
        ),
    )
    return id_


def hash_password(password: str) -> Hashed:
    """Raises `BadInput` for a short one."""
    if len(password) < _SHORTEST:
        raise BadInput(problem("password", "short_password"))
    return Hashed(_hasher.hash(password))


def is_password(stored: str, given: str) -> bool:
    try:
        return _hasher.verify(stored, given)
    except (VerificationError, InvalidHashError):
        return False


@repeated
def change_password(context: Context, *, old: str, new: str) -> None:
    """The actor's own; ends every session of theirs. Raises `BadInput`."""
    if len(new) < _SHORTEST:
        raise BadInput(problem("password", "short_password"))
    hashed = _hasher.hash(new)
    with context.record.writing() as connection:
        stored = connection.execute(
            select(User.password_hash).where(User.id == context.actor.user_id)
        ).scalar_one()
        if not is_password(stored, old):
            raise BadInput(problem("old", "wrong_password"))
        connection.execute(update(User).where(User.id == context.actor.user_id).values(password_hash=hashed))
        _end_sessions(connection, context, context.actor.user_id)


@repeated
def set_preferences(context: Context, *, language: str | None, big_type: bool) -> None:
    """The actor's own language ("zh", "en", None: the browser's) and type size."""
    with context.record.writing() as connection:
        connection.execute(
            update(User).where(User.id == context.actor.user_id).values(language=language, big_type=big_type),
        )


@repeated
def disable_user(context: Context, user: str) -> None:
    """No more log-ins; sessions end at their next request, tokens at once.

    Raises `NotFound`, `NotAllowed`.
    """
    with context.record.writing() as connection:
        paths = connection.execute(
            select(Organization.id, Organization.path)
            .join(Grant, Grant.organization == Organization.id)
            .where(Grant.user == user),
        )
        reached = [(id_, context.actor.held(("security_admin", "system_admin"), path)) for id_, path in paths]
        place = next(((id_, held) for id_, held in reached if held is not None), None)
        if place is None:
            raise NotFound(what="user")
        connection.execute(update(User).where(User.id == user).values(disabled_at=context.now))
        _end_sessions(connection, context, user)
        _end_tokens(connection, context, user)
        append_event(
            connection,
            context,
            NewEvent(org=place[0], do="user_disabled", details={"user": user}, role=place[1].role),
        )


def _end_sessions(connection: Connection, context: Context, user: str) -> None:
    connection.execute(
        update(Session).where(Session.user == user, Session.ended_at.is_(None)).values(ended_at=context.now),
    )


def _end_tokens(connection: Connection, context: Context, user: str) -> None:
    connection.execute(
        update(Token).where(Token.user == user, Token.ended_at.is_(None)).values(ended_at=context.now),
    )

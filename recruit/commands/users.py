"""Users: an own log-in each, the password only as its argon2id hash."""

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from recruit.commands.accounts import end_sessions, find_account, tell_own
from recruit.context import Context, ensure_role
from recruit.errors import BadInput, problem
from recruit.find import find_organization
from recruit.ids import new_id
from recruit.log.events import NewEvent, append_event
from recruit.passwords import Hashed, Profile, hash_password, is_password
from recruit.repeat import repeated
from recruit.tables import Token, User

_LONGEST = 60

__all__ = ["Hashed", "NewUser", "add_user", "change_password", "hash_password", "insert_user"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUser:
    login: str
    name: str
    password: str | Hashed | None = None
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
    """`password` None: none before a first link is used. Raises `BadInput`."""
    login, name = new.login.strip(), new.name.strip()
    missing = [one for one, text in (("login", login), ("name", name)) if not text]
    if missing:
        raise BadInput(*(problem(one, "missing") for one in missing))
    if len(login) > _LONGEST or len(name) > _LONGEST:
        raise BadInput(problem("login" if len(login) > _LONGEST else "name", "too_long", most=_LONGEST))
    if connection.execute(select(User.id).where(User.login == login)).first() is not None:
        raise BadInput(problem("login", "taken", found=login))
    id_ = new_id(context.now)
    connection.execute(
        insert(User).values(
            id=id_,
            person=new.person,
            login=login,
            name=name,
            password_hash=_encoded(new),
            password_changed_at=context.now,
            language=new.language,
            big_type=False,
        ),
    )
    return id_


@repeated
def change_password(context: Context, *, old: str, new: str, profile: Profile = "modern") -> None:
    """The actor's own; ends every session of theirs. Raises `BadInput`."""
    user = context.actor.user_id
    with context.record.reading() as connection:
        row = connection.execute(
            select(User.password_hash, User.login, User.name).where(User.id == user)
        ).one()
    if not is_password(row.password_hash, old):
        raise BadInput(problem("old", "wrong_password"))
    if old == new:
        raise BadInput(problem("password", "same_password"))
    hashed = hash_password(new, about=(row.login, row.name), profile=profile)
    with context.record.writing() as connection:
        connection.execute(
            update(User)
            .where(User.id == user)
            .values(password_hash=hashed.encoded, password_changed_at=context.now)
        )
        end_sessions(connection, context, user)
        tell_own(connection, context, "password_changed")


@repeated
def set_preferences(context: Context, *, language: str | None, big_type: bool) -> None:
    """The actor's own language ("zh", "en", None: the browser's) and type size."""
    with context.record.writing() as connection:
        connection.execute(
            update(User).where(User.id == context.actor.user_id).values(language=language, big_type=big_type),
        )


@repeated
def disable_user(context: Context, user: str) -> None:
    """No more log-ins; sessions end at the next request, tokens at once.

    Raises `NotFound`, `NotAllowed`, `BadInput`.
    """
    with context.record.writing() as connection:
        account = find_account(connection, context, user)
        held = account.ensure(context, ("security_admin", "system_admin"), "disable_user")
        if user == context.actor.user_id:
            raise BadInput(problem("user", "own_account"))
        connection.execute(update(User).where(User.id == user).values(disabled_at=context.now))
        end_sessions(connection, context, user)
        _end_tokens(connection, context, user)
        account.tell(connection, context, "user_disabled", held)


@repeated
def enable_user(context: Context, user: str) -> None:
    """Log-ins again, with the same password and factor. Raises `NotFound`, `NotAllowed`."""
    with context.record.writing() as connection:
        account = find_account(connection, context, user)
        held = account.ensure(context, ("security_admin", "system_admin"), "enable_user")
        connection.execute(update(User).where(User.id == user).values(disabled_at=None))
        account.tell(connection, context, "user_enabled", held)


def _encoded(new: NewUser) -> str:
    if new.password is None:
        return ""
    if isinstance(new.password, Hashed):
        return new.password.encoded
    return hash_password(new.password, about=(new.login, new.name)).encoded


def _end_tokens(connection: Connection, context: Context, user: str) -> None:
    connection.execute(
        update(Token).where(Token.user == user, Token.ended_at.is_(None)).values(ended_at=context.now),
    )

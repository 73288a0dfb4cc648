"""Failed log-ins: too many from one account or one address close it for a quarter of an hour."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, delete, insert, select
from sqlalchemy.orm import InstrumentedAttribute

from recruit.context import Context, Held
from recruit.errors import LogInLocked, NotAllowed, NotFound
from recruit.ids import new_id
from recruit.log.events import NewEvent, append_event
from recruit.record import Record
from recruit.repeat import repeated
from recruit.serial import one_at_a_time
from recruit.tables import Failure, Grant, Organization, User

OF_ACCOUNT = 5
OF_ADDRESS = 20  # an office shares one address
PERIOD = timedelta(minutes=15)
KEPT = 2 * PERIOD


def claim_try(
    connection: Connection, record: Record, *, login: str, address: str, user: str | None, now: datetime
) -> str:
    """Count a try as failed before it is looked at, so that many at once count as many; gives its id.

    Raises `LogInLocked` for the quarter of an hour after the try that was one too many.
    """
    account, place = digests(record, login=login, address=address)
    one_at_a_time(connection, f"log-in:{account.hex()}", f"log-in:{place.hex()}")
    ends = [
        _locked_until(connection, column, digest, limit=limit, now=now)
        for column, digest, limit in (
            (Failure.account, account, OF_ACCOUNT),
            (Failure.address, place, OF_ADDRESS),
        )
    ]
    until = max((end for end in ends if end is not None), default=None)
    if until is not None:
        raise LogInLocked(until=until, minutes=-(-(until - now) // timedelta(minutes=1)))
    id_ = new_id(now)
    connection.execute(insert(Failure).values(id=id_, account=account, address=place, user=user, at=now))
    return id_


def take_back(connection: Connection, tried: str) -> None:
    """The try was right; those before it still count."""
    connection.execute(delete(Failure).where(Failure.id == tried))


def forgive(connection: Connection, record: Record, *, login: str) -> None:
    """After a log-in that succeeded: the account's own failures count no more."""
    account, _ = digests(record, login=login, address="")
    connection.execute(delete(Failure).where(Failure.account == account))


@repeated
def lift_lock(context: Context, *, login: str) -> None:
    """Let an account try again at once, by the security administrator over one of its organizations.

    What its address has used up is given back as well. Raises `NotFound`, `NotAllowed`.
    """
    with context.record.writing() as connection:
        user, organization, held = _account(connection, context, login)
        account, _ = digests(context.record, login=login, address="")
        addresses = select(Failure.address).where(Failure.account == account)
        connection.execute(
            delete(Failure).where((Failure.account == account) | Failure.address.in_(addresses))
        )
        event = NewEvent(org=organization, do="lock_lifted", details={"user": user}, role=held.role)
        append_event(connection, context, event)


def digests(record: Record, *, login: str, address: str) -> tuple[bytes, bytes]:
    """What the rows hold instead of the name and the address."""
    keys = record.keys
    return keys.keyed("login", login.strip().casefold()), keys.keyed("address", address)


def is_over(now: datetime) -> ColumnElement[bool]:
    """Failures that can lock nothing any more."""
    return Failure.at <= now - KEPT


def _locked_until(
    connection: Connection,
    column: InstrumentedAttribute[bytes],
    digest: bytes,
    *,
    limit: int,
    now: datetime,
) -> datetime | None:
    """A quarter of an hour after the last of so many failures within a quarter of an hour."""
    newest = select(Failure.at).where(column == digest).order_by(Failure.at.desc()).limit(limit)
    times = list(connection.execute(newest).scalars())
    if len(times) < limit or times[0] - times[-1] >= PERIOD:
        return None
    until = times[0] + PERIOD
    return until if now < until else None


def _account(connection: Connection, context: Context, login: str) -> tuple[str, str, Held]:
    rows = connection.execute(
        select(User.id, Organization.id.label("organization"), Organization.path)
        .join(Grant, Grant.user == User.id)
        .join(Organization, Organization.id == Grant.organization)
        .where(User.login == login.strip()),
    ).all()
    reached = [row for row in rows if any(held.covers(row.path) for held in context.actor.grants)]
    if not reached:
        raise NotFound(what="user")
    for row in reached:
        held = context.actor.held(("security_admin",), row.path)
        if held is not None:
            return row.id, row.organization, held
    raise NotAllowed(what="lift_lock", needed="security_admin")

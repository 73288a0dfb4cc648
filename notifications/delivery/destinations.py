"""Where a message goes: the address opened for this one try, and the pace of a group's robot."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, select, update

from recruit.addresses import open_address, open_robot
from recruit.recipients import ROBOTS, SMS
from recruit.record import Record
from recruit.tables import Address, Person, Robot, User

# A group's robot takes 20 messages a minute and then falls silent for ten. Three at once, then one every
# four seconds: no minute has more than 18.
EVERY = timedelta(seconds=4)
AT_ONCE = 3


@dataclass(frozen=True, slots=True)
class Destination:
    to: str
    secret: str = ""


def destination_or_none(
    connection: Connection, record: Record, channel: str, recipient: str
) -> Destination | None:
    """None where nothing may be sent: a disabled user, an address switched off, no telephone, an ended robot.

    Raises `KeysMissing`.
    """
    if channel in ROBOTS:
        return _of_robot(connection, record, recipient)
    wanted = (
        select(Address.sealed)
        .join(User, User.id == Address.user)
        .where(
            Address.user == recipient, Address.channel == channel, Address.is_on, User.disabled_at.is_(None)
        )
    )
    sealed = connection.execute(wanted).scalar_one_or_none()
    if sealed is not None:
        return Destination(open_address(record.keys, recipient, channel, sealed))
    return _of_person(connection, record, recipient) if channel == SMS else None


def pace(connection: Connection, channel: str, recipient: str, now: datetime) -> datetime:
    """When the next message may go there: now, and then it is counted; or later."""
    if channel not in ROBOTS:
        return now
    wanted = select(Robot.paced_until).where(Robot.id == recipient).with_for_update()
    reached = max(connection.execute(wanted).scalar_one() or now, now)
    free_at = reached - (AT_ONCE - 1) * EVERY
    if free_at > now:
        return free_at
    connection.execute(update(Robot).where(Robot.id == recipient).values(paced_until=reached + EVERY))
    return now


def _of_robot(connection: Connection, record: Record, robot: str) -> Destination | None:
    wanted = select(Robot.url_sealed, Robot.secret_sealed).where(Robot.id == robot, Robot.ended_at.is_(None))
    row = connection.execute(wanted).one_or_none()
    if row is None:
        return None
    secret = "" if row[1] is None else open_robot(record.keys, robot, "secret", row[1])
    return Destination(open_robot(record.keys, robot, "url", row[0]), secret)


def _of_person(connection: Connection, record: Record, person: str) -> Destination | None:
    wanted = select(Person.phone_sealed).where(Person.id == person)
    sealed = connection.execute(wanted).scalar_one_or_none()
    if sealed is None or not record.keys.has(person):
        return None
    place = f"person:phone_sealed:{person}"
    return Destination(record.keys.unseal(person, place, sealed).decode())

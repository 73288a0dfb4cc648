"""Where messages go: the addresses as they are sealed, opened one by one; and the pace of a group's robot."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, select, update

from recruit.addresses import open_address, open_robot
from recruit.keys import Keys
from recruit.recipients import ROBOTS, SMS
from recruit.tables import Address, Person, Robot, User

# A group's robot takes 20 messages a minute and then falls silent for ten. Three at once, then one every
# four seconds: no minute has more than 18.
EVERY = timedelta(seconds=4)
AT_ONCE = 3
_LANGUAGE = "zh"


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """`kind`: "person" for a telephone of the directory, else the channel."""

    owner: str
    kind: str
    sealed: bytes
    secret: bytes | None = None
    language: str = _LANGUAGE

    def opened(self, keys: Keys) -> tuple[str, str]:
        """The address, and a robot's secret. Raises `KeysMissing`."""
        if self.kind == "person":
            return keys.unseal(self.owner, f"person:phone_sealed:{self.owner}", self.sealed).decode(), ""
        if self.kind not in ROBOTS:
            return open_address(keys, self.owner, self.kind, self.sealed), ""
        secret = "" if self.secret is None else open_robot(keys, self.owner, "secret", self.secret)
        return open_robot(keys, self.owner, "url", self.sealed), secret


def destinations_of(
    connection: Connection, channel: str, recipients: Collection[str]
) -> Mapping[str, Destination]:
    """By recipient; missing where nothing may be sent: disabled, switched off, no telephone, ended."""
    if channel in ROBOTS:
        return _robots(connection, channel, recipients)
    wanted = (
        select(Address.user, Address.sealed, User.language)
        .join(User, User.id == Address.user)
        .where(
            Address.user.in_(recipients),
            Address.channel == channel,
            Address.is_on,
            User.disabled_at.is_(None),
        )
    )
    users = {
        user: Destination(owner=user, kind=channel, sealed=sealed, language=language or _LANGUAGE)
        for user, sealed, language in connection.execute(wanted)
    }
    return users if channel != SMS else {**_persons(connection, recipients), **users}


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


def _robots(connection: Connection, kind: str, ids: Collection[str]) -> Mapping[str, Destination]:
    wanted = select(Robot.id, Robot.url_sealed, Robot.secret_sealed).where(
        Robot.id.in_(ids), Robot.ended_at.is_(None)
    )
    return {
        robot: Destination(owner=robot, kind=kind, sealed=url, secret=secret)
        for robot, url, secret in connection.execute(wanted)
    }


def _persons(connection: Connection, ids: Collection[str]) -> Mapping[str, Destination]:
    wanted = select(Person.id, Person.phone_sealed).where(Person.id.in_(ids))
    return {
        person: Destination(owner=person, kind="person", sealed=sealed)
        for person, sealed in connection.execute(wanted)
        if sealed is not None
    }

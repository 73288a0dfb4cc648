"""Where messages go: the actor's own addresses, and the robots that the actor may name or end."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from recruit.addresses import open_address
from recruit.commands.robots import MAY_NAME
from recruit.context import Context, reach
from recruit.queries.organizations import MOST
from recruit.tables import Address, Organization, Robot


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressRow:
    """The actor's own, in clear."""

    channel: str
    address: str
    is_on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotRow:
    """Nothing of its address: whoever knows that can write to the group."""

    id: str
    kind: str
    organization_name: str
    added_at: datetime


def my_addresses(context: Context) -> tuple[AddressRow, ...]:
    user, keys = context.actor.user_id, context.record.keys
    wanted = (
        select(Address.channel, Address.sealed, Address.is_on)
        .where(Address.user == user)
        .order_by(Address.channel)
    )
    with context.record.reading() as connection:
        rows = connection.execute(wanted).all()
    return tuple(
        AddressRow(channel=channel, address=open_address(keys, user, channel, sealed), is_on=is_on)
        for channel, sealed, is_on in rows
    )


def robots(context: Context) -> tuple[RobotRow, ...]:
    """Those that run within the actor's reach, by organization."""
    wanted = (
        select(Robot.id, Robot.kind, Organization.name, Robot.added_at)
        .join(Organization, Organization.id == Robot.organization)
        .where(Robot.ended_at.is_(None), reach(Organization.path, context.paths(MAY_NAME)))
        .order_by(Organization.path, Robot.id)
    )
    with context.record.reading() as connection:
        return tuple(
            RobotRow(id=id_, kind=kind, organization_name=name, added_at=added_at)
            for id_, kind, name, added_at in connection.execute(wanted)
        )


def robot_places(context: Context) -> tuple[tuple[str, str], ...]:
    """Id and name of the committees and branches for which the actor may name a robot, by level and name."""
    wanted = (
        select(Organization.id, Organization.name)
        .where(reach(Organization.path, context.paths(MAY_NAME)))
        .order_by(Organization.level, Organization.name)
        .limit(MOST)
    )
    with context.record.reading() as connection:
        return tuple((id_, name) for id_, name in connection.execute(wanted))

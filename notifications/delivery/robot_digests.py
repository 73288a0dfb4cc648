"""The digest of a group's robot: what the seats of its committee or branch were told, once a working day."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, select

from notifications.delivery.needed import IS_OPINION, is_open
from notifications.delivery.writing import DIGEST, PENDING, key_or_none, pending, untold, write_message
from recruit.queries.seats import SEATS
from recruit.record import Record
from recruit.repeat import repeated
from recruit.serial import one_at_a_time
from recruit.tables import Grant, Reminder, Robot

_BACK = timedelta(days=14)  # longer than any holiday
_SEATS = tuple(role for roles in SEATS.values() for role in roles)


def compose_robots(record: Record, on: date, now: datetime, channels: Collection[str]) -> int:
    """How many digests are new."""
    wanted = select(Robot.id).where(Robot.ended_at.is_(None), Robot.kind.in_(channels)).order_by(Robot.id)
    with record.reading() as connection:
        robots = connection.execute(wanted).scalars().all()
    return sum(_compose_robot(record, robot, on, now) for robot in robots)


@repeated
def _compose_robot(record: Record, robot: str, on: date, now: datetime) -> int:
    with record.writing() as connection:
        one_at_a_time(connection, f"compose:{robot}")
        kind, organization, added_at = connection.execute(
            select(Robot.kind, Robot.organization, Robot.added_at).where(Robot.id == robot)
        ).one()
        key = f"{DIGEST}:{robot}:{on}:{kind}"
        if key_or_none(connection, (key,)) is not None:
            return 0
        since = max(added_at, now - _BACK)
        rows = connection.execute(_told_to_seats(organization, on, since))
        news = untold(connection, robot, [pending(row) for row in rows])
        if not news:
            return 0
        return write_message(
            connection, now, key=key, channel=kind, recipient=robot, template=DIGEST, told=news
        )


def _told_to_seats(organization: str, on: date, since: datetime) -> Select[*tuple[Any, ...]]:
    seated = select(Grant.user).where(
        Grant.organization == organization,
        Grant.role.in_(_SEATS),
        Grant.from_on <= on,
        (Grant.to_on.is_(None)) | (Grant.to_on >= on),
    )
    return (
        select(*PENDING)
        .where(
            Reminder.recipient.in_(seated),
            Reminder.instead_of.is_(None),
            Reminder.at >= since,
            Reminder.composed_at.is_not(None),
            is_open(on),
            ~IS_OPINION,  # that somebody has complained is for the office, not for a group
        )
        .order_by(Reminder.at, Reminder.id)
    )

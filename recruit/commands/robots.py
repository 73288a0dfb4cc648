"""Robots of groups (DingTalk, WeCom, Feishu): who belongs to a committee or branch reads its digest there."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from sqlalchemy import insert, select, update

from recruit.addresses import seal_robot
from recruit.context import Context, ensure_role
from recruit.errors import BadInput, NotFound, problem
from recruit.find import find_organization
from recruit.ids import new_id
from recruit.log.events import NewEvent, append_event
from recruit.recipients import ROBOTS
from recruit.repeat import repeated
from recruit.tables import Robot

MAY_NAME = ("system_admin", "committee_secretary")
_LONGEST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class AddRobot:
    """`url`: the address that the group shows for its robot; `secret`: what it signs with, where it does."""

    organization: str
    kind: str
    url: str
    secret: str = ""


@repeated
def add_robot(context: Context, new: AddRobot) -> str:
    """Gives its id. Raises `BadInput`, `NotFound`, `NotAllowed`."""
    with context.record.writing() as connection:
        place = find_organization(connection, context, new.organization)
        held = ensure_role(context, MAY_NAME, path=place.path, what="add_robot")
        _ensure_usable(new)
        id_, keys = new_id(context.now), context.record.keys
        connection.execute(
            insert(Robot).values(
                id=id_,
                organization=place.id,
                kind=new.kind,
                url_sealed=seal_robot(keys, id_, "url", new.url.strip()),
                secret_sealed=seal_robot(keys, id_, "secret", new.secret.strip()) if new.secret else None,
                added_at=context.now,
            )
        )
        details = {"robot": id_, "kind": new.kind}
        append_event(
            connection, context, NewEvent(org=place.id, do="robot_added", details=details, role=held.role)
        )
    return id_


@repeated
def end_robot(context: Context, robot: str) -> None:
    """Nothing is sent to it any more. Raises `NotFound`, `NotAllowed`."""
    with context.record.writing() as connection:
        wanted = select(Robot.organization).where(Robot.id == robot, Robot.ended_at.is_(None))
        organization = connection.execute(wanted).scalar_one_or_none()
        if organization is None:
            raise NotFound(what="robot")
        place = find_organization(connection, context, organization)
        held = ensure_role(context, MAY_NAME, path=place.path, what="end_robot")
        connection.execute(update(Robot).where(Robot.id == robot).values(ended_at=context.now))
        new = NewEvent(org=place.id, do="robot_ended", details={"robot": robot}, role=held.role)
        append_event(connection, context, new)


def _ensure_usable(new: AddRobot) -> None:
    if new.kind not in ROBOTS:
        raise BadInput(problem("kind", "not_one_of", found=new.kind, choices=", ".join(ROBOTS)))
    if not is_webhook(new.url.strip()):
        raise BadInput(problem("url", "robot_url"))


def is_webhook(url: str) -> bool:
    """Whether it is https with a host, nobody's password and no characters that a header could hide in."""
    if len(url) > _LONGEST or not url.isascii() or not url.isprintable() or " " in url:
        return False
    try:
        parts = urlsplit(url)
        return parts.scheme == "https" and bool(parts.hostname) and parts.username is None and parts.port != 0
    except ValueError:
        return False

"""Recipients of messages: whose they are, and within whose reach they lie."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, or_, select

from recruit.context import reach
from recruit.tables import Grant, Organization, Outbox, Person, Robot

MAIL, SMS = "mail", "sms"
ROBOTS = ("dingtalk", "wecom", "feishu")
PERSONAL = (MAIL, SMS)


def within(paths: Iterable[str]) -> ColumnElement[bool]:
    """The WHERE clause of the messages to users, persons and robots of these subtrees."""
    reached = select(Organization.id).where(reach(Organization.path, tuple(paths)))
    return or_(
        Outbox.recipient.in_(select(Grant.user).where(Grant.organization.in_(reached))),
        Outbox.recipient.in_(select(Robot.id).where(Robot.organization.in_(reached))),
        Outbox.recipient.in_(select(Person.id).where(Person.organization.in_(reached))),
    )

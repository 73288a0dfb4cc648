"""The typed tables, one file per noun; importing this package declares them all."""

from recruit.tables.access import Failure, Grant, Session, User
from recruit.tables.accounts import Factor, FactorLoss, Link, PrintedCode
from recruit.tables.base import Base, Instant
from recruit.tables.dossiers import DUE_COLUMNS, Act, Attempt, Content, Deadline, Dossier, Form, Proposal
from recruit.tables.erasures import Erasure
from recruit.tables.law import CalendarRow, CalendarYear, Plan, SettingValue
from recruit.tables.log import Checkpoint, Event, Idempotency, Leaf, Node, Unsequenced
from recruit.tables.meetings import Meeting
from recruit.tables.news import Circuit, Delivery, Heartbeat, Outbox, Reminder, SetAside, Told
from recruit.tables.notices import Notice, NoticeEntry
from recruit.tables.obligations import Obligation
from recruit.tables.organizations import Membership, Organization, Penalty, Person
from recruit.tables.reach import Address, Feed, Robot, Substitute

__all__ = [
    "DUE_COLUMNS",
    "Act",
    "Address",
    "Attempt",
    "Base",
    "CalendarRow",
    "CalendarYear",
    "Checkpoint",
    "Circuit",
    "Content",
    "Deadline",
    "Delivery",
    "Dossier",
    "Erasure",
    "Event",
    "Factor",
    "FactorLoss",
    "Failure",
    "Feed",
    "Form",
    "Grant",
    "Heartbeat",
    "Idempotency",
    "Instant",
    "Leaf",
    "Link",
    "Meeting",
    "Membership",
    "Node",
    "Notice",
    "NoticeEntry",
    "Obligation",
    "Organization",
    "Outbox",
    "Penalty",
    "Person",
    "Plan",
    "PrintedCode",
    "Proposal",
    "Reminder",
    "Robot",
    "Session",
    "SetAside",
    "SettingValue",
    "Substitute",
    "Told",
    "Unsequenced",
    "User",
]

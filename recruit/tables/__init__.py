"""The typed tables, one file per noun; importing this package declares them all."""

from recruit.tables.access import Failure, Grant, Session, User
from recruit.tables.base import Base, Instant
from recruit.tables.dossiers import DUE_COLUMNS, Act, Attempt, Content, Deadline, Dossier, Form, Proposal
from recruit.tables.erasures import Erasure
from recruit.tables.law import CalendarRow, CalendarYear, Plan, SettingValue
from recruit.tables.log import Checkpoint, Event, Idempotency, Leaf, Node, Unsequenced
from recruit.tables.meetings import Meeting
from recruit.tables.news import Heartbeat, Outbox, Reminder
from recruit.tables.organizations import Membership, Organization, Penalty, Person

__all__ = [
    "DUE_COLUMNS",
    "Act",
    "Attempt",
    "Base",
    "CalendarRow",
    "CalendarYear",
    "Checkpoint",
    "Content",
    "Deadline",
    "Dossier",
    "Erasure",
    "Event",
    "Failure",
    "Form",
    "Grant",
    "Heartbeat",
    "Idempotency",
    "Instant",
    "Leaf",
    "Meeting",
    "Membership",
    "Node",
    "Organization",
    "Outbox",
    "Penalty",
    "Person",
    "Plan",
    "Proposal",
    "Reminder",
    "Session",
    "SettingValue",
    "Unsequenced",
    "User",
]

"""The typed tables, one file per noun; importing this package declares them all."""

from recruit.tables.access import Failure, Grant, Session, User
from recruit.tables.accounts import Factor, FactorLoss, Link, PrintedCode
from recruit.tables.base import Base, Instant
from recruit.tables.dossiers import DUE_COLUMNS, Act, Attempt, Content, Deadline, Dossier, Form, Proposal
from recruit.tables.erasures import Erasure
from recruit.tables.files import File, Posting
from recruit.tables.law import CalendarRow, CalendarYear, Plan, SettingValue
from recruit.tables.limits import UseCount
from recruit.tables.log import Checkpoint, Event, Idempotency, Leaf, Node, Unsequenced
from recruit.tables.meetings import AgendaItem, Meeting, NamedVote, Seat, Sitting
from recruit.tables.news import Circuit, Delivery, Heartbeat, Outbox, Reminder, SetAside, Told
from recruit.tables.notices import Notice, NoticeEntry
from recruit.tables.obligations import Obligation
from recruit.tables.organizations import FormerName, Membership, Organization, Penalty, Person
from recruit.tables.own import OwnCode, OwnSession
from recruit.tables.reach import Address, Feed, Robot, Substitute
from recruit.tables.readings import Reading
from recruit.tables.submissions import Submission, SubmissionAct
from recruit.tables.tokens import Token

__all__ = [
    "DUE_COLUMNS",
    "Act",
    "Address",
    "AgendaItem",
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
    "File",
    "Form",
    "FormerName",
    "Grant",
    "Heartbeat",
    "Idempotency",
    "Instant",
    "Leaf",
    "Link",
    "Meeting",
    "Membership",
    "NamedVote",
    "Node",
    "Notice",
    "NoticeEntry",
    "Obligation",
    "Organization",
    "Outbox",
    "OwnCode",
    "OwnSession",
    "Penalty",
    "Person",
    "Plan",
    "Posting",
    "PrintedCode",
    "Proposal",
    "Reading",
    "Reminder",
    "Robot",
    "Seat",
    "Session",
    "SetAside",
    "SettingValue",
    "Sitting",
    "Submission",
    "SubmissionAct",
    "Substitute",
    "Token",
    "Told",
    "Unsequenced",
    "UseCount",
    "User",
]

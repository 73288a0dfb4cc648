"""Reminders inside the product, what waits to be sent outside, and the heartbeat of the clock."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from recruit.tables.base import Base, Key, UserKey


class Reminder(Base):
    """One reminder to one user; `deadline` is "dossier/key" or "organization/key", once a rung and recipient.

    `instead_of`: the absent user for whom a stand-in receives it. `is_urgent`: not left to the next digest.
    `composed_at`: when it was put into a message or found to need none. Snoozed it is quiet until that day.
    """

    __tablename__ = "reminder"
    __table_args__ = (
        UniqueConstraint("deadline", "rung", "recipient"),
        Index("ix_reminder_recipient_at", "recipient", "at"),
        Index(
            "ix_reminder_owed",
            "recipient",
            "at",
            sqlite_where=text("dossier IS NULL"),
            postgresql_where=text("dossier IS NULL"),
        ),
        Index(
            "ix_reminder_uncomposed",
            "recipient",
            "id",
            sqlite_where=text("composed_at IS NULL"),
            postgresql_where=text("composed_at IS NULL"),
        ),
    )

    id: Mapped[Key]
    deadline: Mapped[str] = mapped_column(String(90))
    rung: Mapped[str] = mapped_column(String(24))
    recipient: Mapped[UserKey]
    dossier: Mapped[str | None] = mapped_column(String(26), ForeignKey("dossier.id"))
    at: Mapped[datetime]
    values: Mapped[str] = mapped_column(Text)
    read_at: Mapped[datetime | None]
    instead_of: Mapped[str | None] = mapped_column(String(26), ForeignKey("user.id"))
    is_urgent: Mapped[bool] = mapped_column(default=False)
    composed_at: Mapped[datetime | None]
    snoozed_until: Mapped[date | None]
    snooze_reason: Mapped[str | None] = mapped_column(String(32))


class Outbox(Base):
    """A message that waits to be sent, written with what it tells of; `key` makes it unique for good.

    `recipient`: a user, a person without an account, or a robot, as the channel has it. `subject` says what
    it is about, such as "checkpoint/epoch/size". `state`: waiting | sent | dead | held | dropped; held by a
    restore: it may have been sent already; dropped: it was no longer needed. `fence` rises with each lease,
    so that a sender that has lost its own marks nothing. `title` and `body`: the exact text, from its first
    try on.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_waiting",
            "not_before",
            "id",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
        Index("ix_outbox_recipient_id", "recipient", "id"),
    )

    id: Mapped[Key]
    subject: Mapped[str] = mapped_column(String(60))
    channel: Mapped[str] = mapped_column(String(16))
    recipient: Mapped[str] = mapped_column(String(26))
    template: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(120), unique=True)
    not_before: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    fence: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(String(12), default="waiting")
    last_error: Mapped[str | None] = mapped_column(Text)
    title: Mapped[str | None] = mapped_column(Text)
    body: Mapped[str | None] = mapped_column(Text)
    sent_at: Mapped[datetime | None]


class Told(Base):
    """What a message tells of: the reminder, with the due day that it had when the message was composed."""

    __tablename__ = "told"

    outbox: Mapped[str] = mapped_column(String(26), ForeignKey("outbox.id"), primary_key=True)
    reminder: Mapped[str] = mapped_column(String(26), ForeignKey("reminder.id"), primary_key=True, index=True)
    due: Mapped[date]


class Delivery(Base):
    """One try to deliver a message, or one telephone call (`by`: who rang); kept for good.

    `result`: sent | failed | refused | unknown (whoever tried it never said), or `released` by an
    administrator, after whom it is tried anew.
    """

    __tablename__ = "delivery"
    __table_args__ = (UniqueConstraint("outbox", "number"),)

    id: Mapped[Key]
    outbox: Mapped[str] = mapped_column(String(26), ForeignKey("outbox.id"))
    number: Mapped[int]
    at: Mapped[datetime]
    result: Mapped[str] = mapped_column(String(12))
    error: Mapped[str | None] = mapped_column(Text)
    by: Mapped[str | None] = mapped_column(String(26), ForeignKey("user.id"))


class Circuit(Base):
    """A channel that failed several times in a row rests until `closed_until`; other channels go on."""

    __tablename__ = "circuit"

    channel: Mapped[str] = mapped_column(String(60), primary_key=True)
    failure_count: Mapped[int] = mapped_column(default=0)
    closed_until: Mapped[datetime | None]


class Heartbeat(Base):
    """One run of a tick; gaps between the rows are what an auditor asks for."""

    __tablename__ = "heartbeat"
    __table_args__ = (Index("ix_heartbeat_tick_at", "tick", "at"),)

    id: Mapped[Key]
    node: Mapped[str] = mapped_column(String(60))
    tick: Mapped[str] = mapped_column(String(24))
    at: Mapped[datetime]
    done_count: Mapped[int]


class SetAside(Base):
    """An item of due work that failed: the others went on, and this one is tried again by each run."""

    __tablename__ = "set_aside"

    tick: Mapped[str] = mapped_column(String(24), primary_key=True)
    item: Mapped[str] = mapped_column(String(120), primary_key=True)
    error: Mapped[str] = mapped_column(String(200))
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
    times_count: Mapped[int]

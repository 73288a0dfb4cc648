"""Reminders inside the product, what waits to be sent outside, and the heartbeat of the clock."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from recruit.tables.base import Base, Key, UserKey


class Reminder(Base):
    """One reminder to one user; `deadline` is "dossier/key" or "plan/id", unique with rung and recipient."""

    __tablename__ = "reminder"
    __table_args__ = (
        UniqueConstraint("deadline", "rung", "recipient"),
        Index("ix_reminder_recipient_at", "recipient", "at"),
    )

    id: Mapped[Key]
    deadline: Mapped[str] = mapped_column(String(90))
    rung: Mapped[str] = mapped_column(String(24))
    recipient: Mapped[UserKey]
    dossier: Mapped[str | None] = mapped_column(String(26), ForeignKey("dossier.id"))
    at: Mapped[datetime]
    values: Mapped[str] = mapped_column(Text)
    read_at: Mapped[datetime | None]


class Outbox(Base):
    """A message that waits to be sent, written with what it tells of; `key` makes it unique for good.

    `subject` is "act/id" or "checkpoint/epoch/size"; `state`: waiting | sent | dead | held, the last one by a
    restore: it may have been sent already. `fence` rises with each lease, so that a sender that has lost its
    own marks nothing.
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
    )

    id: Mapped[Key]
    subject: Mapped[str] = mapped_column(String(60))
    channel: Mapped[str] = mapped_column(String(16))
    recipient: Mapped[UserKey]
    template: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(120), unique=True)
    not_before: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    fence: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(String(12), default="waiting")
    last_error: Mapped[str | None] = mapped_column(Text)


class Heartbeat(Base):
    """One run of a tick; gaps between the rows are what an auditor asks for."""

    __tablename__ = "heartbeat"
    __table_args__ = (Index("ix_heartbeat_tick_at", "tick", "at"),)

    id: Mapped[Key]
    node: Mapped[str] = mapped_column(String(60))
    tick: Mapped[str] = mapped_column(String(24))
    at: Mapped[datetime]
    done_count: Mapped[int]

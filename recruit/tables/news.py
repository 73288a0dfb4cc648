"""Reminders inside the product, and the heartbeat of the clock that writes them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
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


class Heartbeat(Base):
    """One run of a tick; gaps between the rows are what an auditor asks for."""

    __tablename__ = "heartbeat"
    __table_args__ = (Index("ix_heartbeat_tick_at", "tick", "at"),)

    id: Mapped[Key]
    node: Mapped[str] = mapped_column(String(60))
    tick: Mapped[str] = mapped_column(String(24))
    at: Mapped[datetime]
    done_count: Mapped[int]

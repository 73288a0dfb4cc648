"""Deadlines of organizations that belong to no dossier: milestones of the plan, duties, the calendar year."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from recruit.tables.base import Base


class Obligation(Base):
    """`kind`: milestone | duty | calendar; `id`: which one; `key`: which one of which period or plan.

    `paper`: what shows that it was done. `next_rung_on` is the clock's own, as of a dossier's deadline.
    """

    __tablename__ = "obligation"
    __table_args__ = (
        Index(
            "ix_obligation_open_rung",
            "next_rung_on",
            "organization",
            "key",
            sqlite_where=text("closed_on IS NULL AND dropped_on IS NULL"),
            postgresql_where=text("closed_on IS NULL AND dropped_on IS NULL"),
        ),
    )

    organization: Mapped[str] = mapped_column(String(26), ForeignKey("organization.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    id: Mapped[str] = mapped_column(String(40))
    plan: Mapped[str | None] = mapped_column(String(26), ForeignKey("plan.id"))
    opened_on: Mapped[date]
    due: Mapped[date]
    grace: Mapped[date]
    closed_on: Mapped[date | None]
    dropped_on: Mapped[date | None]
    is_provisional: Mapped[bool]
    paper: Mapped[str | None] = mapped_column(Text)
    done_by: Mapped[str | None] = mapped_column(String(26), ForeignKey("user.id"))
    done_at: Mapped[datetime | None]
    next_rung_on: Mapped[date]

"""Persons whose personal content is to go, or has gone, for good."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from recruit.tables.base import Base, Key, PersonKey, UserKey


class Erasure(Base):
    """Proposed by one, done by another: `done_at` None while it waits. `ticket`: the paper that asks."""

    __tablename__ = "erasure"

    id: Mapped[Key]
    person: Mapped[PersonKey] = mapped_column(index=True)
    ground: Mapped[str] = mapped_column(String(32))
    ticket: Mapped[str] = mapped_column(Text)
    proposed_by: Mapped[UserKey]
    proposed_at: Mapped[datetime]
    done_by: Mapped[str | None] = mapped_column(String(26), ForeignKey("user.id"))
    done_at: Mapped[datetime | None]

"""Public notices: one paper for several people, found by a code that cannot be guessed."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from recruit.tables.base import Base, Key, OrganizationKey


class Notice(Base):
    """`first_on` .. `last_on`, both included, are the days on which it hangs and the public page shows it."""

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("organization", "purpose", "place", "first_on", "last_on"),
        Index("ix_notice_last_on", "last_on"),
    )

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(32), unique=True)
    organization: Mapped[OrganizationKey]
    purpose: Mapped[str] = mapped_column(String(16))
    place: Mapped[str] = mapped_column(String(16))
    first_on: Mapped[date]
    last_on: Mapped[date]
    posted_at: Mapped[datetime]


class NoticeEntry(Base):
    """One person on the paper: the act of that dossier by which it was posted."""

    __tablename__ = "notice_entry"

    notice: Mapped[str] = mapped_column(String(26), ForeignKey("notice.id"), primary_key=True)
    dossier: Mapped[str] = mapped_column(String(26), ForeignKey("dossier.id"), primary_key=True, index=True)
    seq: Mapped[int]

"""Who opened what: readings of dossiers by users from outside the branch and committee in charge."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from recruit.tables.base import Base, DossierKey, UserKey


class Reading(Base):
    """Append-only. One row for each user, dossier, page and hour; `since` is the beginning of that hour.

    Of an export, each is a row of its own: `since` is its instant. `role`: the one that opened it.
    """

    __tablename__ = "reading"
    __table_args__ = (Index("ix_reading_at", "at"),)

    dossier: Mapped[DossierKey] = mapped_column(primary_key=True)
    user: Mapped[UserKey] = mapped_column(primary_key=True)
    page: Mapped[str] = mapped_column(String(16), primary_key=True)
    since: Mapped[datetime] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    role: Mapped[str] = mapped_column(String(32))

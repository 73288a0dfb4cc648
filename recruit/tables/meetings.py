"""Meetings: one row each; what they decide on a person is an act that carries their id."""

from datetime import date, datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from recruit.tables.base import Base, Key, OrganizationKey, UserKey


class Meeting(Base):
    __tablename__ = "meeting"

    id: Mapped[Key]
    kind: Mapped[str] = mapped_column(String(24))
    organization: Mapped[OrganizationKey] = mapped_column(index=True)
    on: Mapped[date]
    place: Mapped[str | None] = mapped_column(String(120))
    members_count: Mapped[int | None]
    entitled_count: Mapped[int | None]
    present_count: Mapped[int]
    recorded_by: Mapped[UserKey]
    recorded_at: Mapped[datetime]

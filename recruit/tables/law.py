"""The local law of organizations: settings, calendar rows and yearly plans, each with its day."""

from datetime import date, datetime

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from recruit.tables.base import Base, Key, OrganizationKey


class SettingValue(Base):
    """A value of PROCEDURE section 7, as JSON text, in force from `valid_from`."""

    __tablename__ = "setting_value"
    __table_args__ = (UniqueConstraint("organization", "name", "valid_from"),)

    id: Mapped[Key]
    organization: Mapped[OrganizationKey]
    name: Mapped[str] = mapped_column(String(60))
    value: Mapped[str] = mapped_column(Text)
    valid_from: Mapped[date]


class CalendarRow(Base):
    """A day that the official notice makes a working day or a rest day; the last one for a day counts."""

    __tablename__ = "calendar_row"

    on: Mapped[date] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    is_working: Mapped[bool]
    name: Mapped[str] = mapped_column(String(40))
    source: Mapped[str] = mapped_column(String(120))
    reason: Mapped[str] = mapped_column(Text)
    added_at: Mapped[datetime]


class CalendarYear(Base):
    """A year whose official notice is entered whole, by `calendar_row`s where it differs from weekends."""

    __tablename__ = "calendar_year"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    source: Mapped[str] = mapped_column(String(120))
    added_at: Mapped[datetime]


class Plan(Base):
    """One version of a committee's plan for a year; the newest version counts."""

    __tablename__ = "plan"
    __table_args__ = (UniqueConstraint("committee", "year", "version"),)

    id: Mapped[Key]
    committee: Mapped[OrganizationKey]
    year: Mapped[int]
    version: Mapped[int]
    total: Mapped[int]
    document: Mapped[str] = mapped_column(Text)
    added_at: Mapped[datetime]

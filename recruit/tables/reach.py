"""How people are reached: addresses of users, robots of groups, calendar feeds, and stand-ins."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from recruit.tables.base import Base, Key, OrganizationKey, UserKey


class Address(Base):
    """Where a user wants messages beside the pages; `sealed` with a key of the user's own."""

    __tablename__ = "address"

    user: Mapped[str] = mapped_column(String(26), ForeignKey("user.id"), primary_key=True)
    channel: Mapped[str] = mapped_column(String(16), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    is_on: Mapped[bool] = mapped_column(default=True)
    changed_at: Mapped[datetime]


class Robot(Base):
    """A group's robot (dingtalk, wecom, feishu): its address and secret sealed with a key of its own.

    `paced_until`: how far its messages reach at the pace that the group's server allows.
    """

    __tablename__ = "robot"

    id: Mapped[Key]
    organization: Mapped[OrganizationKey] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(String(16))
    url_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    secret_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    added_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    paced_until: Mapped[datetime | None]


class Feed(Base):
    """A user's calendar feed, found by the SHA-256 of its secret; a new secret ends the old address."""

    __tablename__ = "feed"

    user: Mapped[str] = mapped_column(String(26), ForeignKey("user.id"), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]


class Substitute(Base):
    """`stand_in` stands in for `absent` on these days (both count), once it is accepted and until it ends."""

    __tablename__ = "substitute"
    __table_args__ = (
        Index("ix_substitute_absent", "absent", "to_on"),
        Index("ix_substitute_stand_in", "stand_in", "to_on"),
    )

    id: Mapped[Key]
    absent: Mapped[UserKey]
    stand_in: Mapped[UserKey]
    from_on: Mapped[date]
    to_on: Mapped[date]
    reason: Mapped[str] = mapped_column(String(32))
    named_by: Mapped[UserKey]
    named_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

"""Who may come in: users, their grants, their server-side sessions, and the tries that came to nothing."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, false
from sqlalchemy.orm import Mapped, mapped_column

from recruit.tables.base import Base, Key, OrganizationKey, UserKey


class User(Base):
    __tablename__ = "user"

    id: Mapped[Key]
    person: Mapped[str | None] = mapped_column(String(26), ForeignKey("person.id"), unique=True)
    login: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(60))
    password_hash: Mapped[str] = mapped_column(String(200))  # empty until the first link is used
    password_changed_at: Mapped[datetime | None]
    language: Mapped[str | None] = mapped_column(String(8))
    big_type: Mapped[bool] = mapped_column(default=False)
    disabled_at: Mapped[datetime | None]


class Grant(Base):
    """A role of a user at an organization; it holds from `from_on` up to and with `to_on`."""

    __tablename__ = "grant"
    __table_args__ = (Index("ix_grant_user_from_on", "user", "from_on"),)

    id: Mapped[Key]
    user: Mapped[UserKey]
    role: Mapped[str] = mapped_column(String(32))
    organization: Mapped[OrganizationKey] = mapped_column(index=True)
    from_on: Mapped[date]
    to_on: Mapped[date | None]


class Session(Base):
    """A log-in, found by the SHA-256 of its token; the token itself is nowhere stored.

    `verified_at`: when its user last gave a password or a code; `awaits_code`: opens nothing yet.
    """

    __tablename__ = "session"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user: Mapped[UserKey] = mapped_column(index=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    verified_at: Mapped[datetime | None]
    awaits_code: Mapped[bool] = mapped_column(default=False, server_default=false())
    device: Mapped[str] = mapped_column(String(60), default="", server_default="")


class Failure(Base):
    """A log-in that came to nothing; name and address only as keyed digests: a password may be among them."""

    __tablename__ = "failure"
    __table_args__ = (
        Index("ix_failure_account_at", "account", "at"),
        Index("ix_failure_address_at", "address", "at"),
    )

    id: Mapped[Key]
    account: Mapped[bytes] = mapped_column(LargeBinary(16))
    address: Mapped[bytes] = mapped_column(LargeBinary(16))
    user: Mapped[str | None] = mapped_column(String(26), ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(index=True)

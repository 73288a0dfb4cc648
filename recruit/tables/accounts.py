"""How a user proves to be one: second factor, printed codes, one-time links, a factor that was lost."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from recruit.tables.base import Base, OrganizationKey, UserKey


class Factor(Base):
    """The secret behind the six digits of a telephone, sealed; `pending` waits for its first code."""

    __tablename__ = "factor"

    user: Mapped[str] = mapped_column(String(26), ForeignKey("user.id"), primary_key=True)
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    pending: Mapped[bytes | None] = mapped_column(LargeBinary)
    confirmed_at: Mapped[datetime | None]
    last_step: Mapped[int]  # thirty seconds each since 1970: no code counts twice


class PrintedCode(Base):
    """A one-time code on paper, as a keyed digest."""

    __tablename__ = "printed_code"

    user: Mapped[str] = mapped_column(String(26), ForeignKey("user.id"), primary_key=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    used_at: Mapped[datetime | None]


class Link(Base):
    """A one-time link to choose a password, found by the SHA-256 of its token; the row stays."""

    __tablename__ = "link"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user: Mapped[UserKey] = mapped_column(index=True)
    organization: Mapped[OrganizationKey] = mapped_column(index=True)
    made_by: Mapped[UserKey]
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class FactorLoss(Base):
    """A factor that one administrator reports as lost, until the security administrator confirms it."""

    __tablename__ = "factor_loss"

    user: Mapped[str] = mapped_column(String(26), ForeignKey("user.id"), primary_key=True)
    proposed_by: Mapped[UserKey]
    proposed_at: Mapped[datetime]

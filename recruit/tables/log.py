"""The chained events of organizations, and the answers kept for repeated requests."""

from datetime import date, datetime

from sqlalchemy import LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from recruit.tables.base import Base, Key, OrganizationKey


class Event(Base):
    """Append-only, chained per organization, in the same canonical form as an act."""

    __tablename__ = "event"
    __table_args__ = (UniqueConstraint("org", "seq"),)

    id: Mapped[Key]
    org: Mapped[OrganizationKey]
    seq: Mapped[int]
    do: Mapped[str] = mapped_column(String(40))
    on: Mapped[date]
    recorded_at: Mapped[datetime]
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    canonical: Mapped[bytes] = mapped_column(LargeBinary)


class Idempotency(Base):
    """The first answer to a request, given again for 30 days to the same actor, key and body."""

    __tablename__ = "idempotency"

    actor: Mapped[str] = mapped_column(String(26), primary_key=True)
    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    status: Mapped[int]
    answer: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(index=True)

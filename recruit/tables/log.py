"""The chained events of organizations, the tree over all acts and events, and answers kept for repeats."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Integer, LargeBinary, String, Text, UniqueConstraint
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


_Large = BigInteger().with_variant(Integer, "sqlite")


class Leaf(Base):
    """Append-only: the acts and events in the order of the tree, without a gap; `id` is the act's or event's.

    `hash` is the leaf hash of RFC 6962 over its canonical bytes.
    """

    __tablename__ = "leaf"

    index: Mapped[int] = mapped_column(_Large, primary_key=True, autoincrement=False)
    id: Mapped[str] = mapped_column(String(26), unique=True)
    is_event: Mapped[bool]
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class Node(Base):
    """Append-only: the node over 2**level leaves, all of them there; kept at every eighth level only."""

    __tablename__ = "node"

    level: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(_Large, primary_key=True, autoincrement=False)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class Unsequenced(Base):
    """An act or event that is committed and has no leaf yet; only where many processes write."""

    __tablename__ = "unsequenced"

    id: Mapped[Key]
    is_event: Mapped[bool]


class Checkpoint(Base):
    """Append-only: a signed head of the tree; `note` is the signed text as it was released."""

    __tablename__ = "checkpoint"

    epoch: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    size: Mapped[int] = mapped_column(_Large, primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    note: Mapped[str] = mapped_column(Text)


class Idempotency(Base):
    """The first answer to a request, given again for 30 days to the same actor, key and body."""

    __tablename__ = "idempotency"

    actor: Mapped[str] = mapped_column(String(26), primary_key=True)
    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    status: Mapped[int]
    answer: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(index=True)

"""Tokens of the JSON interface: what a program shows in the place of a log-in."""

from datetime import date, datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from recruit.tables.base import Base, Key, UserKey


class Token(Base):
    """Found by the SHA-256 of its secret, which is nowhere stored; it opens what its user's grants open.

    `last_on`: the last day on which it opens anything. `used_on`: the last day on which it was shown.
    """

    __tablename__ = "token"

    id: Mapped[Key]
    user: Mapped[UserKey] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(String(60))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]
    last_on: Mapped[date | None]
    used_on: Mapped[date | None]
    ended_at: Mapped[datetime | None]

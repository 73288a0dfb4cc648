"""How a person looks at the own dossier without a log-in: the code of the branch, and its sessions."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from recruit.tables.base import Base, UserKey


class OwnCode(Base):
    """The present code of a dossier, found by its keyed digest; a new one takes its place."""

    __tablename__ = "own_code"

    dossier: Mapped[str] = mapped_column(String(26), ForeignKey("dossier.id"), primary_key=True)
    code_digest: Mapped[bytes] = mapped_column(LargeBinary(16), unique=True)
    made_by: Mapped[UserKey]
    made_at: Mapped[datetime]
    ends_at: Mapped[datetime]


class OwnSession(Base):
    """A look at one's own dossier, found by the SHA-256 of its token."""

    __tablename__ = "own_session"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    dossier: Mapped[str] = mapped_column(String(26), ForeignKey("own_code.dossier"), index=True)
    ends_at: Mapped[datetime] = mapped_column(index=True)

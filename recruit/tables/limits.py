"""How often somebody has done something of late, shared by all processes."""

from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from recruit.tables.base import Base


class UseCount(Base):
    """Uses within one window of time; `who` is a keyed digest, never an address or a name."""

    __tablename__ = "use_count"

    what: Mapped[str] = mapped_column(String(24), primary_key=True)
    who: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    opened_at: Mapped[datetime] = mapped_column(primary_key=True)
    ends_at: Mapped[datetime] = mapped_column(index=True)
    used_count: Mapped[int]

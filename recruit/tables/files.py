"""Files that were handed in: whose they are, what they are, and under which name they lie sealed."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from recruit.tables.base import Base, Key, OrganizationKey


class File(Base):
    """`sha256`: of the bytes as they were handed in, the one that acts name; `stored`: of their ciphertext.

    `owner`: the dossier, notice or objection of `owner_kind`. `sealed_for`: whose key opens it. `person`:
    with whom it goes. `used_at` None: in no act. `is_withheld`: for the committee's eyes alone.
    """

    __tablename__ = "file"
    __table_args__ = (
        UniqueConstraint("owner", "sha256", "is_withheld"),
        Index("ix_file_kept_by_kept_at", "kept_by", "kept_at"),
    )

    id: Mapped[Key]
    owner_kind: Mapped[str] = mapped_column(String(12))
    owner: Mapped[str] = mapped_column(String(26))
    organization: Mapped[OrganizationKey]
    sealed_for: Mapped[str] = mapped_column(String(26))
    person: Mapped[str | None] = mapped_column(String(26), ForeignKey("person.id"), index=True)
    name_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    kind: Mapped[str] = mapped_column(String(8))
    size: Mapped[int]
    pages: Mapped[int | None]
    sha256: Mapped[str] = mapped_column(String(64))
    stored: Mapped[str] = mapped_column(String(64))
    is_withheld: Mapped[bool]
    kept_by: Mapped[str | None] = mapped_column(String(26), ForeignKey("user.id"))
    kept_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Posting(Base):
    """What was seen of a notice at its place: a photo of a day, or that it was torn down or hung late.

    `file` None: nothing but the remark. `what`: "photo", "torn_down", "posted_late". `note_sealed`: in words.
    """

    __tablename__ = "posting"

    id: Mapped[Key]
    notice: Mapped[str] = mapped_column(String(26), ForeignKey("notice.id"), index=True)
    what: Mapped[str] = mapped_column(String(16))
    on: Mapped[date]
    file: Mapped[str | None] = mapped_column(String(26), ForeignKey("file.id"))
    note_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    kept_by: Mapped[str] = mapped_column(String(26), ForeignKey("user.id"))
    kept_at: Mapped[datetime]

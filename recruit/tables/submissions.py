"""What people outside have handed in about a notice or in a letter, sealed, and what became of it."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from recruit.tables.base import Base, Key, OrganizationKey

_UNREAD = text("state = 'new'")


class Submission(Base):
    """One opinion from outside, in the register of the approving committee `organization`.

    `notice` None: a letter, a call or a visit that the office entered. `state`: "new" until the office has
    looked at it, then "taken_up" or "set_aside". Persons, text and answer are sealed under the submission's
    own key, name and way to reach whoever wrote under another. Receipt and form are keyed digests only.
    """

    __tablename__ = "submission"
    __table_args__ = (
        Index("ix_submission_organization_received_on", "organization", "received_on"),
        Index("ix_submission_new", "organization", "notice", sqlite_where=_UNREAD, postgresql_where=_UNREAD),
    )

    id: Mapped[Key]
    organization: Mapped[OrganizationKey]
    notice: Mapped[str | None] = mapped_column(String(26), ForeignKey("notice.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(16))
    channel: Mapped[str] = mapped_column(String(16))
    received_on: Mapped[date]
    received_at: Mapped[datetime]
    due: Mapped[date]
    form_digest: Mapped[bytes] = mapped_column(LargeBinary(16), unique=True)
    body_digest: Mapped[bytes] = mapped_column(LargeBinary(16))
    receipt_digest: Mapped[bytes | None] = mapped_column(LargeBinary(16), unique=True)
    persons_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    text_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    contact_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    answer_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str | None] = mapped_column(String(24))
    handled_by: Mapped[str | None] = mapped_column(String(26), ForeignKey("user.id"))
    handled_at: Mapped[datetime | None]


class SubmissionAct(Base):
    """The act by which a submission stands in the dossier of one of the persons it names."""

    __tablename__ = "submission_act"

    submission: Mapped[str] = mapped_column(String(26), ForeignKey("submission.id"), primary_key=True)
    dossier: Mapped[str] = mapped_column(String(26), ForeignKey("dossier.id"), primary_key=True, index=True)
    seq: Mapped[int]

"""The acts of the dossiers, what is computed from them, and what waits to become an act."""

from dataclasses import fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

from recruit.tables.base import Base, DossierKey, Key, OrganizationKey, PersonKey, UserKey
from workflows.deadlines import Deadline as Due


class Dossier(Base):
    """A projection: everything here but `person` folds from the acts and can be rebuilt.

    `projected_until` (included): the deadlines that open by that day are stored. `path`: of the branch;
    `listed`: strokes and name of the person. Both stand here so that a long list is one walk along an index.
    """

    __tablename__ = "dossier"
    __table_args__ = (
        Index("ix_dossier_branch_stage", "branch", "stage"),
        Index("ix_dossier_projected_until_id", "projected_until", "id"),
        Index("ix_dossier_path_listed", "path", "listed", "id", "phase", "stage"),
        Index("ix_dossier_listed_id", "listed", "id", "path"),
        Index("ix_dossier_stage_listed", "stage", "listed", "id", "path"),
        Index("ix_dossier_phase_listed", "phase", "listed", "id", "path"),
    )

    id: Mapped[Key]
    person: Mapped[PersonKey] = mapped_column(index=True)
    branch: Mapped[OrganizationKey]
    stage: Mapped[str] = mapped_column(String(32))
    phase: Mapped[str] = mapped_column(String(32))
    version: Mapped[int]
    facts: Mapped[str] = mapped_column(Text)
    opened_on: Mapped[date]
    admission_decided_on: Mapped[date | None] = mapped_column(index=True)
    projected_until: Mapped[date]
    last_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    path: Mapped[str] = mapped_column(String(300), server_default="")
    listed: Mapped[str] = mapped_column(String(80), server_default="")


class Act(Base):
    """Append-only. `canonical` holds the exact bytes whose SHA-256 is `hash`; the rest repeats parts.

    `is_late`: its findings hold `recorded_late`.
    """

    __tablename__ = "act"
    __table_args__ = (
        UniqueConstraint("dossier", "seq"),
        UniqueConstraint("meeting", "dossier", "purpose"),
        Index(
            "ix_act_late",
            "dossier",
            "recorded_at",
            sqlite_where=text("is_late"),
            postgresql_where=text("is_late"),
        ),
        Index(
            "ix_act_corrected",
            "dossier",
            "recorded_at",
            sqlite_where=text("\"do\" = 'corrected'"),
            postgresql_where=text("\"do\" = 'corrected'"),
        ),
    )

    id: Mapped[Key]
    dossier: Mapped[DossierKey]
    seq: Mapped[int]
    do: Mapped[str] = mapped_column(String(40))
    on: Mapped[date]
    recorded_at: Mapped[datetime]
    meeting: Mapped[str | None] = mapped_column(String(26), ForeignKey("meeting.id"))
    purpose: Mapped[str | None] = mapped_column(String(40))
    findings: Mapped[str | None] = mapped_column(Text)
    is_late: Mapped[bool]
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    canonical: Mapped[bytes] = mapped_column(LargeBinary)


class Content(Base):
    """The personal part of an act: deletable, encrypted; the act carries its commitment under `salt`."""

    __tablename__ = "content"

    act: Mapped[str] = mapped_column(String(26), ForeignKey("act.id"), primary_key=True)
    person: Mapped[PersonKey] = mapped_column(index=True)
    salt: Mapped[bytes] = mapped_column(LargeBinary(32))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class Attempt(Base):
    """A refused attempt with its findings, listed in the log of the branch that it concerns by its event."""

    __tablename__ = "attempt"
    __table_args__ = (
        Index("ix_attempt_dossier_at", "dossier", "at"),
        Index("ix_attempt_branch_at", "branch", "at"),
    )

    id: Mapped[Key]
    dossier: Mapped[str] = mapped_column(String(26))
    branch: Mapped[OrganizationKey]
    do: Mapped[str] = mapped_column(String(40))
    on: Mapped[date]
    at: Mapped[datetime]
    actor: Mapped[UserKey]
    role: Mapped[str] = mapped_column(String(32))
    org: Mapped[OrganizationKey]
    details: Mapped[str] = mapped_column(Text)
    findings: Mapped[str] = mapped_column(Text)
    event: Mapped[str] = mapped_column(String(26), ForeignKey("event.id"))


class Deadline(Base):
    """A projection of `deadlines_of` and `occasions_of`; whether it is overdue is computed, never stored.

    `next_rung_on` is the clock's own: when it looks at the row again; the first of days where it is new or
    has changed.
    """

    __tablename__ = "deadline"
    __table_args__ = (
        Index(
            "ix_deadline_open_due",
            "due",
            sqlite_where=text("closed_on IS NULL AND dropped_on IS NULL"),
            postgresql_where=text("closed_on IS NULL AND dropped_on IS NULL"),
        ),
        Index(
            "ix_deadline_open_dossier",
            *("dossier", "due", "id", "key", "opened_on", "ends_met", "is_muted"),
            sqlite_where=text("closed_on IS NULL AND dropped_on IS NULL"),
            postgresql_where=text("closed_on IS NULL AND dropped_on IS NULL"),
        ),
        Index(
            "ix_deadline_open_rung",
            "next_rung_on",
            "dossier",
            "key",
            sqlite_where=text("closed_on IS NULL AND dropped_on IS NULL"),
            postgresql_where=text("closed_on IS NULL AND dropped_on IS NULL"),
        ),
    )

    dossier: Mapped[str] = mapped_column(String(26), ForeignKey("dossier.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    id: Mapped[str] = mapped_column(String(40))
    opened_on: Mapped[date]
    due: Mapped[date]
    grace: Mapped[date]
    closed_on: Mapped[date | None]
    dropped_on: Mapped[date | None]
    is_provisional: Mapped[bool]
    is_muted: Mapped[bool]
    ends_met: Mapped[bool]
    next_rung_on: Mapped[date]


class Form(Base):
    """An application form in use: its number belongs to one dossier."""

    __tablename__ = "form"

    number: Mapped[str] = mapped_column(String(60), primary_key=True)
    dossier: Mapped[DossierKey] = mapped_column(index=True)


class Proposal(Base):
    """An act that waits for its second person; judged, and not in the log."""

    __tablename__ = "proposal"
    __table_args__ = (
        Index("ix_proposal_dossier_status", "dossier", "status"),
        Index("ix_proposal_waiting", "status", "proposed_at"),
    )

    id: Mapped[Key]
    dossier: Mapped[DossierKey]
    do: Mapped[str] = mapped_column(String(40))
    on: Mapped[date]
    details: Mapped[str] = mapped_column(Text)
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    cites: Mapped[str | None] = mapped_column(String(8))
    meeting: Mapped[str | None] = mapped_column(String(26), ForeignKey("meeting.id"))
    has_override: Mapped[bool]
    seen_version: Mapped[int]
    proposed_by: Mapped[UserKey]
    role: Mapped[str] = mapped_column(String(32))
    org: Mapped[OrganizationKey]
    key: Mapped[str] = mapped_column(String(80))
    proposed_at: Mapped[datetime]
    findings: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(12))
    confirmed_by: Mapped[str | None] = mapped_column(String(26), ForeignKey("user.id"))
    overridden_by: Mapped[str | None] = mapped_column(String(26), ForeignKey("user.id"))
    settled_at: Mapped[datetime | None]


# What makes a deadline of floor 1, in the order of its fields.
DUE_COLUMNS: tuple[InstrumentedAttribute[Any], ...] = tuple(
    getattr(Deadline, field.name) for field in fields(Due)
)

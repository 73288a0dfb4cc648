"""Organizations as a tree, the people of the directory, and the branch rolls."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from recruit.tables.base import Base, Key, OrganizationKey, PersonKey, UserKey


class Organization(Base):
    """A node of the tree; `path` is "/first/second/id/", so that a subtree is a range.

    `duties_until` (included): the duties whose periods begin by that day are stored; the clock's own.
    `ends_on`: the last day for which a temporary one is set up; `closed_on`: the first day on which one
    is closed. `has_committee` None: nobody has said. `staff_count`: of the house in which it stands.
    """

    __tablename__ = "organization"
    __table_args__ = (Index("ix_organization_duties_until_id", "duties_until", "id"),)

    id: Mapped[Key]
    kind: Mapped[str] = mapped_column(String(32))
    level: Mapped[int]
    parent: Mapped[str | None] = mapped_column(String(26), ForeignKey("organization.id"), index=True)
    path: Mapped[str] = mapped_column(String(300), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    duties_until: Mapped[date] = mapped_column(server_default="0001-01-01")
    opened_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    has_committee: Mapped[bool | None]
    staff_count: Mapped[int | None]
    is_new_economic: Mapped[bool] = mapped_column(server_default=false())


class FormerName(Base):
    """A name that an organization bore up to the day before `until`."""

    __tablename__ = "former_name"

    id: Mapped[Key]
    organization: Mapped[OrganizationKey] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(String(120))
    until: Mapped[date]
    changed_by: Mapped[UserKey]
    changed_at: Mapped[datetime]


class Person(Base):
    """A row of the directory: deletable, never hashed; `_sealed` columns are encrypted with its key."""

    __tablename__ = "person"
    __table_args__ = (Index("ix_person_strokes_name_id", "strokes", "name", "id"),)

    id: Mapped[Key]
    organization: Mapped[OrganizationKey]
    name: Mapped[str] = mapped_column(String(60))
    pinyin: Mapped[str] = mapped_column(String(200))
    strokes: Mapped[str] = mapped_column(String(8))
    sex: Mapped[str | None] = mapped_column(String(8))
    birth_month: Mapped[str | None] = mapped_column(String(7))
    education: Mapped[str | None] = mapped_column(String(32))
    category: Mapped[str | None] = mapped_column(String(32))
    id_index: Mapped[bytes | None] = mapped_column(LargeBinary(16), unique=True)
    id_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    phone_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    born_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)


class Membership(Base):
    """One stay of a person on a branch's roll; `since`: first day on it, `until`: first day off it.

    `ended_by`: why it ended, where a person said so; what a dossier ends has its act.
    """

    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("person", "branch", "since"),
        Index("ix_membership_branch_since", "branch", "since"),
    )

    id: Mapped[Key]
    person: Mapped[PersonKey]
    branch: Mapped[OrganizationKey]
    since: Mapped[date]
    full_since: Mapped[date | None]
    until: Mapped[date | None]
    ended_by: Mapped[str | None] = mapped_column(String(16))


class Penalty(Base):
    """A penalty of a member; `until` is the day on which rights are restored, where that is known."""

    __tablename__ = "penalty"

    id: Mapped[Key]
    person: Mapped[PersonKey] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(String(40))
    on: Mapped[date]
    until: Mapped[date | None]

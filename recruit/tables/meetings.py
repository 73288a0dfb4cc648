"""Meetings: one row each; what they decide on a person is an act that carries their id.

A meeting that is held here, and not only recorded, has a sitting with its seats, agenda and drafts.
"""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from recruit.tables.base import Base, DossierKey, Key, OrganizationKey, UserKey

_MEETING = String(26)


class Meeting(Base):
    __tablename__ = "meeting"

    id: Mapped[Key]
    kind: Mapped[str] = mapped_column(String(24))
    organization: Mapped[OrganizationKey] = mapped_column(index=True)
    on: Mapped[date]
    place: Mapped[str | None] = mapped_column(String(120))
    members_count: Mapped[int | None]
    entitled_count: Mapped[int | None]
    present_count: Mapped[int]
    recorded_by: Mapped[UserKey]
    recorded_at: Mapped[datetime]


class Sitting(Base):
    """How far a meeting has come: `state` open, handed (waits for who confirms), confirmed, void.

    `version` grows with attendance and agenda. `excluded`: ids of members left out with consent, as JSON.
    """

    __tablename__ = "sitting"

    meeting: Mapped[str] = mapped_column(_MEETING, ForeignKey("meeting.id"), primary_key=True)
    time: Mapped[str | None] = mapped_column(String(5))
    ballot: Mapped[str] = mapped_column(String(8))
    state: Mapped[str] = mapped_column(String(12), index=True)
    version: Mapped[int]
    is_attended: Mapped[bool]
    excluded: Mapped[str] = mapped_column(Text)
    handed_by: Mapped[str | None] = mapped_column(String(26), ForeignKey("user.id"))
    handed_at: Mapped[datetime | None]
    confirmed_by: Mapped[str | None] = mapped_column(String(26), ForeignKey("user.id"))
    confirmed_at: Mapped[datetime | None]


class Seat(Base):
    """A member of the body: a user of the committee, or a person of the branch's roll."""

    __tablename__ = "seat"

    meeting: Mapped[str] = mapped_column(_MEETING, ForeignKey("sitting.meeting"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    user: Mapped[str | None] = mapped_column(String(26), ForeignKey("user.id"))
    person: Mapped[str | None] = mapped_column(String(26), ForeignKey("person.id"))
    is_present: Mapped[bool]


class AgendaItem(Base):
    """One decision on one person. `state`: waiting, voted, deferred, barred; then what came of it.

    `seq`: the act that came of it; `findings`, `problem`: why none did. `all_for_by`: who entered that the
    whole body was for this one person.
    """

    __tablename__ = "agenda_item"
    __table_args__ = (UniqueConstraint("meeting", "dossier", "do", "purpose"),)

    id: Mapped[Key]
    meeting: Mapped[str] = mapped_column(_MEETING, ForeignKey("sitting.meeting"))
    dossier: Mapped[DossierKey] = mapped_column(index=True)
    do: Mapped[str] = mapped_column(String(40))
    purpose: Mapped[str] = mapped_column(String(40))
    months: Mapped[int | None]
    state: Mapped[str] = mapped_column(String(12))
    version: Mapped[int]
    present_count: Mapped[int | None]
    issued_count: Mapped[int | None]
    returned_count: Mapped[int | None]
    for_count: Mapped[int | None]
    against_count: Mapped[int | None]
    abstain_count: Mapped[int | None]
    invalid_count: Mapped[int | None]
    recused_count: Mapped[int | None]
    written_for_count: Mapped[int | None]
    written_against_count: Mapped[int | None]
    written_abstain_count: Mapped[int | None]
    all_for_by: Mapped[str | None] = mapped_column(String(26), ForeignKey("user.id"))
    saved_by: Mapped[str | None] = mapped_column(String(26), ForeignKey("user.id"))
    saved_at: Mapped[datetime | None]
    seq: Mapped[int | None]
    findings: Mapped[str | None] = mapped_column(Text)
    problem: Mapped[str | None] = mapped_column(String(40))


class NamedVote(Base):
    """What a member of the body voted where the vote is by name; a secret ballot has no row here."""

    __tablename__ = "named_vote"

    item: Mapped[str] = mapped_column(String(26), ForeignKey("agenda_item.id"), primary_key=True)
    seat: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    vote: Mapped[str] = mapped_column(String(8))

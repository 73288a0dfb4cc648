"""What a calendar shows: deadlines counted by day, meetings, notices; and the years with a plan."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select

from recruit.context import Context, reach
from recruit.law import organizations_of
from recruit.queries.rows import within_reach
from recruit.tables import Deadline, Dossier, Meeting, Notice, NoticeEntry, Organization, Plan
from workflows.occasions import OCCASIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDay:
    """How many dossiers of the reach have that deadline on that day; no names."""

    on: date
    id: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingDay:
    on: date
    kind: str
    organization: str
    count: int
    is_within_reach: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeDays:
    """`first` and `last` both count; `people`: of the reach."""

    first: date
    last: date
    purpose: str
    people: int


def due_days(context: Context, first: date, last: date) -> tuple[DueDay, ...]:
    """Those that run today and are due from `first` to `last`, both included."""
    wanted = (
        within_reach(context, Deadline.due, Deadline.id, func.count().label("people"))
        .join(Deadline, Deadline.dossier == Dossier.id)
        .where(
            Deadline.closed_on.is_(None),
            Deadline.dropped_on.is_(None),
            Deadline.opened_on <= context.on,
            Deadline.due >= first,
            Deadline.due <= last,
            Deadline.id.not_in(OCCASIONS),
        )
        .group_by(Deadline.due, Deadline.id)
        .order_by(Deadline.due, Deadline.id)
    )
    with context.record.reading() as connection:
        return tuple(DueDay(on=row.due, id=row.id, count=row.people) for row in connection.execute(wanted))


def meeting_days(context: Context, first: date, last: date) -> tuple[MeetingDay, ...]:
    """Meetings on record within reach, and those of the organizations above."""
    above = {one for path in context.paths() for one in organizations_of(path)}
    wanted = (
        select(Meeting.on, Meeting.kind, Organization.name, Organization.path, func.count().label("held"))
        .join(Organization, Organization.id == Meeting.organization)
        .where(
            Meeting.on >= first,
            Meeting.on <= last,
            or_(reach(Organization.path, context.paths()), Organization.id.in_(above)),
        )
        .group_by(Meeting.on, Meeting.kind, Organization.name, Organization.path)
        .order_by(Meeting.on, Organization.name)
    )
    with context.record.reading() as connection:
        return tuple(
            MeetingDay(
                on=row.on,
                kind=row.kind,
                organization=row.name,
                count=row.held,
                is_within_reach=any(row.path.startswith(path) for path in context.paths()),
            )
            for row in connection.execute(wanted)
        )


def notice_days(context: Context, first: date, last: date) -> tuple[NoticeDays, ...]:
    """The windows that touch these days, with the people of the reach on them."""
    wanted = (
        within_reach(
            context,
            Notice.first_on,
            Notice.last_on,
            Notice.purpose,
            func.count(Dossier.id.distinct()).label("people"),
        )
        .join(NoticeEntry, NoticeEntry.dossier == Dossier.id)
        .join(Notice, Notice.id == NoticeEntry.notice)
        .where(Notice.first_on <= last, Notice.last_on >= first)
        .group_by(Notice.first_on, Notice.last_on, Notice.purpose)
        .order_by(Notice.first_on, Notice.purpose)
    )
    with context.record.reading() as connection:
        return tuple(
            NoticeDays(first=row.first_on, last=row.last_on, purpose=row.purpose, people=row.people)
            for row in connection.execute(wanted)
        )


def plan_years(context: Context) -> tuple[int, ...]:
    """The years for which an organization of the reach or above it has a plan, the newest first."""
    organizations = {one for path in context.paths() for one in organizations_of(path)}
    wanted = select(Plan.year).where(Plan.committee.in_(organizations)).distinct().order_by(Plan.year.desc())
    with context.record.reading() as connection:
        return tuple(connection.execute(wanted).scalars())

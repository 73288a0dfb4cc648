"""What others have done that concerns the actor: notices written with the act itself, and with an opinion."""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import or_, select

from recruit.commands.news import NEWS, OPINION
from recruit.context import Context, reach
from recruit.queries.rows import within_reach
from recruit.submissions import IS_NEW, OFFICE
from recruit.tables import Dossier, Organization, Person, Reminder, Submission

KEPT = timedelta(days=7)
UNREAD_KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsRow:
    """`on`: the day of the act; `read_at` None: not acknowledged yet."""

    id: str
    do: str
    purpose: str | None
    on: date
    dossier: str
    name: str
    branch_name: str
    at: datetime
    read_at: datetime | None
    instead_of: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionRow:
    """An opinion that nobody has looked at. `notice` None: a letter, a call or a visit."""

    id: str
    submission: str
    purpose: str
    notice: str | None
    place: str
    received_on: date
    read_at: datetime | None


def opinions_for(context: Context, *, limit: int = 30) -> tuple[OpinionRow, ...]:
    """What the office was told of and nobody has looked at yet, the newest first; nothing of it is opened."""
    paths = context.paths(OFFICE)
    if not paths:
        return ()
    wanted = (
        select(
            Reminder.id,
            Reminder.read_at,
            Submission.id.label("submission"),
            Submission.purpose,
            Submission.notice,
            Submission.received_on,
            Organization.name.label("place"),
        )
        .join(Submission, Reminder.deadline == Submission.id + f"/{OPINION}")
        .join(Organization, Organization.id == Submission.organization)
        .where(IS_NEW, Reminder.recipient == context.actor.user_id, reach(Organization.path, paths))
        .order_by(Submission.id.desc())
        .limit(limit)
    )
    with context.record.reading() as connection:
        return tuple(OpinionRow(**row) for row in connection.execute(wanted).mappings())


def news_for(context: Context, *, limit: int = 30) -> tuple[NewsRow, ...]:
    """The actor's own, the newest first: of the last month what is not acknowledged, of the last week all."""
    columns = (
        Reminder.id,
        Reminder.dossier,
        Person.name,
        Organization.name.label("branch_name"),
        Reminder.at,
        Reminder.read_at,
        Reminder.instead_of,
        Reminder.values,
    )
    wanted = (
        within_reach(context, *columns, is_driving=False)
        .join(Reminder, Reminder.dossier == Dossier.id)
        .where(
            Reminder.recipient == context.actor.user_id,
            Reminder.rung == NEWS,
            Reminder.at <= context.now,
            Reminder.at > context.now - UNREAD_KEPT,
            or_(Reminder.read_at.is_(None), Reminder.at > context.now - KEPT),
        )
        .order_by(Reminder.at.desc(), Reminder.id.desc())
        .limit(limit)
    )
    with context.record.reading() as connection:
        return tuple(_row(dict(row)) for row in connection.execute(wanted).mappings())


def _row(row: dict[str, Any]) -> NewsRow:
    told = json.loads(row.pop("values"))
    return NewsRow(**row, do=told["id"], purpose=told.get("purpose"), on=date.fromisoformat(told["due"]))

"""What others have done that concerns the actor: notices written with the act itself, and with an opinion."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select

from recruit.commands.news import NEWS, OPINION
from recruit.context import Context, Day, Instant, reach
from recruit.queries.rows import unindexed, within_reach
from recruit.submissions import IS_NEW, OFFICE
from recruit.tables import Dossier, Organization, Person, Reminder, Submission

KEPT = timedelta(days=7)
UNREAD_KEPT = timedelta(days=30)
MOST = 30


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


def opinions_for(context: Context, *, limit: int = MOST) -> tuple[OpinionRow, ...]:
    """What the office was told of and nobody has looked at yet, the newest first; nothing of it is opened."""
    if not context.paths(OFFICE):
        return ()
    columns = (
        Reminder.id,
        Reminder.read_at,
        Submission.id.label("submission"),
        Submission.purpose,
        Submission.notice,
        Submission.received_on,
        Organization.name.label("place"),
    )
    wanted = new_opinions(context, columns).limit(limit)
    with context.record.reading() as connection:
        return tuple(OpinionRow(**row) for row in connection.execute(wanted).mappings())


def new_opinions(context: Context | Day, columns: Sequence[Any]) -> Select[*tuple[Any, ...]]:
    """The newest first."""
    return (
        select(*columns)
        .select_from(Reminder)
        .join(Submission, Reminder.deadline == Submission.id + f"/{OPINION}")
        .join(Organization, Organization.id == Submission.organization)
        .where(
            IS_NEW,
            Reminder.recipient == context.actor.user_id,
            reach(Organization.path, context.paths(OFFICE)),
        )
        .order_by(Submission.id.desc())
    )


def news_for(context: Context, *, limit: int = MOST) -> tuple[NewsRow, ...]:
    """The actor's own, the newest first: of the last month what is not acknowledged, of the last week all.

    Where there are more than `limit`, what is acknowledged is left out first.
    """
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
    is_told = _is_told(context, context.now, since=context.now - UNREAD_KEPT)
    wanted = (
        within_reach(context, *columns, is_driving=False)
        .join(Reminder, Reminder.dossier == Dossier.id)
        .where(is_told, or_(Reminder.read_at.is_(None), Reminder.at > context.now - KEPT))
        .order_by(Reminder.read_at.is_not(None), Reminder.at.desc(), Reminder.id.desc())
        .limit(limit)
    )
    with context.record.reading() as connection:
        rows = [_row(dict(row)) for row in connection.execute(wanted).mappings()]
    return tuple(sorted(rows, key=lambda row: (row.at, row.id), reverse=True))


def unread_news(context: Context | Day, now: Instant, *, since: Instant) -> Select[str]:
    """What is not acknowledged of the time after `since`, as many as are listed."""
    is_mine = reach(unindexed(Dossier.path), context.paths())
    return (
        select(Reminder.id)
        .join(Dossier, Dossier.id == Reminder.dossier)
        .where(_is_told(context, now, since=since), Reminder.read_at.is_(None), is_mine)
        .limit(MOST)
    )


def _is_told(context: Context | Day, now: Instant, *, since: Instant) -> ColumnElement[bool]:
    return and_(
        Reminder.recipient == context.actor.user_id,
        Reminder.rung == NEWS,
        Reminder.at <= now,
        Reminder.at > since,
    )


def _row(row: dict[str, Any]) -> NewsRow:
    told = json.loads(row.pop("values"))
    return NewsRow(**row, do=told["id"], purpose=told.get("purpose"), on=date.fromisoformat(told["due"]))

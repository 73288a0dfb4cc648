"""What waits for an actor: counted by one statement, which is built once a day and asked by every page."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, exists, func, literal, or_, select

from recruit.commands.proposing import WAITING
from recruit.context import Context, Day, reach
from recruit.queries.deadlines import Seat
from recruit.queries.desk import due_number
from recruit.queries.meetings_waiting import waiting_number
from recruit.queries.news import MOST as MOST_NEWS
from recruit.queries.news import UNREAD_KEPT, new_opinions, unread_news
from recruit.queries.obligations import has_own_obligations
from recruit.queries.reminders import MOST, newest, owed
from recruit.queries.rows import unindexed
from recruit.submissions import OFFICE
from recruit.tables import Dossier, Proposal, Reminder

_KEPT = 200  # statements, each for one actor and day
_NOW: BindParameter[datetime] = bindparam("now", type_=Reminder.at.type)
_MONTH_AGO: BindParameter[datetime] = bindparam("month_ago", type_=Reminder.at.type)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """`due`: how many deadlines are the seats' work now. `meetings`: how many wait for a holder of meetings.

    `has_proposals`, `has_obligations`: whether there is any within reach, of the actor's own organizations.
    `unread`: reminders of dossiers, news and opinions of which the actor has not taken note, as many as are
    listed. `has_owed`, `has_put_off`: whether there is another unread one, about an obligation or put off;
    those must be looked at one by one.
    """

    due: int
    meetings: int
    unread: int
    has_proposals: bool
    has_obligations: bool
    has_owed: bool
    has_put_off: bool


def what_waits(context: Context, seats: tuple[Seat, ...], *, holds_meetings: bool) -> Waiting:
    """`seats`: whose deadlines are the actor's work."""
    wanted = _wanted(Day(actor=context.actor, on=context.on), seats, holds_meetings=holds_meetings)
    moments = {"now": context.now, "month_ago": context.now - UNREAD_KEPT}
    with context.record.reading() as connection:
        row = connection.execute(wanted, moments).one()
    return Waiting(**row._mapping)  # noqa: SLF001 - the documented way to a row's mapping


@lru_cache(maxsize=_KEPT)
def _wanted(day: Day, seats: tuple[Seat, ...], *, holds_meetings: bool) -> Select[*tuple[Any, ...]]:
    none = literal(0)
    of_reach = reach(unindexed(Dossier.path), day.paths())
    proposed = exists().where(Proposal.status == WAITING, Dossier.id == Proposal.dossier, of_reach)
    is_awake = or_(Reminder.snoozed_until.is_(None), Reminder.snoozed_until <= day.on)
    unread = newest(day, _NOW, (Reminder.id,)).where(Reminder.read_at.is_(None), is_awake).limit(MOST)
    reminded = select(func.count()).select_from(unread.subquery())
    news = select(func.count()).select_from(unread_news(day, _NOW, since=_MONTH_AGO).subquery())
    opinions = new_opinions(day, (Reminder.id, Reminder.read_at)).limit(MOST_NEWS).subquery()
    unlooked = select(func.count()).select_from(opinions).where(opinions.c.read_at.is_(None))
    put_off = exists().where(
        Reminder.recipient == day.actor.user_id, Reminder.read_at.is_(None), Reminder.snoozed_until > day.on
    )
    told = reminded.scalar_subquery() + news.scalar_subquery()
    return select(
        (due_number(day, seats) if seats else none).label("due"),
        (waiting_number(day) if holds_meetings else none).label("meetings"),
        (told + unlooked.scalar_subquery() if day.paths(OFFICE) else told).label("unread"),
        proposed.label("has_proposals"),
        has_own_obligations(day).label("has_obligations"),
        owed(day, _NOW, (Reminder.id,)).where(Reminder.read_at.is_(None)).exists().label("has_owed"),
        put_off.label("has_put_off"),
    )

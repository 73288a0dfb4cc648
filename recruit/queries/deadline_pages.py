"""Deadlines of every status across the reach of an actor, page by page."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, false, or_, tuple_

from recruit.context import Context
from recruit.errors import BadInput, problem
from recruit.queries.deadlines import COLUMNS, DeadlineRow, deadline_row
from recruit.queries.rows import plain_text, within_reach
from recruit.tables import Deadline, Dossier
from workflows.deadlines import SOON_DAYS, Status
from workflows.occasions import OCCASIONS

MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlinePage:
    """`next_cursor` None: the last page."""

    items: tuple[DeadlineRow, ...]
    next_cursor: str | None


def deadline_page(
    context: Context,
    *,
    status: Status | None = None,
    due_before: date | None = None,
    branch: str | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> DeadlinePage:
    """The earliest due day first; without a status those that run today. `due_before` is exclusive.

    Raises `BadInput` for a cursor that is none.
    """
    limit = max(1, min(limit, MOST))
    wanted = (
        within_reach(context, *COLUMNS)
        .join(Deadline, Deadline.dossier == Dossier.id)
        .where(
            Deadline.opened_on <= context.on, Deadline.id.not_in(OCCASIONS), has_status(status, context.on)
        )
        .order_by(Deadline.due, Deadline.dossier, Deadline.key)
        .limit(limit + 1)
    )
    if due_before is not None:
        wanted = wanted.where(Deadline.due < due_before)
    if branch is not None:
        wanted = wanted.where(Dossier.branch == branch)
    if cursor is not None:
        wanted = wanted.where(tuple_(Deadline.due, Deadline.dossier, Deadline.key) > tuple_(*_read(cursor)))
    with context.record.reading() as connection:
        rows = [deadline_row(row) for row in connection.execute(wanted)]
    items = tuple(rows[:limit])
    return DeadlinePage(items=items, next_cursor=_cursor(items[-1]) if len(rows) > limit else None)


def has_status(status: Status | None, on: date) -> ColumnElement[bool]:
    """What `Deadline.status` of floor 1 computes, as a condition; the projection knows no day to come."""
    runs = and_(Deadline.closed_on.is_(None), Deadline.dropped_on.is_(None))
    if status is None:
        return runs
    soon = on + timedelta(days=SOON_DAYS)
    is_past, is_muted, ends_met = Deadline.due < on, Deadline.is_muted, Deadline.ends_met
    found: Mapping[Status, ColumnElement[bool]] = {
        "overdue": and_(runs, is_past, ~ends_met, ~is_muted),
        "due_soon": and_(runs, Deadline.due >= on, Deadline.due <= soon),
        "open": and_(runs, or_(Deadline.due > soon, and_(is_past, ~ends_met, is_muted))),
        "met": or_(
            and_(Deadline.closed_on.is_not(None), Deadline.closed_on <= Deadline.due),
            and_(runs, is_past, ends_met),
        ),
        "met_late": Deadline.closed_on > Deadline.due,
        "dropped": and_(Deadline.closed_on.is_(None), Deadline.dropped_on.is_not(None)),
    }
    return found.get(status, false())


def _cursor(row: DeadlineRow) -> str:
    place = [row.deadline.due.isoformat(), row.dossier, row.deadline.key]
    return urlsafe_b64encode(json.dumps(place).encode()).decode()


def _read(cursor: str) -> tuple[date, str, str]:
    try:
        due, dossier, key = json.loads(urlsafe_b64decode(cursor.encode()))
        place = date.fromisoformat(due), plain_text(dossier), plain_text(key)
    except (ValueError, TypeError) as unreadable:
        raise BadInput(problem("cursor", "not_a_number", value=cursor[:40])) from unreadable
    return place

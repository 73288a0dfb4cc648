"""Keeping on record who from outside opened a dossier: before the page leaves, once an hour."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, insert, select

from recruit.commands.standing import Standing, find_standing
from recruit.context import BUSINESS_ROLES, READING_ROLES, Context, Held
from recruit.ids import instant, microseconds
from recruit.repeat import repeated
from recruit.tables import Reading

PAGES = ("dossier", "history", "act", "difference", "why")
EXPORT = "export"
_HOUR = 3_600_000_000  # microseconds


@repeated
def keep_reading(context: Context, dossier: str, page: str) -> bool:
    """Whether a row was written: none for the branch and committee in charge, nor a second one in the hour.

    `page`: one of PAGES. The row is committed first: where it cannot be written, nothing is to be shown.
    Raises `NotFound`, `NotWritable`, `Busy`.
    """
    since = _hour(context.now)
    with context.record.reading() as connection:
        standing = find_standing(connection, context, dossier)
        if is_in_charge(context, standing) or _is_kept(connection, context, dossier, page, since):
            return False
    with context.record.writing() as connection:
        if _is_kept(connection, context, dossier, page, since):
            return False
        _keep(connection, context, dossier, _role(context, standing), page=page, since=since)
    return True


def keep_exports(connection: Connection, context: Context, dossiers: Iterable[tuple[str, Held]]) -> int:
    """One row for each dossier of an export, with the grant that opens it; how many.

    Within the caller's transaction. Two exports of one user at the very same instant are one reading.
    """
    count = 0
    for dossier, held in dossiers:
        if not _is_kept(connection, context, dossier, EXPORT, context.now):
            _keep(connection, context, dossier, held.role, page=EXPORT, since=context.now)
        count += 1
    return count


def is_in_charge(context: Context, standing: Standing) -> bool:
    """Whether a business role is held at the branch, at the committee that approves for it, or between."""
    committee = standing.committee
    first = committee.path if committee else standing.path
    return any(
        held.role in BUSINESS_ROLES and held.path.startswith(first) and held.covers(standing.path)
        for held in context.actor.grants
    )


def _role(context: Context, standing: Standing) -> str:
    held = context.actor.held(READING_ROLES, standing.path)
    return held.role if held else ""


def _is_kept(connection: Connection, context: Context, dossier: str, page: str, since: datetime) -> bool:
    kept = select(Reading.at).where(
        Reading.dossier == dossier,
        Reading.user == context.actor.user_id,
        Reading.page == page,
        Reading.since == since,
    )
    return connection.execute(kept).first() is not None


def _keep(
    connection: Connection, context: Context, dossier: str, role: str, *, page: str, since: datetime
) -> None:
    row = insert(Reading).values(
        dossier=dossier, user=context.actor.user_id, page=page, since=since, at=context.now, role=role
    )
    connection.execute(row)


def _hour(now: datetime) -> datetime:
    return instant(microseconds(now) // _HOUR * _HOUR)

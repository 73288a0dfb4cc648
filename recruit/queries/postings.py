"""The evidence that a notice hung: photos and remarks in the order of their days."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from recruit.commands.postings import PHOTO, note_place
from recruit.context import Context
from recruit.errors import KeysMissing
from recruit.queries.files import find_notice_place
from recruit.queries.rows import within_reach
from recruit.tables import Dossier, NoticeEntry, Posting, User


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingRow:
    """`file`: of a photo; `note`: of a remark."""

    id: str
    what: str
    on: date
    file: str | None
    note: str
    by_name: str


def postings_of(context: Context, notice: str) -> tuple[PostingRow, ...]:
    """Raises `NotFound` for a notice on which nobody within reach stands."""
    with context.record.reading() as connection:
        place = find_notice_place(connection, context, notice)
        rows = connection.execute(
            select(Posting.id, Posting.what, Posting.on, Posting.file, Posting.note_sealed, User.name)
            .join(User, User.id == Posting.kept_by)
            .where(Posting.notice == notice)
            .order_by(Posting.on, Posting.id)
        ).all()
    return tuple(
        PostingRow(
            id=row.id, what=row.what, on=row.on, file=row.file, by_name=row.name,
            note=_note(context, place.organization, row),
        )
        for row in rows
    )  # fmt: skip


def walls_of(context: Context, dossier: str) -> Mapping[int, str]:
    """The notices on which a dossier stands, by the number of the act that posted it."""
    with context.record.reading() as connection:
        rows = connection.execute(
            within_reach(context, NoticeEntry.seq, NoticeEntry.notice)
            .join(NoticeEntry, NoticeEntry.dossier == Dossier.id)
            .where(Dossier.id == dossier)
        ).all()
    return {int(seq): str(notice) for seq, notice in rows}


def photo_counts(context: Context, notices: Collection[str]) -> Mapping[str, int]:
    """How many photos each of these has; they were found within reach."""
    with context.record.reading() as connection:
        rows = connection.execute(
            select(Posting.notice, func.count())
            .where(Posting.notice.in_(notices), Posting.what == PHOTO)
            .group_by(Posting.notice)
        ).all()
    return {str(notice): int(count) for notice, count in rows}


def _note(context: Context, organization: str, row: Any) -> str:  # noqa: ANN401 - a row of named columns
    if row.note_sealed is None:
        return ""
    try:
        sealed = bytes(row.note_sealed)
        return context.record.keys.unseal(organization, note_place(row.id), sealed).decode()
    except KeysMissing:
        return ""

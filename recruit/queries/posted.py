"""Which notice a posting stands on, and whose postings a notice holds."""

from recruit.context import Context
from recruit.errors import NotFound
from recruit.queries.rows import within_reach
from recruit.tables import Dossier, Notice, NoticeEntry, Person


def notice_of_act(context: Context, dossier: str, seq: int) -> str | None:
    """The notice on which that posting of a dossier within reach stands."""
    wanted = (
        within_reach(context, NoticeEntry.notice)
        .join(NoticeEntry, NoticeEntry.dossier == Dossier.id)
        .where(Dossier.id == dossier, NoticeEntry.seq == seq)
    )
    with context.record.reading() as connection:
        return connection.execute(wanted).scalar_one_or_none()


def posted_on(context: Context, notice: str) -> tuple[str, tuple[str, ...]]:
    """The purpose of a notice, and whose dossiers within reach stand on it, whatever became of them.

    Raises `NotFound` where none does.
    """
    wanted = (
        within_reach(context, Notice.purpose, Dossier.id)
        .join(NoticeEntry, NoticeEntry.dossier == Dossier.id)
        .join(Notice, Notice.id == NoticeEntry.notice)
        .where(Notice.id == notice)
        .order_by(Person.strokes, Person.name, Dossier.id)
    )
    with context.record.reading() as connection:
        rows = connection.execute(wanted).all()
    if not rows:
        raise NotFound(what="notice")
    return rows[0].purpose, tuple(row.id for row in rows)

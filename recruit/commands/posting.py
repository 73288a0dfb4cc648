"""The paper that a posted notice hangs on: one for all who share organization, purpose, place and days."""

import secrets
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from recruit.commands.standing import Standing
from recruit.ids import new_id
from recruit.prepared import Prepared
from recruit.tables import Notice, NoticeEntry
from workflows.acts import Act
from workflows.facts import Facts

CODE_BYTES = 16  # 128 bits: nobody finds a notice by trying
Paper = tuple[str, str, date, date]  # purpose, place, first and last day

_FIND = Prepared(
    select(Notice.id).where(
        Notice.organization == bindparam("organization"),
        Notice.purpose == bindparam("purpose"),
        Notice.place == bindparam("place"),
        Notice.first_on == bindparam("first_on"),
        Notice.last_on == bindparam("last_on"),
    )
)


def papers_of(facts: Facts | None) -> dict[int, Paper]:
    """The postings of a dossier by the number of their act, dropped ones included."""
    notices = facts.notices if facts is not None else ()
    return {one.seq: (one.purpose, one.place, one.first, one.last) for one in notices}


def put_up(
    connection: Connection, standing: Standing, paper: Paper, *, organization: str, seq: int, now: datetime
) -> None:
    """The person on the paper of that organization; the first one makes it and draws its code."""
    notice = _paper(connection, paper, organization=organization, now=now)
    at = (NoticeEntry.notice == notice, NoticeEntry.dossier == standing.id)
    if connection.execute(update(NoticeEntry).where(*at).values(seq=seq)).rowcount == 0:
        connection.execute(insert(NoticeEntry).values(notice=notice, dossier=standing.id, seq=seq))


def take_off(connection: Connection, standing: Standing, seq: int) -> None:
    """A corrected posting is no longer on the paper that it was on."""
    connection.execute(delete(NoticeEntry).where(NoticeEntry.dossier == standing.id, NoticeEntry.seq == seq))


def poster(act: Act | None, standing: Standing) -> str:
    """Whose notice it is: the organization that recorded it, where the act names none the branch."""
    return (act.org if act is not None else None) or standing.branch


def _paper(connection: Connection, paper: Paper, *, organization: str, now: datetime) -> str:
    purpose, place, first_on, last_on = paper
    sought = {
        "organization": organization,
        "purpose": purpose,
        "place": place,
        "first_on": first_on.isoformat(),
        "last_on": last_on.isoformat(),
    }
    row = _FIND.run(connection, sought).fetchone()
    if row is not None:
        return str(row[0])
    id_ = new_id(now)
    connection.execute(
        insert(Notice).values(
            id=id_,
            code=secrets.token_hex(CODE_BYTES),
            organization=organization,
            purpose=purpose,
            place=place,
            first_on=first_on,
            last_on=last_on,
            posted_at=now,
        )
    )
    return id_

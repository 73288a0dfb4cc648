"""Public notices: the paper as everybody may read it, and those that hang, come or wait for their result."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, String, cast, literal, select
from sqlalchemy.orm import aliased

from recruit.commands.erasable import ERASED
from recruit.context import READING_ROLES, Context
from recruit.errors import NotFound
from recruit.queries.kept import Kept, kept_of
from recruit.queries.rows import within_reach
from recruit.record import Record
from recruit.submissions import unread_on_notices
from recruit.tables import Deadline, Dossier, Notice, NoticeEntry, Organization, Person
from workflows.calendar import Calendar
from workflows.facts import Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class PostedPerson:
    """All that a notice says of a person; `birth_month` is "1985-02", `sponsors` are names (admission)."""

    name: str
    sex: str | None
    birth_month: str | None
    education: str | None
    branch: str
    sponsors: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """`first` and `last` both count; `people` by the strokes of the surname. `kept` None: not signed yet.

    `hidden_count`: how many more stand on it whom the reader does not reach.
    """

    code: str
    organization: str
    purpose: str
    place: str
    first: date
    last: date
    people: tuple[PostedPerson, ...]
    calendar: Calendar
    kept: Kept | None
    hidden_count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class HungPerson:
    """`objections` of its purpose since it hangs, `open_objections` of them not concluded.

    Those that nobody has looked at yet are among both.
    """

    dossier: str
    seq: int
    version: int
    name: str
    branch: str
    objections: int
    open_objections: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HungNotice:
    """A notice whose result is not on record, with its people within reach; `due`: the result's day."""

    id: str
    code: str
    organization: str
    purpose: str
    place: str
    first: date
    last: date
    due: date
    people: tuple[HungPerson, ...]


def public_notice(record: Record, code: str, *, on: date) -> Paper:
    """The notice of that code from its first day to its last.

    Raises `NotFound` on every other day, and where nobody stands on it any more.
    """
    with record.reading() as connection:
        notice, rows = entries_that_hang(connection, record, code, on=on)
        return _paper(connection, record, notice, rows)


def entries_that_hang(
    connection: Connection, record: Record, code: str, *, on: date
) -> tuple[Row[Any], list[Row[Any]]]:
    """The notice's row and those of its people, in their order. Raises `NotFound` as `public_notice`."""
    notice = connection.execute(_notice().where(Notice.code == code)).one_or_none()
    if notice is None or not notice.first_on <= on <= notice.last_on:
        raise NotFound(what="notice")
    rows = [row for row in _entries(connection, notice.id) if _hangs(record, row)]
    if not rows:
        raise NotFound(what="notice")
    return notice, rows


def paper_of(context: Context, notice: str) -> Paper:
    """A notice on whatever day, to be printed before it hangs: with whom the actor reaches.

    Raises `NotFound` where that is nobody.
    """
    with context.record.reading() as connection:
        found = connection.execute(_notice().where(Notice.id == notice)).one_or_none()
        if found is None:
            raise NotFound(what="notice")
        rows = _entries(connection, notice)
        seen = [row for row in rows if context.actor.held(READING_ROLES, row.path) is not None]
        return replace(_paper(connection, context.record, found, seen), hidden_count=len(rows) - len(seen))


def notices(context: Context) -> tuple[HungNotice, ...]:
    """Those without a result, with whom the actor reaches: the one that ends first, first."""
    with context.record.reading() as connection:
        rows = connection.execute(_waiting(context)).all()
        unread = unread_on_notices(connection, context.record, {row.notice for row in rows})
    found: dict[str, list[Row[Any]]] = {}
    for row in rows:
        found.setdefault(row.notice, []).append(row)
    return tuple(_hung(context.record, people, unread) for people in found.values())


def hung_notice(context: Context, notice: str) -> HungNotice:
    """One of those without a result. Raises `NotFound`."""
    found = next((one for one in notices(context) if one.id == notice), None)
    if found is None:
        raise NotFound(what="notice")
    return found


def notices_of(context: Context, dossier: str) -> tuple[HungNotice, ...]:
    """The notices of one dossier that have no result yet."""
    with context.record.reading() as connection:
        rows = connection.execute(_waiting(context).where(Dossier.id == dossier)).all()
        unread = unread_on_notices(connection, context.record, {row.notice for row in rows})
    return tuple(_hung(context.record, [row], unread) for row in rows)


def _notice() -> Any:  # noqa: ANN401 - a select of named columns
    return select(
        Notice.id, Notice.code, Notice.purpose, Notice.place, Notice.first_on, Notice.last_on,
        Organization.name, Organization.path,
    ).join(Organization, Organization.id == Notice.organization)  # fmt: skip


def _paper(connection: Connection, record: Record, notice: Row[Any], entries: Iterable[Row[Any]]) -> Paper:
    rows = [row for row in entries if _hangs(record, row)]
    if not rows:
        raise NotFound(what="notice")
    return Paper(
        code=notice.code,
        organization=notice.name,
        purpose=notice.purpose,
        place=notice.place,
        first=notice.first_on,
        last=notice.last_on,
        people=posted_people(connection, record, notice.purpose, rows),
        calendar=record.laws.ground(connection, notice.path).calendar,
        kept=_kept(connection, rows),
    )


def _entries(connection: Connection, notice: str) -> list[Row[Any]]:
    wanted = (
        select(
            NoticeEntry.dossier, NoticeEntry.seq, Dossier.facts, Dossier.last_hash, Person.name, Person.sex,
            Person.birth_month, Person.education, Organization.name.label("branch"),
            Organization.path,
        )
        .join(Dossier, Dossier.id == NoticeEntry.dossier)
        .join(Person, Person.id == Dossier.person)
        .join(Organization, Organization.id == Dossier.branch)
        .where(NoticeEntry.notice == notice)
        .order_by(Person.strokes, Person.name, Dossier.id)
    )  # fmt: skip
    return list(connection.execute(wanted))


def _facts(record: Record, row: Row[Any]) -> Facts:
    return record.remembered.facts(row.dossier, bytes(row.last_hash), row.facts)


def _hangs(record: Record, row: Row[Any]) -> bool:
    """Neither dropped with its attempt, nor of a dossier that has ended, nor of a person who is erased."""
    facts = _facts(record, row)
    hung = any(one.seq == row.seq and one.dropped_on is None for one in facts.notices)
    return hung and facts.ended_on is None and row.name != ERASED


def posted_people(
    connection: Connection, record: Record, purpose: str, rows: Iterable[Row[Any]]
) -> tuple[PostedPerson, ...]:
    """Sponsors are named where an admission is posted."""
    sponsors = {row.dossier: _facts(record, row).sponsors if purpose == "admission" else () for row in rows}
    ids = {id_ for of in sponsors.values() for id_ in of}
    named = select(Person.id, Person.name).where(Person.id.in_(ids), Person.name != ERASED)
    names = {row.id: row.name for row in connection.execute(named)}
    return tuple(
        PostedPerson(
            name=row.name,
            sex=row.sex,
            birth_month=row.birth_month,
            education=row.education,
            branch=row.branch,
            sponsors=tuple(names[id_] for id_ in sponsors[row.dossier] if id_ in names),
        )
        for row in rows
    )


def _kept(connection: Connection, rows: Iterable[Row[Any]]) -> Kept | None:
    """Where the posting itself is not in the tree yet, or no checkpoint reaches it, there is none."""
    return kept_of(connection, [(row.dossier, row.seq) for row in rows])


def _waiting(context: Context) -> Any:  # noqa: ANN401 - as above
    """The people on notices whose result is asked for: the deadline of the result says which."""
    key = literal("notice_result:", String) + cast(NoticeEntry.seq, String)
    poster = aliased(Organization)
    return (
        within_reach(
            context, Notice.id.label("notice"), Notice.code, Notice.purpose, Notice.place, Notice.first_on,
            Notice.last_on, poster.name.label("organization"), Dossier.id.label("dossier"), NoticeEntry.seq,
            Dossier.version, Dossier.facts, Dossier.last_hash, Person.name,
            Organization.name.label("branch"), Deadline.due,
        )
        .join(Deadline, Deadline.dossier == Dossier.id)
        .join(NoticeEntry, NoticeEntry.dossier == Dossier.id)
        .join(Notice, Notice.id == NoticeEntry.notice)
        .join(poster, poster.id == Notice.organization)
        .where(
            Deadline.id == "notice_result", Deadline.closed_on.is_(None), Deadline.dropped_on.is_(None),
            Deadline.key == key,
        )
        .order_by(Notice.last_on, Notice.id, Person.strokes, Person.name, Dossier.id)
    )  # fmt: skip


def _hung(record: Record, rows: list[Row[Any]], unread: Mapping[tuple[str, str], int]) -> HungNotice:
    first = rows[0]
    return HungNotice(
        id=first.notice,
        code=first.code,
        organization=first.organization,
        purpose=first.purpose,
        place=first.place,
        first=first.first_on,
        last=first.last_on,
        due=first.due,
        people=tuple(
            HungPerson(
                dossier=row.dossier,
                seq=row.seq,
                name=row.name,
                branch=row.branch,
                version=row.version,
                objections=sum(
                    one.purpose == row.purpose and one.seq > row.seq for one in _facts(record, row).objections
                )
                + unread.get((row.notice, row.dossier), 0),
                open_objections=len(_facts(record, row).open_objections(row.purpose))
                + unread.get((row.notice, row.dossier), 0),
            )
            for row in rows
        ),
    )

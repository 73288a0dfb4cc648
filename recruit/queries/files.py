"""Files within reach: those of a dossier, of a notice, and one by its id; their bytes are not opened here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from recruit.commands.rights import BRANCH
from recruit.context import READING_ROLES, Context, Held
from recruit.errors import KeysMissing, NotFound
from recruit.files import store
from recruit.files.kinds import Kind
from recruit.keys import Keys
from recruit.submissions import OFFICE
from recruit.tables import Dossier, File, Notice, NoticeEntry, Organization, User

OBJECTION = "objection"  # what came with an opinion from outside; `owner` is the submission
_NOT_THE_BRANCH = READING_ROLES - {*BRANCH, "general_branch"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRow:
    """`path`: of the organization by whose reach it is read; `kept_by_name` empty: sent by the public."""

    id: str
    owner_kind: str
    owner: str
    organization: str
    path: str
    sealed_for: str
    name: str
    kind: Kind
    size: int
    pages: int | None
    sha256: str
    stored: str
    is_withheld: bool
    is_used: bool
    kept_by: str | None
    kept_by_name: str
    kept_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticePlace:
    """A notice as the rights go: whose it is, and the path that the actor reaches of it."""

    organization: str
    path: str


def file_of(context: Context, file: str) -> FileRow:
    """Raises `NotFound` where it is not there, out of reach, withheld from this reader, or erased."""
    with context.record.reading() as connection:
        row = connection.execute(_wanted().where(File.id == file)).one_or_none()
        if row is None:
            raise NotFound(what="file")
        path = _path(connection, context, row)
    found = _file(context.record.keys, row, path)
    if found is None or not any(is_for_reader(found, held) for held in context.actor.grants):
        raise NotFound(what="file")
    return found


def files_of(context: Context, owner: str) -> tuple[FileRow, ...]:
    """The files of a dossier, notice or objection that this actor may read, in the order of their coming."""
    with context.record.reading() as connection:
        rows = connection.execute(_wanted().where(File.owner == owner).order_by(File.id)).all()
        if not rows:
            return ()
        try:
            path = _path(connection, context, rows[0])
        except NotFound:
            return ()
    found = (_file(context.record.keys, row, path) for row in rows)
    return tuple(
        one
        for one in found
        if one is not None and any(is_for_reader(one, held) for held in context.actor.grants)
    )


def is_for_reader(found: FileRow, held: Held) -> bool:
    """Whether this grant opens it: what an act on an objection names is not for the branch.

    What came with an opinion is for the office alone that may read the opinion.
    """
    roles = _NOT_THE_BRANCH if found.is_withheld else READING_ROLES
    if found.owner_kind == OBJECTION:
        roles = frozenset(OFFICE)
    return held.role in roles and held.covers(found.path)


def find_notice_place(connection: Connection, context: Context, notice: str) -> NoticePlace:
    """By the posting organization, or by a branch whose person stands on it. Raises `NotFound`."""
    row = connection.execute(
        select(Notice.organization, Organization.path)
        .join(Organization, Organization.id == Notice.organization)
        .where(Notice.id == notice)
    ).one_or_none()
    if row is None:
        raise NotFound(what="notice")
    beside = connection.execute(
        select(Organization.path)
        .join(Dossier, Dossier.branch == Organization.id)
        .join(NoticeEntry, NoticeEntry.dossier == Dossier.id)
        .where(NoticeEntry.notice == notice)
        .order_by(Organization.path)
    ).scalars()
    for path in (row.path, *beside):
        if context.actor.held(READING_ROLES, path) is not None:
            return NoticePlace(organization=row.organization, path=path)
    raise NotFound(what="notice")


def _wanted() -> Any:  # noqa: ANN401 - a select of named columns
    columns = [column for column in File.__table__.columns if column.name != "person"]
    return select(*columns, Organization.path, User.name.label("kept_by_name")).join(
        Organization, Organization.id == File.organization
    ).outerjoin(User, User.id == File.kept_by)  # fmt: skip


def _path(connection: Connection, context: Context, row: Row[Any]) -> str:
    """A dossier's files go with it where it moves; a notice's are for everybody whose person is on it."""
    if row.owner_kind == "notice":
        return find_notice_place(connection, context, row.owner).path
    if row.owner_kind == OBJECTION:
        return str(row.path)
    found = connection.execute(
        select(Organization.path)
        .join(Dossier, Dossier.branch == Organization.id)
        .where(Dossier.id == row.owner)
    ).scalar_one_or_none()
    if found is None:
        raise NotFound(what="dossier")
    return found


def _file(keys: Keys, row: Row[Any], path: str) -> FileRow | None:
    """None where the key is destroyed."""
    try:
        name = keys.unseal(row.sealed_for, store.name_place(row.id), bytes(row.name_sealed)).decode()
    except KeysMissing:
        return None
    return FileRow(
        id=row.id,
        owner_kind=row.owner_kind,
        owner=row.owner,
        organization=row.organization,
        path=path,
        sealed_for=row.sealed_for,
        name=name,
        kind=row.kind,
        size=row.size,
        pages=row.pages,
        sha256=row.sha256,
        stored=row.stored,
        is_withheld=row.is_withheld,
        is_used=row.used_at is not None,
        kept_by=row.kept_by,
        kept_by_name=row.kept_by_name or "",
        kept_at=row.kept_at,
    )


def by_hash(files: Iterable[FileRow]) -> dict[str, FileRow]:
    """The first of each, by the SHA-256 that an act names."""
    found: dict[str, FileRow] = {}
    for one in files:
        found.setdefault(one.sha256, one)
    return found

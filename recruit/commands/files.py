"""Files handed in: kept sealed before their row is written, dropped while fresh, read with a trace."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from hashlib import sha256
from typing import Literal

from sqlalchemy import Connection, delete, func, select

from recruit.clock import civil_day
from recruit.commands.sealed_files import Owner, enter_file, put_sealed
from recruit.commands.standing import find_standing
from recruit.context import BUSINESS_ROLES, Context, ensure_role
from recruit.errors import BadInput, KeysMissing, NotAllowed, NotFound, problem
from recruit.files import store
from recruit.files.checks import check, tidy_name
from recruit.files.kinds import MEDIA_TYPES, MOST_A_DAY, MOST_BYTES_A_DAY, Fit, Kind, Unfit
from recruit.ids import new_id
from recruit.log.events import NewEvent, append_event
from recruit.queries.files import FileRow, file_of, find_notice_place, is_for_reader
from recruit.record import Record
from recruit.repeat import repeated
from recruit.tables import File
from workflows.acts import SHANGHAI

OwnerKind = Literal["dossier", "notice"]
UNDO = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepFile:
    """`owner`: the id of the dossier or notice.

    `is_withheld`: a branch must not read it, as with whatever belongs to an objection.
    """

    owner_kind: OwnerKind
    owner: str
    name: str
    data: bytes
    is_withheld: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """`sha256`: of the bytes as handed in, as an act names them; `pages` None where nobody can count them."""

    id: str
    sha256: str
    kind: Kind
    size: int
    pages: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    name: str
    media_type: str
    data: bytes


def keep_file(context: Context, new: KeepFile) -> Kept:
    """The bytes are safe on the disk before the row is; the same bytes for the same owner are kept once.

    Raises `BadInput` for what may not be kept or beyond the day's quota, `NotFound`, `NotAllowed`.
    """
    fit = fit_or_raise(new.name, new.data)
    with context.record.reading() as connection:
        owner = _owner(connection, context, new)
    return _keep(context, new, fit, owner)


def fit_or_raise(name: str, data: bytes) -> Fit:
    """Raises `BadInput` with the reason, and the name of the file that it is about."""
    found = check(name, data)
    if isinstance(found, Unfit):
        raise BadInput(problem("file", found.id, name=tidy_name(name), **found.values))
    return found


def ensure_quota(connection: Connection, context: Context, sizes: Sequence[int]) -> None:
    """Room for so many more today, per user and civil day. Raises `BadInput`."""
    today = select(func.count(), func.coalesce(func.sum(File.size), 0)).where(
        File.kept_by == context.actor.user_id, File.kept_at >= _midnight(context)
    )
    count, total = connection.execute(today).one()
    if count + len(sizes) > MOST_A_DAY or int(total) + sum(sizes) > MOST_BYTES_A_DAY:
        raise BadInput(problem("file", "file_quota", most=MOST_A_DAY, bytes=MOST_BYTES_A_DAY >> 20))


@repeated
def drop_file(context: Context, file: str) -> None:
    """Undo an upload of one's own that stands in no act, within `UNDO`.

    Raises `NotFound`, `NotAllowed` for somebody else's, one that is used, or later.
    """
    with context.record.writing() as connection:
        row = connection.execute(
            select(File.kept_by, File.kept_at, File.used_at, File.stored, File.organization).where(
                File.id == file
            )
        ).one_or_none()
        if row is None or row.kept_by != context.actor.user_id:
            raise NotFound(what="file")
        if row.used_at is not None or context.now - row.kept_at > UNDO:
            raise NotAllowed(what="drop_file", needed="-")
        connection.execute(delete(File).where(File.id == file))
        new = NewEvent(org=row.organization, do="file_dropped", details={"file": file})
        append_event(connection, context, new)
    store.drop(context.record.folder, row.stored)


@repeated
def read_file(context: Context, file: str, *, reason: str = "handling") -> Opened:
    """The bytes as they are kept.

    That a person's paper or what came with an opinion is read is committed before, with the reason, one of a
    few that the caller has looked at. Raises `NotFound`, `KeysMissing`
    where the person was erased or the file is gone.
    """
    found = file_of(context, file)
    if found.owner_kind != "notice":
        with context.record.writing() as connection:
            _log_reading(connection, context, found, reason)
    return Opened(name=found.name, media_type=MEDIA_TYPES[found.kind], data=bytes_of(context.record, found))


def bytes_of(record: Record, found: FileRow) -> bytes:
    """Without a trace: for what verifies, and for what everybody may see. Raises `KeysMissing`."""
    try:
        sealed = store.get(record.folder, found.stored)
    except FileNotFoundError as gone:
        raise KeysMissing(path=f"files/{found.stored}") from gone
    return record.keys.unseal(found.sealed_for, store.data_place(found.id), sealed)


def _owner(connection: Connection, context: Context, new: KeepFile) -> Owner:
    if new.owner_kind == "dossier":
        standing = find_standing(connection, context, new.owner)
        held = ensure_role(context, BUSINESS_ROLES, path=standing.path, what="keep_file")
        return Owner(
            kind="dossier", id=standing.id, sealed_for=standing.person, organization=standing.branch,
            person=standing.person, dossier=standing.id, role=held.role,
        )  # fmt: skip
    place = find_notice_place(connection, context, new.owner)
    held = ensure_role(context, BUSINESS_ROLES, path=place.path, what="keep_file")
    return Owner(
        kind="notice", id=new.owner, sealed_for=place.organization, organization=place.organization,
        person=None, dossier="", role=held.role,
    )  # fmt: skip


@repeated
def _keep(context: Context, new: KeepFile, fit: Fit, owner: Owner) -> Kept:
    """A commit that fails leaves a sealed file without a row, which housekeeping takes away."""
    hashed = sha256(new.data).hexdigest()
    with context.record.reading() as connection:
        known = _known(connection, new.owner, hashed, is_withheld=new.is_withheld)
    if known is not None:
        return known
    row = put_sealed(
        context, owner, fit, id_=new_id(context.now), name=new.name, data=new.data,
        is_withheld=new.is_withheld,
    )  # fmt: skip
    with context.record.writing() as connection:
        ensure_quota(connection, context, [len(new.data)])
        enter_file(connection, context, owner, row)
    return Kept(id=row["id"], sha256=hashed, kind=fit.kind, size=len(new.data), pages=fit.pages)


def _known(connection: Connection, owner: str, hashed: str, *, is_withheld: bool) -> Kept | None:
    row = connection.execute(
        select(File.id, File.kind, File.size, File.pages).where(
            File.owner == owner, File.sha256 == hashed, File.is_withheld == is_withheld
        )
    ).one_or_none()
    if row is None:
        return None
    return Kept(id=row.id, sha256=hashed, kind=row.kind, size=row.size, pages=row.pages)


def _midnight(context: Context) -> datetime:
    return datetime.combine(civil_day(context.now), time(), tzinfo=SHANGHAI)


def _log_reading(connection: Connection, context: Context, found: FileRow, reason: str) -> None:
    held = next((one for one in context.actor.grants if is_for_reader(found, one)), None)
    details: Mapping[str, object] = {"file": found.id, "owner": found.owner, "reason": reason}
    new = NewEvent(
        org=found.organization,
        do="file_read",
        details=details,
        role=held.role if held else "",
        dossier=found.owner if found.owner_kind == "dossier" else "",
    )
    append_event(connection, context, new)

"""What was seen of a notice at its place: photos with their day, that it was torn down or hung late."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, insert, select, update

from recruit.addresses import ensure_key
from recruit.context import BUSINESS_ROLES, Context, ensure_role
from recruit.errors import BadInput, NotFound, problem
from recruit.ids import new_id
from recruit.log.events import NewEvent, append_event
from recruit.queries.files import NoticePlace, find_notice_place
from recruit.repeat import repeated
from recruit.tables import File, Notice, Posting

PHOTO, TORN_DOWN, POSTED_LATE = "photo", "torn_down", "posted_late"
REMARKS = (TORN_DOWN, POSTED_LATE)
_LONGEST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class AddPhoto:
    """`file`: the id of one that is kept with the notice; `on`: the day on which it was taken."""

    notice: str
    file: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AddRemark:
    """`what`: one of REMARKS; `on`: the day on which it was seen; `note`: in words, sealed."""

    notice: str
    what: str
    on: date
    note: str = ""


@repeated
def add_photo(context: Context, new: AddPhoto) -> str:
    """Gives its id. Raises `BadInput` for a day to come or before the posting, `NotFound`, `NotAllowed`."""
    with context.record.writing() as connection:
        place = find_notice_place(connection, context, new.notice)
        row = connection.execute(
            select(File.sha256).where(
                File.id == new.file, File.owner_kind == "notice", File.owner == new.notice
            )
        ).one_or_none()
        if row is None:
            raise NotFound(what="file")
        _ensure_day(connection, context, new.notice, new.on)
        connection.execute(update(File).where(File.id == new.file).values(used_at=context.now))
        details = {"notice": new.notice, "what": PHOTO, "seen_on": new.on, "sha256": row.sha256}
        return _add(connection, context, new.notice, place, details, file=new.file)


@repeated
def add_remark(context: Context, new: AddRemark) -> str:
    """Nothing counts by it: what follows is a new posting or a correction. Raises as `add_photo`."""
    if new.what not in REMARKS:
        raise BadInput(problem("what", "not_one_of", found=new.what, choices=", ".join(REMARKS)))
    if len(new.note) > _LONGEST:
        raise BadInput(problem("note", "text_too_long", value="", most=str(_LONGEST)))
    with context.record.writing() as connection:
        place = find_notice_place(connection, context, new.notice)
        _ensure_day(connection, context, new.notice, new.on)
        details = {"notice": new.notice, "what": new.what, "seen_on": new.on}
        return _add(connection, context, new.notice, place, details, note=new.note.strip())


def note_place(posting: str) -> str:
    """Where the words of a remark are sealed."""
    return f"posting:note_sealed:{posting}"


def _add(
    connection: Connection,
    context: Context,
    notice: str,
    place: NoticePlace,
    details: dict[str, object],
    *,
    file: str | None = None,
    note: str = "",
) -> str:
    held = ensure_role(context, BUSINESS_ROLES, path=place.path, what="add_posting")
    id_, keys = new_id(context.now), context.record.keys
    sealed = None
    if note:
        ensure_key(keys, place.organization)
        sealed = keys.seal(place.organization, note_place(id_), note.encode())
    connection.execute(
        insert(Posting).values(
            id=id_, notice=notice, what=details["what"], on=details["seen_on"], file=file,
            note_sealed=sealed, kept_by=context.actor.user_id, kept_at=context.now,
        )
    )  # fmt: skip
    new = NewEvent(
        org=place.organization, do="posting_seen", details={**details, "posting": id_}, role=held.role
    )
    append_event(connection, context, new)
    return id_


def _ensure_day(connection: Connection, context: Context, notice: str, on: date) -> None:
    first = connection.execute(select(Notice.first_on).where(Notice.id == notice)).scalar_one()
    if on > context.on:
        raise BadInput(problem("on", "seen_later", found=on))
    if on < first:
        raise BadInput(problem("on", "seen_before", found=on, needed=first))

"""What comes with an opinion: photos from outside, scans of a letter; kept together with it or not at all."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Connection, func, select

from recruit.commands.files import ensure_quota
from recruit.commands.sealed_files import FileValues, Owner, enter_file, put_sealed, take_away
from recruit.context import Context
from recruit.errors import BadInput, Problem, problem
from recruit.files.bare import bare
from recruit.files.checks import check, check_photo, tidy_name
from recruit.files.kinds import (
    MEBIBYTE,
    MOST_BYTES_ON_A_NOTICE,
    MOST_PHOTOS,
    MOST_SCANS,
    Fit,
    Unfit,
    unfit,
)
from recruit.ids import new_id
from recruit.queries.files import OBJECTION
from recruit.record import Record
from recruit.tables import File, Submission

PHOTOS, SCANS = "photos", "scans"  # the boxes of the forms
LEAST_FREE = 2048 * MEBIBYTE  # of the disk, which nobody outside may use up


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A file as the form sent it."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosed:
    """A file that may be kept, as it is kept."""

    name: str
    data: bytes
    fit: Fit

    @property
    def hashed(self) -> str:
        return sha256(self.data).hexdigest()


def photos_of(sent: Sequence[Sent]) -> tuple[tuple[Enclosed, ...], list[Problem]]:
    """From outside: photographs alone, without what the camera wrote, under a number instead of their name.

    Place and device would tell who wrote.
    """
    if len(sent) > MOST_PHOTOS:
        return (), [problem(PHOTOS, "photos_too_many", most=MOST_PHOTOS)]
    found, problems = [], []
    for number, one in enumerate(sent, 1):
        fit, data = _without_notes(one.data)
        if isinstance(fit, Unfit):
            problems.append(_refused(PHOTOS, one, fit))
        else:
            found.append(Enclosed(name=f"照片{number}.{fit.kind}", data=data, fit=fit))
    return _each_once(found), problems


def scans_of(sent: Sequence[Sent]) -> tuple[tuple[Enclosed, ...], list[Problem]]:
    """Of the office's own: whatever a dossier takes, as it is."""
    if len(sent) > MOST_SCANS:
        return (), [problem(SCANS, "scans_too_many", most=MOST_SCANS)]
    found, problems = [], []
    for one in sent:
        fit = check(one.name, one.data)
        if isinstance(fit, Unfit):
            problems.append(_refused(SCANS, one, fit))
        else:
            found.append(Enclosed(name=tidy_name(one.name), data=one.data, fit=fit))
    return _each_once(found), problems


def ensure_room(
    connection: Connection, context: Context, enclosed: Sequence[Enclosed], *, notice: str | None
) -> None:
    """For users their day's quota, for all outside together the notice's room and a floor of the disk.

    Raises `BadInput`.
    """
    sizes = [len(one.data) for one in enclosed]
    if not sizes:
        return
    if context.actor.user_id:
        ensure_quota(connection, context, sizes)
    elif not _has_room(connection, context.record, sum(sizes), notice=notice):
        raise BadInput(problem(PHOTOS, "photos_full"))


def put_all(context: Context, owner: Owner, enclosed: Sequence[Enclosed]) -> list[FileValues]:
    """Safe on the disk, each under the opinion's own key, in their order; used from the first second."""
    rows: list[FileValues] = []
    ids = sorted(new_id(context.now) for _ in enclosed)
    try:
        for id_, one in zip(ids, enclosed, strict=True):
            row = put_sealed(context, owner, one.fit, id_=id_, name=one.name, data=one.data, is_withheld=True)
            rows.append(row | {"used_at": context.now})
    except BaseException:
        take_away(context.record, rows)
        raise
    return rows


def enter_all(connection: Connection, context: Context, owner: Owner, rows: Sequence[FileValues]) -> None:
    for row in rows:
        enter_file(connection, context, owner, row)


def owner_of(submission: str, *, organization: str, role: str) -> Owner:
    return Owner(
        kind=OBJECTION, id=submission, sealed_for=submission, organization=organization,
        person=None, dossier="", role=role,
    )  # fmt: skip


def _without_notes(data: bytes) -> tuple[Fit | Unfit, bytes]:
    fit = check_photo(data)
    if isinstance(fit, Unfit):
        return fit, b""
    try:
        return fit, bare(fit.kind, data)
    except ValueError:
        return unfit("file_broken"), b""


def _refused(box: str, one: Sent, fit: Unfit) -> Problem:
    return problem(box, fit.id, name=tidy_name(one.name), **fit.values)


def _each_once(found: Sequence[Enclosed]) -> tuple[Enclosed, ...]:
    """The same photo chosen twice is one."""
    return tuple({one.hashed: one for one in found}.values())


def _has_room(connection: Connection, record: Record, size: int, *, notice: str | None) -> bool:
    if shutil.disk_usage(record.folder).free - size < LEAST_FREE:
        return False
    used = (
        select(func.coalesce(func.sum(File.size), 0))
        .join(Submission, Submission.id == File.owner)
        .where(Submission.notice == notice, File.owner_kind == OBJECTION, File.kept_by.is_(None))
    )
    return int(connection.execute(used).scalar_one()) + size <= MOST_BYTES_ON_A_NOTICE

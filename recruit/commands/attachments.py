"""The files that acts name: kept with their dossier before, and for good after; what none names goes."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select, update

from recruit.errors import BadInput, problem
from recruit.files import store
from recruit.record import Record
from recruit.repeat import repeated
from recruit.tables import File
from workflows.acts import Act

UNUSED_FOR = timedelta(days=1)


def ensure_kept(connection: Connection, dossier: str, act: Act) -> None:
    """Raises `BadInput` where an act, or its replacement, names a file that is not kept with its dossier."""
    wanted = _named(act)
    if not wanted:
        return
    rows = connection.execute(
        select(File.sha256).where(
            File.owner_kind == "dossier", File.owner == dossier, File.sha256.in_(wanted)
        )
    )
    missing = sorted(wanted - set(rows.scalars()))
    if missing:
        raise BadInput(problem("attachments", "file_not_kept", found=missing[0][:12]))


def use_files(connection: Connection, dossier: str, act: Act, *, now: datetime) -> None:
    """What an act, or its replacement, names is kept for good."""
    named = _named(act)
    if named:
        connection.execute(
            update(File)
            .where(File.owner == dossier, File.sha256.in_(named), File.used_at.is_(None))
            .values(used_at=now)
        )


def _named(act: Act) -> set[str]:
    return {
        name for one in (act, act.replacement) if one is not None for name in one.names("attachments") or ()
    }


@repeated
def forget_files(record: Record, *, now: datetime) -> int:
    """How many were kept for a day and came into no act, or lie there without a row, and are gone."""
    with record.writing() as connection:
        old = delete(File).where(
            File.used_at.is_(None), File.owner_kind != "objection", File.kept_at < now - UNUSED_FOR
        )
        connection.execute(old)
        known = set(connection.execute(select(File.stored)).scalars())
    limit = (now - UNUSED_FOR).timestamp()
    strays = [
        path for path in store.kept(record.folder) if path.name not in known and path.stat().st_mtime < limit
    ]
    for path in strays:
        path.unlink(missing_ok=True)
    return len(strays)

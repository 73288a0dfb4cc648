"""The files beside a backup: sealed as they lie, one copy of each for all backups of a folder."""

import os
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from sqlalchemy import inspect, select

from recruit.backups.rotation import LONGEST
from recruit.disk import whole_file
from recruit.errors import BadBackup
from recruit.files import store
from recruit.record import Record
from recruit.tables import File

FILES = "recruit-files"


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """`found`: what the copied database needs and what lies beside it; `lost`: how many do not."""

    found: tuple[str, ...]
    lost: int

    @property
    def header(self) -> dict[str, object]:
        return {"files": len(self.found), "files_hash": _hash_of(self.found)}


def copy_files(folder: Path, target: Path, *, now: datetime) -> frozenset[str]:
    """Copy what is new from the record in `folder`; gives the names that are there, each dated `now`."""
    return frozenset(path.name for path in store.kept(folder) if _copied(path, target / FILES, now=now))


def files_beside(record: Record, beside: frozenset[str]) -> Beside:
    """What the rows of a copied database need, looked up among what was copied."""
    needed = _needed(record)
    return Beside(found=tuple(name for name in needed if name in beside), lost=len(set(needed) - beside))


def restore_files(record: Record, header: object, source: Path) -> int:
    """Put back what the backup held, each compared with its name; how many.

    Raises `BadBackup` for one that is missing or changed since.
    """
    if not isinstance(header, dict) or not header.get("files"):
        return 0
    whole = [name for name in _needed(record) if store.is_whole(source / FILES / name)]
    if (len(whole), _hash_of(whole)) != (header["files"], header.get("files_hash")):
        missing = int(header["files"]) - len(whole)
        raise BadBackup(
            path=str(source / FILES), detail=f"{missing} of {header['files']} files missing or changed"
        )
    for name in whole:
        path = store.path_of(record.folder, name)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with whole_file(path) as file:
            file.write((source / FILES / name).read_bytes())
    return len(whole)


def drop_strays(record: Record) -> None:
    """After a restore: what belongs to nobody any more, because its person was erased."""
    known = set(_needed(record))
    for path in store.kept(record.folder):
        if path.name not in known:
            path.unlink()


def let_go_of_files(folder: Path, *, now: datetime) -> list[Path]:
    """Those that no record has had for as long as the keys of a backup are kept."""
    limit = (now - LONGEST).timestamp()
    return [path for path in sorted((folder / FILES).glob("*")) if path.stat().st_mtime < limit]


def _needed(record: Record) -> list[str]:
    """None in a structure from before there were files."""
    with record.reading() as connection:
        if not inspect(connection).has_table("file"):
            return []
        return list(connection.execute(select(File.stored).order_by(File.stored)).scalars())


def _copied(path: Path, target: Path, *, now: datetime) -> bool:
    copy = target / path.name
    if not copy.is_file() or copy.stat().st_size != path.stat().st_size:
        if not store.is_whole(path):
            return False
        target.mkdir(mode=0o700, parents=True, exist_ok=True)
        with whole_file(copy) as file:
            file.write(path.read_bytes())
    os.utime(copy, (now.timestamp(), now.timestamp()))
    return True


def _hash_of(names: list[str] | tuple[str, ...]) -> str:
    return sha256("\n".join(sorted(names)).encode()).hexdigest()

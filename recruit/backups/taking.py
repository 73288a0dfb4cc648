"""Taking a backup while the record is written to: copied in one view, verified, and only then sealed."""

import os
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from recruit.backups.files import Beside, copy_files, files_beside
from recruit.backups.keyring import Keyring, ensure_long, lock_keyring
from recruit.backups.sealed import seal
from recruit.disk import whole_file
from recruit.errors import BadBackup, NoDatabase, NotWritable
from recruit.ids import microseconds
from recruit.lately import BACKUP, note
from recruit.log.signing import STATE
from recruit.log.verify import Verified, verify
from recruit.record import Record

KEYS = ".keys"
_NOT_KEYS = ("-journal", "-wal", "-shm")


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """`size`: bytes of the sealed file; `files`: those beside it; `lost`: how many are gone or changed."""

    file: Path
    keys: Path
    acts: int
    events: int
    size: int
    files: int = 0
    lost: int = 0


def take_backup(folder: Path, file: Path, *, passphrase: str, now: datetime) -> Taken:
    """Write `file`, without any key in it, and `file.keys`, under the passphrase.

    The files that were handed in are copied first, sealed as they lie, to `recruit-files` beside it; the
    backups of one folder share them.

    Nothing is written before the copy has been verified whole; the record's folder notes when that was.
    Raises `NoDatabase`, `BadBackup` where the copy does not verify, `BadInput` for a short passphrase,
    `NotWritable`.
    """
    if not (folder / "recruit.db").is_file():
        raise NoDatabase(path=str(folder))
    ensure_long(passphrase)
    try:
        with tempfile.TemporaryDirectory(prefix="backup-", dir=folder) as name:
            copy = Path(name)
            copy_files(folder, file.parent, now=now)
            _copy(folder, copy)
            beside = copy_files(folder, file.parent, now=now)  # what came between the two
            found, files = _verified(copy, folder, beside)
            keyring = Keyring(backup_key=os.urandom(32), files=_files_of(copy / "keys"))
            locked = lock_keyring(keyring, passphrase)
            header = {
                "taken_at": microseconds(now),
                "acts": found.acts,
                "events": found.events,
                **files.header,
            }
            with whole_file(file) as sealed:
                seal(copy / "recruit.db", sealed, key=keyring.backup_key, header=header)
            with whole_file(file.with_name(file.name + KEYS)) as keys:
                keys.write(locked)
        note(folder, BACKUP, at=now, acts=found.acts, events=found.events)
    except OSError as failed:
        raise not_writable(failed, file) from failed
    return Taken(
        file=file,
        keys=file.with_name(file.name + KEYS),
        acts=found.acts,
        events=found.events,
        size=file.stat().st_size,
        files=len(files.found),
        lost=files.lost,
    )


def _copy(folder: Path, copy: Path) -> None:
    """The database as one transaction sees it, between the keys that it must not outrun and be outrun by.

    What was signed last is copied before it, for the signer goes on; a person's key after it, for it is made
    before anything is sealed with it.
    """
    before, after = folder / "keys", copy / "keys"
    after.mkdir(mode=0o700)
    if (before / STATE).is_file():
        (after / STATE).write_bytes((before / STATE).read_bytes())
    with closing(sqlite3.connect(f"file:{folder / 'recruit.db'}?mode=ro", uri=True, timeout=30)) as database:
        database.execute("VACUUM INTO ?", (str(copy / "recruit.db"),))
    for path in sorted(before.iterdir()):
        if path.is_file() and path.name != STATE and not path.name.endswith(_NOT_KEYS):
            _copy_key(path, after / path.name)


def _copy_key(path: Path, copy: Path) -> None:
    """A file of keys, for its owner alone; the small database of person keys in one consistent view."""
    if path.suffix == ".db":
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30)) as database:
            content = database.serialize()
    else:
        content = path.read_bytes()
    copy.touch(mode=0o600)
    copy.write_bytes(content)


def _files_of(keys: Path) -> dict[str, bytes]:
    return {
        path.name: path.read_bytes() for path in sorted(keys.iterdir()) if not path.name.endswith(_NOT_KEYS)
    }


def _verified(copy: Path, folder: Path, beside: frozenset[str]) -> tuple[Verified, Beside]:
    ensure_whole(copy / "recruit.db", name=str(folder))
    with Record.open(copy, write=False, is_recovery=True) as record:
        found = verify(record, has_files=False)
        files = files_beside(record, beside)
    if not found.ok:
        raise BadBackup(path=str(folder), detail="; ".join(found.problems[:3]))
    return found, files


def ensure_whole(database: Path, *, name: str) -> None:
    """Raises `BadBackup` unless the file is a whole database whose references hold."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as opened:
        try:
            said = [str(row[0]) for row in opened.execute("PRAGMA integrity_check")]
            broken = opened.execute("PRAGMA foreign_key_check").fetchone()
        except sqlite3.DatabaseError as wrong:
            raise BadBackup(path=name, detail=str(wrong)) from wrong
    if said != ["ok"] or broken is not None:
        raise BadBackup(path=name, detail=said[0] if said != ["ok"] else "foreign_key_check")


def not_writable(failed: OSError, place: Path) -> NotWritable:
    """What the disk refused, said as the record says it."""
    return NotWritable(path=str(failed.filename or place), detail=failed.strerror or str(failed))

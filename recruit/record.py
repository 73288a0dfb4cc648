"""A data folder opened for writing or for reading: its database, its keys, its lock."""

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Self

from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import DBAPIError

from recruit.engine import reader_engine, writer_engine
from recruit.errors import (
    AwaitingConfirmation,
    GuardsMissing,
    Locked,
    NoDatabase,
    NotWritable,
    OldDatabase,
)
from recruit.guards import missing_guards
from recruit.keys import Keys
from recruit.law import Laws, Remembered
from recruit.log.signing import has_log_key, make_log_key
from recruit.migrate import HEAD, revision_of, upgrade
from recruit.tables import Checkpoint

RESTORED = "restored.json"  # there from a restore until its confirmation
_DISK_TROUBLE = ("readonly", "disk is full", "unable to open", "disk i/o")


class Record:
    """`recruit.db`, `keys/` and `lock` in one folder; the writer holds the lock until `close`."""

    def __init__(
        self, folder: Path, *, keys: Keys, readers: Engine, writer: Engine | None, lock: IO[str] | None
    ) -> None:
        self.folder = folder
        self.keys = keys
        self.laws = Laws()
        self.remembered = Remembered()
        self._readers = readers
        self._writer = writer
        self._lock = lock

    @classmethod
    def create(cls, folder: Path) -> Self:
        """Make database and keys, or bring existing ones to the newest structure, and open for writing.

        Raises `NotWritable`, `Locked`.
        """
        lock = _lock(folder)
        try:
            if not (folder / "keys" / "master.key").exists():
                Keys.create(folder / "keys").close()
            writer = writer_engine(folder / "recruit.db")
            try:
                with writer.begin() as connection:
                    upgrade(connection)
                    is_signed = connection.execute(select(Checkpoint.size).limit(1)).first() is not None
            finally:
                writer.dispose()
            if not is_signed and not has_log_key(folder / "keys"):
                make_log_key(folder / "keys")
        except (OSError, sqlite3.OperationalError, DBAPIError) as failed:
            lock.close()
            raise NotWritable(path=str(folder), detail=str(failed)) from failed
        except BaseException:
            lock.close()
            raise
        return cls._opened(folder, lock=lock)

    @classmethod
    def open(cls, folder: Path, *, write: bool = True, is_recovery: bool = False) -> Self:
        """Open an existing folder; `is_recovery`: also one of an older structure, or not yet confirmed.

        Raises `NoDatabase`, `OldDatabase`, `KeysMissing`; to write: `NotWritable`, `Locked`, `GuardsMissing`,
        `AwaitingConfirmation`.
        """
        if not (folder / "recruit.db").is_file():
            raise NoDatabase(path=str(folder))
        if write and not is_recovery and (folder / RESTORED).exists():
            raise AwaitingConfirmation(path=str(folder))
        return cls._opened(folder, lock=_lock(folder) if write else None, is_recovery=is_recovery)

    @classmethod
    def _opened(cls, folder: Path, *, lock: IO[str] | None, is_recovery: bool = False) -> Self:
        path = folder / "recruit.db"
        record: Self | None = None
        try:
            record = cls(
                folder,
                keys=Keys.open(folder / "keys"),
                readers=reader_engine(path),
                writer=None if lock is None else writer_engine(path),
                lock=lock,
            )
            record._ensure_sound(is_any_revision=is_recovery)
        except BaseException:
            if record is not None:
                record.close()
            elif lock is not None:
                lock.close()
            raise
        return record

    @property
    def keys_folder(self) -> Path:
        return self.folder / "keys"

    @property
    def is_writable(self) -> bool:
        return self._writer is not None

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction with the write lock from its first statement; an exception rolls it back.

        Raises `NotWritable` when this record was opened for reading or the disk refuses.
        """
        if self._writer is None:
            raise NotWritable(path=str(self.folder), detail="opened for reading")
        try:
            with self._writer.begin() as connection:
                yield connection
        except (sqlite3.OperationalError, DBAPIError) as failed:
            if any(word in str(failed).lower() for word in _DISK_TROUBLE):
                raise NotWritable(path=str(self.folder), detail=str(failed)) from failed
            raise

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view of the record; nothing can be written through it."""
        with self._readers.begin() as connection:
            yield connection

    def truncate_log(self) -> bool:
        """Empty the write-ahead log into the database; False while a reader still needs it.

        Raises `NotWritable` as `writing`.
        """
        if self._writer is None:
            raise NotWritable(path=str(self.folder), detail="opened for reading")
        driver = self._writer.raw_connection()
        try:
            is_busy = driver.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        finally:
            driver.close()
        return not is_busy

    def close(self) -> None:
        self._readers.dispose()
        if self._writer is not None:
            self._writer.dispose()
        self.keys.close()
        if self._lock is not None:
            self._lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ensure_sound(self, *, is_any_revision: bool) -> None:
        with self.reading() as connection:
            if not is_any_revision and revision_of(connection) != HEAD:
                raise OldDatabase(path=str(self.folder))
            missing = missing_guards(connection)
        if missing and self.is_writable:
            raise GuardsMissing(found=", ".join(missing))


def _lock(folder: Path) -> IO[str]:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = (folder / "lock").open("a")
    except OSError as failed:
        raise NotWritable(path=str(folder), detail=failed.strerror or str(failed)) from failed
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as held:
        lock.close()
        raise Locked(path=str(folder)) from held
    return lock

"""The embedded database: `recruit.db` in the data folder, written by the one process that holds its lock."""

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from recruit.engine import reader_engine, writer_engine
from recruit.errors import Busy, Locked, NotWritable

FILE = "recruit.db"
_DISK_TROUBLE = ("readonly", "disk is full", "unable to open", "disk i/o")
_LOCKED = "database is locked"


class Embedded:
    """The writer holds `DIR/lock` until `close`."""

    is_embedded = True

    def __init__(self, folder: Path, *, write: bool) -> None:
        self.place = str(folder)
        self._lock = _lock(folder) if write else None
        self._readers = reader_engine(folder / FILE)
        self._writer: Engine | None = writer_engine(folder / FILE) if write else None

    @property
    def is_writable(self) -> bool:
        return self._writer is not None

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction with the write lock from its first statement."""
        with self._refusals(), self._writing_engine().begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with self._readers.begin() as connection:
            yield connection

    def truncate_log(self) -> bool:
        """Empty the write-ahead log into the database; False while a reader still needs it."""
        driver = self._writing_engine().raw_connection()
        try:
            is_busy = driver.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        finally:
            driver.close()
        return not is_busy

    def close(self) -> None:
        self._readers.dispose()
        if self._writer is not None:
            self._writer.dispose()
        if self._lock is not None:
            self._lock.close()

    def _writing_engine(self) -> Engine:
        if self._writer is None:
            raise NotWritable(path=self.place, detail="opened for reading")
        return self._writer

    @contextmanager
    def _refusals(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.OperationalError, DBAPIError) as failed:
            said = str(failed).lower()
            if _LOCKED in said:
                raise Busy(path=self.place) from failed
            if any(word in said for word in _DISK_TROUBLE):
                raise NotWritable(path=self.place, detail=str(failed)) from failed
            raise


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

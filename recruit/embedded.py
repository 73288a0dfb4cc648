"""The embedded database: `recruit.db` in the data folder, written by the one process that holds its lock."""

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import IO

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from recruit.engine import reader_engine, writer_engine
from recruit.errors import Busy, Locked, NotWritable

FILE = "recruit.db"
_DISK_TROUBLE = ("readonly", "disk is full", "unable to open", "disk i/o")
_LOCKED = "database is locked"
_PATIENCE = 30  # seconds


class Embedded:
    """The writer holds `DIR/lock` until `close`."""

    is_embedded = True

    def __init__(self, folder: Path, *, write: bool) -> None:
        self.place = str(folder)
        self._lock = _lock(folder) if write else None
        self._readers = reader_engine(folder / FILE)
        self._writer: Engine | None = writer_engine(folder / FILE) if write else None
        self._connection: Connection | None = None
        self._turn = Lock()

    @property
    def is_writable(self) -> bool:
        return self._writer is not None

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction with the write lock from its first statement; one after the other."""
        with self._refusals(), self._only_connection() as connection, connection.begin():
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with self._readers.begin() as connection:
            yield connection

    def truncate_log(self) -> bool:
        """Empty the write-ahead log into the database; False while a reader still needs it."""
        with self._refusals(), self._only_connection() as connection:
            driver = connection.connection.driver_connection
            assert isinstance(driver, sqlite3.Connection)
            is_busy: int = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        return not is_busy

    def close(self) -> None:
        self._readers.dispose()
        if self._connection is not None:
            self._connection.close()
        if self._writer is not None:
            self._writer.dispose()
        if self._lock is not None:
            self._lock.close()

    @contextmanager
    def _only_connection(self) -> Iterator[Connection]:
        """The writer's, opened once and kept: whoever comes meanwhile waits."""
        if self._writer is None:
            raise NotWritable(path=self.place, detail="opened for reading")
        if not self._turn.acquire(timeout=_PATIENCE):
            raise Busy(path=self.place)
        try:
            if self._connection is None:
                self._connection = self._writer.connect()
            yield self._connection
        finally:
            self._turn.release()

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

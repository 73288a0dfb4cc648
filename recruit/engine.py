"""The SQLite recipe: one writer that begins IMMEDIATE, readers that cannot write, WAL, synchronous FULL."""

from pathlib import Path
from sqlite3 import Connection as DriverConnection

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

_EVERY_CONNECTION = (
    "PRAGMA busy_timeout = 10000",
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",
    "PRAGMA mmap_size = 0",
)
_WRITER = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",  # the salt of an erased content leaves no trace in a free page
)
_READER = ("PRAGMA wal_autocheckpoint = 0", "PRAGMA query_only = ON")


def writer_engine(path: Path) -> Engine:
    """An engine with one connection, whose every transaction takes the write lock when it begins."""
    engine = create_engine(
        _url(path),
        pool_size=1,
        max_overflow=0,
        pool_timeout=30,
        connect_args={"check_same_thread": False, "cached_statements": 256},
    )
    _prepare(engine, _EVERY_CONNECTION + _WRITER, begin="BEGIN IMMEDIATE")
    return engine


def reader_engine(path: Path, *, pool_size: int = 8) -> Engine:
    """An engine whose connections refuse to write and never checkpoint."""
    engine = create_engine(
        _url(path),
        pool_size=pool_size,
        max_overflow=pool_size,
        connect_args={"check_same_thread": False, "cached_statements": 256},
    )
    _prepare(engine, _EVERY_CONNECTION + _READER, begin="BEGIN")
    return engine


def _url(path: Path) -> str:
    return f"sqlite:///{path.as_posix()}"


def _prepare(engine: Engine, pragmas: tuple[str, ...], *, begin: str) -> None:
    def connected(driver: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        assert isinstance(driver, DriverConnection)
        driver.isolation_level = None
        for pragma in pragmas:
            driver.execute(pragma)

    def begun(connection: Connection) -> None:
        driver = connection.connection.driver_connection
        assert isinstance(driver, DriverConnection)
        driver.execute(begin)

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", begun)

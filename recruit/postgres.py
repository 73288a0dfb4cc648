"""A PostgreSQL server: writers at READ COMMITTED who wait for each other, readers with one view each."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from recruit.errors import Busy, Collided, NoDatabase, NoDriver, NotWritable
from recruit.serial import WRITES

_WAIT = 10_000  # milliseconds for a lock, then the caller is told to come again
_REPEATABLE = frozenset(("40001", "40P01", "23505"))  # serialization, deadlock, somebody was first
_FULL_OR_READ_ONLY = ("53", "25006")
_SETTINGS = "-c search_path=public -c lock_timeout={wait} -c idle_in_transaction_session_timeout=60000"
_READER = " -c default_transaction_read_only=on -c default_transaction_isolation=repeatable\\ read"


class Postgres:
    """Any number of processes may open it at once."""

    is_embedded = False

    def __init__(self, url: str, *, write: bool) -> None:
        parsed = read_url(url)
        self.place = parsed.render_as_string(hide_password=True)
        self._readers = _engine(parsed, settings=_SETTINGS + _READER)
        self._writer: Engine | None = None
        if write:
            self._writer = _engine(parsed, settings=_SETTINGS).execution_options(**{WRITES: True})

    @property
    def is_writable(self) -> bool:
        return self._writer is not None

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A collision with another writer is `Collided`: the command may be repeated whole."""
        if self._writer is None:
            raise NotWritable(path=self.place, detail="opened for reading")
        with self._refusals(), self._writer.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with self._refusals(), self._readers.begin() as connection:
            yield connection

    def truncate_log(self) -> bool:
        """Nothing to do from here: the server recycles its log, and VACUUM overwrites what was deleted."""
        return True

    def close(self) -> None:
        self._readers.dispose()
        if self._writer is not None:
            self._writer.dispose()

    @contextmanager
    def _refusals(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as failed:
            state = getattr(failed.orig, "sqlstate", None)
            if state in _REPEATABLE:
                raise Collided(path=self.place) from failed
            if state is not None and state.startswith(_FULL_OR_READ_ONLY):
                raise NotWritable(path=self.place, detail=str(failed.orig).splitlines()[0]) from failed
            if _is_passing(failed, state):
                raise Busy(path=self.place) from failed
            raise


def read_url(url: str, *, needs_role: bool = False) -> URL:
    """Raises `NoDatabase` for an address that is none of PostgreSQL, or names no role where one is needed."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as wrong:
        raise NoDatabase(path="RECRUIT_DATABASE_URL") from wrong
    if parsed.get_backend_name() != "postgresql" or (needs_role and not parsed.username):
        raise NoDatabase(path=parsed.render_as_string(hide_password=True))
    return parsed.set(drivername="postgresql+psycopg")


def _is_passing(failed: DBAPIError, state: str | None) -> bool:
    """A lock that was waited for in vain, a server that stops, starts or does not answer."""
    if state is None:
        return failed.connection_invalidated or "connection" in str(failed.orig).lower()
    return state == "55P03" or state.startswith(("57P", "08"))


def _engine(url: URL, *, settings: str) -> Engine:
    """Raises `NoDriver`."""
    try:
        return create_engine(
            url,
            pool_size=8,
            max_overflow=8,
            pool_timeout=30,
            pool_pre_ping=True,
            connect_args={"options": settings.format(wait=_WAIT), "connect_timeout": 10},
        )
    except ModuleNotFoundError as missing:
        raise NoDriver from missing

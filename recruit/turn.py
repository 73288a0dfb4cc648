"""A turn that a process has while it lives: a lock of its session, free as soon as the process is gone."""

from threading import Lock

import structlog
from sqlalchemy import BigInteger, Connection, Text, bindparam, cast, create_engine, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from recruit.postgres import read_url
from recruit.record import Record

# Both ends look every few seconds whether the other one lives: a machine without power frees its turn, too.
_SETTINGS = (
    "-c idle_session_timeout=0 "
    "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3"
)
_ALIVE = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 20_000}
_NAME = func.hashtextextended(bindparam("name", type_=Text), cast(0, BigInteger))
_ALONE = select(func.pg_try_advisory_lock(_NAME))
_TOGETHER = select(func.pg_try_advisory_lock_shared(_NAME))
_log = structlog.get_logger(__name__)


class Turn:
    """What is called `name` is done by one process at a time, or by any number that have it `together`.

    On the embedded database the folder's lock has settled it: the turn is always there. `node`: what the
    server shows of its holder.
    """

    def __init__(self, record: Record, name: str, *, node: str, together: bool = False) -> None:
        self._name = name
        self._wanted = _TOGETHER if together else _ALONE
        self._connection: Connection | None = None
        self._one_by_one = Lock()
        self._engine = None
        if record.url is not None:
            self._engine = create_engine(
                read_url(record.url),
                poolclass=NullPool,
                isolation_level="AUTOCOMMIT",
                connect_args={
                    "options": _SETTINGS,
                    "connect_timeout": 10,
                    "application_name": node[:63],
                    **_ALIVE,
                },
            )

    def take(self) -> bool:
        """Whether this process has it now; never waits. What it has it keeps, and looks that it still does.

        A server that does not answer is no turn.
        """
        if self._engine is None:
            return True
        with self._one_by_one:
            try:
                return self._is_mine()
            except DBAPIError as failed:
                _log.warning("turn_lost", turn=self._name, error=type(failed.orig).__name__)
                self._leave()
                return False

    def release(self) -> None:
        with self._one_by_one:
            self._leave()

    def _is_mine(self) -> bool:
        if self._connection is not None:
            self._connection.execute(select(1))
            return True
        assert self._engine is not None
        connection = self._engine.connect()
        try:
            has_it = bool(connection.execute(self._wanted, {"name": self._name}).scalar_one())
        except BaseException:
            connection.invalidate()
            raise
        if has_it:
            self._connection = connection
        else:
            connection.close()
        return has_it

    def _leave(self) -> None:
        """The session ends, and its lock with it."""
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
            self._connection = None

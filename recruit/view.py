"""One view of the record for a whole page: opened by its first question, the same for all that follow."""

from contextlib import ExitStack, suppress
from types import TracebackType

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from recruit.database import Database
from recruit.errors import RecordError, Unavailable


class View:
    """The connection through which one thread reads until the view ends; after a write there is a new one."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._opened = ExitStack()
        self._connection: Connection | None = None
        self._readers = 0
        self._is_stale = False

    def __enter__(self) -> Connection:
        if self._connection is None:
            self._connection = self._opened.enter_context(self._database.reading())
        self._readers += 1
        return self._connection

    def __exit__(
        self, kind: type[BaseException] | None, failed: BaseException | None, trace: TracebackType | None
    ) -> None:
        """What a server has refused answers nothing more; a refusal of our own leaves other readers be."""
        self._readers -= 1
        is_broken = failed is not None and not (self._readers and isinstance(failed, RecordError))
        if is_broken or (self._is_stale and not self._readers):
            self._taken().__exit__(kind, failed, trace)

    def renew(self) -> None:
        """What is asked from now on sees what has been written; whoever is just reading reads to the end."""
        self._is_stale = True
        if not self._readers:
            with suppress(DBAPIError, Unavailable):  # everything has been read
                self._taken().close()

    def _taken(self) -> ExitStack:
        opened, self._opened = self._opened, ExitStack()
        self._connection, self._is_stale = None, False
        return opened

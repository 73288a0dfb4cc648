"""What a record needs of the database under it: transactions that write, and views that cannot."""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection

from recruit.embedded import Embedded
from recruit.postgres import Postgres


class Database(Protocol):
    """`place`: what a message calls it; never with a password."""

    @property
    def place(self) -> str: ...

    @property
    def is_writable(self) -> bool: ...

    @property
    def is_embedded(self) -> bool: ...

    def writing(self) -> AbstractContextManager[Connection]:
        """One transaction; an exception rolls it back. Raises `NotWritable`, `Busy`."""

    def reading(self) -> AbstractContextManager[Connection]:
        """One consistent view; nothing can be written through it. Raises `Busy`."""

    def truncate_log(self) -> bool:
        """Leave nothing of what was deleted in a log beside the database; False while that cannot be."""

    def close(self) -> None: ...


def database(folder: Path, url: str | None, *, write: bool) -> Database:
    """The server that `url` names, else `recruit.db` in the folder.

    Raises `NoDatabase`; to write: `NotWritable`, `Locked`.
    """
    if url is not None:
        return Postgres(url, write=write)
    return Embedded(folder, write=write)

"""Where a record of the tests lives: a folder, and a PostgreSQL beside it or not."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, CursorResult, text

from recruit.record import Record


@dataclass(frozen=True, slots=True)
class Home:
    """`url` None: the embedded database."""

    folder: Path
    url: str | None = None

    @property
    def name(self) -> str:
        """Of the database on the server."""
        assert self.url is not None
        return self.url.rsplit("/", 1)[-1]

    def create(self) -> Record:
        return Record.create(self.folder, url=self.url)

    def open(self, *, write: bool = True) -> Record:
        return Record.open(self.folder, url=self.url, write=write)


def ask(connection: Connection, statement: str, **values: object) -> "CursorResult[*tuple[Any, ...]]":
    """A statement of the test's own, with its values as `:names`; both databases read it."""
    return connection.execute(text(statement), values)

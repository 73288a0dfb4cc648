"""A record opened for writing or for reading: its database, its folder of keys, and the law it goes by."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import local
from typing import Self

from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError

from recruit.database import Database, database
from recruit.embedded import FILE
from recruit.errors import (
    AwaitingConfirmation,
    GuardsMissing,
    NoDatabase,
    NotWritable,
    OldDatabase,
)
from recruit.guards import missing_guards
from recruit.keys import Keys
from recruit.law import Laws, Remembered
from recruit.log.signing import has_log_key, make_log_key
from recruit.migrate import HEAD, revision_of, upgrade
from recruit.privileges import grant_privileges
from recruit.shield import Shield
from recruit.tables import Checkpoint
from recruit.view import View

RESTORED = "restored.json"  # there from a restore until its confirmation


class Record:
    """A folder with `keys/`, and `recruit.db` and `lock` beside it, or a PostgreSQL by its URL.

    `crowds`: where a list of dossiers is too long to be sorted at once, by subtrees and branch.
    """

    def __init__(self, folder: Path, *, keys: Keys, database: Database, url: str | None) -> None:
        self.folder = folder
        self.keys = keys
        self.url = url
        self.laws = Laws()
        self.remembered = Remembered()
        self.shield = Shield()
        self.crowds: set[tuple[tuple[str, ...], str | None]] = set()
        self.missing_guards: tuple[str, ...] = ()
        self._database = database
        self._views = local()

    @classmethod
    def create(cls, folder: Path, *, url: str | None = None, owner: str | None = None) -> Self:
        """Make database and keys, or bring existing ones to the newest structure, and open for writing.

        `url`: a PostgreSQL instead of `folder/recruit.db`; `owner`: the same for the owner of its tables.
        Raises `NotWritable`, `Locked`, `Busy`, `UnfitServer`.
        """
        made = database(folder, None if url is None else owner or url, write=True)
        try:
            if not (folder / "keys" / "master.key").exists():
                Keys.create(folder / "keys").close()
            with made.writing() as connection:
                upgrade(connection)
                if url is not None and owner is not None:
                    grant_privileges(connection, url)
                is_signed = connection.execute(select(Checkpoint.size).limit(1)).first() is not None
            if not is_signed and not has_log_key(folder / "keys"):
                make_log_key(folder / "keys")
        except (OSError, sqlite3.OperationalError, DBAPIError) as failed:
            raise NotWritable(path=made.place, detail=str(failed)) from failed
        finally:
            made.close()
        return cls.open(folder, url=url, is_recovery=True)

    @classmethod
    def open(
        cls, folder: Path, *, url: str | None = None, write: bool = True, is_recovery: bool = False
    ) -> Self:
        """Open an existing record; `is_recovery`: also one of an older structure, or not yet confirmed.

        Raises `NoDatabase`, `OldDatabase`, `KeysMissing`, `Busy`; to write: `NotWritable`, `Locked`,
        `GuardsMissing`, `AwaitingConfirmation`.
        """
        if url is None and not (folder / FILE).is_file():
            raise NoDatabase(path=str(folder))
        if write and not is_recovery and (folder / RESTORED).exists():
            raise AwaitingConfirmation(path=str(folder))
        opened = database(folder, url, write=write)
        try:
            keys = Keys.open(folder / "keys")
        except BaseException:
            opened.close()
            raise
        record = cls(folder, keys=keys, database=opened, url=url)
        try:
            record._ensure_sound(is_any_revision=is_recovery)
        except BaseException:
            record.close()
            raise
        return record

    @property
    def keys_folder(self) -> Path:
        return self.folder / "keys"

    @property
    def is_writable(self) -> bool:
        return self._database.is_writable

    @property
    def is_embedded(self) -> bool:
        """Whether this process is the only one that writes."""
        return self._database.is_embedded

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction; an exception rolls it back.

        Raises `NotWritable` when this record was opened for reading or the disk refuses, `Busy`, and
        `GuardsMissing` once they were found missing.
        """
        if self.missing_guards:
            raise GuardsMissing(found=", ".join(self.missing_guards))
        try:
            with self._database.writing() as connection:
                yield connection
        finally:
            self._renew_view()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view of the record; nothing can be written through it. Raises `Busy`."""
        view: View | None = getattr(self._views, "current", None)
        with self._database.reading() if view is None else view as connection:
            yield connection

    @contextmanager
    def one_view(self) -> Iterator[None]:
        """Until its end every `reading` of this thread sees one state of the record, if it writes nothing."""
        self._views.current = View(self._database)
        try:
            yield
        finally:
            self._renew_view()
            del self._views.current

    def _renew_view(self) -> None:
        view: View | None = getattr(self._views, "current", None)
        if view is not None:
            view.renew()

    def truncate_log(self) -> bool:
        """Leave nothing deleted in a log beside the database; False while that cannot be.

        Raises `NotWritable` as `writing`.
        """
        self._renew_view()
        return self._database.truncate_log()

    def close(self) -> None:
        self._database.close()
        self.keys.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ensure_sound(self, *, is_any_revision: bool) -> None:
        with self.reading() as connection:
            revision = revision_of(connection)
            if revision is None:
                raise NoDatabase(path=self._database.place)
            if not is_any_revision and revision != HEAD:
                raise OldDatabase(path=self._database.place)
            missing = missing_guards(connection)
        if missing and self.is_writable:
            raise GuardsMissing(found=", ".join(missing))

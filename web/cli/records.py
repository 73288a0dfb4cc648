"""Where a command finds its record: in the folder of `--data`, or on the PostgreSQL that is named."""

import os
from pathlib import Path

from recruit.record import Record
from web.cli.group import fail

DATABASE = "RECRUIT_DATABASE_URL"
OWNER = "RECRUIT_DATABASE_OWNER_URL"


def database_url() -> str | None:
    return os.environ.get(DATABASE) or None


def open_record(data: Path, *, write: bool = True) -> Record:
    """Raises as `Record.open`."""
    return Record.open(data, url=database_url(), write=write)


def create_record(data: Path) -> Record:
    """Raises as `Record.create`."""
    return Record.create(data, url=database_url(), owner=os.environ.get(OWNER) or None)


def ensure_embedded(what: str, instead: str) -> None:
    """For what only the embedded database has; says what does it on a server."""
    if database_url() is not None:
        fail(f"recruit {what} works on the embedded database; {DATABASE} is set: {instead}")
